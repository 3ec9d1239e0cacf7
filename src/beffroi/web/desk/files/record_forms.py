"""The small forms of what a grant left: cards, guarantees, stays in a home, stays of reception."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from beffroi.casework.enums import ReceptionPhase
from beffroi.web.desk.files.fields import day, money


class RecordForm(forms.Form):
    """A form of one act on one record; its fields are as the service names them."""

    use_required_attribute = False

    def __init__(self, *args: Any, record: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if record is not None:
            self.choose(record)

    def choose(self, record: Any) -> None:
        """This function will put in the choices that depend on the record."""

    def given(self) -> dict[str, Any]:
        """This function will give what the service takes."""
        return dict(self.cleaned_data)


def iban(label: Any) -> forms.CharField:
    """This function will give a field for an account number."""
    return forms.CharField(label=label, max_length=42)


def number() -> forms.CharField:
    """This function will give a field for an enterprise number, which may lack."""
    return forms.CharField(label=lazy("Numéro d’entreprise"), max_length=20, required=False)


_ON_LIST = (
    ("", lazy("Pas encore regardé")),
    ("yes", lazy("Sur la liste")),
    ("no", lazy("Hors de la liste")),
)


class LineForm(RecordForm):
    product = forms.CharField(
        label=lazy("Produit"), max_length=160,
        help_text=lazy("Lu par vous et par la personne responsable ; il n’entre dans aucun calcul."),
    )  # fmt: skip
    code = forms.CharField(label=lazy("Code CNK"), max_length=12, required=False)
    day = day(lazy("Délivré le"))
    price = money(lazy("Prix en euros"))
    on_list = forms.ChoiceField(label=lazy("Liste du CPAS"), required=False, choices=_ON_LIST)

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said, "on_list": {"yes": True, "no": False}.get(said["on_list"])}


class LookUpForm(RecordForm):
    line = forms.TypedChoiceField(label=lazy("Ligne"), coerce=int)
    on_list = forms.ChoiceField(label=lazy("Liste du CPAS"), choices=_ON_LIST[1:])

    def choose(self, record: Any) -> None:
        waiting = [one for one in record.lines.all() if one.on_list is None]
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.day:%d/%m/%Y}, {one.product}") for one in waiting
        ]

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said, "on_list": said["on_list"] == "yes"}


class MonthForm(RecordForm):
    month = day(
        lazy("Un jour du mois"), help_text=lazy("N’importe lequel : tout le mois est pris.")
    )


class PharmacyForm(RecordForm):
    name = forms.CharField(label=lazy("Pharmacie"), max_length=120)
    iban = iban(lazy("Compte de la pharmacie (IBAN)"))
    enterprise_number = number()

    def choose(self, record: Any) -> None:
        self.fields["name"].initial = record.pharmacy


class RevokeForm(RecordForm):
    why = forms.CharField(label=lazy("Pourquoi"), max_length=300)


class EndGuaranteeForm(RecordForm):
    called = forms.ChoiceField(
        label=lazy("Ce qui s’est passé"),
        choices=(("no", lazy("Le bailleur la libère")), ("yes", lazy("Le bailleur l’appelle"))),
    )
    on = day(lazy("Le"))
    returned = money(lazy("Rendu au CPAS, en euros"))
    why = forms.CharField(label=lazy("Comment le bail s’est terminé"), max_length=300)

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said, "called": said["called"] == "yes"}


class ContributorForm(RecordForm):
    name = forms.CharField(label=lazy("Nom de l’enfant"), max_length=160)


class PartForm(RecordForm):
    contributor = forms.TypedChoiceField(label=lazy("Enfant"), coerce=int)
    asked = forms.DecimalField(
        label=lazy("Part demandée, de 0 à 1"), min_value=0, max_value=1, decimal_places=4,
        localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=lazy("1 : toute sa part. 0,5 : la moitié. 0 : rien, avec le motif."),
    )  # fmt: skip
    waiver = forms.CharField(label=lazy("Motif de la renonciation"), max_length=300, required=False)

    def choose(self, record: Any) -> None:
        children = [(one.pk, one.name) for one in record.contributors.all()]
        self.fields["contributor"].choices = children  # type: ignore[attr-defined]


class HomeAccountForm(RecordForm):
    iban = iban(lazy("Compte de la maison de repos (IBAN)"))
    enterprise_number = number()


class PlacementMonthForm(RecordForm):
    month = day(lazy("Un jour du mois"))
    resources = money(lazy("Ressources du résident ce mois-là, en euros"))
    other_costs = money(lazy("Autres frais du mois, en euros"), initial=0)
    days = forms.IntegerField(
        label=lazy("Journées"), required=False, min_value=1, max_value=31,
        help_text=lazy("Vide : celles du séjour dans ce mois."),
    )  # fmt: skip


class LeaveForm(RecordForm):
    on = day(lazy("Le"))
    why = forms.CharField(label=lazy("Fin du séjour"), max_length=200)


class PhaseForm(RecordForm):
    phase = forms.ChoiceField(label=lazy("Étape"), choices=ReceptionPhase.choices)
    on = day(lazy("Depuis le"))
    hearing_on = day(lazy("Prochaine audition"), required=False)

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "phase": ReceptionPhase(self.cleaned_data["phase"])}


class AbsenceForm(RecordForm):
    first = day(lazy("Première nuit ailleurs"))
    last = day(lazy("Dernière nuit ailleurs"))


class LeaveReceptionForm(RecordForm):
    on = day(lazy("Parti le"))
    to = forms.CharField(
        label=lazy("Vers"), max_length=160, help_text=lazy("Logement privé, autre place, inconnu…")
    )
