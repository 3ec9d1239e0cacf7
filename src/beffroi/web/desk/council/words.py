"""States, days and results as the pages of the council say them."""

from typing import Any

from django.template.defaultfilters import date as date_filter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.bodies.enums import OutcomeState, SittingState

_TONES = {
    SittingState.PLANNED: "amber", SittingState.CONVENED: "copper", SittingState.OPEN: "copper",
    SittingState.CLOSED: "amber", SittingState.DRAFTED: "amber", SittingState.APPROVED: "green",
    SittingState.NO_QUORUM: "red", SittingState.CANCELLED: "",
}  # fmt: skip
_OUTCOME_TONES = {
    OutcomeState.ADOPTED: "green", OutcomeState.AMENDED: "green",
    OutcomeState.REJECTED: "red", OutcomeState.POSTPONED: "amber",
}  # fmt: skip


def moment(at: Any) -> str:
    """This function will write a day and an hour."""
    return str(date_filter(timezone.localtime(at), "l j F Y, H:i"))


def day(at: Any) -> str:
    """This function will write the day of a moment."""
    return str(date_filter(timezone.localtime(at), "j F Y"))


def state(sitting: Any) -> dict[str, str]:
    """This function will give the state of a sitting as a tag."""
    return {
        "label": str(sitting.get_state_display()), "tone": _TONES[SittingState(sitting.state)]
    }  # fmt: skip


def outcome(result: Any) -> dict[str, str]:
    """This function will give a result as a tag."""
    tone = _OUTCOME_TONES[OutcomeState(result.outcome)]
    return {"tag": str(result.get_outcome_display()), "tone": tone}


def matters(count: int) -> str:
    """This function will count matters."""
    return ngettext("%(n)s point", "%(n)s points", count) % {"n": count}


def sitting_row(sitting: Any) -> list[Any]:
    """This function will give a sitting as a row of the list."""
    shown = state(sitting)
    return [
        {"text": moment(sitting.starts_at), "sub": sitting.reference,
         "url": reverse("desk:council_sitting", args=[sitting.reference])},
        sitting.body.name,
        {"tag": shown["label"], "tone": shown["tone"]},
        {"text": str(sitting.matters), "end": True},
    ]  # fmt: skip


def sitting_columns() -> list[dict[str, Any]]:
    """This function will give the columns of the list of sittings."""
    return [
        {"label": _("Séance")}, {"label": _("Organe")}, {"label": _("État")},
        {"label": _("Points"), "end": True},
    ]  # fmt: skip


def item_cell(item: Any) -> dict[str, Any]:
    """This function will give a matter as a cell that leads to its page."""
    cell = {
        "text": item.title, "sub": f"{item.kind_label} · {item.reference}",
        "url": reverse("desk:council_item", args=[item.reference]),
    }  # fmt: skip
    return {**cell, "tag": _("urgent"), "tone": "red"} if item.is_urgent else cell


def agenda_row(entry: Any) -> list[Any]:
    """This function will give a place on the agenda; masked when it is not the reader's to see."""
    place = str(entry.position)
    if entry.item is None:
        masked = {"text": _("Vous ne siégez pas pour ce point."), "sub": _("conflit d’intérêts")}
        return [place, masked, {"tag": _("masqué")}]
    added = {"tag": _("ajouté en urgence"), "tone": "amber"}
    waiting = added if entry.is_addition else {"tag": _("à décider"), "tone": "copper"}
    return [place, item_cell(entry.item), outcome(entry.result) if entry.result else waiting]


def agenda_columns() -> list[dict[str, Any]]:
    """This function will give the columns of an agenda."""
    return [{"label": _("Rang")}, {"label": _("Point")}, {"label": _("Issue")}]


def rule_note(rule: Any) -> str:
    """This function will say where a rule comes from, and whether it was only inferred."""
    return str(rule.reference) if rule.is_verified else f"{rule.reference} · {_('non vérifié')}"
