"""A plan kept: its schedule, what creditors say of it, and the months as they are paid."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import Answer, FileState, InstalmentState, PlanState
from beffroi.acts.budgets.permissions import files_visible_to
from beffroi.acts.budgets.printing import schedule_pdf
from beffroi.rules.debts import is_broken
from beffroi.web.desk.debts import words
from beffroi.web.desk.debts.page import tabs
from beffroi.web.desk.small_acts import (
    DayField,
    NoForm,
    Offered,
    SmallAct,
    SmallForm,
    WhyForm,
    attempt,
    fresh,
    offer,
)


class AnswerForm(SmallForm):
    line = forms.TypedChoiceField(label=lazy("Créancier"), coerce=int)
    accepted = forms.TypedChoiceField(
        label=lazy("Sa réponse"), coerce=lambda v: v == "yes",
        choices=[("yes", lazy("accepte")), ("no", lazy("refuse"))],
    )  # fmt: skip
    note = forms.CharField(label=lazy("Ce qu’il dit"), max_length=300, required=False)

    def choose(self, about: Any) -> None:
        lines = about.lines.select_related("debt__creditor")
        self.fields["line"].choices = [(one.pk, str(one.debt.creditor)) for one in lines]  # type: ignore[attr-defined]


class PaidForm(SmallForm):
    instalment = forms.TypedChoiceField(label=lazy("Mensualité"), coerce=int)
    paid_date = DayField(label=lazy("Payée le"), initial=timezone.localdate)
    note = forms.CharField(label=lazy("Remarque"), max_length=300, required=False)

    def choose(self, about: Any) -> None:
        rows = about.instalments.exclude(state=InstalmentState.PAID)
        self.fields["instalment"].choices = _months(rows)  # type: ignore[attr-defined]


class MissedForm(SmallForm):
    instalment = forms.TypedChoiceField(label=lazy("Mensualité"), coerce=int)
    note = forms.CharField(label=lazy("Remarque"), max_length=300, required=False)

    def choose(self, about: Any) -> None:
        today = timezone.localdate()
        rows = about.instalments.filter(state=InstalmentState.DUE, due_date__lte=today)
        self.fields["instalment"].choices = _months(rows)  # type: ignore[attr-defined]


class UndoForm(SmallForm):
    instalment = forms.TypedChoiceField(label=lazy("Mensualité"), coerce=int)
    why = forms.CharField(label=lazy("Pourquoi"), max_length=300)

    def choose(self, about: Any) -> None:
        rows = about.instalments.filter(state=InstalmentState.PAID)
        self.fields["instalment"].choices = _months(rows)  # type: ignore[attr-defined]


def _months(rows: Any) -> list[tuple[int, str]]:
    return [
        (r.number, f"{r.number} · {words.day_words(r.due_date)} · {words.euros(r.amount)}")
        for r in rows
    ]


ACTS: dict[str, SmallAct] = {
    act.key: act
    for act in (
        SmallAct("propose", NoForm, budgets.propose_plan, lazy("Proposer aux créanciers"), lazy("Proposer ce plan aux créanciers"), lazy("Le plan est proposé : écrivez maintenant aux créanciers.")),
        SmallAct("answer", AnswerForm, budgets.note_plan_answer, lazy("Noter la réponse d’un créancier"), lazy("Noter"), lazy("La réponse est notée.")),
        SmallAct("start", NoForm, budgets.start_plan, lazy("Commencer le plan"), lazy("Commencer ce plan"), lazy("Le plan est en cours.")),
        SmallAct("paid", PaidForm, budgets.note_payment, lazy("Noter une mensualité payée"), lazy("Noter le paiement"), lazy("Le paiement est noté ; chaque dette a baissé de sa part.")),
        SmallAct("missed", MissedForm, budgets.note_missed, lazy("Noter une mensualité manquée"), lazy("Noter qu’elle manque"), lazy("C’est noté.")),
        SmallAct("undo", UndoForm, budgets.undo_payment, lazy("Reprendre un paiement noté par erreur"), lazy("Reprendre"), lazy("Le paiement est repris.")),
        SmallAct("review", NoForm, budgets.review_plan, lazy("Noter la révision"), lazy("Le plan est revu aujourd’hui"), lazy("La prochaine révision est fixée.")),
        SmallAct("break", WhyForm, budgets.break_plan, lazy("Constater la rupture"), lazy("Le plan est rompu"), lazy("Le plan est rompu ; le dossier revient à la négociation.")),
        SmallAct("drop", NoForm, budgets.drop_plan, lazy("Jeter la simulation"), lazy("Jeter cette simulation"), lazy("La simulation est jetée.")),
    )
}  # fmt: skip


@require_safe
def show(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """This function will show a plan with its schedule."""
    return render(request, "desk/debts/plan.html", _context(request, reference, number))


def _context(
    request: HttpRequest, reference: str, number: int, bound: tuple[str, SmallForm] | None = None
) -> dict[str, Any]:
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    file = budgets.read_file(reference=reference, by=actor, at=timezone.now())
    plan = _plan(file, number)
    missed = queries.missed_in_a_row(plan)
    return {
        "file": file, "who": words.names(file), "tabs": tabs(file, "simulate"), "plan": plan,
        "tone": words.tone(plan.state), "acts": _acts(file, plan, bound),
        "monthly": words.euros(plan.monthly), "total": words.euros(plan.total),
        "columns": [str(line.debt.creditor) for line in plan.lines.all()],
        "months": months_of(plan, today), "answers": _answers(plan, today),
        "missed": missed, "broken": plan.state == PlanState.RUNNING and is_broken(missed, today),
        "bound": bound[1] if bound else None,
    }  # fmt: skip


def months_of(plan: Any, today: Any) -> list[dict[str, Any]]:
    """This function will give each month of a plan, what each creditor receives, how it stands."""
    order = {line.pk: index for index, line in enumerate(plan.lines.all())}
    rows = []
    for month in plan.instalments.all():
        parts = [""] * len(order)
        for share in month.shares.all():
            parts[order[share.line_id]] = words.euros(share.amount)
        late = month.state == InstalmentState.DUE and month.due_date < today
        running = plan.state == PlanState.RUNNING
        rows.append({
            "number": month.number, "due": month.due_date, "amount": words.euros(month.amount),
            "parts": parts, "note": month.note,
            "state": _("à vérifier") if late and running else month.get_state_display(),
            "tone": "amber" if late and running else "green" if month.state == "paid" else words.tone(month.state),
        })  # fmt: skip
    return rows


def _answers(plan: Any, today: Any) -> list[dict[str, Any]]:
    rows = []
    tones = {Answer.ACCEPTED: "green", Answer.REFUSED: "red", Answer.WAITING: ""}
    for line in plan.lines.all():
        silent = (
            line.answer == Answer.WAITING and line.answer_due_date and line.answer_due_date < today
        )
        rows.append({
            "creditor": str(line.debt.creditor), "owed": words.euros(line.owed), "note": line.note,
            "said": _("ne répond pas") if silent else line.get_answer_display(),
            "tone": "amber" if silent else tones[line.answer], "by": line.answer_due_date,
        })  # fmt: skip
    return rows


def _plan(file: Any, number: int) -> Any:
    plan = queries.plans_of(file).filter(number=number).first()
    if plan is None:
        raise Http404
    return plan


def _open_acts(file: Any, plan: Any) -> set[str]:
    if file.state == FileState.CLOSED:
        return set()
    states = {
        PlanState.DRAFT: {"propose", "drop"}, PlanState.PROPOSED: {"answer"},
        PlanState.RUNNING: {"answer", "paid", "missed", "undo", "review", "break"},
    }  # fmt: skip
    found = set(states.get(plan.state, ()))
    if plan.state in (PlanState.DRAFT, PlanState.PROPOSED) and file.state == FileState.NEGOTIATION:
        found.add("start")
    return found


def _acts(file: Any, plan: Any, bound: tuple[str, SmallForm] | None) -> list[Offered]:
    allowed, found = _open_acts(file, plan), []
    for key, one in ACTS.items():
        if key in allowed:
            url = reverse("desk:debts_plan_act", args=[file.reference, plan.number, key])
            form = bound[1] if bound and bound[0] == key else None
            found.append(offer(one, url, plan, form))
    return found


@require_POST
def act(request: HttpRequest, reference: str, number: int, act: str) -> HttpResponse:
    """This function will do one act on a plan; refused, it shows the page again as typed."""
    actor = request.actor  # type: ignore[attr-defined]
    file = files_visible_to(actor).filter(reference=reference).first()
    if file is None or act not in ACTS:
        raise Http404
    form = fresh(ACTS[act], request.POST, _plan(file, number))
    fixed = {"reference": reference, "number": number, "by": actor, "at": timezone.now()}
    if attempt(form, ACTS[act].service, **fixed):
        messages.success(request, str(ACTS[act].done))
        if act == "drop":
            return redirect("desk:debts_simulate", reference)
        return redirect("desk:debts_plan", reference, number)
    context = _context(request, reference, number, (act, form))
    return render(request, "desk/debts/plan.html", context)


@require_safe
def print_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """This function will print the schedule on A4 for the person to keep."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    file = budgets.read_file(reference=reference, by=actor, at=timezone.now())
    plan = _plan(file, number)
    lines = [str(line.debt.creditor) for line in plan.lines.all()]
    pdf = schedule_pdf(file, plan, lines, months_of(plan, today), today)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="plan-{reference}-{number}.pdf"'
    return answer
