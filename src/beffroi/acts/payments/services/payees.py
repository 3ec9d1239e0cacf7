"""Accounts: those the house pays from, and those of whom it pays, with a second look at changes."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.payments.bank.accounts import (
    BadAccount,
    bank_text,
    check_account,
    check_enterprise_number,
)
from beffroi.acts.payments.enums import AccountState, HouseAccountKind, OrderState
from beffroi.acts.payments.models import HouseAccount, Order, PayeeAccount, ThirdParty
from beffroi.acts.payments.permissions import can_book, can_execute, is_finance
from beffroi.acts.payments.queries import UnknownPayee, person_of, third_party
from beffroi.acts.payments.services.common import facts_changed, require, said, trace
from beffroi.acts.payments.services.identities import same_human
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents


def _checked(iban: str, bic: str = "") -> tuple[str, str]:
    try:
        account = check_account(iban, bic)
    except BadAccount as error:
        raise InvalidInput(str(error), {"iban": str(error)}) from error
    if HouseAccount.objects.filter(
        iban=account.iban, kind=HouseAccountKind.CLIENT_MONEY
    ).exists():  # fmt: skip
        raise InvalidInput(
            _(
                "Ce compte garde l’argent d’une personne aidée : les paiements du CPAS n’y passent pas."
            ),
            {"iban": _("Compte d’argent de tiers.")},
        )
    return account.iban, account.bic


@transaction.atomic
def set_house_account(
    *,
    iban: str,
    holder: str,
    enterprise_number: str,
    label: str,
    by: Actor,
    at: datetime,
    kind: str = HouseAccountKind.OWN,
    bic: str = "",
    is_default: bool = False,
) -> HouseAccount:
    """This function will add an account of the house, or change its name and its use.

    Raises: NotAllowed; InvalidInput when a number is wrong, or client money would pay.
    """
    require(can_book(by))
    try:
        account, number = check_account(iban, bic), check_enterprise_number(enterprise_number)
    except BadAccount as error:
        raise InvalidInput(str(error)) from error
    if is_default and kind != HouseAccountKind.OWN:
        raise InvalidInput(_("Un compte d’argent de tiers ne paie jamais les aides du CPAS."))
    if is_default:
        HouseAccount.objects.filter(is_default=True).update(is_default=False)
    row, _made = HouseAccount.objects.update_or_create(
        iban=account.iban,
        defaults={
            "bic": account.bic, "holder": said(holder, "holder", _("Le titulaire manque."))[:70],
            "enterprise_number": number, "kind": kind, "label": label or holder,
            "is_default": is_default,
        },
    )  # fmt: skip
    trace("house_account", "house_account", row.iban[-4:], by=by, at=at)
    return row


@transaction.atomic
def add_third_party(*, name: str, by: Actor, at: datetime, enterprise_number: str = "") -> str:
    """This function will enter somebody whom the house pays for people, and give the reference.

    A known enterprise number gives the third party that has it already.
    Raises: NotAllowed; InvalidInput.
    """
    require(can_execute(by))
    name = said(name, "name", _("Le nom manque."))
    number = ""
    if enterprise_number:
        try:
            number = check_enterprise_number(enterprise_number)
        except BadAccount as error:
            raise InvalidInput(str(error), {"enterprise_number": str(error)}) from error
        if known := ThirdParty.objects.filter(enterprise_number=number).first():
            return known.reference
    rank = documents.next_number(register="T", year=at.year)
    row = ThirdParty.objects.create(
        reference=f"T{at.year % 100:02d}{rank:06d}", name=name[:120], enterprise_number=number,
        created_at=at,
    )  # fmt: skip
    trace("third_party", "third_party", row.reference, by=by, at=at)
    return row.reference


@transaction.atomic
def add_account(
    *,
    iban: str,
    holder: str,
    since: date,
    by: Actor,
    at: datetime,
    person_ref: str = "",
    third_party_ref: str = "",
    bic: str = "",
    why: str = "",
) -> PayeeAccount:
    """This function will enter the account on which a person, or a third party, is paid.

    The first one is in use at once. Where orders run, another one waits for a second look
    (`confirm_account`) by somebody else; meanwhile nothing is paid to this payee.

    Raises: NotAllowed; InvalidInput when the number is wrong or the payee unknown.
    """
    require(can_execute(by))
    if bool(person_ref) == bool(third_party_ref):
        raise InvalidInput(_("Un compte est celui d’une personne, ou celui d’un tiers."))
    number, code = _checked(iban, bic)
    payee = _payee(person_ref, third_party_ref)
    current = PayeeAccount.objects.filter(state=AccountState.CONFIRMED, **payee).first()
    if current is not None and current.iban == number:
        return current
    running = Order.objects.filter(state=OrderState.RUNNING, **_orders_of(payee))
    second_look = current is not None or running.exists()
    PayeeAccount.objects.filter(state=AccountState.PROPOSED, **payee).update(
        state=AccountState.REFUSED, why=_("Remplacé par une autre proposition.")
    )
    row = PayeeAccount.objects.create(
        iban=number, bic=code, holder=bank_text(said(holder, "holder", _("Le titulaire manque.")), 70),
        since_date=since, state=AccountState.PROPOSED if second_look else AccountState.CONFIRMED,
        added_at=at, added_by_ref=by.ref, added_by_label=by.label, why=why[:300], **payee,
    )  # fmt: skip
    ref = person_ref or third_party_ref
    trace("account_add", "payee_account", str(row.pk), by=by, at=at, subject=ref, reason=why)
    if second_look:
        facts_changed(running, _("Changement de compte bancaire"), by=by, at=at)
    return row


def _payee(person_ref: str, third_party_ref: str) -> dict[str, object]:
    if third_party_ref:
        found = third_party(third_party_ref)
        if found is None:
            raise InvalidInput(_("Ce tiers n’est pas connu."))
        return {"third_party": found}
    try:
        return {"person": person_of(person_ref)}
    except UnknownPayee as error:
        raise InvalidInput(_("Cette personne n’est pas connue.")) from error


def _orders_of(payee: dict[str, object]) -> dict[str, object]:
    return payee if "third_party" in payee else {**payee, "third_party": None}


def _proposed(account: int, by: Actor) -> PayeeAccount:
    require(is_finance(by) or by.kind is ActorKind.SYSTEM)
    row = PayeeAccount.objects.select_for_update(no_key=True).filter(pk=account).first()
    if row is None:
        raise NotAllowed(_("Ce compte n’existe pas."))
    if row.state != AccountState.PROPOSED:
        raise WrongState(_("Ce compte a déjà été regardé."))
    if same_human(row.added_by_ref, by.ref):
        raise WrongState(
            _("Vous avez entré ce compte : une autre personne doit le regarder."),
            todo=_("Demandez à un collègue des finances ou de la direction."),
        )
    return row


@transaction.atomic
def confirm_account(*, account: int, by: Actor, at: datetime) -> PayeeAccount:
    """This function will put a changed account in use, after a look by another than who entered it.

    Raises: NotAllowed; WrongState when it was looked at, or by the same person.
    """
    row = _proposed(account, by)
    payee: dict[str, object] = (
        {"third_party": row.third_party} if row.third_party_id else {"person": row.person}
    )
    PayeeAccount.objects.filter(state=AccountState.CONFIRMED, **payee).update(
        state=AccountState.REPLACED, until_date=row.since_date
    )
    PayeeAccount.objects.filter(pk=row.pk).update(
        state=AccountState.CONFIRMED, looked_at=at, looked_by_ref=by.ref, looked_by_label=by.label
    )
    orders = Order.objects.filter(**_orders_of(payee))
    facts_changed(orders, _("Changement de compte bancaire"), by=by, at=at)
    trace("account_confirm", "payee_account", str(row.pk), by=by, at=at, subject=_ref_of(row))
    row.refresh_from_db()
    return row


@transaction.atomic
def refuse_account(*, account: int, why: str, by: Actor, at: datetime) -> PayeeAccount:
    """This function will refuse a change of account; the one before stays in use.

    Raises: NotAllowed; WrongState; InvalidInput without a reason.
    """
    row = _proposed(account, by)
    why = said(why, "why", _("Dites pourquoi vous refusez ce compte."))
    PayeeAccount.objects.filter(pk=row.pk).update(
        state=AccountState.REFUSED, looked_at=at, looked_by_ref=by.ref, looked_by_label=by.label,
        why=why[:300],
    )  # fmt: skip
    trace(
        "account_refuse",
        "payee_account",
        str(row.pk),
        by=by,
        at=at,
        subject=_ref_of(row),
        reason=why,
    )
    row.refresh_from_db()
    return row


def _ref_of(row: PayeeAccount) -> str:
    return row.third_party.reference if row.third_party else str(row.person.reference)  # type: ignore[union-attr]
