"""The money of a client, apart: received for her, paid for her, given to her, never the CPAS's."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum import iban as ibans
from stdnum.exceptions import ValidationError as BadNumber

from beffroi.acts.budgets.enums import MovementKind
from beffroi.acts.budgets.models import ClientAccount, ClientMovement, MediationFile
from beffroi.acts.budgets.services.base import day_of, open_file_of, trace
from beffroi.acts.budgets.services.debts import debt_of
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

ZERO = Decimal("0.00")


@transaction.atomic
def open_account(*, reference: str, iban: str, by: Actor, at: datetime) -> None:
    """This function will open an account in which the CPAS holds the person's own money.

    Raises: NotAllowed; FileClosed; InvalidInput; WrongState when the file has one already.
    """
    file = open_file_of(reference, by)
    if file.convention_date is None:
        raise WrongState(
            _("La convention n’est pas signée."), "", _("La personne doit d’abord y consentir.")
        )
    try:
        number = ibans.validate(iban, check_country=False)
    except BadNumber as error:
        raise InvalidInput(
            _("Ce compte n’est pas juste."), {"iban": _("Recopiez l’IBAN du compte de tiers.")}
        ) from error
    if ClientAccount.objects.filter(file=file).exists():
        raise WrongState(_("Ce dossier a déjà un compte."))
    ClientAccount.objects.create(file=file, iban=number, opened_date=day_of(at))
    trace(file, "mediation.open_account", by=by, at=at)


@transaction.atomic
def enter_movement(
    *,
    reference: str,
    kind: MovementKind,
    amount: Decimal,
    value_date: date,
    label: str,
    by: Actor,
    at: datetime,
    debt: int | None = None,
) -> int:
    """This function will add a movement of `amount` euros, given above zero; its number.

    What leaves the account is written below zero. A payment to a creditor names the debt.
    Raises: NotAllowed; FileClosed; InvalidInput; WrongState when the account would go below zero.
    """
    file = open_file_of(reference, by)
    faults = {}
    if kind == MovementKind.REVERSAL:
        raise InvalidInput(_("Une contre-écriture part du mouvement qu’elle corrige."))
    if amount <= 0 or amount != round(amount, 2):
        faults["amount"] = _("Donnez un montant en euros et en cents.")
    if value_date > day_of(at):
        faults["value_date"] = _("Ce jour n’est pas encore venu.")
    if not label.strip():
        faults["label"] = _("Dites ce que c’est.")
    if kind == MovementKind.TO_CREDITOR and debt is None:
        faults["debt"] = _("Choisissez la dette.")
    if faults:
        raise InvalidInput(_("Ce mouvement n’est pas complet."), faults)
    row = debt_of(file, debt) if debt is not None and kind == MovementKind.TO_CREDITOR else None
    signed = amount if kind == MovementKind.RECEIVED else -amount
    movement = _append(
        _account(file), kind, signed, value_date, label, by, at,
        debt=row, creditor=row.collector or row.creditor if row else None,
    )  # fmt: skip
    trace(file, "mediation.enter_movement", by=by, at=at, detail={"number": movement.number})
    return movement.number


@transaction.atomic
def reverse_movement(*, reference: str, number: int, why: str, by: Actor, at: datetime) -> int:
    """This function will add the contrary of a movement entered by mistake; its number.

    Raises: NotAllowed; FileClosed; InvalidInput; WrongState when it is already reversed.
    """
    file = open_file_of(reference, by)
    account = _account(file)
    wrong = account.movements.filter(number=number).first()
    if wrong is None:
        raise NotAllowed(_("Ce mouvement n’est pas dans ce compte."))
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    taken = account.movements.filter(reverses=wrong).exists()
    if taken or wrong.kind == MovementKind.REVERSAL:
        raise WrongState(_("Ce mouvement est déjà corrigé, ou est une correction."))
    made = _append(
        account, MovementKind.REVERSAL, -wrong.amount, day_of(at), why, by, at,
        debt=wrong.debt, creditor=wrong.creditor, reverses=wrong,
    )  # fmt: skip
    trace(file, "mediation.reverse_movement", by=by, at=at, detail={"number": made.number})
    return made.number


def _account(file: MediationFile) -> ClientAccount:
    account = ClientAccount.objects.select_for_update(no_key=True).filter(file=file).first()
    if account is None or account.closed_date is not None:
        raise WrongState(_("Ce dossier n’a pas de compte ouvert pour la personne."))
    return account


def _append(
    account: ClientAccount,
    kind: MovementKind,
    amount: Decimal,
    value_date: date,
    label: str,
    by: Actor,
    at: datetime,
    **more: object,
) -> ClientMovement:
    """Adds one movement after the last: its number and its balance follow from it.

    Two at once would bear the same number: the database takes the first and refuses the other.
    """
    last = account.movements.order_by("-number").first()
    balance = (last.balance if last else ZERO) + amount
    if balance < 0:
        raise WrongState(
            _("Il n’y a pas assez sur le compte de la personne."),
            _("Il reste %(left)s €.") % {"left": last.balance if last else ZERO},
            _("Le CPAS n’avance jamais rien sur ce compte."),
        )
    try:
        with transaction.atomic():
            return ClientMovement.objects.create(
                account=account, number=(last.number if last else 0) + 1, kind=kind,
                value_date=value_date, label=label.strip()[:200], amount=amount, balance=balance,
                entered_at=at, entered_by=by.label, **more,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState(
            _("Quelqu’un a écrit sur ce compte au même moment."), "", _("Recommencez.")
        ) from error
