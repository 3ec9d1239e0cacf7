"""Conventions with partners: agreed, paid by tranches, proven, checked, recovered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.steering.enums import ConventionKind, ConventionState, TrancheKind
from beffroi.steering.models import Convention, ConventionMove, Line, Partner, Plan, Proof, Tranche
from beffroi.steering.permissions import can_keep_money, can_note_decision, can_steer
from beffroi.steering.queries import year_account
from beffroi.steering.services.base import must, step, trace
from beffroi.steering.workflow import CONVENTION_MOVES

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class ConventionDraft:
    """What a convention says; the amount is in euros for each year."""

    partner: Partner
    kind: str
    purpose: str
    starts_date: date
    ends_date: date
    yearly_amount: Decimal = Decimal("0.00")
    evidence: str = ""


@transaction.atomic
def draft_convention(
    *, plan: Plan, lines: Iterable[Line], draft: ConventionDraft, by: Actor, at: datetime
) -> Convention:
    """This function will draft a convention for lines of a plan and give it its reference.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_steer(by))
    held = list(lines)
    faults = {}
    if not held or any(line.plan_id != plan.pk for line in held):
        faults["lines"] = _("Choisissez des lignes de ce plan.")
    if draft.ends_date < draft.starts_date:
        faults["ends_date"] = _("La fin vient après le début.")
    if (draft.kind == ConventionKind.PARTNERSHIP) != (draft.yearly_amount == 0):
        faults["yearly_amount"] = _("Un partenariat est sans argent ; les autres ont un montant.")
    if draft.yearly_amount < 0:
        faults["yearly_amount"] = _("Un montant est positif.")
    if faults:
        raise InvalidInput(_("Cette convention n’est pas enregistrée."), faults)
    count = Convention.objects.filter(reference__startswith=f"CV{at:%y}").count()
    row = Convention.objects.create(reference=f"CV{at:%y}{count + 1:04d}", plan=plan, **vars(draft))
    row.lines.set(held)
    trace(row, "convention.draft", by=by, at=at)
    return row


@transaction.atomic
def move_convention(
    *, reference: str, move: str, by: Actor, at: datetime, note: str = "", on: date | None = None
) -> Convention:
    """This function will move a convention one step; `note` names the decision, `on` the signature.

    Raises: NotAllowed; InvalidInput; AlreadyMoved.
    """
    must(can_note_decision(by) if move == "approve" else can_steer(by))
    row = Convention.objects.get(reference=reference)
    changes: dict[str, object] = {}
    if move == "approve":
        if not note.strip():
            raise InvalidInput(_("Nommez la décision."), {"note": _("Séance et point.")})
        changes["council_decision"] = note.strip()[:120]
    if move == "sign":
        if on is None:
            raise InvalidInput(_("Donnez la date."), {"on": _("Le jour de la signature.")})
        changes["signed_date"] = on
    source = row.state
    step(row, CONVENTION_MOVES, move, **changes)
    ConventionMove.objects.create(
        convention=row, move=move, source=source, target=row.state, at=at, by_label=by.label,
        note=note.strip()[:500],
    )  # fmt: skip
    trace(row, f"convention.{move}", by=by, at=at)
    return row


def _paying(reference: str, year: int, by: Actor) -> Convention:
    must(can_keep_money(by))
    row = Convention.objects.select_for_update(no_key=True).get(reference=reference)
    if row.state != ConventionState.ACTIVE:
        raise WrongState(_("Cette convention n’est pas en cours : rien ne se paie."))
    if not row.starts_date.year <= year <= row.ends_date.year:
        raise WrongState(_("La convention ne couvre pas %(year)s.") % {"year": year})
    return row


@transaction.atomic
def pay_tranche(
    *, reference: str, year: int, kind: str, amount: Decimal, on: date, mandate: str = "",
    by: Actor, at: datetime,
) -> Tranche:  # fmt: skip
    """This function will note a payment to the partner, in euros.

    An advance stays within what the year grants; a balance, within what accepted proofs make due.

    Raises: NotAllowed; WrongState; InvalidInput.
    """
    row = _paying(reference, year, by)
    account = year_account(row, year)
    most = account.granted - account.paid if kind == TrancheKind.ADVANCE else account.balance
    if not 0 < amount <= most:
        raise InvalidInput(
            _("Ce montant ne peut pas être payé."),
            {"amount": _("Au plus %(most)s € pour le moment.") % {"most": max(most, Decimal(0))}},
        )
    if Tranche.objects.filter(convention=row, year=year, kind=kind).exists():
        raise WrongState(_("Cette tranche est déjà payée pour cette année."))
    tranche = Tranche.objects.create(
        convention=row, year=year, kind=kind, amount=amount, paid_date=on, mandate=mandate
    )
    trace(row, "convention.pay", by=by, at=at, detail={"year": year, "kind": kind})
    return tranche


@transaction.atomic
def receive_proof(
    *, reference: str, year: int, label: str, amount: Decimal, on: date, by: Actor, at: datetime
) -> Proof:
    """This function will note a proof the partner gave, in euros; nothing is accepted yet.

    Raises: NotAllowed; WrongState; InvalidInput.
    """
    row = _paying(reference, year, by)
    if amount <= 0 or not label.strip():
        raise InvalidInput(_("Nommez la pièce et son montant."), {"amount": _("Plus que zéro.")})
    proof = Proof.objects.create(
        convention=row, year=year, label=label.strip(), amount=amount, received_date=on
    )
    trace(row, "convention.proof", by=by, at=at, detail={"year": year})
    return proof


@transaction.atomic
def check_proof(
    *, proof: int, accepted: Decimal, on: date, why: str = "", by: Actor, at: datetime
) -> Proof:
    """This function will note how much of a proof is accepted, once, in euros.

    Raises: NotAllowed; InvalidInput; WrongState when it is already checked.
    """
    must(can_keep_money(by))
    row = Proof.objects.select_related("convention").get(pk=proof)
    faults = {}
    if not 0 <= accepted <= row.amount:
        faults["accepted"] = _("Entre zéro et le montant de la pièce.")
    elif accepted != row.amount and not why.strip():
        faults["why"] = _("Dites pourquoi tout n’est pas accepté.")
    if on < row.received_date:
        faults["on"] = _("Après la réception.")
    if faults:
        raise InvalidInput(_("Ce contrôle n’est pas enregistré."), faults)
    free = Proof.objects.filter(pk=row.pk, accepted_amount__isnull=True)
    if not free.update(
        accepted_amount=accepted.quantize(_CENT), checked_date=on, checked_by=by.label,
        why_not_all=why.strip()[:300],
    ):  # fmt: skip
        raise WrongState(_("Cette preuve est déjà contrôlée."))
    trace(row.convention, "convention.check", by=by, at=at, detail={"proof": row.pk})
    row.refresh_from_db()
    return row
