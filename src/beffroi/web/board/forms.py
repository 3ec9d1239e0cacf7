"""The fields of each act of the board; the services check what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beffroi.steering import queries
from beffroi.steering.enums import (
    ChangeKind,
    ConventionKind,
    Delivery,
    Funding,
    IndicatorLevel,
    Nature,
    PartnerKind,
    ReportKind,
    TextSection,
    TrancheKind,
    YearStatus,
)
from beffroi.steering.measures import all_measures

if TYPE_CHECKING:
    from beffroi.steering.models import Plan

Choices = list[tuple[str, Any]]


class Amount(forms.DecimalField):
    """Euros and cents."""

    def __init__(self, label: Any, required: bool = True) -> None:
        super().__init__(
            label=label, min_value=0, max_digits=12, decimal_places=2, localize=True, required=required
        )  # fmt: skip


class Number(forms.DecimalField):
    """A figure of an indicator."""

    def __init__(self, label: Any, required: bool = True) -> None:
        super().__init__(
            label=label, max_digits=14, decimal_places=2, localize=True, required=required
        )


def date_field(label: Any, required: bool = True) -> forms.DateField:
    """This function will give the field of a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


def _year() -> forms.IntegerField:
    return forms.IntegerField(label=_("Année"), min_value=2000, max_value=2100)


def text_field(
    label: Any, required: bool = False, most: int = 300, hint: Any = ""
) -> forms.CharField:
    """This function will give a field of one line, of `most` characters."""
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint)


def words_field(label: Any, required: bool = False, hint: Any = "") -> forms.CharField:
    """This function will give a field for a few sentences."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=2000, required=required, widget=widget, help_text=hint
    )


class Choosing(forms.Form):
    """A form whose lists are filled with what the plan has."""

    def __init__(
        self, *args: Any, choices: dict[str, Choices] | None = None, **values: Any
    ) -> None:
        super().__init__(*args, **values)
        for name, offered in (choices or {}).items():
            if name in self.fields:
                self.fields[name].choices = offered  # type: ignore[attr-defined]


class YearTextForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Comment cela s’est passé"), choices=[("", "–"), *YearStatus.choices]
    )
    reason = text_field(_("Pourquoi, si elle n’a pas été réalisée entièrement"), most=500)
    worked = words_field(_("Ce qui a marché"))
    hard = words_field(_("Difficultés"))
    change_planned = words_field(_("Ce qui va changer"))
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class YearForm(YearTextForm):
    year = _year()
    field_order = ("year",)


class FollowForm(forms.Form):
    measure = forms.ChoiceField(label=_("Mesure"), required=False)
    refs = forms.MultipleChoiceField(
        label=_("Actes comptés"), required=False,
        help_text=_("Sans choix : les actes qui disent compter pour cette ligne."),
    )  # fmt: skip
    label = text_field(_("Nom de l’indicateur"), most=200)
    unit = text_field(_("Unité"), most=40)
    level = forms.ChoiceField(label=_("Niveau"), choices=IndicatorLevel.choices)
    direction = forms.ChoiceField(
        label=_("Dans quel sens est-ce mieux ?"),
        choices=[("up", _("Plus, c’est mieux")), ("down", _("Moins, c’est mieux"))],
    )
    is_sensitive = forms.BooleanField(
        label=_("Santé, justice, assuétudes ou violences"), required=False
    )
    is_publishable = forms.BooleanField(label=_("Peut être publié"), required=False, initial=True)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        measures = all_measures().values()
        offered = [(one.key, f"{one.label} ({one.unit})") for one in measures]
        self.fields["measure"].choices = [("", _("Aucune : encodé chaque mois")), *offered]  # type: ignore[attr-defined]
        named = {choice.ref: choice.label for one in measures for choice in one.choices()}
        self.fields["refs"].choices = list(named.items())  # type: ignore[attr-defined]


class AimForm(forms.Form):
    indicator = forms.ChoiceField(label=_("Indicateur"))
    year = _year()
    baseline = Number(_("Point de départ"), required=False)
    target = Number(_("Cible"))
    source = text_field(_("D’où vient la cible"), most=200)

    def __init__(self, *args: Any, indicators: Choices | None = None, **values: Any) -> None:
        super().__init__(*args, **values)
        if indicators is None:
            self.fields["indicator"] = forms.IntegerField(label=_("Indicateur"))
        else:
            self.fields["indicator"].choices = indicators  # type: ignore[attr-defined]


class MonthForm(forms.Form):
    month = date_field(_("Un jour du mois"))
    value = Number(_("Valeur"))
    method = text_field(_("Comment c’est compté"), required=True)


class DayForm(forms.Form):
    on = date_field(_("Date"))


class CouncilForm(DayForm):
    source = text_field(_("D’où vient la date"), required=True, most=200)


class ChangeForm(Choosing):
    kind = forms.ChoiceField(label=_("Changement"), choices=ChangeKind.choices)
    line = forms.ChoiceField(label=_("Ligne"), required=False)
    code = forms.ChoiceField(label=_("Action du catalogue"), required=False)
    delivery = forms.ChoiceField(
        label=_("Réalisation"), required=False, choices=[("", _("Inchangée")), *Delivery.choices]
    )
    partner = forms.ChoiceField(label=_("Partenaire"), required=False)
    local_title = text_field(_("Intitulé local"))
    objective = words_field(_("But"))
    publics = text_field(_("Pour qui"))
    sites = text_field(_("Où"))
    completes = text_field(_("Quel dispositif existant est complété ?"))
    responsible = text_field(_("Service responsable"))
    expected = words_field(_("Résultats attendus"))
    reason = words_field(_("Pourquoi ce changement"), required=True)

    def __init__(
        self, *args: Any, choices: dict[str, Choices] | None = None, **values: Any
    ) -> None:
        super().__init__(*args, **values)
        for name, offered in (choices or {}).items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


def change_choices(plan: Plan) -> dict[str, Choices]:
    """This function will give the lines, actions and partners a change may name."""
    version = queries.latest_version(plan)
    lines = queries.lines_of(version) if version else []
    return {
        "line": [("", _("Aucune : une nouvelle ligne"))]
        + [(str(row.line.number), f"{row.line} · {row}") for row in lines],
        "code": [("", _("Inchangée"))]
        + [(one.code, str(one)) for one in queries.actions_of(plan.programme)],
        "partner": [("", _("Inchangé"))] + [(one.name, one.name) for one in queries.partners()],
    }


class PartnerForm(forms.Form):
    name = text_field(_("Nom"), required=True, most=200)
    kind = forms.ChoiceField(label=_("Nature"), choices=PartnerKind.choices)
    enterprise_number = text_field(_("Numéro d’entreprise"), most=12)
    contact = text_field(_("Adresse du service"), most=200)


class OpinionForm(forms.Form):
    opinion = words_field(_("Avis de la commission"), required=True)
    on = date_field(_("Réunion du"))


class DecisionForm(forms.Form):
    granted = forms.ChoiceField(
        label=_("Décision"), choices=[("yes", _("Acceptée")), ("no", _("Refusée"))]
    )
    decision = text_field(_("Séance et point"), required=True, most=200)
    on = date_field(_("Décidée le"))
    effective = date_field(_("Prend effet le"), required=False)


class ConventionForm(Choosing):
    partner = forms.ChoiceField(label=_("Partenaire"))
    kind = forms.ChoiceField(label=_("Nature"), choices=ConventionKind.choices)
    lines = forms.MultipleChoiceField(label=_("Lignes"))
    purpose = text_field(_("Objet"), required=True)
    starts_date = date_field(_("Du"))
    ends_date = date_field(_("Au"))
    yearly_amount = Amount(_("Montant par an"))
    evidence = text_field(_("Preuves demandées"), most=500)

    def __init__(
        self, *args: Any, choices: dict[str, Choices] | None = None, **values: Any
    ) -> None:
        super().__init__(*args, **values)
        for name, offered in (choices or {}).items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


def convention_choices(plan: Plan) -> dict[str, Choices]:
    """This function will give the partners and the lines a convention may name."""
    version = queries.latest_version(plan)
    lines = queries.lines_of(version) if version else []
    return {
        "partner": [(one.name, one.name) for one in queries.partners()],
        "lines": [(str(row.line.number), f"{row.line} · {row}") for row in lines],
    }


class MoveForm(forms.Form):
    move = forms.CharField(widget=forms.HiddenInput)
    on = date_field(_("Date"))
    note = text_field(_("Décision ou remarque"), most=500)


class TrancheForm(forms.Form):
    year = _year()
    kind = forms.ChoiceField(label=_("Nature"), choices=TrancheKind.choices)
    amount = Amount(_("Montant payé"))
    on = date_field(_("Payé le"))
    mandate = text_field(_("Mandat de paiement"), most=40)


class ProofForm(forms.Form):
    year = _year()
    label = text_field(_("Pièce"), required=True, most=200)
    amount = Amount(_("Montant justifié"))
    on = date_field(_("Reçue le"))


class CheckForm(forms.Form):
    accepted = Amount(_("Montant accepté"))
    why = text_field(_("Pourquoi pas tout"))
    on = date_field(_("Contrôlée le"))


def money_choices(plan: Plan) -> dict[str, Choices]:
    """This function will give the lines a cost may be charged to."""
    version = queries.latest_version(plan)
    lines = queries.lines_of(version) if version else []
    named = [(str(row.line.number), f"{row.line} · {row}") for row in lines]
    return {"line": [("", _("Commun à tout le plan")), *named]}


class CostForm(Choosing):
    on_date = date_field(_("Date"))
    label = text_field(_("Libellé"), required=True, most=200)
    supplier = text_field(_("Fournisseur"), most=200)
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices)
    line = forms.ChoiceField(label=_("Ligne"), required=False)
    amount = Amount(_("Montant"))
    eligible_amount = Amount(_("Montant admissible, s’il est plus petit"), required=False)
    reason = text_field(_("Pourquoi tout n’est pas admissible"))
    share = forms.DecimalField(
        label=_("Part à charge du plan, en pour cent"), min_value=0, max_value=100,
        decimal_places=2, initial=100, localize=True,
    )  # fmt: skip
    other_funding = forms.ChoiceField(
        label=_("Qui paie le reste"), required=False,
        choices=[("", _("Personne d’autre")), *(one for one in Funding.choices if one[0] != Funding.PCS)],
    )  # fmt: skip
    function = text_field(_("Fonction"), most=10)
    mandate = text_field(_("Mandat"), most=40)
    paid_date = date_field(_("Payée le, si elle est payée"), required=False)


class BudgetForm(Choosing):
    line = forms.ChoiceField(label=_("Ligne"), required=False)
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices)
    amount = Amount(_("Prévu pour l’année"))


class SubsidyForm(forms.Form):
    amount = Amount(_("Montant notifié"))
    on = date_field(_("Notifié le"))
    source = text_field(_("Lettre ou arrêté"), required=True, most=200)


class AccountsForm(forms.Form):
    file = forms.FileField(label=_("Export de la comptabilité (CSV)"))


class RowForm(Choosing):
    row = forms.ChoiceField(label=_("Ligne de la comptabilité"))
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices)
    line = forms.ChoiceField(label=_("Ligne du plan"), required=False)
    eligible = Amount(_("Montant admissible, s’il est plus petit"), required=False)
    reason = text_field(_("Pourquoi tout n’est pas admissible"))


class ExplainForm(Choosing):
    function = forms.ChoiceField(label=_("Fonction"))
    why = text_field(_("Explication"), required=True, most=500)


class FreezeForm(forms.Form):
    kind = forms.ChoiceField(widget=forms.HiddenInput, choices=ReportKind.choices)
    reason = text_field(_("Pourquoi, si le rapport est déjà voté"), most=500)


class ReportMoveForm(forms.Form):
    kind = forms.ChoiceField(widget=forms.HiddenInput, choices=ReportKind.choices)
    move = forms.CharField(widget=forms.HiddenInput)
    on = date_field(_("Date"))
    note = text_field(_("Décision, reçu ou remarque"), most=500)


class TextForm(forms.Form):
    section = forms.ChoiceField(widget=forms.HiddenInput, choices=TextSection.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str = "", **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["text"].label = label or _("Texte")
