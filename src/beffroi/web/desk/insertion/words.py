"""How the insertion desk says states, dues and days."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.agreements.enums import AgreementState, ClauseState, Finding
from beffroi.acts.agreements.queries import days_in, next_due
from beffroi.rules.amounts import euros
from beffroi.web.desk.small_acts import day_words

__all__ = ["day_words", "due_said", "euros", "left", "row", "tone", "work_row"]

_TONES: dict[str, str] = {
    AgreementState.DRAFTED: "copper", AgreementState.REFLECTION: "amber",
    AgreementState.RUNNING: "green", AgreementState.SIGNED: "green",
    AgreementState.AMENDING: "amber", AgreementState.FULFILLED: "green",
    AgreementState.BROKEN: "red", ClauseState.DONE: "green", Finding.ON_COURSE: "green",
    Finding.REACHED: "green", Finding.HELP_NEEDED: "amber", Finding.TO_AMEND: "amber",
    Finding.NOT_KEPT: "red",
}  # fmt: skip


def tone(state: str) -> str:
    """This function will give the tone of a state; its word always stands beside it."""
    return _TONES.get(state, "")


def left(day: date, today: date) -> tuple[str, str]:
    """This function will say how long is left until a day, with a tone."""
    days = (day - today).days
    if days < 0:
        words = ngettext("%(n)d jour de retard", "%(n)d jours de retard", -days) % {"n": -days}
        return words, "red"
    if days == 0:
        return _("aujourd’hui"), "red"
    if days == 1:
        return _("demain"), "amber"
    return ngettext("%(n)d jour", "%(n)d jours", days) % {
        "n": days
    }, "amber" if days <= 14 else "green"


def due_said(what: str) -> str:
    """This function will say what is due."""
    return {
        "signature": _("Signature du projet"), "evaluation": _("Évaluation"),
        "exit": _("Sortie à préparer"), "end": _("Fin de la convention"),
    }[what]  # fmt: skip


def columns() -> list[dict[str, Any]]:
    """This function will give the columns of a list of agreements."""
    return [
        {"label": _("Délai")}, {"label": _("Personne")}, {"label": _("Convention")},
        {"label": _("Ce qui vient")}, {"label": _("État")}, {"label": _("Suivi par")},
    ]  # fmt: skip


def row(one: Any, today: date) -> list[dict[str, Any]]:
    """This function will give an agreement as a row of a list."""
    due = next_due(one)
    words, how = left(due[1], today) if due else (_("sans délai"), "")
    return [
        {"text": words, "due": True, "tone": how, "sub": day_words(due[1]) if due else ""},
        {
            "text": str(one.person), "sub": one.reference,
            "url": reverse("desk:insertion_agreement", args=[one.reference]),
        },
        {"text": str(one.get_kind_display()), "sub": one.title},
        {"text": due_said(due[0]) if due else "—"},
        {"tag": one.get_state_display(), "tone": tone(one.state)},
        {"text": str(one.worker)},
    ]  # fmt: skip


def work_columns() -> list[dict[str, Any]]:
    """This function will give the columns of the list of work contracts."""
    return [
        {"label": _("Sortie à préparer")}, {"label": _("Personne")}, {"label": _("Chez qui")},
        {"label": _("Jours"), "end": True}, {"label": _("Fin prévue")},
    ]  # fmt: skip


def work_row(one: Any, today: date) -> list[dict[str, Any]]:
    """This function will give a work contract with its counters."""
    url = reverse("desk:insertion_agreement", args=[one.reference])
    who = {"text": str(one.person), "sub": one.reference, "url": url}
    host = {"text": one.work.partner.name, "sub": one.work.job}
    if not one.work.target_days:
        ends = {"text": day_words(one.ends_date) or "—"}
        return [{"text": "—"}, who, host, {"text": "—", "end": True}, ends]
    days = days_in(one)
    words, how = left(days.alert, today)
    pushed = ngettext("%(n)d jour ajouté", "%(n)d jours ajoutés", days.unpaid) % {"n": days.unpaid}
    return [
        {"text": words, "due": True, "tone": how, "sub": day_words(days.alert)}, who, host,
        {"text": f"{days.paid} / {days.target}", "sub": f"{days.percent} %", "end": True},
        {"text": day_words(days.end), "sub": pushed if days.unpaid else ""},
    ]  # fmt: skip
