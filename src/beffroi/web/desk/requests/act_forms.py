"""The small forms of the acts; the room checks what they carry and says what is wrong."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.accounts import queries as accounts
from beffroi.acts.requests.enums import Outcome
from beffroi.acts.requests.services import Slot
from beffroi.core.errors import InvalidInput
from beffroi.directory import queries as directory

SLOTS = 4


class ActForm(forms.Form):
    """The form of one act on one request; its fields are as the service names them."""

    use_required_attribute = False
    act = ""

    def __init__(self, *args: Any, team: str = "", competent: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.act}-%s", **kwargs})
        self.choose(team, competent)
        for field in self.fields.values():
            field.error_messages["required"] = _("Il manque ceci.")
            field.error_messages["invalid"] = _("Nous n’arrivons pas à lire cela.")

    def choose(self, team: str, competent: str) -> None:
        """This function will put in the choices that depend on the request."""

    def given(self) -> dict[str, Any]:
        """This function will give what the service takes. Raises: InvalidInput."""
        return dict(self.cleaned_data)


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": 4000})
    return forms.CharField(label=label, widget=widget, max_length=4000, **more)


class NoForm(ActForm):
    """An act that needs nothing but its button."""


class AnswerForm(ActForm):
    act = "answer"
    text = _text(
        lazy("Votre réponse"), 6, help_text=lazy("Elle paraît sur la page de la personne.")
    )


class NoteForm(ActForm):
    act = "note"
    text = _text(lazy("Note"), 3, help_text=lazy("Seule l’équipe la lit."))


class DocumentForm(ActForm):
    act = "ask_document"
    what = forms.CharField(
        label=lazy("Document"), max_length=200,
        help_text=lazy("Comme vous le diriez : « votre dernière fiche de paie »."),
    )  # fmt: skip


class AssignForm(ActForm):
    act = "assign"
    to = forms.TypedChoiceField(label=lazy("Agent"), coerce=int)
    why = forms.CharField(label=lazy("Pourquoi"), max_length=300, required=False)

    def choose(self, team: str, competent: str) -> None:
        agents = accounts.agents_of([team], timezone.localdate())
        choices = [("", _("Choisir")), *((a.pk, str(a)) for a in agents)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class PassForm(ActForm):
    act = "pass_on"
    to_team = forms.ChoiceField(label=lazy("Équipe"))
    reason = _text(lazy("Pourquoi c’est pour elle"), 2)

    def choose(self, team: str, competent: str) -> None:
        others = [(t.key, t.name) for t in accounts.teams() if t.key != team]
        self.fields["to_team"].choices = [("", _("Choisir")), *others]  # type: ignore[attr-defined]


class DeclineForm(ActForm):
    act = "decline"
    reason = _text(lazy("Pourquoi vous ne la reprenez pas"), 2)


class CloseForm(ActForm):
    act = "close"
    outcome = forms.ChoiceField(label=lazy("Issue"))
    text = _text(
        lazy("Dernier mot à la personne"),
        4,
        help_text=lazy("Ce qui a été fait, et quoi faire ensuite."),
    )
    why = forms.CharField(label=lazy("Précision pour l’équipe"), max_length=300, required=False)

    def choose(self, team: str, competent: str) -> None:
        own_button = (Outcome.WITHDRAWN, Outcome.TRANSFERRED)
        choices = [(o.value, o.label) for o in Outcome if o not in own_button]
        self.fields["outcome"].choices = [("", _("Choisir")), *choices]  # type: ignore[attr-defined]


class TransferForm(ActForm):
    act = "transfer"
    to_nis = forms.ChoiceField(label=lazy("Commune compétente"))
    reason = _text(
        lazy("Pourquoi"), 2, help_text=lazy("La personne le lira avec l’avis de transmission.")
    )

    def choose(self, team: str, competent: str) -> None:
        own = settings.BEFFROI_COMMUNE["nis"]
        others = [(c.nis, str(c)) for c in directory.communes() if c.nis != own]
        self.fields["to_nis"].choices = [("", _("Choisir")), *others]  # type: ignore[attr-defined]
        self.fields["to_nis"].initial = competent


class KeepForm(ActForm):
    act = "keep_here"
    reason = _text(lazy("Pourquoi notre CPAS est compétent"), 2)


class ReopenForm(ActForm):
    act = "reopen"
    reason = _text(lazy("Pourquoi la rouvrir"), 2)


class TimesForm(ActForm):
    """One to four moments at one place; lines left empty are not offered."""

    act = "offer_times"
    where = forms.CharField(label=lazy("Lieu"), max_length=200)
    minutes = forms.IntegerField(label=lazy("Minutes"), initial=45, min_value=5, max_value=480)

    def choose(self, team: str, competent: str) -> None:
        for number in range(1, SLOTS + 1):
            names = {"n": number}
            self.fields[f"day_{number}"] = forms.DateField(
                label=_("Jour %(n)d") % names, required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )  # fmt: skip
            self.fields[f"hour_{number}"] = forms.TimeField(
                label=_("Heure %(n)d") % names, required=False,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )  # fmt: skip

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """This function will give the day and the hour of each line."""
        return [(self[f"day_{n}"], self[f"hour_{n}"]) for n in range(1, SLOTS + 1)]

    def given(self) -> dict[str, Any]:
        said, slots, faults = self.cleaned_data, [], {}
        for number in range(1, SLOTS + 1):
            day, hour = said.get(f"day_{number}"), said.get(f"hour_{number}")
            if day and hour:
                slots.append(Slot(_moment(day, hour), said["minutes"], said["where"]))
            elif day or hour:
                missing = f"hour_{number}" if day else f"day_{number}"
                faults[missing] = _("Il manque l’heure.") if day else _("Il manque le jour.")
        if not said["where"].strip():
            faults["where"] = _("Dites où.")
        if faults:
            raise InvalidInput(_("Il manque quelque chose."), fields=faults)
        return {"slots": slots}


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


#: The form of each act, in the order the page shows them.
FORMS: dict[str, type[ActForm]] = {
    "answer": AnswerForm,
    "take": NoForm,
    "accept": NoForm,
    "decline": DeclineForm,
    "ask_document": DocumentForm,
    "offer_times": TimesForm,
    "note": NoteForm,
    "assign": AssignForm,
    "pass_on": PassForm,
    "transfer": TransferForm,
    "keep_here": KeepForm,
    "close": CloseForm,
    "reopen": ReopenForm,
}


def labels() -> dict[str, tuple[str, str]]:
    """This function will give the title of each act and the words of its button."""
    return {
        "answer": (_("Répondre sur la page de la personne"), _("Envoyer la réponse")),
        "take": (_("Prendre en charge"), _("Prendre en charge")),
        "accept": (_("Accepter"), _("Accepter la demande")),
        "decline": (_("Ne pas reprendre"), _("Rendre la demande")),
        "ask_document": (_("Demander un document"), _("Demander ce document")),
        "offer_times": (_("Proposer des rendez-vous"), _("Proposer ces moments")),
        "note": (_("Note interne"), _("Garder la note")),
        "assign": (_("Confier à…"), _("Confier")),
        "pass_on": (_("Proposer à un autre service"), _("Proposer")),
        "transfer": (_("Transmettre au CPAS compétent"), _("Transmettre, avec l’avis écrit")),
        "keep_here": (_("Garder ici : nous sommes compétents"), _("Garder ici")),
        "close": (_("Clôturer"), _("Clôturer la demande")),
        "reopen": (_("Rouvrir"), _("Rouvrir la demande")),
    }


def done_words() -> dict[str, str]:
    """This function will say that each act is done."""
    return {
        "answer": _("Votre réponse est sur la page de la personne."),
        "take": _("La demande est dans vos mains."),
        "accept": _("La demande est maintenant dans votre équipe."),
        "decline": _("La demande est rendue à l’équipe qui la proposait."),
        "ask_document": _("Le document est demandé ; la demande attend la personne."),
        "offer_times": _("Les moments sont proposés ; la demande attend la personne."),
        "note": _("La note est gardée."),
        "assign": _("La demande est confiée."),
        "pass_on": _(
            "La demande est proposée. Elle reste à vous tant que l’autre équipe n’accepte pas."
        ),
        "transfer": _("La demande est transmise ; la personne a son avis écrit."),
        "keep_here": _("C’est noté : la demande reste ici."),
        "close": _("La demande est clôturée."),
        "reopen": _("La demande est rouverte."),
    }
