"""The forms of the field at the desk; the room checks what they carry."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.fieldwork.enums import Method, OutingKind, Owner, Source, Stage
from beffroi.acts.fieldwork.services import AreaDraft, SurfaceDraft, Work
from beffroi.web.desk.activities.forms import RoomForm, day_field, moment, numbers_in
from beffroi.web.desk.activities.marked import MarkedForm


def hour_field(label: Any) -> forms.TimeField:
    """This function will give a field for an hour of the day."""
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


class TimesForm(RoomForm):
    """When an outing was."""

    day = day_field(lazy("Jour"))
    hour = hour_field(lazy("De"))
    until_time = hour_field(lazy("À"))

    def times(self) -> tuple[datetime, datetime]:
        """This function will give the beginning and the end that were typed."""
        given = self.cleaned_data
        return moment(given["day"], given["hour"]), moment(given["day"], given["until_time"])


class PastForm(MarkedForm, TimesForm):
    """An outing that was kept on paper."""

    area = forms.TypedChoiceField(label=lazy("Secteur"), coerce=int)
    field_order = ("mark", "area", "day", "hour", "until_time")

    def __init__(self, areas: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


class CorrectForm(TimesForm):
    """The hours as they were, and why they change."""

    why = forms.CharField(label=lazy("Pourquoi les heures changent"), max_length=200)


class WhyForm(RoomForm):
    """Why."""

    why = forms.CharField(label=lazy("Pourquoi"), max_length=200)


class SendForm(RoomForm):
    """To whom a fault is handed over."""

    to = forms.CharField(
        label=lazy("À quel service"), max_length=120,
        help_text=lazy("Par exemple : Voirie, éclairage public (ORES), propreté."),
    )  # fmt: skip


class DayForm(RoomForm):
    """On which day."""

    on = day_field(lazy("Réparé le"))


class PhotoForm(RoomForm):
    """A photograph of a thing."""

    file = forms.FileField(
        label=lazy("Photo"), help_text=lazy("Sans personne et sans plaque. JPEG, PNG ou WebP."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip
    stage = forms.ChoiceField(label=lazy("Moment"), choices=Stage.choices)


class SurfaceForm(MarkedForm):
    """A wall to clean."""

    area = forms.TypedChoiceField(label=lazy("Secteur"), coerce=int)
    address = forms.CharField(label=lazy("Adresse"), max_length=160)
    what = forms.CharField(
        label=lazy("Ce qui est à enlever"), max_length=200, required=False,
        help_text=lazy("Sans recopier une injure ni un nom."),
    )  # fmt: skip
    is_urgent = forms.BooleanField(label=lazy("Injurieux ou raciste : d’abord"), required=False)
    owner = forms.ChoiceField(
        label=lazy("À qui est le mur"), choices=Owner.choices, widget=forms.RadioSelect
    )
    source = forms.ChoiceField(label=lazy("D’où vient l’intervention"), choices=Source.choices)
    request_ref = forms.CharField(
        label=lazy("Référence de la demande"), max_length=20, required=False
    )
    asked_on = day_field(lazy("Demandé ou vu le"))
    observation = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, areas: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]

    def draft(self) -> SurfaceDraft:
        """This function will give what the service takes."""
        return SurfaceDraft(**self.cleaned_data)


class ConsentForm(RoomForm):
    """What the owner answered."""

    answer = forms.ChoiceField(
        label=lazy("Réponse"), widget=forms.RadioSelect,
        choices=[("yes", lazy("D’accord")), ("no", lazy("Pas d’accord"))],
    )  # fmt: skip
    who = forms.CharField(
        label=lazy("Qui a répondu"), max_length=120,
        help_text=lazy("Propriétaire, ou syndic avec la décision de l’assemblée."),
    )  # fmt: skip
    on = day_field(lazy("Le"))
    proof = forms.CharField(label=lazy("Où se trouve l’écrit"), max_length=120, required=False)


def _metres() -> forms.DecimalField:
    return forms.DecimalField(
        label=lazy("Mètres carrés"), max_digits=6, decimal_places=2, localize=True,
        help_text=lazy("Au centième : 12,50."),
    )  # fmt: skip


class WorkForm(RoomForm):
    """What was done of a wall."""

    done_on = day_field(lazy("Fait le"))
    method = forms.ChoiceField(label=lazy("Technique"), choices=Method.choices)
    square_metres = _metres()

    def work(self) -> Work:
        """This function will give what the service takes."""
        return Work(**self.cleaned_data)


class MeasureForm(RoomForm):
    """The square metres as they really are, and why they change."""

    square_metres = _metres()
    why = forms.CharField(label=lazy("Pourquoi la mesure change"), max_length=150)


class AreaForm(RoomForm):
    """What an area is."""

    name = forms.CharField(label=lazy("Nom"), max_length=80)
    team = forms.ChoiceField(label=lazy("Équipe"))
    kind = forms.ChoiceField(label=lazy("Genre de travail"), choices=OutingKind.choices)
    since = day_field(lazy("Depuis le"))
    until = day_field(lazy("Jusqu’au"), required=False)
    lines = forms.CharField(
        label=lazy("Lignes du plan"), max_length=200, required=False,
        help_text=lazy("Les numéros, séparés par une virgule : c’est là que les sorties comptent."),
    )  # fmt: skip
    actions = forms.CharField(
        label=lazy("Actions du catalogue"), max_length=200, required=False,
        help_text=lazy("Par exemple 3.2.03."),
    )  # fmt: skip

    def __init__(self, teams: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]

    def draft(self) -> AreaDraft:
        """This function will give what the service takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "team"}
        return AreaDraft(**{**given, **{k: numbers_in(given[k]) for k in ("lines", "actions")}})


class SpotForm(RoomForm):
    """A spot of an area."""

    name = forms.CharField(label=lazy("Nom de l’endroit"), max_length=60)
    latitude = forms.DecimalField(
        label=lazy("Latitude"), max_digits=9, decimal_places=6, required=False,
        help_text=lazy("50,454 : la carte le montre à cent mètres près."), localize=True,
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=lazy("Longitude"), max_digits=9, decimal_places=6, required=False, localize=True
    )


class KitForm(RoomForm):
    """Something a team hands over."""

    team = forms.ChoiceField(label=lazy("Équipe"))
    name = forms.CharField(label=lazy("Nom du matériel"), max_length=80)
    needles = forms.IntegerField(
        label=lazy("Seringues dans un exemplaire"), min_value=0, max_value=100, initial=0,
        help_text=lazy("Zéro pour ce qui n’en contient pas. Le taux de retour se compte ainsi."),
    )  # fmt: skip

    def __init__(self, teams: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]


class PeriodForm(RoomForm):
    """From a day to a day."""

    since = day_field(lazy("Du"))
    until = day_field(lazy("Au"))

    def clean(self) -> dict[str, Any]:
        """This function will refuse a period that ends before it begins, or has no end."""
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("La fin vient avant le début."))
        return given
