"""Letters to creditors: written together, answered one by one, recalled when silent."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import FileState, LetterKind, LetterState, PlanState
from beffroi.acts.budgets.permissions import files_visible_to
from beffroi.documents.letters.enums import Delivery
from beffroi.web.desk.debts import words
from beffroi.web.desk.debts.page import tabs
from beffroi.web.desk.small_acts import (
    DayField,
    NoForm,
    Offered,
    SmallAct,
    SmallForm,
    attempt,
    fresh,
    offer,
    text,
)


class WriteForm(SmallForm):
    """What is asked, about which debts."""

    kind = forms.ChoiceField(label=lazy("Lettre"))
    debts = forms.TypedMultipleChoiceField(
        label=lazy("Au sujet de"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    plan = forms.TypedChoiceField(
        label=lazy("Plan"), coerce=int, required=False, empty_value=None,
        help_text=lazy("Pour une proposition de plan."),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=lazy("Comment elles partent"), initial=Delivery.POST,
        choices=[(d.value, d.label) for d in (Delivery.POST, Delivery.REGISTERED, Delivery.MAIL)],
    )  # fmt: skip
    words = text(
        lazy("Vos mots"), 3, required=False,
        help_text=lazy("Nécessaires pour une contestation ; ajoutés à la lettre sinon."),
    )  # fmt: skip

    def choose(self, about: Any) -> None:
        kinds = [(k.value, k.label) for k in LetterKind if k != LetterKind.RECALL]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        live = [d for d in queries.debts_of(about) if d.state in queries.LIVE]
        self.fields["debts"].choices = [  # type: ignore[attr-defined]
            (d.pk, f"{d.creditor} · {words.euros(d.owed)}") for d in live
        ]
        plans = about.plans.filter(state__in=[PlanState.PROPOSED, PlanState.RUNNING])
        self.fields["plan"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *(
                (p.number, _("Plan %(n)d") % {"n": p.number} + f" · {words.euros(p.monthly)}")
                for p in plans
            ),
        ]

    def given(self) -> dict[str, Any]:
        kind, how = LetterKind(self.cleaned_data["kind"]), Delivery(self.cleaned_data["how"])
        return {**self.cleaned_data, "kind": kind, "how": how}


class AnsweredForm(SmallForm):
    answered_date = DayField(label=lazy("Réponse du"), initial=timezone.localdate)
    answer = forms.CharField(label=lazy("Ce qu’il répond"), max_length=500, required=False)


ACTS: dict[str, SmallAct] = {
    "answer": SmallAct("answer", AnsweredForm, budgets.note_letter_answer, lazy("Noter la réponse"), lazy("Noter"), lazy("La réponse est notée.")),
    "recall": SmallAct("recall", NoForm, budgets.recall_letter, lazy("Rappeler"), lazy("Écrire un rappel"), lazy("Le rappel est écrit.")),
}  # fmt: skip


def write(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show the letters of a file, and write those asked for."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    file = budgets.read_file(reference=reference, by=actor, at=now)
    form = WriteForm(request.POST or None, about=file)
    if request.method == "POST":
        fixed = {"reference": reference, "by": actor, "at": now}
        made: list[Any] = []
        if attempt(form, lambda **given: made.append(budgets.write_creditors(**given)), **fixed):
            if made[0].batch:
                messages.success(request, _("Les lettres sont prêtes : écrivez-les."))
                return redirect("desk:letter_batch", made[0].batch)
            messages.success(request, _("La lettre est écrite."))
            return redirect("desk:debts_letters", reference)
    return render(request, "desk/debts/letters.html", _context(file, form))


def _context(
    file: Any, form: WriteForm, bound: tuple[int, str, SmallForm] | None = None
) -> dict[str, Any]:
    today, sent = timezone.localdate(), list(queries.letters_of(file))
    papers = queries.papers_of(sent)
    rows = []
    for letter in sent:
        paper = papers.get(letter.pk)
        silent = (
            letter.state == LetterState.SENT
            and queries.has_left(paper)
            and letter.answer_due_date
            and letter.answer_due_date < today
        )
        acts = _acts(file, letter, silent, bound) if file.state != FileState.CLOSED else []
        rows.append({
            "letter": letter, "acts": acts, "silent": silent, "paper": paper,
            "tone": "amber" if silent else "green" if letter.state == LetterState.ANSWERED else "",
            "said": _said(letter, paper, bool(silent)),
        })  # fmt: skip
    return {
        "file": file, "who": words.names(file), "tabs": tabs(file, "letters"), "form": form, "rows": rows,
        "can_write": file.state != FileState.CLOSED,
    }  # fmt: skip


def _said(letter: Any, paper: Any, silent: bool) -> str:
    """Where the creditor stands; a letter that has not left says so itself, beside its number."""
    if silent:
        return _("ne répond pas")
    waiting = letter.state == LetterState.SENT and not queries.has_left(paper)
    return "" if waiting else str(letter.get_state_display())


def _acts(
    file: Any, letter: Any, silent: Any, bound: tuple[int, str, SmallForm] | None
) -> list[Offered]:
    keys = (
        []
        if letter.state == LetterState.ANSWERED or letter.kind == LetterKind.CLOSING
        else ["answer"]
    )
    if silent:
        keys.append("recall")
    found = []
    for key in keys:
        url = reverse("desk:debts_letter_act", args=[file.reference, letter.pk, key])
        form = bound[2] if bound and bound[:2] == (letter.pk, key) else None
        found.append(offer(ACTS[key], url, letter, form, f"-{letter.pk}"))
    return found


@require_POST
def act(request: HttpRequest, reference: str, letter: int, act: str) -> HttpResponse:
    """This function will note an answer or write a reminder; refused, it shows the page as typed."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    file = files_visible_to(actor).filter(reference=reference).first()
    if file is None or act not in ACTS:
        raise Http404
    form = fresh(ACTS[act], request.POST, None, f"-{letter}")
    fixed = {"reference": reference, "letter": letter, "by": actor, "at": now}
    if attempt(form, ACTS[act].service, **fixed):
        messages.success(request, str(ACTS[act].done))
        return redirect("desk:debts_letters", reference)
    file = budgets.read_file(reference=reference, by=actor, at=now)
    context = _context(file, WriteForm(about=file), (letter, act, form))
    return render(request, "desk/debts/letters.html", context)
