"""Recoveries: opened by a decision, paid back by instalments, waived in whole or part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments.bank.accounts import make_communication
from beffroi.acts.payments.enums import (
    CLIENT_MONEY_OWNERS,
    AccountClass,
    ClaimMeans,
    ClaimState,
    LedgerKind,
)
from beffroi.acts.payments.models import Claim, ClaimInstalment, ClaimReceipt
from beffroi.acts.payments.permissions import can_book, can_execute
from beffroi.acts.payments.queries import UnknownPayee, article, person_of
from beffroi.acts.payments.services import ledger
from beffroi.acts.payments.services.common import require, said, trace
from beffroi.acts.payments.services.receipts import receive
from beffroi.core.actors import Actor
from beffroi.core.dates import add_months
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents

#: Article on which recoveries from persons are earned, unless another is given.
RECOVERIES = "831/38001-01"


@dataclass(frozen=True)
class Instalment:
    """An amount in euros expected by a day."""

    due_date: date
    amount: Decimal


def equal_instalments(amount: Decimal, monthly: Decimal, first: date) -> list[Instalment]:
    """This function will cut an amount into months of `monthly` euros; the last takes the rest.

    Raises: InvalidInput when `monthly` is not above zero.
    """
    if monthly <= 0:
        raise InvalidInput(_("La mensualité est plus grande que zéro."))
    found, left, rank = [], amount, 0
    while left > 0:
        found.append(Instalment(add_months(first, rank), min(monthly, left)))
        left -= monthly
        rank += 1
    return found


@transaction.atomic
def open_claim(
    *,
    person_ref: str,
    amount: Decimal,
    owner_kind: str,
    owner_ref: str,
    subject_ref: str,
    label: str,
    instalments: Sequence[Instalment],
    by: Actor,
    at: datetime,
    means: str = ClaimMeans.TRANSFER,
    article_code: str = RECOVERIES,
) -> str:
    """This function will open a recovery that a decision asks, and give its reference.

    Instalments add up to the amount, in euros. Its structured communication finds what is paid.
    Raises: NotAllowed; InvalidInput.
    """
    require(can_execute(by))
    if owner_kind in CLIENT_MONEY_OWNERS:
        raise InvalidInput(_("L’argent d’une personne en médiation n’est pas une créance du CPAS."))
    if amount <= 0 or sum((one.amount for one in instalments), Decimal(0)) != amount:
        raise InvalidInput(_("Les mensualités ne font pas le montant à récupérer."))
    charged = article(article_code)
    if charged is None and ledger.load_plan():
        charged = article(article_code)
    if charged is None or charged.kind != AccountClass.INCOME or means not in ClaimMeans.values:
        raise InvalidInput(_("L’article budgétaire n’est pas une recette connue."))
    try:
        person = person_of(person_ref)
    except UnknownPayee as error:
        raise InvalidInput(_("Cette personne n’est pas connue.")) from error
    rank = documents.next_number(register="REC", year=at.year)
    claim = Claim.objects.create(
        reference=f"REC-{at.year}-{rank:05d}", person_id=person.pk, owner_kind=owner_kind,
        owner_ref=owner_ref, subject_ref=subject_ref, article=charged,
        label=said(label, "label", _("Dites ce qui est récupéré."))[:140], amount=amount,
        balance=amount, means=means, opened_at=at, opened_by_label=by.label,
        communication=make_communication(at.year % 100 * 10**8 + rank),
    )  # fmt: skip
    ClaimInstalment.objects.bulk_create(
        ClaimInstalment(claim=claim, due_date=one.due_date, amount=one.amount)
        for one in instalments
    )
    _book(claim, LedgerKind.CLAIM, "claim", claim.reference, amount, at.date(), at)
    trace("claim_open", "claim", claim.reference, by=by, at=at, subject=subject_ref,
          detail={"decision": owner_ref})  # fmt: skip
    return claim.reference


def _book(
    claim: Claim, kind: LedgerKind, source: str, ref: str, amount: Decimal, on: date, at: datetime
) -> None:
    posting = ledger.Posting(
        kind, source, ref, amount, claim.reference, claim.article_id, claim.subject_ref
    )
    ledger.write([posting], on=on, at=at)


def _open_claim(reference: str, amount: Decimal) -> Claim:
    claim = Claim.objects.select_for_update(no_key=True).filter(reference=reference).first()
    if claim is None:
        raise NotAllowed(_("Cette récupération n’existe pas."))
    if claim.state != ClaimState.OPEN:
        raise WrongState(_("Cette récupération est soldée."))
    if not 0 < amount <= claim.balance:
        raise InvalidInput(
            _("Il reste %(left)s € : le montant ne peut pas être plus grand.")
            % {"left": claim.balance},
            {"amount": _("Entre zéro et ce qui reste.")},
        )
    return claim


@transaction.atomic
def note_receipt(
    *, reference: str, amount: Decimal, on: date, source_ref: str, by: Actor, at: datetime
) -> ClaimReceipt:
    """This function will note what a person paid back, by the number of its receipt or entry.

    Raises: NotAllowed; WrongState once it is settled; InvalidInput above what is left.
    """
    require(can_book(by))
    claim = _open_claim(reference, amount)
    source_ref = said(source_ref, "source_ref", _("Dites le numéro du reçu ou de l’extrait."))
    if ClaimReceipt.objects.filter(source_kind="receipt", source_ref=source_ref).exists():
        raise WrongState(_("Ce reçu est déjà noté."))
    row = receive(
        claim_id=claim.pk, amount=amount, on=on, source_kind="receipt", source_ref=source_ref,
        by=by, at=at,
    )  # fmt: skip
    _book(claim, LedgerKind.RECEIPT, "receipt", source_ref, amount, on, at)
    trace("claim_receipt", "claim", reference, by=by, at=at, subject=claim.subject_ref)  # fmt: skip
    return row


@transaction.atomic
def waive(
    *, reference: str, amount: Decimal, decision_ref: str, why: str, by: Actor, at: datetime
) -> ClaimReceipt:
    """This function will give up an amount in euros of a recovery, as a decision says.

    Raises: NotAllowed; WrongState once it is settled; InvalidInput above what is left.
    """
    require(can_execute(by))
    claim = _open_claim(reference, amount)
    decision_ref = said(decision_ref, "decision_ref", _("Dites quelle décision renonce."))
    why = said(why, "why", _("Dites pourquoi."))
    ref = f"{reference} {decision_ref}"[:64]
    if ClaimReceipt.objects.filter(source_kind="waiver", source_ref=ref).exists():
        raise WrongState(_("Cette renonciation est déjà notée."))
    row = receive(
        claim_id=claim.pk, amount=amount, on=at.date(), source_kind="waiver", source_ref=ref,
        by=by, at=at, is_waiver=True, why=why,
    )  # fmt: skip
    _book(claim, LedgerKind.WAIVER, "waiver", ref, amount, at.date(), at)
    trace("claim_waive", "claim", reference, by=by, at=at, subject=claim.subject_ref, reason=why,
          detail={"decision": decision_ref})  # fmt: skip
    return row
