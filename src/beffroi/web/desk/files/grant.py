"""The page of a grant: its story, its orders, what followed it, and what can be done with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.casework import advance_queries, after_queries, sequels
from beffroi.casework import services as casework
from beffroi.casework.enums import GrantState
from beffroi.casework.permissions import files_visible_to
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.web.desk.files import after_forms as forms
from beffroi.web.desk.files import words
from beffroi.web.desk.files.advances import claim_cell
from beffroi.web.desk.files.application import Act, tell
from beffroi.web.desk.files.fields import ActForm

_RUNNING = ("review", "revision", "stop", "suspend", "sanction")


def _acts() -> dict[str, tuple[type[ActForm], Any, str, str, str]]:
    """Each act: its form, its service, its title, its button, what it says once done."""
    return {
        "review": (forms.ReviewForm, casework.review_grant, _("Noter une révision périodique"),
                   _("Garder"), _("La révision est gardée, la suivante est prévue.")),
        "revision": (forms.RevisionForm, casework.open_revision, _("Ouvrir une révision"),
                     _("Ouvrir"), _("La révision est ouverte : les faits connus sont repris.")),
        "renewal": (forms.RenewalForm, casework.open_renewal, _("Prolonger cette aide"),
                    _("Ouvrir"), _("La prolongation est ouverte.")),
        "stop": (forms.StopForm, casework.open_stop, _("Proposer la fin de l’aide"), _("Ouvrir"),
                 _("La fin de l’aide attend votre proposition.")),
        "suspend": (forms.SuspendForm, casework.suspend_grant, _("Suspendre le paiement"),
                    _("Suspendre"), _("Le paiement est retenu ; l’organe doit le confirmer.")),
        "resume": (forms.ResumeForm, casework.end_suspension, _("Reprendre le paiement"),
                   _("Reprendre"), _("Le paiement reprend.")),
        "sanction": (forms.SanctionForm, casework.open_sanction, _("Ouvrir une sanction"),
                     _("Ouvrir"), _("La sanction est ouverte : prévenez et entendez la personne.")),
        "recovery": (forms.RecoveryForm, casework.open_recovery, _("Récupérer ce qui n’était pas dû"),
                     _("Calculer et ouvrir"), _("Le trop-payé est calculé mois par mois.")),
        "waiver": (forms.WaiverForm, casework.open_waiver, _("Renoncer à récupérer"), _("Ouvrir"),
                   _("La renonciation attend votre proposition.")),
        "appeal": (forms.AppealForm, casework.lodge_appeal, _("Un recours est introduit"),
                   _("Garder"), _("Le recours est gardé ; plus rien ne s’efface de ce dossier.")),
        "court_hearing": (forms.CourtHearingForm, casework.plan_court_hearing,
                          _("L’audience est fixée"), _("Garder"), _("L’audience est gardée.")),
        "judgment": (forms.JudgmentForm, casework.record_judgment, _("Le jugement est rendu"),
                     _("Garder"), _("Le jugement est gardé.")),
        "advance": (forms.AdvanceForm, _reclaim, _("La prestation arrive : réclamer l’avance"),
                    _("Calculer et réclamer"), _("L’avance est réclamée : voyez la récupération.")),
        "interest": (forms.InterestForm, casework.propose_interest,
                     _("Calculer les intérêts de retard"), _("Calculer et ouvrir"),
                     _("Les intérêts attendent votre proposition.")),
    }  # fmt: skip


def _reclaim(*, grant: str, **given: Any) -> None:
    casework.reclaim_advance(grant_ref=grant, **given)


#: Acts whose services take something else than the grant.
_ELSEWHERE = ("waiver", "appeal", "court_hearing", "judgment", "interest")


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show a grant, or lead to the file when a reason is wanted first."""
    try:
        context = _context(request, reference.upper())
    except casework.ReasonNeeded:
        visible = files_visible_to(request.actor)  # type: ignore[attr-defined]
        grant = after_queries.grants_visible(visible, reference.upper())
        if grant is None:
            raise Http404 from None
        return redirect("desk:file", grant.file.number)
    return render(request, "desk/files/grant.html", context)


def _context(request: HttpRequest, reference: str, bound: ActForm | None = None) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    known = after_queries.grants_visible(files_visible_to(actor), reference)
    if known is None:
        raise Http404
    casework.read_file(number=known.file.number, by=actor, at=timezone.now())
    page = after_queries.grant_page(reference)
    assert page is not None
    advance = advance_queries.advance_of(page.grant)
    return {
        "page": page,
        "grant": page.grant,
        "file": page.grant.file,
        "label": words.aid_label(page.grant.kind),
        "amount": words.euros(page.grant.amount),
        "tone": {GrantState.RUNNING: "green", GrantState.SUSPENDED: "amber"}.get(
            GrantState(page.grant.state), ""
        ),
        "line": [{"one": one, "amount": words.euros(one.amount)} for one in page.line],
        "story": _story(page),
        "sanctions": [
            {"one": one, "ground": sequels.ground(one.ground)["label"]} for one in page.sanctions
        ],
        "recoveries": [{"one": one, "amount": words.euros(one.amount)} for one in page.recoveries],
        "acts": _offered(page, advance, bound),
        "advance": advance,
        "advance_facts": _advance_facts(advance) if advance else [],
        "bound": bound,
    }  # fmt: skip


def _advance_facts(one: advance_queries.Advance) -> list[dict[str, Any]]:
    claim = claim_cell(one)
    said = " · ".join(part for part in (claim["text"], claim.get("tag", "")) if part)
    facts: list[dict[str, Any]] = [
        {"label": _("Organisme"), "value": one.body, "note": one.body_reference} if one.body
        else {"label": _("Organisme"), "state": "unknown"},
        {"label": _("Sorti du CPAS"), "value": words.euros(one.sent)},
        {"label": _("Récupération"), "value": said, "note": claim.get("sub", "")},
    ]  # fmt: skip
    if one.claim is not None:
        facts.append({"label": _("Communication à donner"), "value": one.claim.communication})
    return facts


def _story(page: after_queries.GrantPage) -> list[dict[str, Any]]:
    """What happened to this right, the newest first, each with where to read it."""
    rows: list[tuple[Any, dict[str, Any]]] = []
    for decision in page.decisions:
        amount = f" · {words.euros(decision.amount)}" if decision.amount is not None else ""
        rows.append((decision.sitting_date, {
            "title": f"{decision.get_outcome_display()}{amount}", "who": decision.number,
            "text": decision.motives, "state": "done",
            "url": reverse("desk:application", args=[decision.application.reference]),
        }))  # fmt: skip
    for sequel in page.sequels:
        if sequel.application.state != "closed":
            rows.append((sequel.application.asked_on, {
                "title": str(sequel.get_cause_display()), "who": sequel.application.reference,
                "text": sequel.why, "state": "next",
                "tag": str(sequel.application.get_state_display()), "tone": "amber",
                "url": reverse("desk:application", args=[sequel.application.reference]),
            }))  # fmt: skip
    for review in page.reviews:
        if review.done_at is not None:
            rows.append((timezone.localtime(review.done_at).date(), {
                "title": _("Révision périodique"), "text": review.finding, "who": review.by_label,
                "state": "done",
            }))  # fmt: skip
    for held in page.suspensions:
        rows.append((held.from_date, {
            "title": str(held.get_ground_display()), "state": "done",
            "text": _("du %(a)s au %(b)s") % {"a": words.day(held.from_date),
                                              "b": words.day(held.until_date)},
            "who": held.decision.number if held.decision else "",
        }))  # fmt: skip
    rows.sort(key=lambda row: row[0], reverse=True)
    return [{"date": words.day(when), **said} for when, said in rows]


def _offered(
    page: after_queries.GrantPage, advance: advance_queries.Advance | None, bound: ActForm | None
) -> list[Act]:
    state = page.grant.state
    found = []
    for key, (_form, _service, title, button, _done) in _acts().items():
        idle = (
            (key in _RUNNING and state == GrantState.ENDED)
            or (key == "suspend" and state == GrantState.SUSPENDED)
            or (key == "resume" and state != GrantState.SUSPENDED)
            or (key == "renewal" and page.grant.until_date is None)
            or (key == "advance" and (advance is None or not advance.is_waiting))
            or (key == "waiver" and not page.recoveries)
            or (key in ("court_hearing", "judgment") and all(a.outcome for a in page.appeals))
        )
        if idle:
            continue
        is_open = bound is not None and bound.act == key
        form = bound if bound is not None and is_open else new_form(key, page)
        found.append(Act(key, title, button, form, is_open))
    return found


def new_form(key: str, page: after_queries.GrantPage, data: Any = None) -> ActForm:
    """This function will give the form of an act on a grant, with the choices it has."""
    form = _acts()[key][0](data, application=page.grant, auto_id=f"{key}-%s")
    form.act = key
    choices: dict[str, list[tuple[Any, str]]] = {
        "number": [
            (d.number, f"{d.number}, {d.get_outcome_display()}, {words.day(d.sitting_date)}")
            for d in page.decisions
        ],
        "recovery": [
            (r.decision.number, f"{r.decision.number}, {words.euros(r.amount)}")
            for r in page.recoveries
        ],
        "appeal": [
            (a.pk, f"{a.decision.number}, {words.day(a.lodged_on)}")
            for a in page.appeals if not a.outcome
        ],
    }  # fmt: skip
    for name, rows in choices.items():
        if name in form.fields:
            form.fields[name].choices = rows  # type: ignore[attr-defined]
    return form


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act on a grant; it leads to the application it opened, if any."""
    actor = request.actor  # type: ignore[attr-defined]
    known = _acts().get(act)
    visible = after_queries.grants_visible(files_visible_to(actor), reference)
    page = after_queries.grant_page(reference) if visible is not None else None
    if known is None or page is None:
        raise Http404
    form = new_form(act, page, request.POST)
    if form.is_valid():
        given = form.given() if act in _ELSEWHERE else {"grant": reference, **form.given()}
        try:
            opened = known[1](by=actor, at=timezone.now(), **given)
        except NotAllowed:
            raise
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, known[4])
            if isinstance(opened, str) and opened:
                return redirect("desk:application", opened)
            return redirect("desk:grant", reference)
    return render(request, "desk/files/grant.html", _context(request, reference, form))
