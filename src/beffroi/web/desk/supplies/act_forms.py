"""The small acts of each kind of site: a form, a service, the words of its fold and its end."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.supplies import counter_queries as counters
from beffroi.acts.supplies import queries
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.enums import Source, StubKind
from beffroi.core.actors import Actor
from beffroi.people.permissions import barred_ids
from beffroi.web.desk.small_acts import DayField, FigureField, MoneyField, SmallForm, day_words
from beffroi.web.desk.supplies import words


@dataclass(frozen=True)
class Here:
    """Where an act is done: the site, who does it, on which day, and the sites she sees."""

    site: Any
    actor: Actor
    today: date
    sites: QuerySet[Any]


def _of_this_list(rows: Any, name: Any) -> list[tuple[str, str]]:
    return [("", _("Choisir")), *((str(one.pk), name(one)) for one in rows)]


class _Chosen(SmallForm):
    """A form whose first field chooses a row of the site; its number goes to the service."""

    chosen = ""

    def given(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        found[self.chosen] = int(found[self.chosen])
        return found


class MarkedForm(SmallForm):
    """A form that counts once, however often it is sent."""

    mark = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("mark", uuid4())

    def clean_mark(self) -> UUID:
        """This function will give the mark that was sent, or a new one."""
        mark: UUID = self.cleaned_data.get("mark") or uuid4()
        return mark


class ReceiveForm(SmallForm):
    article = forms.ChoiceField(label=lazy("Article"))
    quantity = forms.IntegerField(label=lazy("Combien d’unités"), min_value=1)
    number = forms.CharField(
        label=lazy("Numéro du lot"), max_length=40, required=False,
        help_text=lazy("Sur l’emballage : c’est lui qu’un rappel nomme."),
    )  # fmt: skip
    expires_date = DayField(label=lazy("À consommer jusqu’au"), required=False)
    received_date = DayField(label=lazy("Reçu le"), required=False)
    source = forms.ChoiceField(label=lazy("Vient de"), choices=Source.choices)
    giver = forms.CharField(
        label=lazy("Organisation"), max_length=120, required=False,
        help_text=lazy("Un magasin, une banque alimentaire. Jamais le nom d’une personne."),
    )  # fmt: skip

    def choose(self, about: Here) -> None:
        self.fields["article"].choices = _of_this_list(queries.articles(), str)  # type: ignore[attr-defined]
        self.initial.setdefault("received_date", about.today)

    def given(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        return {"draft": supplies.LotDraft(**{**found, "article": int(found["article"])})}


class _LotForm(_Chosen):
    chosen = "lot"
    lot = forms.ChoiceField(label=lazy("Lot"))

    def choose(self, about: Here) -> None:
        self.fields["lot"].choices = _of_this_list(queries.lots_of(about.site.pk), _lot_words)  # type: ignore[attr-defined]


def _lot_words(lot: Any) -> str:
    said = [lot.article.name, lot.number, day_words(lot.expires_date), _("reste %d") % lot.left]
    return " · ".join(filter(None, said))


class LoseForm(_LotForm):
    quantity = forms.IntegerField(label=lazy("Combien d’unités"), min_value=1)
    why = forms.CharField(label=lazy("Ce qui est arrivé"), max_length=200)


class DiscardForm(_LotForm):
    def choose(self, about: Here) -> None:
        lots = [one for one in queries.lots_of(about.site.pk)
                if one.recall_id or one.is_expired_on(about.today)]  # fmt: skip
        self.fields["lot"].choices = _of_this_list(lots, _lot_words)  # type: ignore[attr-defined]


class PassOnForm(_LotForm):
    quantity = forms.IntegerField(label=lazy("Combien d’unités"), min_value=1)
    site = forms.ChoiceField(label=lazy("Vers"))

    def choose(self, about: Here) -> None:
        super().choose(about)
        there = queries.stores_beside(about.sites, about.site.pk)
        self.fields["site"].choices = [("", _("Choisir")), *((str(k), n) for k, n in there)]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        found = super().given()
        return {**found, "site": int(found["site"])}


class RuleForm(SmallForm):
    since_date = DayField(label=lazy("Depuis le"))
    points = FigureField(label=lazy("Points par mois pour une personne seule"))
    adult_weight = FigureField(label=lazy("Part de chaque autre adulte"), initial=Decimal("0.5"))
    child_weight = FigureField(label=lazy("Part de chaque enfant"), initial=Decimal("0.3"))
    percent = FigureField(label=lazy("Participation demandée, en % du prix en magasin"))

    def given(self) -> dict[str, Any]:
        return {"draft": supplies.RuleDraft(**self.cleaned_data)}


class BatchForm(SmallForm):
    name = forms.CharField(label=lazy("Nom du lot"), max_length=80)
    received_date = DayField(label=lazy("Reçu le"))
    quantity = forms.IntegerField(label=lazy("Combien de tickets"), min_value=1)
    nominal = MoneyField(label=lazy("Valeur d’un ticket"))
    user_price = MoneyField(label=lazy("Prix pour la personne"), initial=Decimal("1.25"))
    own_share = MoneyField(label=lazy("Part du CPAS"))
    funding = forms.CharField(label=lazy("Source de financement"), max_length=80)
    valid_until = DayField(label=lazy("Valables jusqu’au"))

    def given(self) -> dict[str, Any]:
        return {"draft": supplies.BatchDraft(**self.cleaned_data)}


class HandTicketsForm(MarkedForm):
    batch = forms.ChoiceField(label=lazy("Lot"))
    quantity = forms.IntegerField(label=lazy("Combien de tickets"), min_value=1)
    who = forms.CharField(
        label=lazy("Nom ou numéro"), max_length=80, required=False,
        help_text=lazy("Un numéro suffit ; rien du tout aussi."),
    )  # fmt: skip
    person_ref = forms.CharField(
        label=lazy("Référence de la personne, si elle est connue"), max_length=20, required=False
    )

    def choose(self, about: Here) -> None:
        rows = counters.open_batches(about.site.pk, about.today)
        self.fields["batch"].choices = _of_this_list(rows, _batch_words)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "batch": int(self.cleaned_data["batch"])}


def _batch_words(batch: Any) -> str:
    return f"{batch.name} · {words.euros(batch.user_price)} · {_('reste %d') % batch.left}"


class SettleForm(_Chosen):
    chosen = "handout"
    handout = forms.ChoiceField(label=lazy("Remise"))
    kind = forms.ChoiceField(label=lazy("Ces tickets sont"), choices=StubKind.choices)
    quantity = forms.IntegerField(label=lazy("Combien de tickets"), min_value=1)
    event = forms.CharField(label=lazy("Spectacle ou lieu"), max_length=120, required=False)

    def choose(self, about: Here) -> None:
        rows = counters.open_handouts(about.site.pk).exclude(person__in=barred_ids(about.actor))
        self.fields["handout"].choices = _of_this_list(rows, _handout_words)  # type: ignore[attr-defined]


def _handout_words(row: Any) -> str:
    out = _("%d dehors") % (row.quantity - row.settled)
    return " · ".join(filter(None, (day_words(row.date), row.who, row.batch.name, out)))


class CampaignForm(SmallForm):
    name = forms.CharField(label=lazy("Nom"), max_length=80)
    from_date = DayField(label=lazy("Inscriptions depuis le"))
    until_date = DayField(label=lazy("Remise jusqu’au"))
    bands = forms.CharField(
        label=lazy("Tranches d’âge"), max_length=100, initial="0-2, 3-5, 6-8, 9-12",
        help_text=lazy("En années, séparées par une virgule."),
    )  # fmt: skip

    def clean_bands(self) -> list[tuple[int, int]]:
        """This function will read « 0-2, 3-5 ». Raises: ValidationError."""
        pairs = [one.split("-") for one in self.cleaned_data["bands"].split(",")]
        try:
            return [(int(first), int(last)) for first, last in pairs]
        except ValueError as error:
            said = _("Écrivez des tranches qui se suivent, par exemple 0-2, 3-5, 6-12.")
            raise ValidationError(said) from error


class _CampaignAct(_Chosen):
    chosen = "campaign"
    campaign = forms.ChoiceField(label=lazy("Campagne"))

    def choose(self, about: Here) -> None:
        running = [one for one in counters.campaigns_of(about.site.pk)
                   if one.from_date <= about.today <= one.until_date]  # fmt: skip
        self.fields["campaign"].choices = [(str(one.pk), one.name) for one in running]  # type: ignore[attr-defined]


class EnrolForm(_CampaignAct):
    age = forms.IntegerField(label=lazy("Âge de l’enfant"), min_value=0, max_value=25)


class HandGiftForm(_CampaignAct):
    number = forms.IntegerField(label=lazy("Numéro sur la carte"), min_value=1)


class PrepareForm(_Chosen):
    chosen = "band"
    band = forms.ChoiceField(label=lazy("Tranche d’âge"))
    quantity = forms.IntegerField(
        label=lazy("Combien de colis"), help_text=lazy("Un nombre négatif en retire.")
    )

    def choose(self, about: Here) -> None:
        self.fields["band"].choices = [  # type: ignore[attr-defined]
            (str(band.pk), f"{campaign.name}, {band}")
            for campaign in counters.campaigns_of(about.site.pk)
            if campaign.from_date <= about.today <= campaign.until_date
            for band in campaign.bands.all()
        ]


class OpeningForm(SmallForm):
    date = DayField(label=lazy("Jour"))
    items_in = forms.IntegerField(label=lazy("Objets reçus"), min_value=0, initial=0)
    kg_in = FigureField(label=lazy("Kilos reçus"), initial=Decimal(0))
    items_out = forms.IntegerField(label=lazy("Objets donnés"), min_value=0, initial=0)
    kg_out = FigureField(label=lazy("Kilos donnés"), initial=Decimal(0))
    visits = forms.IntegerField(
        label=lazy("Visites"), min_value=0, initial=0,
        help_text=lazy("On compte, on ne nomme personne."),
    )  # fmt: skip

    def choose(self, about: Here) -> None:
        self.initial.setdefault("date", about.today)

    def given(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        grams = {f"grams_{way}": int(found.pop(f"kg_{way}") * 1000) for way in ("in", "out")}
        return {"draft": supplies.OpeningDraft(**{**found, **grams})}


class TakeBackForm(_Chosen):
    chosen = "opening"
    opening = forms.ChoiceField(label=lazy("Ouverture"))
    why = forms.CharField(label=lazy("Pourquoi"), max_length=200)

    def choose(self, about: Here) -> None:
        rows = [one for one in counters.openings_of(about.site.pk) if one.taken_back_at is None]
        self.fields["opening"].choices = _of_this_list(rows, lambda one: day_words(one.date))  # type: ignore[attr-defined]


class PlotForm(SmallForm):
    number = forms.CharField(label=lazy("Numéro"), max_length=10)
    surface = FigureField(label=lazy("Surface en m²"))


class SetPlotForm(_Chosen):
    chosen = "plot"
    plot = forms.ChoiceField(label=lazy("Parcelle"))
    key = forms.ChoiceField(
        label=lazy("Que faire"),
        choices=(("rest", lazy("La mettre au repos")), ("wake", lazy("La remettre en culture"))),
    )

    def choose(self, about: Here) -> None:
        rows = counters.free_and_resting(about.site.pk)
        self.fields["plot"].choices = _of_this_list(rows, _plot_words)  # type: ignore[attr-defined]


def _plot_words(plot: Any) -> str:
    return f"{plot.number} · {plot.get_state_display()}"


class AskPlotForm(SmallForm):
    name = forms.CharField(label=lazy("Nom ou surnom"), max_length=120, required=False)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    person_ref = forms.CharField(
        label=lazy("Référence de la personne, si elle est connue"), max_length=20, required=False
    )


class _GardenerForm(_Chosen):
    chosen = "gardener"
    gardener = forms.ChoiceField(label=lazy("Qui"))

    def choose(self, about: Here) -> None:
        near = counters.standing(about.site.pk).exclude(person__in=barred_ids(about.actor))
        rows = [one for one in near if self.is_for(one)]
        self.fields["gardener"].choices = _of_this_list(rows, _gardener_words)  # type: ignore[attr-defined]

    def is_for(self, one: Any) -> bool:
        """This function will say whether the act is open to this gardener."""
        return True


def _gardener_words(one: Any) -> str:
    plot = _("parcelle %s") % one.offered.number if one.offered else ""
    return " · ".join(filter(None, (str(one), plot, str(one.get_state_display()))))


class TakePlotForm(_GardenerForm):
    charter_date = DayField(label=lazy("Charte signée le"))
    deposit = MoneyField(label=lazy("Caution reçue"), initial=Decimal(0))

    def is_for(self, one: Any) -> bool:
        """This function will say whether a plot is offered to her."""
        return one.offered_id is not None

    def given(self) -> dict[str, Any]:
        found = super().given()
        terms = supplies.Terms(found["charter_date"], found["deposit"])
        return {"gardener": found["gardener"], "terms": terms}


class LeaveForm(_GardenerForm):
    deposit_kept = forms.BooleanField(label=lazy("Garder la caution"), required=False)
    why = forms.CharField(label=lazy("Pourquoi elle est gardée"), max_length=200, required=False)


class ItemForm(SmallForm):
    name = forms.CharField(label=lazy("Matériel"), max_length=120)
    number = forms.CharField(label=lazy("Numéro d’inventaire"), max_length=20, required=False)


class LendForm(_Chosen):
    chosen = "item"
    item = forms.ChoiceField(label=lazy("Matériel"))
    who = forms.CharField(label=lazy("Chez qui"), max_length=120)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    due_date = DayField(label=lazy("Attendu le"))

    def choose(self, about: Here) -> None:
        self.fields["item"].choices = _of_this_list(counters.items_in(about.site.pk), str)  # type: ignore[attr-defined]


class BringBackForm(_Chosen):
    chosen = "loan"
    loan = forms.ChoiceField(label=lazy("Prêt"))
    note = forms.CharField(label=lazy("État au retour"), max_length=200, required=False)

    def choose(self, about: Here) -> None:
        rows = counters.loans_out(about.site.pk)
        self.fields["loan"].choices = _of_this_list(rows, lambda one: f"{one.item} · {one.who}")  # type: ignore[attr-defined]
