"""The page of a mediation file; opening it leaves its row in the journal."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import FileState
from beffroi.core.actors import Actor
from beffroi.web.desk.debts import words
from beffroi.web.desk.debts.act_forms import ACTS, acts_open_to
from beffroi.web.desk.small_acts import Offered, SmallForm, offer


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a file to a mediator."""
    return render(request, "desk/debts/page.html", page_context(request, reference))


def page_context(
    request: HttpRequest, reference: str, bound: tuple[str, SmallForm] | None = None
) -> dict[str, Any]:
    """This function will give the page of a file, with the form that was refused as it was typed.

    Raises: NotAllowed when it is not hers to see.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, today = timezone.now(), timezone.localdate()
    file = budgets.read_file(reference=reference.upper(), by=actor, at=now)
    debts = queries.debts_of(file)
    alerts = alert_words(file)
    acts = _acts(actor, file, bound)
    dues = queries.dues_of([file], today)[file.pk]
    plans = list(file.plans.all())
    return {
        "file": file, "who": words.names(file), "acts": acts, "bound": bound[1] if bound else None,
        "steps": words.path_steps(file), "tone": words.tone(file.state),
        "dues": [words.due_words(due, today) for due in dues],
        "next": _next(file, debts, plans), "tabs": tabs(file, ""),
        "debt_columns": words.debt_columns(),
        "debt_rows": [
            words.debt_row(debt, file.reference, alerts.get(debt.pk, "")) for debt in debts
        ],
        "owed": words.euros(sum((d.owed for d in debts if d.is_counted), queries.ZERO)),
        "budget": file.budgets.first(), "plans": [_plan(plan) for plan in plans],
        "strained": _strained(file, today), "letters": _letters(file),
        "documents": list(file.documents.all()), "notices": list(file.notices.all()),
        "moves": list(file.moves.order_by("-at", "-pk")), "facts": _facts(file),
        "is_open": file.state != FileState.CLOSED,
    }  # fmt: skip


def _letters(file: Any) -> list[dict[str, Any]]:
    rows = list(queries.letters_of(file)[:8])
    papers = queries.papers_of(rows)
    return [{"one": row, "paper": papers.get(row.pk)} for row in rows]


def tabs(file: Any, current: str) -> list[dict[str, Any]]:
    """This function will give the pages of a file, the one shown marked."""
    named = (
        ("", "desk:debts_file", _("Dossier")), ("inventory", "desk:debts_inventory", _("Inventaire")),
        ("budget", "desk:debts_budget", _("Budget")), ("simulate", "desk:debts_simulate", _("Plan")),
        ("letters", "desk:debts_letters", _("Lettres")), ("account", "desk:debts_account", _("Compte")),
    )  # fmt: skip
    return [
        {"label": label, "url": reverse(name, args=[file.reference]), "current": key == current}
        for key, name, label in named
    ]


def _acts(actor: Actor, file: Any, bound: tuple[str, SmallForm] | None) -> list[Offered]:
    found = []
    for key in acts_open_to(actor, file):
        url = reverse("desk:debts_act", args=[file.reference, key])
        form = bound[1] if bound and bound[0] == key else None
        found.append(offer(ACTS[key], url, file, form))
    return found


def alert_words(file: Any) -> dict[int, str]:
    """This function will say which debts of a file are, or soon will be, prescribed."""
    said = {"soon": _("bientôt prescrite"), "prescribed": _("peut-être prescrite")}
    found = queries.alerts_in([file.pk], timezone.localdate())
    return {debt.pk: said[state] for debt, _ends, state in found}


def _strained(file: Any, today: date) -> bool:
    from beffroi.rules.debts import is_over_indebted

    return is_over_indebted(queries.strain(file, today), today)


def _plan(plan: Any) -> dict[str, Any]:
    return {
        "number": plan.number, "state": plan.get_state_display(), "tone": words.tone(plan.state),
        "monthly": words.euros(plan.monthly), "months": plan.months,
        "total": words.euros(plan.total), "last": plan.last_date,
    }  # fmt: skip


def _facts(file: Any) -> list[dict[str, Any]]:
    unknown = {"state": "unknown"}
    signed = {"value": words.day_words(file.convention_date)} if file.convention_date else unknown
    members = [
        {
            "label": str(one.get_role_display()),
            "value": str(one.person),
            "note": one.person.reference,
        }
        for one in file.members.all()
    ]
    return [
        *members,
        {"label": _("Médiatrice"), "value": str(file.worker)},
        {"label": _("Ouvert le"), "value": words.day_words(timezone.localdate(file.opened_at))},
        {"label": _("Convention"), **signed},
        {"label": _("Dossier social"), **({"value": file.subject_ref} if file.subject_ref else unknown)},
    ]  # fmt: skip


def _next(file: Any, debts: list[Any], plans: list[Any]) -> dict[str, str]:
    """What comes next in this file, and the page where it is done."""

    def to(name: str) -> str:
        return reverse(name, args=[file.reference])

    if file.state == FileState.CLOSED:
        return {"title": _("Clôturé : %(how)s.") % {"how": file.get_outcome_display().lower()}}
    if file.state == FileState.INTAKE:
        return {"title": _("La convention de médiation n’est pas encore signée.")}
    if not debts:
        return {
            "title": _("Encodez les dettes connues."),
            "url": to("desk:debts_inventory"),
            "label": _("Faire l’inventaire"),
        }
    if file.state == FileState.DOCUMENTS:
        return {
            "title": _("Demandez les décomptes aux créanciers."),
            "url": to("desk:debts_letters"),
            "label": _("Écrire aux créanciers"),
        }
    if file.state == FileState.BUDGET:
        return {
            "title": _("Établissez le budget du ménage."),
            "url": to("desk:debts_budget"),
            "label": _("Faire le budget"),
        }
    if file.state == FileState.NEGOTIATION:
        return {
            "title": _("Cherchez le plan qui tient, puis proposez-le."),
            "url": to("desk:debts_simulate"),
            "label": _("Simuler un plan"),
        }
    running = next((plan for plan in plans if plan.state == "running"), None)
    if running is None:
        return {"title": _("Aucun plan n’est en cours.")}
    url = reverse("desk:debts_plan", args=[file.reference, running.number])
    return {
        "title": _("Suivez les mensualités du plan en cours."),
        "url": url,
        "label": _("Ouvrir le plan"),
    }
