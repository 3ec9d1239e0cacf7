"""Finding a record for the actor who works on its file, and paying what it owes once."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from beffroi.acts.payments import services as payments
from beffroi.casework.aids import aid
from beffroi.casework.models import Grant
from beffroi.casework.services.common import file_for
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed

Record = TypeVar("Record", bound=Model)


def record_for(model: type[Record], number: str, by: Actor, at: datetime) -> Record:
    """This function will give a record of a file the actor may work on, its row held.

    Raises: NotAllowed; ReasonNeeded.
    """
    rows = model._default_manager.select_related("grant__file__person", "grant__file__team")
    found = rows.filter(number=number).first()
    if found is None:
        raise NotAllowed(_("Ce suivi n’existe pas, ou n’est pas dans vos équipes."))
    file_for(found.grant.file.number, by, at)  # type: ignore[attr-defined]
    model._default_manager.select_for_update(no_key=True).get(pk=found.pk)
    found.refresh_from_db()
    return found


def pay_once(
    grant: Grant,
    amount: Decimal,
    *,
    on: date,
    label: str,
    third_party_ref: str,
    by: Actor,
    at: datetime,
) -> str:
    """This function will open an order that pays `amount` euros once; its reference, or empty.

    Raises: NotAllowed; what payments refuse.
    """
    if amount <= 0:
        return ""
    kind = aid(grant.kind)
    return payments.open_order(
        owner_kind="grant", owner_ref=grant.reference, subject_ref=grant.file.number,
        person_ref=grant.file.person.reference, article_code=kind.article, aid_kind=grant.kind,
        amount=amount, periodicity="once", since=on, label=label[:140],
        payee=payments.Payee(third_party_ref=third_party_ref), by=by, at=at,
    )  # fmt: skip


def pay_to(
    name: str, iban: str, *, since: date, by: Actor, at: datetime, enterprise_number: str = ""
) -> str:
    """This function will enter a third party with its account, and give its reference.

    Raises: NotAllowed; InvalidInput when a number is wrong.
    """
    reference = payments.add_third_party(
        name=name, enterprise_number=enterprise_number, by=by, at=at
    )
    payments.add_account(
        iban=iban, holder=name, since=since, third_party_ref=reference, by=by, at=at
    )
    return reference
