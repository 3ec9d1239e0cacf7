"""The stock is the sum of its movements, never under zero; a recall blocks at once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.factories.supplies import (
    HOUSE,
    NOW,
    TODAY,
    article,
    card,
    keeper,
    later,
    lead,
    lot,
    passage,
    site,
    worker,
)

from beffroi.acts.supplies import queries
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.models import CountedLot, Lot, Movement
from beffroi.acts.supplies.services import LotDraft, NotEnough
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState

_BY = {"by": HOUSE, "at": NOW}


def _sum(one: Lot) -> int:
    return one.movements.aggregate(n=Sum("quantity"))["n"]


class StockIsItsMovements(TestCase):
    """Whatever is done to a lot, in whatever order, its stock is what its movements add up to."""

    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(("lose", "count", "hand", "pass", "cancel", "discard")), st.integers(-2, 30)), max_size=8))  # fmt: skip
    def test_any_acts_leave_the_sum_and_never_less_than_nothing(self, acts) -> None:
        shop, store, tin = site(), site("store"), article(points=0)
        one, who = lot(shop, tin, 20, number="L1"), card(shop)
        passages = []
        do = {
            "lose": lambda n: supplies.lose(lot=one.pk, quantity=n, why="cassé", **_BY),
            "count": lambda n: supplies.count_stock(site=shop.pk, found={one.pk: n}, why="?", **_BY),
            "hand": lambda n: passages.append(passage(who, {tin.pk: n})),
            "pass": lambda n: supplies.pass_on(lot=one.pk, site=store.pk, quantity=n, **_BY),
            "cancel": lambda n: supplies.cancel_passage(passage=passages.pop().pk, why="erreur", **_BY) if passages else None,
            "discard": lambda n: supplies.discard(lot=one.pk, **_BY),
        }  # fmt: skip
        for act, number in acts:
            before = one.left
            try:
                do[act](number)
            except Refusal:
                one.refresh_from_db()
                assert one.left == before
            one.refresh_from_db()
            assert one.left == _sum(one) >= 0
        assert all(row.left == _sum(row) for row in Lot.objects.all())


@pytest.mark.django_db
def test_lot_comes_in_with_what_is_known_of_it_and_the_journal_keeps_it() -> None:
    shop, who = site(), keeper()
    draft = LotDraft(
        article().pk, 24, "food_bank", " l2231 ", TODAY + timedelta(days=9), giver="BA"
    )
    made = supplies.receive(site=shop.pk, draft=draft, by=who, at=NOW)
    assert (made.number, made.left, made.received_date, made.giver) == ("L2231", 24, TODAY, "BA")
    row = made.movements.get()
    assert (row.kind, row.quantity, row.by_ref) == ("received", 24, who.ref)
    assert JournalEntry.objects.filter(verb="supply.receive", object_ref=str(made.pk)).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"expires_date": date(2026, 11, 23)}, "expires_date"),
        ({"received_date": date(2026, 11, 25)}, "received_date"),
        ({"source": "somebody"}, "source"),
        ({"article": 0}, "article"),
    ],
)
def test_lot_that_cannot_be_is_refused_beside_its_field(more, field) -> None:
    shop, given_ = site(), {"article": article().pk, "quantity": 3} | more
    with pytest.raises(InvalidInput) as refused:
        supplies.receive(site=shop.pk, draft=LotDraft(**given_), **_BY)
    assert set(refused.value.fields) == {field}
    assert Lot.objects.count() == 0


@pytest.mark.django_db
def test_more_than_there_is_cannot_be_lost_and_nothing_moves() -> None:
    one = lot(site(), quantity=3)
    with pytest.raises(NotEnough, match="Il en reste 3"):
        supplies.lose(lot=one.pk, quantity=4, why="cassé", **_BY)
    assert Movement.objects.filter(lot=one).count() == 1


@pytest.mark.django_db
def test_database_itself_refuses_a_stock_under_zero_and_a_movement_the_wrong_way() -> None:
    one = lot(site())
    for write in (
        lambda: Lot.objects.filter(pk=one.pk).update(left=-1),
        lambda: one.movements.update(quantity=-1),
        lambda: one.movements.update(kind="lost", quantity=-1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


@pytest.mark.django_db
def test_inventory_corrects_each_lot_and_says_why() -> None:
    shop, tin = site(), article()
    more, less, right = (lot(shop, tin, 10) for _n in range(3))
    counted = {more.pk: 12, less.pk: 7, right.pk: 10}
    with pytest.raises(InvalidInput):
        supplies.count_stock(site=shop.pk, found=counted, why=" ", **_BY)
    made = supplies.count_stock(site=shop.pk, found=counted, why="on ne sait pas", **_BY)
    assert set(CountedLot.objects.values_list("expected", "found")) == {(10, 12), (10, 7), (10, 10)}
    moved = Movement.objects.filter(kind="corrected").values_list("quantity", "why")
    assert set(moved) == {(2, "on ne sait pas"), (-3, "on ne sait pas")}
    assert queries.last_count(shop.pk) == made
    assert dict(Lot.objects.values_list("pk", "left")) == counted


@pytest.mark.django_db
def test_inventory_of_a_lot_of_another_site_is_refused() -> None:
    with pytest.raises(InvalidInput):
        supplies.count_stock(site=site().pk, found={lot(site()).pk: 1}, why="x", **_BY)


@pytest.mark.django_db
def test_lot_passes_to_another_site_with_its_number_and_its_day() -> None:
    store, shop = site("store"), site()
    one = lot(store, quantity=30, number="A7", expires_date=TODAY)
    made = supplies.pass_on(lot=one.pk, site=shop.pk, quantity=12, **_BY)
    one.refresh_from_db()
    assert (one.left, made.left, made.number, made.expires_date) == (18, 12, "A7", TODAY)
    assert made.came_from == one
    with pytest.raises(InvalidInput):
        supplies.pass_on(lot=one.pk, site=store.pk, quantity=1, **_BY)


@pytest.mark.django_db
def test_what_expires_soon_is_listed_and_leaves_the_shelf_once_expired() -> None:
    shop = site()
    soon = lot(shop, expires_date=TODAY + timedelta(days=3))
    lot(shop, expires_date=TODAY + timedelta(days=30))
    lot(shop)
    assert list(queries.expiring([shop.pk], TODAY + queries.SOON)) == [soon]
    with pytest.raises(WrongState):
        supplies.discard(lot=soon.pk, **_BY)
    gone = supplies.discard(lot=soon.pk, by=HOUSE, at=later(4))
    assert (gone.left, gone.movements.first().kind) == (0, "expired")


@pytest.mark.django_db
def test_recall_blocks_what_is_left_everywhere_and_gives_whom_to_call() -> None:
    """34 units went out to 19 baskets; the 12 that are left are blocked at once."""
    shop, store, milk = site(), site("store"), article(points=0)
    one = lot(shop, milk, 40, number="L2231")
    there = lot(store, milk, 6, number="L2231")
    other = lot(shop, milk, 50, number="L2232")
    homes = [card(shop, name=f"N{n:02d}", phone=f"0470 {n}") for n in range(19)]
    for rank, home in enumerate(homes):
        passage(home, {milk.pk: 2 if rank < 15 else 1})
    cancelled = card(shop, name="Annulé")
    supplies.cancel_passage(passage=passage(cancelled, {milk.pk: 1}).pk, why="erreur", **_BY)
    who = keeper()
    made = supplies.recall_lot(article=milk.pk, number="l2231", why="Listeria", by=who, at=NOW)
    assert queries.handed_of_recall(made.pk) == (34, 19)
    assert [(row.pk, row.blocked) for row in queries.recalls()] == [(made.pk, 12)]
    assert set(Lot.objects.filter(recall=made)) == {one, there}
    calls = supplies.read_recall(recall=made.pk, by=who, at=NOW)
    assert [call.name for call in calls] == [f"N{n:02d}" for n in range(19)]
    assert (calls[0].phone, calls[0].units, calls[0].last_date) == ("0470 0", 2, TODAY)
    assert JournalEntry.objects.filter(verb="supply.read_recall", actor_ref=who.ref).count() == 1
    # What is on the shelf of another number is still handed over.
    passage(homes[0], {milk.pk: 1})
    other.refresh_from_db()
    assert other.left == 49


@pytest.mark.django_db
def test_recalled_number_cannot_come_in_again_nor_pass_to_another_site() -> None:
    shop, store, tin = site(), site("store"), article()
    one = lot(shop, tin, number="X")
    supplies.recall_lot(article=tin.pk, number="X", why="verre", **_BY)
    for act in (
        lambda: lot(shop, tin, number="x"),
        lambda: supplies.pass_on(lot=one.pk, site=store.pk, quantity=1, **_BY),
    ):
        with pytest.raises(WrongState, match="rappelé"):
            act()
    with pytest.raises(InvalidInput, match="déjà rappelé"):
        supplies.recall_lot(article=tin.pk, number="X", why="verre", **_BY)
    with pytest.raises(InvalidInput) as refused:
        supplies.recall_lot(article=tin.pk, number="Y", why="verre", **_BY)
    assert set(refused.value.fields) == {"number"}
    assert supplies.discard(lot=one.pk, **_BY).left == 0


@pytest.mark.django_db
def test_four_people_and_the_stock_they_may_move() -> None:
    one = lot(site())
    people = {"mine": keeper(), "other": keeper("digital"), "lead": lead(), "worker": worker()}
    may = {}
    for name, who in people.items():
        try:
            supplies.lose(lot=one.pk, quantity=1, why="cassé", by=who, at=NOW)
            may[name] = True
        except NotAllowed:
            may[name] = False
    assert may == {"mine": True, "other": False, "lead": False, "worker": False}
