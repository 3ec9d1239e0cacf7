"""How the desk of mediation says states, dues and amounts."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.budgets.enums import DebtState, FileState, InstalmentState, PlanState
from beffroi.acts.budgets.queries import Due
from beffroi.rules.amounts import euros
from beffroi.web.desk.small_acts import day_words

__all__ = ["day_words", "debt_row", "due_words", "euros", "file_row", "names", "path_steps", "tone"]

_TONES: dict[str, str] = {
    FileState.INTAKE: "copper", FileState.PLAN_RUNNING: "green", FileState.EVALUATION: "amber",
    DebtState.CONFIRMED: "green", DebtState.PAID: "green", PlanState.RUNNING: "green",
    PlanState.PROPOSED: "amber", PlanState.BROKEN: "red", PlanState.DONE: "green",
    InstalmentState.MISSED: "red",
}  # fmt: skip


def tone(state: str) -> str:
    """This function will give the tone of a state; its word always stands beside it."""
    return _TONES.get(state, "")


def names(file: Any) -> str:
    """This function will name the persons of a file, its holder first."""
    members = sorted(file.members.all(), key=lambda one: (one.role != "holder", one.pk))
    return ", ".join(str(one.person) for one in members) or _("dossier vidé")


def due_words(due: Due, today: date) -> tuple[str, str]:
    """This function will say what a file waits for, with a tone."""
    day = day_words(due.day)
    said = {
        "notice_opening": (_("Avis d’ouverture à faire déposer"), "amber"),
        "notice_closing": (_("Avis de clôture à faire déposer"), "amber"),
        "instalment": (_("Mensualité du %(day)s à vérifier") % {"day": day}, "amber"),
        "review": (_("Plan à revoir pour le %(day)s") % {"day": day}, "amber"),
        "prescription_soon": (
            _("%(who)s : prescription le %(day)s") % {"who": due.detail, "day": day}, "amber",
        ),
        "prescription_prescribed": (
            _("%(who)s : peut-être prescrite depuis le %(day)s")
            % {"who": due.detail, "day": day}, "red",
        ),
        "creditors_silent": (
            ngettext(
                "%(n)d créancier ne répond pas", "%(n)d créanciers ne répondent pas", due.count
            )
            % {"n": due.count}, "amber",
        ),
    }  # fmt: skip
    words, how = said[due.key]
    late = due.day is not None and due.day < today
    return words, "red" if late and due.key in ("instalment", "review") else how


def columns() -> list[dict[str, Any]]:
    """This function will give the columns of a list of files."""
    return [
        {"label": _("Ce qui est dû")}, {"label": _("Personnes")}, {"label": _("Étape")},
        {"label": _("Médiatrice")}, {"label": _("Dettes"), "end": True},
        {"label": _("Reste dû"), "end": True},
    ]  # fmt: skip


def file_row(file: Any, dues: list[Due], today: date) -> list[dict[str, Any]]:
    """This function will give a file as a row of a list."""
    first, how = due_words(dues[0], today) if dues else (_("rien ne presse"), "green")
    more = len(dues) - 1
    sub = ngettext("et %(n)d autre chose", "et %(n)d autres choses", more) % {"n": more}
    return [
        {"text": first, "due": True, "tone": how, "sub": sub if more > 0 else ""},
        {
            "text": names(file), "sub": file.reference,
            "url": reverse("desk:debts_file", args=[file.reference]),
        },
        {"tag": file.get_state_display(), "tone": tone(file.state),
         "sub": file.get_outcome_display()},
        {"text": str(file.worker)},
        {"text": str(file.debt_count), "end": True},
        {"text": euros(Decimal(file.owed)), "end": True},
    ]  # fmt: skip


def debt_columns() -> list[dict[str, Any]]:
    """This function will give the columns of an inventory."""
    return [
        {"label": _("Créancier")}, {"label": _("Nature et titre")}, {"label": _("Où elle en est")},
        {"label": _("Principal"), "end": True}, {"label": _("Intérêts, frais"), "end": True},
        {"label": _("Reste dû"), "end": True},
    ]  # fmt: skip


def debt_row(debt: Any, reference: str, alert: str = "") -> list[dict[str, Any]]:
    """This function will give a debt as a row of the inventory."""
    said = _("contestée") if debt.is_disputed and debt.state != DebtState.STRUCK else alert
    how = "amber" if said and not alert else "red" if alert else tone(debt.state)
    where = str(debt.get_state_display())
    sub = [str(debt.get_title_display())]
    if debt.is_priority:
        sub.append(_("prioritaire"))
    collected = _("chez %(who)s") % {"who": debt.collector} if debt.collector else ""
    return [
        {
            "text": str(debt.creditor), "sub": collected or debt.creditor_ref,
            "url": reverse("desk:debts_debt", args=[reference, debt.pk]),
        },
        {"text": str(debt.get_kind_display()), "sub": ", ".join(sub)},
        {"text": where, "tag": said, "tone": how, "sub": _stated(debt)} if said
        else {"tag": where, "tone": how, "sub": _stated(debt)},
        {"text": euros(debt.principal), "end": True},
        {"text": euros(debt.interest + debt.costs), "end": True},
        {"text": euros(debt.owed), "end": True},
    ]  # fmt: skip


def _stated(debt: Any) -> str:
    return (
        _("décompte du %(day)s") % {"day": day_words(debt.stated_date)} if debt.stated_date else ""
    )


def path_steps(file: Any) -> list[dict[str, str]]:
    """This function will give the steps of a mediation, those behind, the one now, those ahead."""
    path: list[FileState] = [state for state in FileState if state != FileState.EVALUATION]
    here = FileState.PLAN_RUNNING if file.state == FileState.EVALUATION else FileState(file.state)
    rank = path.index(here)
    states = ["done" if n < rank else "current" if n == rank else "todo" for n in range(len(path))]
    return [
        {"label": str(step.label), "state": how} for step, how in zip(path, states, strict=True)
    ]
