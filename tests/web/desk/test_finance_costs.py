"""Each list of the finance pages asks the database as much for one row as for three."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories.payments import (
    FRIDAY,
    NOW,
    SYSTEM,
    exported,
    finance,
    house,
    iban,
    movement,
    order,
    person,
    report,
    statement,
)

from beffroi.acts.payments import services as payments
from beffroi.acts.payments.models import Claim

pytestmark = pytest.mark.django_db
ROOT = "/desk/finances/"
ARTICLES = ("831/33301-01", "831/33302-01", "831/33406-01")
Maker = Callable[[int, Path], None]


@pytest.fixture(autouse=True)
def _house() -> None:
    house()


def _account(rank: int, _folder: Path) -> None:
    ref = person()
    payments.add_account(
        person_ref=ref, iban=iban(), holder="Lina Haddad", since=FRIDAY, why="Elle change",
        by=SYSTEM, at=NOW,
    )  # fmt: skip


def _hold(rank: int, _folder: Path) -> None:
    payments.hold(
        reference=order(), reason="À vérifier", since=date(2026, 11, 1), by=SYSTEM, at=NOW
    )


def _refused(rank: int, folder: Path) -> None:
    order()
    run = exported(folder / f"{rank}.xml")
    line = run.lines.get()
    said = report(run.reference, "20261127", [(line.end_to_end_id, "AC04")])
    payments.read_bank_file(name=f"{rank}.xml", content=said, by=SYSTEM, at=NOW)


def _unmatched(rank: int, _folder: Path) -> None:
    amount = Decimal(10 + rank)
    said = statement(
        [movement(amount, credit=True, reference=f"R{rank}")], amount, ident=f"S{rank}"
    )
    payments.read_bank_file(name=f"{rank}.xml", content=said, by=SYSTEM, at=NOW)


def _booked(rank: int, folder: Path) -> None:
    order(article_code=ARTICLES[rank], subject_ref=f"D{rank}", refund_facts={})
    run = exported(folder / f"{rank}.xml")
    payments.book_run(reference=run.reference, on=FRIDAY, by=finance(), at=NOW)


def _drawn(rank: int, folder: Path) -> None:
    _booked(rank, folder)
    payments.draw_refund(month=date(2026, 11, 1), by=finance(), at=NOW)


def _month(rank: int, _folder: Path) -> None:
    payments.draw_refund(month=date(2026, 1 + rank, 1), by=finance(), at=NOW)
    payments.set_centre_rate(
        year=2024 + rank, two_years_before=Decimal(1200), three_years_before=Decimal(1100),
        last_rate=Decimal("0.70"), by=finance(), at=NOW,
    )  # fmt: skip


def _received(rank: int, _folder: Path) -> None:
    claim = Claim.objects.first()
    if claim is None:
        payments.open_claim(
            person_ref=person(), amount=Decimal(300), owner_kind="decision", owner_ref="DEC-9",
            subject_ref="DOS-9", label="Trop-perçu", by=SYSTEM, at=NOW,
            instalments=payments.equal_instalments(Decimal(300), Decimal(100), FRIDAY),
        )  # fmt: skip
        claim = Claim.objects.get()
    payments.note_receipt(
        reference=claim.reference, amount=Decimal(10), on=FRIDAY, source_ref=f"R{rank}",
        by=finance(), at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "make", "most"),
    [
        ("", _booked, 20),
        ("comptes/", _account, 14),
        ("retenues/", _hold, 14),
        ("retours/", _refused, 14),
        ("banque/", _unmatched, 16),
        ("comptabilite/?annee=2026", _booked, 18),
        ("subvention/", _month, 15),
        ("subvention/2026/11/", _drawn, 16),
        ("recuperations/claim/", _received, 16),
    ],
)
def test_page_costs_the_same_for_one_and_three_rows(
    door, queries_of, tmp_path: Path, page: str, make: Maker, most: int
) -> None:
    client = door(finance())
    make(0, tmp_path)
    if page.endswith("claim/"):
        page = f"recuperations/{Claim.objects.get().reference}/"
    client.get(ROOT + page)
    one = queries_of(client, ROOT + page)
    make(1, tmp_path)
    make(2, tmp_path)
    assert (queries_of(client, ROOT + page), one <= most) == (one, True), one
