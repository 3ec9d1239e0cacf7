"""The page of an agreement: its text, its evaluations in time, its counters."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.acts.agreements import printing, queries
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.computing import risk
from beffroi.acts.agreements.enums import AgreementState, PartySide
from beffroi.acts.agreements.permissions import agreements_visible_to
from beffroi.core.actors import Actor
from beffroi.web.desk.insertion import words
from beffroi.web.desk.insertion.act_forms import ACTS, acts_open_to
from beffroi.web.desk.small_acts import Offered, SmallForm, offer

#: The text may still change, or wants its signatures.
UNSIGNED = (AgreementState.DRAFTED, AgreementState.REFLECTION, AgreementState.AMENDING)


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show an agreement to an agent of its team."""
    return render(request, "desk/insertion/page.html", page_context(request, reference))


def page_context(
    request: HttpRequest, reference: str, bound: tuple[str, SmallForm] | None = None
) -> dict[str, Any]:
    """This function will give the page of an agreement, with the form refused as it was typed.

    Raises: NotAllowed when it is not hers to see.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now, today = timezone.now(), timezone.localdate()
    agreements.read_agreement(reference=reference.upper(), by=actor, at=now)
    row = _whole(actor, reference)
    due = queries.next_due(row)
    left = words.left(due[1], today) if due else ("", "")
    return {
        "row": row, "piis": getattr(row, "piis", None), "tone": words.tone(row.state), "bound": bound[1] if bound else None,
        "acts": _acts(actor, row, bound), "facts": _facts(row),
        "next": {"title": words.due_said(due[0]), "date": due[1], "left": left[0], "tone": left[1]}
        if due else None,
        "lacks": agreements.lacks_of(row) if row.state == AgreementState.DRAFTED else [],
        "sides": _sides(row), "days": _days(row, today), "risk": _risk(row, today),
        "evaluations": [
            {"one": one, "tone": words.tone(one.finding), "late": one.held_date > one.due_date}
            for one in reversed(list(row.evaluations.all()))
        ],
        "moves": list(reversed(list(row.moves.all()))), "papers": _papers(row),
        "is_unsigned": row.state in UNSIGNED,
        "seats": [one for one in row.seats.all() if one.until_date is None],
    }  # fmt: skip


def _whole(actor: Actor, reference: str) -> Any:
    row = queries.full_agreement(agreements_visible_to(actor), reference.upper())
    if row is None:
        raise Http404
    return row


def _acts(actor: Actor, row: Any, bound: tuple[str, SmallForm] | None) -> list[Offered]:
    found = []
    for key in acts_open_to(actor, row):
        url = reverse("desk:insertion_act", args=[row.reference, key])
        form = bound[1] if bound and bound[0] == key else None
        found.append(offer(ACTS[key], url, row, form))
    return found


def _papers(row: Any) -> list[dict[str, Any]]:
    """Each paper of the agreement with its letter, and the digest of the text it holds."""
    texts = {f"text-{one.version}": one for one in row.texts.all()}
    return [
        {"label": paper.label, "letter": paper.letter, "text": texts.get(paper.key)}
        for paper in queries.papers_of(row)
    ]


def _sides(row: Any) -> list[dict[str, Any]]:
    """What each side commits to, the person and the CPAS alike."""
    clauses = list(row.clauses.all())
    return [
        {
            "label": side.label,
            "clauses": [
                {"text": one.text, "kind": one.get_kind_display(), "due": one.due_date,
                 "state": one.get_state_display(), "tone": words.tone(one.state)}
                for one in clauses if one.side == side
            ],
        }
        for side in PartySide
        if any(one.side == side for one in clauses)
    ]  # fmt: skip


def _days(row: Any, today: Any) -> dict[str, Any] | None:
    if not hasattr(row, "work") or not row.work.target_days:
        return None
    days = queries.days_in(row)
    said, how = words.left(days.alert, today)
    return {"days": days, "said": said, "tone": how, "months": list(row.work.months.all())}


def _risk(row: Any, today: Any) -> dict[str, Any] | None:
    if not hasattr(row, "piis") or row.piis.monthly_amount is None or row.signed_date:
        return None
    outcome = risk(row.piis.monthly_amount, today)
    step = outcome.steps[0]
    return {
        "lines": [{"label": step.label, "amount": words.euros(outcome.amount),
                   "article": step.reference, "note": step.formula, "unverified": not step.is_read}],
    }  # fmt: skip


def _facts(row: Any) -> list[dict[str, Any]]:
    unknown = {"state": "unknown"}

    def day(value: Any) -> dict[str, Any]:
        return {"value": words.day_words(value)} if value else unknown

    facts = [
        {"label": _("Personne"), "value": str(row.person), "note": row.person.reference if row.person else ""},
        {"label": _("Suivi par"), "value": str(row.worker)},
        {"label": _("Dossier social"), **({"value": row.subject_ref} if row.subject_ref else unknown)},
        {"label": _("Signée le"), **day(row.signed_date)},
        {"label": _("Du"), **day(row.starts_date)}, {"label": _("Au"), **day(row.ends_date)},
    ]  # fmt: skip
    if hasattr(row, "piis"):
        facts += [
            {"label": _("Projet"), "value": str(row.piis.get_project_kind_display())},
            {"label": _("Octroi"), **day(row.piis.granted_date)},
            {"label": _("À signer pour le"), **day(row.piis.due_date)},
        ]
    if hasattr(row, "work"):
        tutor = {"value": row.work.tutor} if row.work.tutor else unknown
        facts += [
            {"label": _("Chez qui"), "value": row.work.partner.name},
            {"label": _("Fonction"), "value": row.work.job}, {"label": _("Tuteur"), **tutor},
        ]  # fmt: skip
    if hasattr(row, "transit"):
        facts += [
            {"label": _("Logement"), "value": row.transit.dwelling},
            {
                "label": _("Indemnité"),
                "value": words.euros(row.transit.monthly),
                "note": _("par mois"),
            },
            {"label": _("Prolongations"), "value": str(row.transit.renewals)},
        ]
    return facts


@require_safe
def text_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will print the text as it is being prepared; signed, it is a document to keep."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = _whole(actor, reference)
    if row.state not in UNSIGNED:
        raise Http404
    agreements.read_agreement(reference=row.reference, by=actor, at=timezone.now())
    return _inline(printing.draft_pdf(row, timezone.localdate()), row.reference)


def _inline(pdf: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
