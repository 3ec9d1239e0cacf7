"""The page of an application: each step of the road, what it holds and what can be done."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from beffroi.casework import after_queries, aids, queries, record_queries, sequels
from beffroi.casework import services as casework
from beffroi.casework.enums import ENQUIRED, Outcome
from beffroi.casework.enums import ApplicationState as S
from beffroi.casework.permissions import applications_visible_to, can_record_decisions
from beffroi.casework.workflow import UNDER_ENQUIRY
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.core.versions import EditConflict
from beffroi.entitlements import queries as entitlements
from beffroi.web.desk.files import after_forms, forms, rows, words
from beffroi.web.desk.files.fields import ActForm
from beffroi.web.desk.versions import both_versions


@dataclass(frozen=True)
class ActKind:
    """An act of an application: where it stands on the page, its form, its service, its words."""

    section: str
    form: type[ActForm]
    service: Any
    title: str
    button: str
    done: str
    states: tuple[S, ...]


@dataclass(frozen=True)
class Act:
    """An act as the page offers it."""

    key: str
    title: str
    button: str
    form: ActForm
    is_open: bool = False


def acts() -> dict[str, ActKind]:
    """This function will give every act of an application, in the order of the page."""
    enquiry = UNDER_ENQUIRY
    report = (S.ENQUIRY, S.REPORTED)
    report_or_before = (S.RECEIVED, S.ENQUIRY, S.REPORTED)
    return {
        "start_enquiry": ActKind("road", forms.NoForm, casework.start_enquiry,
            _("Ouvrir l’enquête sociale"), _("Ouvrir l’enquête"),
            _("L’enquête est ouverte ; les documents habituels sont demandés."), (S.RECEIVED,)),
        "declare_competent": ActKind("competence", forms.CompetenceForm,
            casework.declare_competent, _("Dire sur quelle base nous sommes compétents"),
            _("Garder"), _("La compétence est motivée."), enquiry),
        "transfer": ActKind("competence", forms.TransferForm, casework.transfer,
            _("Transmettre au CPAS compétent"), _("Transmettre"),
            _("La demande est transmise."), (S.RECEIVED, S.ENQUIRY)),
        "change_details": ActKind("own", forms.DetailsForm, casework.change_details,
            _("Compléter les réponses propres à cette aide"), _("Garder les réponses"),
            _("Les réponses sont gardées."), enquiry),
        "ask_document": ActKind("documents", forms.AskDocumentForm, casework.ask_document,
            _("Demander un document"), _("Demander"), _("Le document est demandé."), enquiry),
        "settle_document": ActKind("documents", forms.SettleDocumentForm,
            casework.settle_document, _("Un document est reçu, ou on s’en passe"), _("Noter"),
            _("C’est noté."), enquiry),
        "plan_visit": ActKind("visits", forms.PlanVisitForm, casework.plan_visit,
            _("Prévoir une visite"), _("Prévoir"), _("La visite est prévue."), enquiry),
        "record_visit": ActKind("visits", forms.RecordVisitForm, casework.record_visit,
            _("Noter une visite faite"), _("Garder la trace"), _("La visite est notée."), enquiry),
        "add_cohabitant": ActKind("household", forms.CohabitantForm, casework.add_cohabitant,
            _("Ajouter quelqu’un qui vit là"), _("Ajouter"), _("La personne est ajoutée."),
            enquiry),
        "add_resource": ActKind("resources", forms.ResourceForm, casework.add_resource,
            _("Ajouter une ressource"), _("Ajouter"), _("La ressource est ajoutée."), enquiry),
        "add_asset": ActKind("assets", forms.AssetForm, casework.add_asset,
            _("Ajouter un bien"), _("Ajouter"), _("Le bien est ajouté."), enquiry),
        "add_budget_line": ActKind("budget", forms.BudgetForm, casework.add_budget_line,
            _("Ajouter une charge"), _("Ajouter"), _("La charge est ajoutée."), enquiry),
        "category": ActKind("judged", forms.CategoryForm, casework.appreciate,
            _("Motiver la catégorie"), _("Garder"), _("La catégorie est motivée."), enquiry),
        "appreciate": ActKind("judged", forms.AppreciationForm, casework.appreciate,
            _("Ajouter une autre appréciation"), _("Garder"), _("L’appréciation est gardée."),
            enquiry),
        "write_report": ActKind("report", forms.ReportForm, casework.write_report,
            _("Écrire le rapport social"), _("Garder le rapport"), _("Le rapport est gardé."),
            report),
        "resume_enquiry": ActKind("report", forms.WhyForm, casework.resume_enquiry,
            _("Reprendre l’enquête"), _("Reprendre"), _("L’enquête est reprise."),
            (S.REPORTED, S.PROPOSED)),
        "compute": ActKind("computation", forms.NoForm, casework.compute,
            _("Calculer avec ce qui est connu"), _("Calculer"), _("Le calcul est fait et gardé."),
            enquiry),
        "propose": ActKind("proposal", forms.ProposalForm, casework.propose,
            _("Proposer une décision"), _("Proposer"), _("La proposition est prête."),
            (S.REPORTED,)),
        "formal_notice": ActKind("sequel", after_forms.NoticeForm, casework.send_formal_notice,
            _("Mettre la personne en demeure"), _("Écrire la lettre"),
            _("La mise en demeure est écrite et datée."), report_or_before),
        "hearing": ActKind("sequel", after_forms.HearingForm, casework.invite_to_hearing,
            _("Inviter la personne à être entendue"), _("Écrire l’invitation"),
            _("L’invitation est écrite et datée."), report_or_before),
        "answer": ActKind("sequel", after_forms.AnswerForm, casework.record_answer,
            _("Noter ce que la personne répond"), _("Garder"), _("La réponse est gardée."),
            report_or_before),
        "propose_sequel": ActKind("proposal", after_forms.ProposeSequelForm,
            casework.propose_sequel, _("Proposer une décision"), _("Proposer"),
            _("La proposition est prête."), report_or_before),
        "change_proposal": ActKind("proposal", forms.ChangeProposalForm, casework.change_proposal,
            _("Changer la proposition"), _("Enregistrer"), _("La proposition est changée."),
            (S.PROPOSED,)),
        "correct_application": ActKind("own", forms.CorrectForm, casework.correct_application,
            _("Corriger la demande"), _("Enregistrer"), _("La demande est corrigée."), enquiry),
        "submit": ActKind("road", forms.NoForm, casework.submit, _("Porter à l’organe compétent"),
            _("Porter à l’ordre du jour"), _("La proposition attend la séance."), (S.PROPOSED,)),
        "take_back": ActKind("proposal", forms.WhyForm, casework.take_back,
            _("Reprendre la proposition avant la séance"), _("Reprendre"),
            _("La proposition est reprise."), (S.SUBMITTED,)),
        "decide": ActKind("road", forms.NoForm, casework.decide, _("Acter la décision"),
            _("Acter ce qui a été voté"), _("La décision est actée."), (S.SUBMITTED,)),
        "execute": ActKind("execution", forms.ExecuteForm, casework.execute,
            _("Mettre en paiement et clore la demande"), _("Exécuter"),
            _("La décision est exécutée."), (S.NOTIFIED,)),
        "withdraw": ActKind("end", forms.WhyForm, casework.withdraw,
            _("La personne retire sa demande"), _("Acter le retrait"), _("Le retrait est acté."),
            enquiry),
    }  # fmt: skip


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will show an application, or ask why when the file is not in the caseload."""
    try:
        context = page_context(request, reference.upper())
    except casework.ReasonNeeded:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        one = applications_visible_to(actor).filter(reference=reference).select_related("file")
        return redirect("desk:file", one.get().file.number)
    return render(request, "desk/files/application.html", context)


def page_context(
    request: HttpRequest, reference: str, bound: ActForm | None = None
) -> dict[str, Any]:
    """This function will give the page of an application, with the form that was refused.

    Raises: NotAllowed; ReasonNeeded.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = applications_visible_to(actor).filter(reference=reference).select_related("file")
    known = found.first()
    if known is None:
        raise Http404
    casework.read_file(number=known.file.number, by=actor, at=timezone.now())
    application = queries.application_page(reference)
    kind = aids.aid(application.kind)
    offered = _acts(application, bound, actor)
    _prepare_refusal(request, application, offered, bound)
    computations = entitlements.computations_of(reference)
    decisions = list(application.decisions.all())
    return {
        "application": application,
        "file": application.file,
        "aid": kind,
        "steps": words.steps(application.state),
        "acts": offered,
        "road": offered.get("road", []),
        "bound": bound,
        "resources": [rows.resource(r) for r in application.resources.all()],
        "assets": [{"one": a, "amount": words.euros(a.amount)} for a in application.assets.all()],
        "budget": [{"one": b, "amount": words.euros(b.monthly)} for b in application.budget.all()],
        "computation": rows.slip(computations[0]) if computations else None,
        "proposals": [rows.terms(p) for p in application.proposals.all()],
        "decisions": [rows.terms(d) for d in decisions],
        "details": rows.details(application),
        "record": record_queries.number_of(decisions[-1].grant) if rows.is_granted(decisions) else "",
        "proofs": rows.proofs(decisions),
        "agreement": words.agreement_link(kind.agreement),
        "can_refuse": bool(offered.get("proposal")) and application.state == S.REPORTED,
        "sequel": after_queries.sequel_of(reference),
        "can_edit": application.state in UNDER_ENQUIRY,
        "clocks": [
            words.clock_row(line, timezone.localdate())
            for line in queries.clock_lines(application.file, timezone.localdate())
            if line.about == reference or line.about in {d.number for d in decisions}
        ],
    }  # fmt: skip


def _acts(application: Any, bound: ActForm | None, actor: Actor) -> dict[str, list[Act]]:
    offered: dict[str, list[Act]] = {}
    sequel = after_queries.sequel_of(application.reference)
    computes = sequels.computes(application)
    for key, kind in acts().items():
        if application.state not in kind.states or _is_idle(
            key, application, computes, actor, sequel
        ):
            continue
        is_open = bound is not None and bound.act == key
        form = bound if bound is not None and is_open else new_form(key, application)
        act = Act(key, kind.title, kind.button, form, is_open)
        offered.setdefault(kind.section, []).append(act)
    return offered


def _is_idle(key: str, application: Any, computes: bool, actor: Actor, sequel: Any) -> bool:
    """Acts that would have nothing to work on are not offered."""
    kind = aids.aid(application.kind)
    idle = {
        "category": not computes or kind.computation != "living_income",
        "compute": not computes,
        "change_details": not kind.fields,
        "record_visit": all(v.done_at for v in application.visits.all()),
        "settle_document": all(d.received_at or d.waived_why for d in application.documents.all()),
        "decide": not can_record_decisions(actor),
        **_idle_sequel(sequel),
    }
    return idle.get(key, False)


def _idle_sequel(sequel: Any) -> dict[str, bool]:
    """What an application that follows a decision does in place of an enquiry."""
    follows = sequel is not None and sequel.cause not in ENQUIRED
    return {
        "propose": follows,
        "propose_sequel": not follows,
        "hearing": not follows,
        "formal_notice": not follows or sequel.facts.get("ground") != "piis",
        "answer": not follows or all(n.answer for n in sequel.notices.all()),
    }


def new_form(key: str, application: Any, data: Any = None) -> ActForm:
    """This function will give the form of an act, empty or with what was typed."""
    kind = acts()[key].form
    if key == "answer":
        application.sequel = after_queries.sequel_of(application.reference)
    form = kind(data, application=application, auto_id=f"{key}-%s")
    form.act = key
    return form


def _prepare_refusal(
    request: HttpRequest, application: Any, offered: dict[str, list[Act]], bound: ActForm | None
) -> None:
    """Asked by its link, the proposal starts from a refusal and its motives."""
    if bound is not None or request.GET.get("issue") != Outcome.REFUSAL:
        return
    for n, act in enumerate(offered.get("proposal", [])):
        if isinstance(act.form, forms.ProposalForm):
            act.form.prepare(application, Outcome.REFUSAL)
            offered["proposal"][n] = replace(act, is_open=True)


@require_POST
def act(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """This function will do one act; refused, it shows the page again with what was typed."""
    known = acts().get(act)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    visible = applications_visible_to(actor).filter(reference=reference).exists()
    if known is None or not visible:
        raise Http404
    application = queries.application_page(reference)
    form = new_form(act, application, request.POST)
    if form.is_valid():
        try:
            known.service(reference=reference, by=actor, at=timezone.now(), **form.given())
        except NotAllowed:
            raise
        except EditConflict as conflict:
            return _both(request, reference, act, conflict)
        except Refusal as refused:
            tell(form, refused)
        else:
            messages.success(request, known.done)
            return redirect("desk:application", reference)
    context = page_context(request, reference, bound=form)
    return render(request, "desk/files/application.html", context)


def _both(request: HttpRequest, reference: str, key: str, conflict: EditConflict) -> HttpResponse:
    """Shows what stands and what was typed, side by side; sent again, what was typed is written."""
    application = queries.application_page(reference)
    data = request.POST.copy()
    data["seen" if key == "write_report" else "version"] = str(conflict.version)
    form = new_form(key, application, data)
    form.is_valid()
    context = page_context(request, reference, bound=form)
    context["both"] = both_versions(conflict, said=_said)
    return render(request, "desk/files/application.html", context)


def _said(_field: str, value: Any) -> str:
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, dict):
        return ", ".join(str(one) for one in value.values() if one)
    return "" if value is None else str(value)


@require_POST
def remove(request: HttpRequest, reference: str, line: str, pk: int) -> HttpResponse:
    """This function will take back a line of the enquiry."""
    try:
        casework.remove_line(
            reference=reference, line=line, pk=pk,
            by=request.actor, at=timezone.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except KeyError:
        raise Http404 from None
    except NotAllowed:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("desk:application", reference)


def tell(form: ActForm, refused: Refusal) -> None:
    """This function will put the words of a refusal on the fields they speak of, or above all."""
    fields = refused.fields if isinstance(refused, InvalidInput) else {}
    if not fields or not set(fields) <= set(form.fields):
        form.add_error(None, str(refused))
    for name, said in fields.items():
        form.add_error(name if name in form.fields else None, said)
