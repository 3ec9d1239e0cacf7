"""The forms of activities and sessions; the room checks what they carry."""

import re
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.activities.enums import AgeBand, CountMode, Enrolment, Weekday
from beffroi.acts.activities.services import ActivityDraft, Correction
from beffroi.core.errors import InvalidInput, Refusal


class RoomForm(forms.Form):
    """A form whose refusals stand beside the field they speak of."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Il manque ceci.")
            field.error_messages["invalid"] = _("Nous n’arrivons pas à lire cela.")

    def tell(self, refused: Refusal) -> None:
        """This function will put the words of a refusal where they belong."""
        fields = refused.fields if isinstance(refused, InvalidInput) else {}
        names = {"starts_at": "hour", "ends_at": "until_time"}
        for name, said in fields.items():
            name = name if name in self.fields else names.get(name, "")
            self.add_error(name if name in self.fields else None, said)
        if not fields:
            self.add_error(None, str(refused))


def day_field(label: Any, **more: Any) -> forms.DateField:
    """This function will give a field for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def _hour(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **more)


def moment(day: date, hour: time) -> datetime:
    """This function will give the moment that was typed as a day and an hour."""
    return timezone.make_aware(datetime.combine(day, hour))


def numbers_in(typed: str) -> tuple[str, ...]:
    """This function will give the numbers or codes that were typed, each once, in their order."""
    return tuple(dict.fromkeys(key for key in re.split(r"[\s,;]+", typed.strip()) if key))


class ActivityForm(RoomForm):
    """What an activity is."""

    name = forms.CharField(label=lazy("Nom"), max_length=120)
    team = forms.ChoiceField(label=lazy("Équipe qui organise"))
    place = forms.ChoiceField(label=lazy("Lieu"))
    room = forms.CharField(label=lazy("Salle"), max_length=80, required=False)
    purpose = forms.CharField(
        label=lazy("Pour qui et pour quoi"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    count_mode = forms.ChoiceField(
        label=lazy("Comment on compte"), choices=CountMode.choices, initial=CountMode.MIXED
    )
    capacity = forms.IntegerField(
        label=lazy("Places"), min_value=1, max_value=5000, required=False,
        help_text=lazy("Vide : il y a place pour qui vient."),
    )  # fmt: skip
    enrolment = forms.ChoiceField(
        label=lazy("Inscription"), choices=Enrolment.choices, initial=Enrolment.NONE
    )
    is_public = forms.BooleanField(
        label=lazy("Annoncer au public et prendre les inscriptions en ligne"), required=False
    )
    offer_hours = forms.IntegerField(
        label=lazy("Heures pour répondre à une place qui se libère"), min_value=1, max_value=336,
        initial=12,
    )  # fmt: skip
    starts_on = day_field(lazy("Depuis le"))
    ends_on = day_field(lazy("Jusqu’au"), required=False)
    lines = forms.CharField(
        label=lazy("Lignes du plan"), max_length=200, required=False,
        help_text=lazy("Les numéros, séparés par une virgule : c’est là que les présences comptent."),
    )  # fmt: skip
    actions = forms.CharField(
        label=lazy("Actions du catalogue"), max_length=200, required=False,
        help_text=lazy("Par exemple 5.5.01."),
    )  # fmt: skip

    def __init__(
        self, teams: list[tuple[str, str]], places: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    def draft(self) -> ActivityDraft:
        """This function will give what the service takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "team"}
        for name in ("lines", "actions"):
            given[name] = numbers_in(given[name])
        return ActivityDraft(**{**given, "place": UUID(given["place"])})


class SlotForm(RoomForm):
    """A weekly moment."""

    weekday = forms.TypedChoiceField(label=lazy("Chaque"), choices=Weekday.choices, coerce=int)
    from_time = _hour(lazy("De"))
    until_time = _hour(lazy("À"))
    since = day_field(lazy("Depuis le"))
    until = day_field(lazy("Jusqu’au"), required=False)


class WriteForm(RoomForm):
    """The period whose sessions are written."""

    since = day_field(lazy("Du"))
    until = day_field(lazy("Au"))


class SessionForm(RoomForm):
    """One session: when and where."""

    day = day_field(lazy("Jour"))
    hour = _hour(lazy("De"))
    until_time = _hour(lazy("À"))
    room = forms.CharField(label=lazy("Salle"), max_length=80, required=False)

    def times(self) -> dict[str, Any]:
        """This function will give the times and the room that the services take."""
        given = self.cleaned_data
        return {
            "starts_at": moment(given["day"], given["hour"]),
            "ends_at": moment(given["day"], given["until_time"]), "room": given["room"],
        }  # fmt: skip


class NewSessionForm(SessionForm):
    """One session outside the series, at the house or at somebody’s home."""

    is_home = forms.BooleanField(
        label=lazy("À domicile"), required=False,
        help_text=lazy("Seul le nombre de ces séances est gardé, jamais l’adresse."),
    )  # fmt: skip

    def times(self) -> dict[str, Any]:
        """This function will give what the service takes."""
        return {**super().times(), "is_home": self.cleaned_data["is_home"]}


class WhyForm(RoomForm):
    """Why."""

    why = forms.CharField(label=lazy("Pourquoi"), max_length=200)


class PlaceForm(RoomForm):
    """A place asked for at the desk or by telephone."""

    nonce = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(
        label=lazy("Nom, prénom ou surnom"), max_length=120, required=False,
        help_text=lazy("Sans nom, la référence suffit."),
    )  # fmt: skip
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    email = forms.CharField(label=lazy("Courriel"), max_length=254, required=False)
    seats = forms.IntegerField(
        label=lazy("Places prises"), min_value=1, max_value=20, initial=1,
        help_text=lazy("Un fauteuil roulant dans un car en prend deux."),
    )  # fmt: skip


class VolunteerForm(RoomForm):
    """Somebody who helps."""

    team = forms.ChoiceField(label=lazy("Équipe"))
    name = forms.CharField(label=lazy("Nom"), max_length=120)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    since = day_field(lazy("Depuis le"))

    def __init__(self, teams: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]


class TimeForm(RoomForm):
    """Hours somebody gave."""

    volunteer = forms.TypedChoiceField(label=lazy("Bénévole"), coerce=int)
    activity = forms.TypedChoiceField(label=lazy("Activité"), coerce=int)
    day = day_field(lazy("Jour"))
    hours = forms.DecimalField(
        label=lazy("Heures"), min_value=0, max_value=24, max_digits=4, decimal_places=2,
        help_text=lazy("1,5 pour une heure et demie."), localize=True,
    )  # fmt: skip

    def __init__(
        self, people: list[tuple[int, str]], of: list[tuple[int, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volunteer"].choices = people  # type: ignore[attr-defined]
        self.fields["activity"].choices = of  # type: ignore[attr-defined]


class CorrectionForm(RoomForm):
    """What a closed session really counted."""

    present = forms.MultipleChoiceField(
        label=lazy("Étaient là"), required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.IntegerField(label=lazy("Durée, en minutes"), min_value=1, max_value=1440)
    why = forms.CharField(label=lazy("Pourquoi le compte change"), max_length=300)

    def __init__(self, sheet: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._there = {row.mark for row in sheet.rows if row.state == "present"}
        self.fields["present"].choices = [(row.mark, row.name) for row in sheet.rows]  # type: ignore[attr-defined]
        self.initial.setdefault("present", sorted(self._there))
        for band, label in AgeBand.choices:
            self.fields[f"band_{band}"] = forms.IntegerField(
                label=_("Sans nom : %(band)s") % {"band": str(label).lower()}, min_value=0,
                max_value=5000, required=False, initial=sheet.bands.get(band, 0),
            )  # fmt: skip
        self.order_fields(["present", *(f"band_{b}" for b in AgeBand.values), "minutes", "why"])

    def correction(self) -> Correction:
        """This function will give what changes, as the service takes it."""
        now = set(self.cleaned_data["present"])
        bands = {band: self.cleaned_data[f"band_{band}"] or 0 for band in AgeBand.values}
        return Correction(
            present=[UUID(mark) for mark in sorted(now - self._there)],
            absent=[UUID(mark) for mark in sorted(self._there - now)],
            anonymous=bands, minutes=self.cleaned_data["minutes"],
        )  # fmt: skip
