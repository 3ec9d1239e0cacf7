"""The forms of houses, guests and nights; the room checks what they carry."""

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.stays.enums import (
    AgeBand,
    Hearing,
    HouseKind,
    RefusalReason,
    Service,
    Severity,
    Sex,
)
from beffroi.acts.stays.services import MOST_DAYS, Arrival, BedDraft, GuestDraft, HouseDraft
from beffroi.web.desk.activities.forms import RoomForm, day_field

_MOST_BEDS, _MOST_TAPS = 200, 500


def _hour(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **more)


def _keys(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in re.split(r"[\s,;]+", typed.strip()) if key))


def _text(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **more)


class HouseForm(RoomForm):
    """What a house is."""

    name = _text(lazy("Nom"), 120)
    kind = forms.ChoiceField(label=lazy("Sorte"), choices=HouseKind.choices, initial="night")
    team = forms.ChoiceField(label=lazy("Équipe qui la tient"))
    place = forms.ChoiceField(label=lazy("Lieu"), required=False)
    opens_at = _hour(lazy("Ouvre à"))
    closes_at = _hour(lazy("Ferme à"))
    curfew_at = _hour(
        lazy("Les lits gardés se rendent à"), required=False,
        help_text=lazy("Vide : l’équipe les rend quand elle veut."),
    )  # fmt: skip
    lines = _text(
        lazy("Lignes du plan"), 200, required=False,
        help_text=lazy("Les numéros, séparés par une virgule : c’est là que les nuits comptent."),
    )  # fmt: skip
    actions = _text(
        lazy("Actions du catalogue"), 200, required=False,
        help_text=lazy("Par exemple 2.4.01 ou 3.5.02."),
    )  # fmt: skip

    def __init__(
        self, teams: list[tuple[str, str]], places: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", "—"), *places]  # type: ignore[attr-defined]

    def draft(self) -> HouseDraft:
        """This function will give what the service takes."""
        given = {name: self.cleaned_data[name] for name in (
            "name", "kind", "opens_at", "closes_at", "curfew_at")}  # fmt: skip
        place = self.cleaned_data["place"]
        return HouseDraft(
            **given, place=UUID(place) if place else None,
            lines=_keys(self.cleaned_data["lines"]), actions=_keys(self.cleaned_data["actions"]),
        )  # fmt: skip


class NewHouseForm(HouseForm):
    """A house and the first day it is open."""

    since = day_field(lazy("Ouverte depuis le"))
    until = day_field(lazy("Jusqu’au"), required=False, help_text=lazy("Vide : sans fin prévue."))


class PeriodForm(RoomForm):
    """Days on which a house is open."""

    since = day_field(lazy("Du"))
    until = day_field(lazy("Au"), required=False, help_text=lazy("Vide : sans fin prévue."))


class BedsForm(RoomForm):
    """Some beds alike."""

    count = forms.IntegerField(label=lazy("Combien de lits"), min_value=1, max_value=_MOST_BEDS)
    word = _text(
        lazy("Comment on les appelle"), 14, required=False,
        help_text=lazy("Un mot devant le numéro, par exemple « F » ou « Haut »."),
    )  # fmt: skip
    room = _text(lazy("Dortoir"), 60, required=False)
    sex = forms.ChoiceField(
        label=lazy("Pour"), required=False,
        choices=[("", lazy("tous")), (Sex.WOMAN, lazy("les femmes")), (Sex.MAN, lazy("les hommes"))],
    )  # fmt: skip
    since = day_field(lazy("Depuis la nuit du"))

    def draft(self) -> BedDraft:
        """This function will give what the service takes."""
        given = self.cleaned_data
        return BedDraft(given["count"], given["word"], given["room"], given["sex"])


class EndBedsForm(RoomForm):
    """Beds that are taken away."""

    beds = forms.TypedMultipleChoiceField(
        label=lazy("Lits"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    on = day_field(lazy("Leur dernière nuit"))

    def __init__(self, beds: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beds"].choices = beds  # type: ignore[attr-defined]


class ColdForm(RoomForm):
    """More beds between two dates."""

    since = day_field(lazy("Première nuit"))
    until = day_field(lazy("Dernière nuit"))
    beds = forms.IntegerField(label=lazy("Lits en plus"), min_value=1, max_value=_MOST_BEDS)
    room = _text(lazy("Où"), 60, required=False)
    why = _text(lazy("Ce qui déclenche le plan"), 200)


class DayForm(RoomForm):
    """The last day of something."""

    on = day_field(lazy("Dernier jour"))


class GuestForm(RoomForm):
    """How somebody is written down."""

    alias = _text(
        lazy("Prénom ou surnom"), 80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    sex = forms.ChoiceField(label=lazy("Sexe"), choices=Sex.choices, required=False, initial="")
    age_band = forms.ChoiceField(label=lazy("Âge"), choices=AgeBand.choices, required=False)
    birth_year = forms.IntegerField(
        label=lazy("Année de naissance"), required=False, min_value=1900, max_value=2100
    )
    remark = _text(
        lazy("Pour l’accueillir"), 120, required=False,
        help_text=lazy("Lit du bas, lève-tôt… Rien sur la santé."),
    )  # fmt: skip
    has_dog = forms.BooleanField(label=lazy("Vient avec son chien"), required=False)

    def draft(self) -> GuestDraft:
        """This function will give what the service takes."""
        return GuestDraft(**self.cleaned_data)


class NewcomerForm(RoomForm):
    """Somebody at the door: an alias is enough; `mark` makes two sendings one."""

    mark = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    alias = _text(
        lazy("Prénom ou surnom"), 80, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=lazy("N’importe quel nom convient : aucune pièce n’est demandée."),
    )  # fmt: skip
    sex = forms.ChoiceField(
        label=lazy("Sexe"),
        choices=Sex.choices,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )
    has_dog = forms.BooleanField(label=lazy("Vient avec son chien"), required=False)

    def newcomer(self) -> GuestDraft:
        """This function will give who is written down."""
        given = self.cleaned_data
        return GuestDraft(given["alias"], given["sex"], has_dog=given["has_dog"])

    def arrival(self) -> Arrival:
        """This function will give who comes, and to which bed."""
        bed = self.cleaned_data.get("bed")
        return Arrival(newcomer=self.newcomer(), bed=int(bed) if bed else None)


class SleeperForm(NewcomerForm):
    """Somebody at the door of a house where one sleeps."""

    bed = forms.ChoiceField(label=lazy("Lit"), required=False)

    def __init__(self, beds: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bed"].choices = [("", lazy("le premier qui convient")), *beds]  # type: ignore[attr-defined]


class IncidentForm(RoomForm):
    """Something happened."""

    severity = forms.TypedChoiceField(label=lazy("Gravité"), choices=Severity.choices, coerce=int)
    told = forms.CharField(
        label=lazy("Ce qui s’est passé"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Sans parler de santé : elle a sa propre note."),
    )  # fmt: skip
    done = _text(lazy("Ce qui a été fait"), 300, required=False)


class HandoverForm(RoomForm):
    """A word to the next team."""

    text = forms.CharField(
        label=lazy("À la relève"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class HealthForm(RoomForm):
    """What a team must know for some days."""

    guest = forms.TypedChoiceField(label=lazy("De qui"), coerce=UUID)
    text = _text(lazy("Ce qu’il faut savoir"), 300)
    days = forms.IntegerField(
        label=lazy("À garder, en jours"), min_value=1, max_value=MOST_DAYS, initial=7,
        help_text=lazy("La note s’efface d’elle-même."),
    )  # fmt: skip

    def __init__(self, guests: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guest"].choices = guests  # type: ignore[attr-defined]


class RefusalForm(RoomForm):
    """Somebody is not let in: why, and where she is sent; never who."""

    mark = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    referred_to = _text(
        lazy("Orientée vers"), 120, required=False,
        help_text=lazy("Un service ou une maison, jamais un nom."),
    )  # fmt: skip
    reason = forms.ChoiceField(choices=RefusalReason.choices)


class BindForm(RoomForm):
    """Which person of the house a guest is."""

    person_ref = _text(
        lazy("Référence de la personne"), 40, required=False,
        help_text=lazy("Seulement avec son accord. Vide : plus liée à personne."),
    )  # fmt: skip


class JoinForm(RoomForm):
    """Another guest who is the same."""

    other = forms.CharField(
        label=lazy("L’autre surnom"), max_length=80,
        help_text=lazy("Écrit comme l’équipe le connaît. Toutes les nuits restent."),
    )  # fmt: skip


class ExcludeForm(RoomForm):
    """A guest may not come in for a time."""

    house = forms.TypedChoiceField(label=lazy("Maison"), coerce=int)
    since = day_field(lazy("Du"))
    until = day_field(lazy("Au"))
    reason = _text(lazy("Raison"), 300)
    decided_by = _text(lazy("Qui a décidé"), 160)
    hearing = forms.ChoiceField(label=lazy("Droit d’être entendu·e"), choices=Hearing.choices)

    def __init__(self, houses: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["house"].choices = houses  # type: ignore[attr-defined]


class SpanForm(RoomForm):
    """A period that is asked."""

    du = day_field(lazy("Du"))
    au = day_field(lazy("Au"))

    def clean(self) -> dict[str, Any]:
        """This function will refuse a period that ends before it begins."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("du") and given.get("au") and given["au"] < given["du"]:
            self.add_error("au", _("La fin vient après le début."))
        return given


class WhyForm(RoomForm):
    """A reason."""

    why = _text(lazy("Pourquoi"), 200)


class AddForm(RoomForm):
    """Somebody who was there and was not noted; without an alias, a number."""

    alias = _text(lazy("Surnom connu de l’équipe"), 80, required=False,
                  help_text=lazy("Vide : une personne qui n’en a pas donné."))  # fmt: skip
    why = _text(lazy("Pourquoi le compte change"), 200)


class TallyForm(RoomForm):
    """Meals, showers or laundry that were not counted, or too many."""

    service = forms.ChoiceField(label=lazy("Quoi"), choices=Service.choices)
    delta = forms.IntegerField(
        label=lazy("En plus, ou en moins"), min_value=-_MOST_TAPS, max_value=_MOST_TAPS,
        help_text=lazy("Par exemple 3, ou -2."),
    )  # fmt: skip
    why = _text(lazy("Pourquoi le compte change"), 200)
