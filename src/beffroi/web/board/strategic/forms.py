"""The fields of each act on a strategic plan; the services check what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beffroi.accounts import queries as accounts
from beffroi.steering import queries
from beffroi.steering.measures import all_measures
from beffroi.steering.permissions import lines_visible_to
from beffroi.steering.strategic_enums import (
    ORIGINS,
    Civility,
    DecidingBody,
    Health,
    Level,
    Organisation,
    Part,
    Quality,
    StrategicKind,
    SynergyKind,
)
from beffroi.steering.strategic_queries import commitments_of, indicators_for

if TYPE_CHECKING:
    from datetime import date

    from beffroi.core.actors import Actor
    from beffroi.steering.models import Element, StrategicPlan

_NONE = [("", "—")]


def _day(label: Any, required: bool = True, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required, **more)


def _text(label: Any, most: int, required: bool = True, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, **more)


def _words(label: Any, most: int = 4000, rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, **more)


def _decimal(label: Any, required: bool = True, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, localize=True, required=required, decimal_places=2, **more
    )


class PlanForm(forms.Form):
    kind = forms.ChoiceField(label=_("Nature"), choices=StrategicKind.choices)
    organisation = forms.ChoiceField(label=_("Institution"), choices=Organisation.choices)
    name = _text(_("Nom du plan"), 255)
    key = forms.SlugField(
        label=_("Clé"), max_length=40, help_text=_("Pour l’adresse de la page : cpas-pst-2024")
    )
    authority = _text(_("Pouvoir local"), 200)
    nis_code = _text(_("Code INS de la commune"), 5, required=False, help_text=_("Pour eComptes : 53053 pour Mons."))  # fmt: skip
    starts_date = _day(_("Début de la législature"))
    ends_date = _day(_("Fin de la législature"))
    declaration: Any = forms.ModelChoiceField(
        None, label=_("Déclaration de politique"), required=False, empty_label="—"
    )
    notes = _words(_("Notes"))
    source = _text(_("D’où vient ce plan"), 500, required=False)

    def __init__(self, *args: Any, declarations: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["declaration"].queryset = declarations  # type: ignore[attr-defined]


class ElementForm(forms.Form):
    """Everything a person writes of an objective or an action."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = _text(_("Intitulé"), 500, widget=forms.Textarea(attrs={"rows": 2}))
    part = forms.ChoiceField(label=_("Volet"), choices=Part.choices)
    description = _words(_("Description"), rows=4)
    responsible: Any = forms.ModelChoiceField(None, label=_("Agent responsable"), required=False, empty_label="—")  # fmt: skip
    mandatary: Any = forms.ModelChoiceField(None, label=_("Mandataire"), required=False, empty_label="—")  # fmt: skip
    department = _text(_("Service"), 200, required=False)
    partners: Any = forms.ModelMultipleChoiceField(None, label=_("Partenaires"), required=False)
    planned_start = _day(_("Début prévu"), required=False)
    planned_end = _day(_("Fin prévue"), required=False)
    effective_start = _day(_("Début effectif"), required=False)
    effective_end = _day(_("Fin effective"), required=False)
    weight = forms.IntegerField(
        label=_("Poids"), min_value=1, max_value=100, initial=1,
        help_text=_("Ce qu’il pèse dans l’avancement de l’objectif au-dessus."),
    )  # fmt: skip
    fte = _decimal(_("Équivalents temps plein"), required=False, min_value=0, max_digits=6)
    commitments: Any = forms.ModelMultipleChoiceField(
        None, label=_("Engagements qu’il porte"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    lines: Any = forms.ModelMultipleChoiceField(
        None, label=_("Lignes du plan de cohésion sociale"), required=False
    )
    synergy_kind = forms.ChoiceField(
        label=_("Synergie entre la commune et le CPAS"), required=False,
        choices=[("", _("Aucune")), *SynergyKind.choices],
    )  # fmt: skip
    synergy_note = _text(_("En quoi elle consiste"), 500, required=False)

    def __init__(
        self, *args: Any, plan: StrategicPlan, level: str, actor: Actor, **values: Any
    ) -> None:
        super().__init__(*args, **values)
        if level != Level.STRATEGIC or self.initial.get("version") is not None:
            del self.fields["part"]
        people = queries_people(plan)
        offered = {
            "responsible": people.filter(quality=Quality.AGENT),
            "mandatary": people.filter(quality=Quality.MANDATARY),
            "partners": queries.partners(), "lines": lines_visible_to(actor),
        }  # fmt: skip
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self._commitments(plan)
        titles = queries.line_titles()
        self.fields["lines"].label_from_instance = lambda one: titles.get(one.pk, str(one))  # type: ignore[attr-defined]

    def _commitments(self, plan: StrategicPlan) -> None:
        texts = commitments_of(plan)
        if not texts:
            del self.fields["commitments"]
            return
        field: Any = self.fields["commitments"]
        field.queryset = plan.declaration.commitments.all()  # type: ignore[union-attr]
        field.label_from_instance = lambda one: f"{one} · {texts.get(one.pk, '')}"


def queries_people(plan: StrategicPlan) -> Any:
    """This function will give the people named in a plan."""
    return plan.people.all()


class ProgressForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    progress = forms.IntegerField(
        label=_("Avancement, en pour cent"), min_value=0, max_value=100, required=False,
        help_text=_("Laissez vide pour le calculer d’après les sous-actions."),
    )  # fmt: skip
    health = forms.ChoiceField(label=_("Santé"), choices=Health.choices)
    words = _text(_("Pourquoi, si elle n’est pas bonne"), 500, required=False)

    def __init__(self, *args: Any, has_own: bool = True, **values: Any) -> None:
        super().__init__(*args, **values)
        if not has_own:
            del self.fields["progress"]


class MoveForm(forms.Form):
    move = forms.ChoiceField(label=_("Étape"))
    on = _day(_("Le"))
    why = _text(_("Pourquoi"), 500, required=False, help_text=_("À dire pour arrêter, abandonner ou revenir en arrière."))  # fmt: skip

    def __init__(self, *args: Any, moves: list[tuple[str, Any]], **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["move"].choices = moves  # type: ignore[attr-defined]


class BudgetForm(forms.Form):
    year = forms.IntegerField(label=_("Année"), min_value=2000, max_value=2100)
    amount = _decimal(_("Montant, en euros"), min_value=0, max_digits=12)
    comment = _text(_("Remarque"), 300, required=False)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for name, label in ORIGINS.items():
            self.fields[name] = _decimal(
                _("%(origin)s, en pour cent") % {"origin": label}, required=False, min_value=0,
                max_value=100, max_digits=5,
            )  # fmt: skip


class MeasureForm(forms.Form):
    indicator: Any = forms.ModelChoiceField(
        None, label=_("Indicateur d’une ligne liée"), required=False, empty_label=_("Aucun"),
    )  # fmt: skip
    measure = forms.ChoiceField(label=_("Ou une mesure comptée par un service"), required=False)
    refs = forms.MultipleChoiceField(
        label=_("Actes comptés"), required=False,
        help_text=_("Sans choix : les actes des lignes liées à l’action."),
    )  # fmt: skip
    label = _text(_("Nom de l’indicateur"), 200, required=False)
    target = _decimal(_("Cible"), required=False, max_digits=14)
    target_year = forms.IntegerField(
        label=_("Pour l’année"), min_value=2000, max_value=2100, required=False
    )

    def __init__(self, *args: Any, element: Element, **values: Any) -> None:
        super().__init__(*args, **values)
        measures = all_measures().values()
        offered = [(one.key, f"{one.label} ({one.unit})") for one in measures]
        self.fields["measure"].choices = [("", _("Aucune")), *offered]  # type: ignore[attr-defined]
        named = {choice.ref: choice.label for one in measures for choice in one.choices()}
        self.fields["refs"].choices = list(named.items())  # type: ignore[attr-defined]
        self.fields["indicator"].queryset = indicators_for(element)  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    body = forms.ChoiceField(label=_("Qui décide"), choices=DecidingBody.choices)
    on = _day(_("Séance du"))
    item = _text(_("Point"), 40, required=False)
    title = _text(_("Objet"), 300)
    adopts = forms.BooleanField(label=_("Cette décision adopte le plan"), required=False)

    def __init__(self, *args: Any, of_plan: bool = True, **values: Any) -> None:
        super().__init__(*args, **values)
        if not of_plan:
            del self.fields["adopts"]


class PersonForm(forms.Form):
    quality = forms.ChoiceField(label=_("Qualité"), choices=Quality.choices)
    first_name = _text(_("Prénom"), 80)
    last_name = _text(_("Nom"), 120)
    function = _text(_("Fonction ou mandat"), 200)
    civility = forms.ChoiceField(
        label=_("Civilité"), choices=[("", _("Pas dite")), *Civility.choices], required=False,
        help_text=_("Celle que la personne dit elle-même ; ne la devinez pas."),
    )  # fmt: skip
    said = _day(_("Dite le"), required=False)
    phone = _text(_("Téléphone"), 40, required=False)
    email = forms.EmailField(label=_("Courriel"), required=False)
    agent = forms.TypedChoiceField(
        label=_("Son compte, si elle entre ici"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, today: date, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["agent"].choices = agent_choices(today)  # type: ignore[attr-defined]


def agent_choices(today: date) -> list[tuple[Any, Any]]:
    """This function will give the agents of the house, to choose one."""
    rows = accounts.agents_with_posts(today).filter(is_active=True)
    return [*_NONE, *((one.pk, f"{one} ({one.username})") for one in rows)]


class CivilityForm(forms.Form):
    person: Any = forms.ModelChoiceField(None, label=_("Personne"))
    civility = forms.ChoiceField(
        label=_("Civilité"), choices=[("", _("Aucune")), *Civility.choices], required=False,
        help_text=_("Celle que la personne dit elle-même ; ne la devinez pas."),
    )  # fmt: skip
    said = _day(_("Dite le"))

    def __init__(self, *args: Any, plan: StrategicPlan, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["person"].queryset = queries_people(plan)  # type: ignore[attr-defined]


class StaffForm(forms.Form):
    agent = forms.TypedChoiceField(label=_("Agent"), coerce=int)
    function = _text(_("Fonction"), 200)
    since = _day(_("Du"))
    until = _day(_("Au"), required=False)
    fte = _decimal(_("Temps de travail, en équivalent temps plein"), min_value=0, max_value=1)
    charged_fte = _decimal(_("À charge de ce plan, en équivalent temps plein"), min_value=0, max_value=1)  # fmt: skip

    def __init__(self, *args: Any, today: date, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["agent"].choices = agent_choices(today)  # type: ignore[attr-defined]


class CostForm(forms.Form):
    on_date = _day(_("Date"))
    label = _text(_("Libellé"), 200)
    amount = _decimal(_("Montant, en euros"), max_digits=12)
    supplier = _text(_("Fournisseur"), 200, required=False)
    mandate = _text(_("Mandat"), 40, required=False)
    element: Any = forms.ModelChoiceField(None, label=_("Action"), required=False, empty_label="—")

    def __init__(self, *args: Any, actions: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        field: Any = self.fields["element"]
        field.queryset = actions
        field.label_from_instance = lambda one: f"{one.reference} · {one.title}"


class CancelForm(forms.Form):
    cost: Any = forms.ModelChoiceField(None, label=_("Dépense"))
    why = _text(_("Pourquoi"), 300)

    def __init__(self, *args: Any, costs: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["cost"].queryset = costs  # type: ignore[attr-defined]


class EndForm(forms.Form):
    share: Any = forms.ModelChoiceField(None, label=_("Part de personnel"))
    until = _day(_("Jusqu’au"))

    def __init__(self, *args: Any, shares: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["share"].queryset = shares  # type: ignore[attr-defined]


class FreezeForm(forms.Form):
    reason = _text(_("À quelle occasion"), 300, help_text=_("Par exemple : évaluation à mi-parcours."))  # fmt: skip


class ReviseForm(forms.Form):
    text = forms.CharField(
        label=_("La déclaration"), max_length=40000, widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("Un chapitre commence par « # ». Un engagement garde son numéro : « 7. Achat d’un logement. » ; un nouveau commence par « - ». Un détail est décalé de deux espaces sous le sien."),
    )  # fmt: skip
    reason = _text(_("Pourquoi une nouvelle version"), 500)
    effective = _day(_("En vigueur le"))
