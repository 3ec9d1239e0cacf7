"""How long social files are kept, and how they end."""

from datetime import date, datetime, timedelta

from django.db import transaction

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.audit.retention import Rule, declare
from beffroi.casework.enums import FileState
from beffroi.casework.models import (
    Appeal,
    Application,
    Change,
    Contributor,
    Decision,
    Grant,
    HomePlacement,
    IndexLine,
    IndexRun,
    MedicalCard,
    Notification,
    PharmacyLine,
    PharmacyMonth,
    PlacementMonth,
    Proposal,
    ReceptionStay,
    Recovery,
    RentalGuarantee,
    Sanction,
    Sequel,
    SocialFile,
    Suspension,
)
from beffroi.core.actors import system_actor

#: Inferred: no Belgian sorting table was found; ten years after closing is the practice.
KEEP_DAYS = 3653
_KEPT = "10 ans après la clôture du dossier (à confirmer par les Archives de l’État)"


def end_files(at: datetime) -> int:
    """This function will erase the files closed for ten years and under no legal hold."""
    done = 0
    due = SocialFile.objects.filter(
        state=FileState.CLOSED, closed_at__lt=at - timedelta(days=KEEP_DAYS), legal_hold=""
    ).select_related("person")
    for file in due:
        with transaction.atomic():
            _erase(file, at)
        done += 1
    return done


def kept_until(file: SocialFile) -> date | None:
    """This function will give the day after which a file is erased; None while it is open or held."""
    if file.closed_at is None or file.legal_hold:
        return None
    return (file.closed_at + timedelta(days=KEEP_DAYS)).date()


def end_index_runs(at: datetime) -> int:
    """This function will erase the adaptations of ten years ago of which no line is kept."""
    old = IndexRun.objects.filter(applied_at__lt=at - timedelta(days=KEEP_DAYS))
    return old.filter(lines__isnull=True).delete()[0]


def _erase(file: SocialFile, at: datetime) -> None:
    decisions = Decision.objects.filter(application__file=file)
    PharmacyLine.objects.filter(card__grant__file=file).delete()
    PharmacyMonth.objects.filter(card__grant__file=file).delete()
    for part in (PlacementMonth, Contributor):
        part.objects.filter(placement__grant__file=file).delete()
    for record in (MedicalCard, RentalGuarantee, HomePlacement, ReceptionStay):
        record.objects.filter(grant__file=file).delete()
    for model, rows in (
        (Appeal, Appeal.objects.filter(decision__in=decisions)),
        (Recovery, Recovery.objects.filter(file=file)),
        (Sanction, Sanction.objects.filter(decision__in=decisions)),
        (IndexLine, IndexLine.objects.filter(grant__file=file)),
        (Suspension, Suspension.objects.filter(grant__file=file)),
        (Sequel, Sequel.objects.filter(grant__file=file)),
        (Grant, Grant.objects.filter(file=file).order_by("-pk")),
        (Notification, Notification.objects.filter(decision__in=decisions)),
    ):
        model.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
    decisions.delete()
    Proposal.objects.filter(application__file=file).delete()
    Application.objects.filter(file=file).delete()
    Change.objects.filter(file=file).delete()
    audit.record(
        by=system_actor("retention"), kind=ActKind.WRITE, verb="file.erase",
        object_kind="social_file", object_ref=file.number, subject_ref=file.person.reference, at=at,
    )  # fmt: skip
    file.delete()


_FILE = "casework.SocialFile"


def _part(name: str, *personal: str) -> Rule:
    return Rule(f"casework.{name}", personal=personal, keep=_KEPT, with_parent=_FILE)


declare(
    Rule(_FILE, personal=("person", "legal_hold"), keep=_KEPT, end=end_files),
    _part("FileOpening", "reason", "agent"),
    _part("Application", "details", "competence"),
    _part("ApplicationMove", "by_ref", "by_label", "by_post", "why"),
    _part("FileClock", "suspended_why", "suspensions"),
    _part("Visit", "present", "findings", "by_label"),
    _part("FileDocument", "what", "attachment", "waived_why"),
    _part("Cohabitant", "person", "name", "relation", "claims_ris", "counted_share"),
    _part("Resource", "kind", "label", "monthly", "proof"),
    _part("Asset", "label", "amount", "details", "proof"),
    _part("BudgetLine", "label", "monthly", "is_arrears"),
    _part("Appreciation", "about", "value", "why", "by_ref", "by_label"),
    _part("Report", "situation", "needs", "other_rights", "opinion", "signed_by"),
    _part("Proposal", "amount", "motives", "proposed_by_ref", "proposed_by"),
    _part("Decision", "amount", "motives", "facts", "recorded_by"),
    _part("Notification", "letter_ref", "presented_on"),
    _part("Grant", "amount"),
    _part("MedicalCard", "categories", "pharmacy", "monthly_cap", "revoked_why"),
    _part("PharmacyMonth", "granted", "refused", "settled_by"),
    _part("PharmacyLine", "code", "product", "day", "price", "granted", "reason"),
    _part("RentalGuarantee", "landlord", "dwelling", "amount", "ended_why"),
    _part("HomePlacement", "home", "left_why"),
    _part("Contributor", "name", "person", "asked", "waiver"),
    _part("PlacementMonth", "resources", "shares", "cost", "settled_by"),
    _part("ReceptionStay", "unit", "fedasil_number", "phase", "left_to", "absences"),
    _part("Review", "finding", "by_label"),
    _part("Change", "what", "leads_to"),
    _part("Sanction", "ground", "notice_on"),
    _part("Recovery", "cause", "amount"),
    _part("Appeal", "court", "roll_number", "outcome"),
    _part("Sequel", "why", "facts"),
    _part("Notice", "letter_ref", "answer", "said"),
    _part("Suspension", "ground", "ended_why"),
    _part("IndexLine", "old_amount", "new_amount", "why"),
    Rule(
        "casework.IndexRun", personal=("prepared_by", "applied_by"), keep=_KEPT, end=end_index_runs
    ),
)
