"""The social enquiry: visits, documents, resources, what is judged, the report."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.casework import aids, sequels
from beffroi.casework.details import checked
from beffroi.casework.enums import Question, VisitResult
from beffroi.casework.facts import CATEGORIES, living_income_facts
from beffroi.casework.models import (
    Application,
    Appreciation,
    Asset,
    BudgetLine,
    Cohabitant,
    FileDocument,
    Resource,
    Visit,
)
from beffroi.casework.services.common import AlreadyMoved, application_for, move, trace
from beffroi.casework.services.editing import keep_report
from beffroi.casework.workflow import UNDER_ENQUIRY
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.core.text import whole_number


def under_enquiry(reference: str, by: Actor, at: datetime) -> Application:
    """This function will give an application whose facts may still change.

    Raises: NotAllowed; ReasonNeeded; AlreadyMoved once the organ has it.
    """
    application = application_for(reference, by, at)
    if application.state not in UNDER_ENQUIRY:
        raise AlreadyMoved(application, str(_("Compléter l’enquête")))
    return application


@transaction.atomic
def start_enquiry(*, reference: str, by: Actor, at: datetime) -> None:
    """This function will open the enquiry and ask for the documents this aid wants.

    Raises: NotAllowed; AlreadyMoved.
    """
    application = application_for(reference, by, at)
    move(application, "start_enquiry", by=by, at=at)
    if sequels.is_enquired(application):
        FileDocument.objects.bulk_create(
            FileDocument(application=application, what=what, asked_at=at)
            for what in aids.aid(application.kind).documents
        )


@transaction.atomic
def resume_enquiry(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """This function will open the enquiry again after the report, and withdraw what was proposed.

    Raises: NotAllowed; InvalidInput without a reason; AlreadyMoved.
    """
    application = application_for(reference, by, at)
    if not why.strip():
        raise InvalidInput(_("Dites ce qui est nouveau."))
    application.proposals.filter(state="draft").update(state="withdrawn")
    move(application, "resume_enquiry", by=by, at=at, why=why)


@transaction.atomic
def change_details(
    *,
    reference: str,
    answers: Mapping[str, Any],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> None:
    """This function will correct the answers that belong to the aid, while the enquiry lasts.

    `version` is the one the worker read: an application changed meanwhile is not overwritten.
    Raises: NotAllowed; InvalidInput with a sentence for each answer; AlreadyMoved; WrongState.
    """
    application = under_enquiry(reference, by, at)
    kept, faults = checked(aids.aid(application.kind), answers)
    if faults:
        raise InvalidInput(_("Ces réponses ne sont pas toutes justes."), faults)
    before = application.details
    changed = sorted(key for key, value in kept.items() if value != (before.get(key) or ""))
    source = application.version if version is None else version
    moved = Application.objects.filter(pk=application.pk, version=source).update(
        details=kept, version=source + 1
    )
    if not moved:
        raise WrongState(
            _("Quelqu’un d’autre a changé ces réponses pendant que vous les lisiez."),
            todo=_("Relisez-les, puis recommencez."),
        )
    trace(application.file, "application.details", by=by, at=at, about=reference,
          detail={"changed": changed})  # fmt: skip


@transaction.atomic
def plan_visit(
    *, reference: str, planned_at: datetime, is_announced: bool, by: Actor, at: datetime
) -> int:
    """This function will plan a visit at home. Raises: NotAllowed; AlreadyMoved."""
    application = under_enquiry(reference, by, at)
    visit = Visit.objects.create(
        application=application, planned_at=planned_at, is_announced=is_announced, by_label=by.label
    )
    trace(application.file, "visit.plan", by=by, at=at, about=reference)
    return int(visit.pk)


@transaction.atomic
def record_visit(
    *, reference: str, visit: int, result: VisitResult, done_at: datetime, by: Actor, at: datetime,
    present: str = "", findings: str = "",
) -> None:  # fmt: skip
    """This function will keep what a visit gave; an absence is a result too.

    Raises: NotAllowed; InvalidInput; WrongState when it was recorded already.
    """
    application = under_enquiry(reference, by, at)
    if result == VisitResult.SEEN and not findings.strip():
        raise InvalidInput(
            _("La visite n’est pas enregistrée."),
            {"findings": _("Notez ce que vous avez constaté, même en deux lignes.")},
        )
    if done_at > at:
        raise InvalidInput(_("La visite n’a pas encore eu lieu."))
    done = application.visits.filter(pk=visit, done_at__isnull=True).update(
        result=result, done_at=done_at, present=present.strip()[:300], findings=findings.strip()
    )
    if not done:
        raise WrongState(_("Cette visite a déjà été enregistrée."))
    trace(application.file, "visit.record", by=by, at=at, about=reference)


@transaction.atomic
def ask_document(
    *, reference: str, what: str, by: Actor, at: datetime, wanted_by: date | None = None
) -> int:
    """This function will ask the person for a document. Raises: NotAllowed; InvalidInput."""
    application = under_enquiry(reference, by, at)
    if not what.strip():
        raise InvalidInput(_("Dites quel document il faut."))
    asked = FileDocument.objects.create(
        application=application, what=what.strip()[:200], asked_at=at, wanted_by=wanted_by
    )
    trace(application.file, "document.ask", by=by, at=at, about=reference)
    return int(asked.pk)


@transaction.atomic
def settle_document(
    *, reference: str, document: int, by: Actor, at: datetime, waived_why: str = ""
) -> None:
    """This function will say that a document came, or why the enquiry does without it.

    Raises: NotAllowed; WrongState.
    """
    application = under_enquiry(reference, by, at)
    change: dict[str, Any] = (
        {"waived_why": waived_why.strip()[:300]} if waived_why.strip() else {"received_at": at}
    )
    open_ones = application.documents.filter(pk=document, received_at=None, waived_why="")
    if not open_ones.update(**change):
        raise WrongState(_("Ce document est déjà réglé."))
    trace(application.file, "document.settle", by=by, at=at, about=reference)


@transaction.atomic
def add_cohabitant(
    *, reference: str, name: str, relation: str, by: Actor, at: datetime, claims_ris: bool = False,
    person: int | None = None,
) -> int:  # fmt: skip
    """This function will add somebody who lives with the person. Raises: NotAllowed; InvalidInput."""
    application = under_enquiry(reference, by, at)
    kept = Cohabitant(
        application=application, name=name.strip(), relation=relation, claims_ris=claims_ris,
        person_id=person,
    )  # fmt: skip
    _clean(kept, _("Cette personne n’est pas ajoutée."))
    kept.save()
    trace(application.file, "cohabitant.add", by=by, at=at, about=reference)
    return int(kept.pk)


@transaction.atomic
def add_resource(
    *, reference: str, kind: str, label: str, monthly: Decimal | None, by: Actor, at: datetime,
    exemption: str = "none", cohabitant: int | None = None, proof: str = "",
) -> int:  # fmt: skip
    """This function will add a resource, its net amount in euros by month or None if not known.

    Raises: NotAllowed; InvalidInput.
    """
    application = under_enquiry(reference, by, at)
    if cohabitant and not application.cohabitants.filter(pk=cohabitant).exists():
        raise InvalidInput(_("Ce cohabitant n’est pas dans cette demande."))
    kept = Resource(
        application=application, cohabitant_id=cohabitant, kind=kind, label=label.strip(),
        monthly=monthly, exemption=exemption, proof=proof.strip(),
    )  # fmt: skip
    _clean(kept, _("Cette ressource n’est pas ajoutée."))
    kept.save()
    trace(application.file, "resource.add", by=by, at=at, about=reference)
    return int(kept.pk)


@transaction.atomic
def add_asset(
    *, reference: str, kind: str, label: str, amount: Decimal | None, by: Actor, at: datetime,
    details: Mapping[str, Any] | None = None, proof: str = "",
) -> int:  # fmt: skip
    """This function will add what is owned, was given away, or is paid by somebody else.

    Raises: NotAllowed; InvalidInput.
    """
    application = under_enquiry(reference, by, at)
    kept = Asset(
        application=application, kind=kind, label=label.strip(), amount=amount,
        details=dict(details or {}), proof=proof.strip(),
    )  # fmt: skip
    _clean(kept, _("Ce bien n’est pas ajouté."))
    kept.save()
    trace(application.file, "asset.add", by=by, at=at, about=reference)
    return int(kept.pk)


@transaction.atomic
def add_budget_line(
    *,
    reference: str,
    label: str,
    monthly: Decimal,
    by: Actor,
    at: datetime,
    is_arrears: bool = False,
) -> int:
    """This function will add a charge of the household, in euros by month.

    Raises: NotAllowed; InvalidInput.
    """
    application = under_enquiry(reference, by, at)
    kept = BudgetLine(
        application=application, label=label.strip(), monthly=monthly, is_arrears=is_arrears
    )
    _clean(kept, _("Cette charge n’est pas ajoutée."))
    kept.save()
    trace(application.file, "budget.add", by=by, at=at, about=reference)
    return int(kept.pk)


_LINES = {"resource": Resource, "asset": Asset, "budget": BudgetLine, "cohabitant": Cohabitant}


@transaction.atomic
def remove_line(*, reference: str, line: str, pk: int, by: Actor, at: datetime) -> None:
    """This function will take back a line of the enquiry, and journal that it was there.

    Raises: NotAllowed; WrongState when it is gone already.
    """
    application = under_enquiry(reference, by, at)
    if not _LINES[line].objects.filter(pk=pk, application=application).delete()[0]:  # type: ignore[attr-defined]
        raise WrongState(_("Cette ligne n’est plus là."))
    trace(application.file, f"{line}.remove", by=by, at=at, about=reference, detail={"pk": pk})


def _clean(row: Any, what: str) -> None:
    """Raises InvalidInput with the words of the model for each field that is not right."""
    try:
        row.full_clean(exclude=["application", "cohabitant", "person"])
    except ValidationError as error:
        raise InvalidInput(
            what, {name: " ".join(said) for name, said in error.message_dict.items()}
        ) from None


@transaction.atomic
def appreciate(
    *, reference: str, question: Question, value: str, why: str, by: Actor, at: datetime,
    about: str = "", from_date: date | None = None,
) -> None:  # fmt: skip
    """This function will keep what the worker judged, when and why; the newest counts.

    Raises: NotAllowed; InvalidInput without a motivation, or for a value that is not one.
    """
    application = under_enquiry(reference, by, at)
    if len(why.strip()) < 10:
        raise InvalidInput(
            _("L’appréciation n’est pas gardée."),
            {"why": _("Motivez-la : elle sera lue par le Conseil et, s’il le faut, par le juge.")},
        )
    if question == Question.CATEGORY and value not in CATEGORIES:
        raise InvalidInput(_("Choisissez une catégorie de la loi."), {"value": _("Catégorie ?")})
    if question == Question.COUNTED_SHARE:
        _set_share(application, value, about)
    Appreciation.objects.create(
        application=application, question=question, about=about, value=value, why=why.strip(),
        from_date=from_date or application.wanted_from, at=at, by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    trace(application.file, "appreciation.add", by=by, at=at, about=reference,
          detail={"question": question})  # fmt: skip


def _set_share(application: Application, value: str, about: str) -> None:
    try:
        share = Decimal(value)
    except ArithmeticError:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 1:
        raise InvalidInput(_("La part va de 0 à 1."), {"value": _("De 0 à 1, par exemple 0,5.")})
    if not application.cohabitants.filter(pk=whole_number(about) or 0).update(counted_share=share):
        raise InvalidInput(_("Dites de quel cohabitant il s’agit."))


@transaction.atomic
def write_report(
    *, reference: str, situation: str, needs: str, other_rights: str, opinion: str, by: Actor,
    at: datetime, sign: bool = False, seen: str | None = None,
) -> None:  # fmt: skip
    """This function will keep the social report as a draft, or sign it.

    `seen` is the mark of the report the writer had before her (`mark_of`), where a page asks.
    Raises: NotAllowed; InvalidInput naming the parts that lack; AlreadyMoved; EditConflict with
    both versions when somebody wrote it meanwhile.
    Source: arrêté royal du 1er décembre 2013 (enquête sociale); circulaire du 14 mars 2014.
    """
    application = under_enquiry(reference, by, at)
    texts = {"situation": situation.strip(), "needs": needs.strip(),
             "other_rights": other_rights.strip(), "opinion": opinion.strip()}  # fmt: skip
    if sign:
        _must_be_ready(application, texts)
    signed = {"signed_at": at, "signed_by": by.label} if sign else {}
    keep_report(application, texts, signed, seen)
    trace(application.file, "report.sign" if sign else "report.write", by=by, at=at,
          about=reference)  # fmt: skip
    if sign:
        move(application, "sign_report", by=by, at=at)


def _must_be_ready(application: Application, texts: Mapping[str, str]) -> None:
    lacks = {
        name: _("Cette partie du rapport manque.")
        for name in ("situation", "needs", "opinion")
        if not texts[name]
    }
    if application.documents.filter(received_at=None, waived_why="").exists():
        lacks["documents"] = _("Des documents sont encore attendus : recevez-les ou dites pourquoi "
                               "l’enquête s’en passe.")  # fmt: skip
    if sequels.computes_income(application):
        if living_income_facts(application)["category"] is None:
            lacks["category"] = _("La catégorie n’est pas encore motivée.")
        if not application.visits.filter(done_at__isnull=False).exists():
            lacks["visits"] = _("Aucune visite à domicile n’est encore enregistrée.")
    if lacks:
        raise InvalidInput(_("Le rapport ne peut pas encore être signé."), lacks)
