"""Many fictional standing orders at once, for measures and attacks: nobody would enter them by hand.

The rows are those that the services write for one order; only their number is not of this world.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps

from beffroi.acts.payments import services as payments
from beffroi.core.actors import Actor
from beffroi.people import services as people

_BATCH = 1000


def fictional_iban(rank: int) -> str:
    """This function will give a well-formed account number of bank 999, which no bank has."""
    digits = f"999{rank:07d}"
    bban = f"{digits}{int(digits) % 97 or 97:02d}"
    return f"BE{98 - int(f'{bban}111400') % 97:02d}{bban}"


def fill(*, count: int, since: date, by: Actor, at: datetime) -> None:
    """This function will copy one order of one person, made by the services, `count` times."""
    payments.load_plan()
    payments.set_house_account(
        iban="BE68539007547034", holder="CPAS de Mons", enterprise_number="0207889113",
        label="Compte courant", is_default=True, by=by, at=at,
    )  # fmt: skip
    first = people.add_person(last_name="Haddad", first_name="Lina", by=by, at=at)
    payments.add_account(
        person_ref=first, iban=fictional_iban(0), holder="Lina Haddad", since=since, by=by, at=at
    )
    payments.open_order(
        owner_kind="decision", owner_ref="DEC-0", subject_ref="DOS-0", person_ref=first,
        article_code="831/33301-01", aid_kind="living_income", amount=Decimal("893.65"),
        periodicity="monthly", since=since, label="Revenu d’intégration", by=by, at=at,
        refund_facts={"rate": "0.55", "basis": "taux de base", "verified": True},
    )  # fmt: skip
    _copy(count - 1)


def _copy(count: int) -> None:
    person_table = apps.get_model("people", "Person")
    account_table = apps.get_model("payments", "PayeeAccount")
    order_table = apps.get_model("payments", "Order")
    term_table = apps.get_model("payments", "OrderTerm")
    model = order_table.objects.get()
    person, term = model.person, model.terms.get()
    account = account_table.objects.get(person=person)
    ranks = range(1, count + 1)
    persons = [_of(person, reference=f"Q{rank:08d}", last_name=f"Haddad {rank}") for rank in ranks]
    person_table.objects.bulk_create(persons, batch_size=_BATCH)
    accounts = [
        _of(account, person_id=owner.pk, iban=fictional_iban(rank), holder=f"Lina Haddad {rank}")
        for rank, owner in zip(ranks, persons, strict=True)
    ]
    account_table.objects.bulk_create(accounts, batch_size=_BATCH)
    orders = [
        _of(model, reference=f"ORD-0-{rank:06d}", person_id=owner.pk, subject_ref=f"DOS-{rank}")
        for rank, owner in zip(ranks, persons, strict=True)
    ]
    order_table.objects.bulk_create(orders, batch_size=_BATCH)
    terms = [_of(term, order_id=one.pk) for one in orders]
    term_table.objects.bulk_create(terms, batch_size=_BATCH)


def _of(row: Any, **changes: object) -> Any:
    """A row like another, with some fields changed and a key of its own."""
    table = type(row)
    fields = {f.attname: getattr(row, f.attname) for f in table._meta.concrete_fields}
    return table(**{**fields, "id": None, **changes})
