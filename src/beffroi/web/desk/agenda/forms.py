"""The forms of appointments, hours, permanences and rooms; the room checks what they carry."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.agenda import planning_queries
from beffroi.acts.agenda.enums import NextStep, Purpose, Weekday
from beffroi.acts.agenda.services import Meeting
from beffroi.core.errors import InvalidInput, Refusal

_LANGUAGES = (("fr", lazy("français")), ("nl", lazy("néerlandais")), ("de", lazy("allemand")),
              ("en", lazy("anglais")))  # fmt: skip
_MINUTES = [(n, f"{n} min") for n in (15, 20, 30, 45, 60, 90, 120)]


class AgendaForm(forms.Form):
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
        names = {"starts_at": "day", "ends_at": "until_day", "person_ref": "person"}
        for name, said in fields.items():
            name = name if name in self.fields else names.get(name, "")
            self.add_error(name if name in self.fields else None, said)
        if not fields:
            self.add_error(None, str(refused))


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def _hour(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **more)


def moment(day: date, hour: time) -> datetime:
    """This function will give the moment that was typed as a day and an hour."""
    return timezone.make_aware(datetime.combine(day, hour))


class WhenForm(AgendaForm):
    """When and where."""

    day = _day(lazy("Jour"))
    hour = _hour(lazy("Heure"))
    minutes = forms.TypedChoiceField(label=lazy("Durée"), choices=_MINUTES, coerce=int, initial=45)
    room = forms.TypedChoiceField(label=lazy("Local"), coerce=int, empty_value=None, required=False)
    where = forms.CharField(
        label=lazy("Ou ailleurs"), max_length=200, required=False,
        help_text=lazy("Chez la personne, au téléphone, dans une maison de quartier."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = [
            (room.pk, f"{room.name}, {room.place}" + (" ♿" if room.is_accessible else ""))
            for room in planning_queries.rooms()
        ]
        self.fields["room"].choices = [("", _("Aucun")), *rooms]  # type: ignore[attr-defined]

    def when(self) -> datetime:
        """This function will give the moment that was typed."""
        return moment(self.cleaned_data["day"], self.cleaned_data["hour"])


class MeetingForm(WhenForm):
    """A new appointment: with whom, when, where, for whom."""

    with_whom = forms.ChoiceField(label=lazy("Avec"))
    person = forms.CharField(
        label=lazy("Personne connue"), max_length=12, required=False,
        help_text=lazy("Sa référence, par exemple P26000123. Ou cherchez-la ci-dessus."),
    )  # fmt: skip
    name = forms.CharField(
        label=lazy("Ou son nom, si elle n’est pas encore connue"), max_length=160, required=False
    )
    subject_ref = forms.CharField(
        label=lazy("Référence de sa demande ou de son dossier"), max_length=40, required=False
    )
    phone = forms.CharField(
        label=lazy("Téléphone"), max_length=40, required=False,
        help_text=lazy("Pour lui rappeler le rendez-vous, sans dire de quoi il s’agit."),
    )  # fmt: skip
    email = forms.EmailField(label=lazy("Courriel"), required=False)
    lang = forms.ChoiceField(label=lazy("Langue des messages"), choices=_LANGUAGES, initial="fr")
    interpreter = forms.CharField(label=lazy("Interprète en"), max_length=40, required=False)
    purpose = forms.ChoiceField(
        label=lazy("Objet"), choices=Purpose.choices, initial=Purpose.FIRST_MEETING
    )
    to_prepare = forms.CharField(
        label=lazy("À préparer"), max_length=300, required=False,
        help_text=lazy("Seules la personne qui reçoit et sa responsable le lisent."),
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label=lazy("La personne est d’accord avec ce moment"), required=False
    )
    field_order = ("with_whom", "day", "hour", "minutes", "room", "where", "person", "name", "subject_ref",
                   "phone", "email", "lang", "interpreter", "purpose", "to_prepare", "confirmed")  # fmt: skip

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_whom"].choices = [("", _("Choisir")), *people]  # type: ignore[attr-defined]

    def meeting(self) -> Meeting:
        """This function will give what the service takes."""
        given = self.cleaned_data
        team, _sep, worker = given["with_whom"].rpartition(":")
        return Meeting(
            team=team, worker=int(worker), starts_at=self.when(), minutes=given["minutes"],
            purpose=Purpose(given["purpose"]), room=given["room"], where=given["where"],
            person_ref=given["person"].strip().upper(),
            subject_ref=given["subject_ref"].strip().upper(), name=given["name"],
            phone=given["phone"], email=given["email"], lang=given["lang"],
            interpreter=given["interpreter"], to_prepare=given["to_prepare"],
        )  # fmt: skip

    def tell(self, refused: Refusal) -> None:
        if isinstance(refused, InvalidInput) and "worker" in refused.fields:
            self.add_error("with_whom", refused.fields["worker"])
            return
        super().tell(refused)


class MoveForm(WhenForm):
    why = forms.CharField(label=lazy("Pourquoi le moment change"), max_length=300)
    confirmed = forms.BooleanField(
        label=lazy("La personne est d’accord avec le nouveau moment"), required=False
    )


class WhyForm(AgendaForm):
    why = forms.CharField(label=lazy("Pourquoi"), max_length=300)


class MissForm(AgendaForm):
    next_step = forms.ChoiceField(
        label=lazy("Comment reprenez-vous contact ?"), choices=NextStep.choices,
        widget=forms.RadioSelect,
        help_text=lazy("Un rendez-vous manqué ne change aucun droit : il demande qu’on se parle."),
    )  # fmt: skip
    why = forms.CharField(label=lazy("Ce que vous savez"), max_length=300, required=False)


class NoForm(AgendaForm):
    """An act that needs nothing but its button."""


class HoursForm(AgendaForm):
    weekday = forms.TypedChoiceField(label=lazy("Jour"), choices=Weekday.choices, coerce=int)
    from_time = _hour(lazy("De"))
    until_time = _hour(lazy("À"))
    since = _day(lazy("Depuis le"))


class AbsenceForm(AgendaForm):
    kind = forms.ChoiceField(
        label=lazy("Nature"),
        choices=(("away", lazy("Absence")), ("there", lazy("Présence en plus de ces heures"))),
    )
    day = _day(lazy("Du"))
    hour = _hour(lazy("à partir de"), initial=time(8))
    until_day = _day(lazy("Au"))
    until_hour = _hour(lazy("jusqu’à"), initial=time(18))


class PermanenceForm(AgendaForm):
    team = forms.ChoiceField(label=lazy("Équipe"))
    weekday = forms.TypedChoiceField(label=lazy("Jour"), choices=Weekday.choices, coerce=int)
    from_time = _hour(lazy("De"))
    until_time = _hour(lazy("À"))
    room = forms.TypedChoiceField(label=lazy("Local"), coerce=int)
    since = _day(lazy("Depuis le"))

    def __init__(self, teams: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        rooms = [(room.pk, f"{room.name}, {room.place}") for room in planning_queries.rooms()]
        self.fields["room"].choices = [("", _("Choisir")), *rooms]  # type: ignore[attr-defined]


class RoomForm(AgendaForm):
    name = forms.CharField(label=lazy("Nom"), max_length=80)
    place = forms.ChoiceField(label=lazy("Lieu"))
    desk = forms.ChoiceField(label=lazy("Accueil qui y reçoit"))
    capacity = forms.IntegerField(label=lazy("Places assises"), min_value=1, initial=3)
    is_accessible = forms.BooleanField(label=lazy("Accessible en fauteuil roulant"), required=False)

    def __init__(
        self, places: list[tuple[str, str]], desks: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Choisir")), *places]  # type: ignore[attr-defined]
        self.fields["desk"].choices = [("", _("Choisir")), *desks]  # type: ignore[attr-defined]
