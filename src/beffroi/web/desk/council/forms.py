"""The small forms of a sitting; the room checks what they carry and says what is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.bodies.enums import Choice
from beffroi.acts.bodies.services import Totals
from beffroi.web.desk.council.common import CouncilForm, WhenForm


def _text(label: Any, rows: int = 2, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **more
    )


class ConveneForm(CouncilForm):
    act = "convene"
    urgency_reason = forms.CharField(
        label=lazy("Motif de l’urgence"), max_length=300, required=False,
        help_text=lazy("Seulement si le délai des jours francs n’est plus tenable."),
    )  # fmt: skip


class CancelForm(CouncilForm):
    act = "cancel"
    reason = forms.CharField(label=lazy("Pourquoi"), max_length=300)


class RecallForm(WhenForm):
    act = "recall"


class OpenForm(CouncilForm):
    """Who is in the room at the opening, and who presides."""

    act = "open"
    present = forms.TypedMultipleChoiceField(
        label=lazy("Membres présents"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    chair = forms.TypedChoiceField(label=lazy("Préside"), coerce=int)

    def __init__(self, *args: Any, members: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(m.pk, str(m.agent)) for m in members]
        self.fields["present"].choices = choices  # type: ignore[attr-defined]
        self.fields["chair"].choices = choices  # type: ignore[attr-defined]


class SecretVoteForm(CouncilForm):
    """The totals of a secret ballot."""

    act = "vote"
    in_favour = forms.IntegerField(label=lazy("Pour"), min_value=0, max_value=99)
    against = forms.IntegerField(label=lazy("Contre"), min_value=0, max_value=99, initial=0)
    abstained = forms.IntegerField(
        label=lazy("Abstentions et bulletins blancs"), min_value=0, max_value=99, initial=0
    )
    amendment = _text(
        lazy("Modification votée"), required=False,
        help_text=lazy("Laissez vide si la proposition est votée telle quelle."),
    )  # fmt: skip

    def given(self, data: dict[str, Any]) -> dict[str, Any]:
        """This method will give what the service takes."""
        totals = Totals(data["in_favour"], data["against"], data["abstained"])
        return {"totals": totals, "amendment": data["amendment"]}


class OpenVoteForm(CouncilForm):
    """The voice of each member in the room."""

    act = "vote"
    amendment = _text(lazy("Modification votée"), required=False)

    def __init__(self, *args: Any, voters: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.voters = voters
        for voter in voters:
            self.fields[f"voice_{voter.pk}"] = forms.ChoiceField(
                label=str(voter.agent), choices=Choice.choices, widget=forms.RadioSelect,
                error_messages={"required": _("Sa voix manque.")},
            )  # fmt: skip
        self.order_fields([*(f"voice_{v.pk}" for v in voters), "amendment"])

    def given(self, data: dict[str, Any]) -> dict[str, Any]:
        """This method will give what the service takes."""
        ballots = {v.pk: Choice(data[f"voice_{v.pk}"]) for v in self.voters}
        return {"ballots": ballots, "amendment": data["amendment"]}


class PostponeForm(CouncilForm):
    act = "postpone"
    reason = _text(lazy("Pourquoi"))


class AddForm(CouncilForm):
    """A matter that cannot wait, added by those present."""

    act = "add"
    item = forms.ChoiceField(label=lazy("Point"))
    reason = forms.CharField(label=lazy("Pourquoi il ne peut pas attendre"), max_length=300)
    in_favour = forms.IntegerField(label=lazy("Membres qui déclarent l’urgence"), min_value=0)

    def __init__(self, *args: Any, ready: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisir")), *((i.reference, f"{i.title} ({i.kind_label})") for i in ready)
        ]  # fmt: skip
