"""The forms of prices, reductions, cash and incidents; the room checks what they carry."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.activities.enums import (
    ParentsTold,
    PayMethod,
    PriceBasis,
    ReductionKind,
    Severity,
    Told,
)
from beffroi.acts.activities.services import IncidentDraft
from beffroi.web.desk.activities.forms import RoomForm, day_field, moment
from beffroi.web.desk.activities.marked import MarkedForm

_METHODS = [("", lazy("Plus tard : c’est dû")), *PayMethod.choices]


def _euros(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=7, decimal_places=2, localize=True,
        help_text=lazy("En euros : 2,00."),
    )  # fmt: skip


class PriceForm(RoomForm):
    """What an activity costs from a day on."""

    basis = forms.ChoiceField(label=lazy("Prix"), choices=PriceBasis.choices)
    amount = _euros(lazy("Montant"))
    since = day_field(lazy("Depuis le"))


class ReductionForm(RoomForm):
    """What somebody pays less."""

    kind = forms.ChoiceField(
        label=lazy("Raison"), choices=ReductionKind.choices,
        help_text=lazy("Rien de plus n’est demandé ni gardé."),
    )  # fmt: skip
    percent = forms.IntegerField(
        label=lazy("Réduction, en pour cent"), min_value=1, max_value=100, initial=100
    )
    rank = forms.IntegerField(
        label=lazy("Rang dans la fratrie"), min_value=2, max_value=12, required=False,
        help_text=lazy("2 pour le deuxième enfant, 3 pour le troisième."),
    )  # fmt: skip
    since = day_field(lazy("Depuis le"))
    until = day_field(lazy("Jusqu’au"), required=False)


class BindForm(RoomForm):
    """Which person of the house somebody is."""

    person_ref = forms.CharField(
        label=lazy("Référence de la personne"), max_length=20,
        help_text=lazy("Telle qu’elle est écrite sur sa fiche. Ce lien n’est jamais obligatoire."),
    )  # fmt: skip


class SeriesFeeForm(MarkedForm):
    """What somebody owes for a whole series."""

    activity = forms.TypedChoiceField(label=lazy("Activité"), coerce=int)
    method = forms.ChoiceField(label=lazy("Payé"), choices=_METHODS, required=False)

    def __init__(self, activities: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = activities  # type: ignore[attr-defined]


class CloseForm(RoomForm):
    """The cash of a day, counted."""

    team = forms.CharField(widget=forms.HiddenInput)
    place = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)
    counted = _euros(lazy("Ce que vous avez compté"))
    why = forms.CharField(
        label=lazy("D’où vient la différence"), max_length=200, required=False,
        help_text=lazy("Seulement si les reçus disent autre chose."),
    )  # fmt: skip


class IncidentForm(MarkedForm):
    """What went wrong."""

    activity = forms.TypedChoiceField(label=lazy("Activité"), coerce=int)
    day = day_field(lazy("Jour"))
    hour = forms.TimeField(
        label=lazy("Heure"),
        widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"),
    )
    severity = forms.ChoiceField(
        label=lazy("Gravité"), choices=Severity.choices, widget=forms.RadioSelect
    )
    what = forms.CharField(
        label=lazy("Ce qui s’est passé"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=lazy("Les faits, dans l’ordre. Seuls vos responsables le liront."),
    )  # fmt: skip
    told = forms.MultipleChoiceField(
        label=lazy("Qui est prévenu"), choices=Told.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    parents = forms.ChoiceField(
        label=lazy("Les parents"), choices=ParentsTold.choices, widget=forms.RadioSelect
    )

    def __init__(self, activities: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = activities  # type: ignore[attr-defined]

    def draft(self) -> IncidentDraft:
        """This function will give what the service takes."""
        given = self.cleaned_data
        happened_at: datetime = moment(given["day"], given["hour"])
        return IncidentDraft(
            mark=given["mark"], activity=given["activity"], happened_at=happened_at,
            severity=given["severity"], what=given["what"], parents=given["parents"],
            told=tuple(given["told"]),
        )  # fmt: skip


class FollowForm(RoomForm):
    """What was done since."""

    text = forms.CharField(label=lazy("Ce qui a été fait depuis"), max_length=450)
    parents = forms.ChoiceField(
        label=lazy("Les parents"), choices=[("", lazy("Rien ne change")), *ParentsTold.choices],
        required=False,
    )  # fmt: skip
