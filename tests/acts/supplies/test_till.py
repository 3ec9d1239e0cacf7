"""The till: first expiring first out, the cap of the month, two tills and one tin."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import TransactionTestCase
from tests.factories import people as persons
from tests.factories.requests import agent
from tests.factories.supplies import (
    HOUSE,
    NOW,
    TODAY,
    access,
    article,
    batch,
    card,
    keeper,
    later,
    lead,
    lot,
    passage,
    rule,
    site,
    worker,
)
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.accounts.enums import Role
from beffroi.acts.supplies import queries
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.export import export_supplies
from beffroi.acts.supplies.models import Access, Card, Lot, Movement, Passage
from beffroi.acts.supplies.permissions import passages_visible_to
from beffroi.acts.supplies.services import AccessOver, CapReached, NotEnough
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState
from beffroi.people import services as people

_BY = {"by": HOUSE, "at": NOW}


@pytest.mark.django_db
def test_passage_keeps_its_points_its_price_and_its_weight() -> None:
    shop, tin = site(), article(points=Decimal("2.50"), price=Decimal("1.45"), grams=400)
    lot(shop, tin)
    home = card(shop, adults=2, children=2)
    done = passage(home, {tin.pk: 3})
    assert (done.points, done.value, done.paid, done.grams, done.people) == (
        Decimal("7.50"), Decimal("4.35"), Decimal("1.74"), 1200, 4,
    )  # fmt: skip
    supplies.change_article(
        article=tin.pk, by=HOUSE, at=NOW,
        draft=supplies.ArticleDraft("Autre", "boîte", 1, Decimal(9), Decimal(9)),
    )  # fmt: skip
    done.refresh_from_db()
    assert (done.points, done.grams) == (Decimal("7.50"), 1200)


@pytest.mark.django_db
def test_first_expiring_goes_out_first_over_several_lots() -> None:
    shop, milk = site(), article()
    late = lot(shop, milk, 5, expires_date=TODAY + timedelta(days=9))
    never = lot(shop, milk, 5)
    soon = lot(shop, milk, 5, expires_date=TODAY)
    passage(card(shop), {milk.pk: 7})
    left = [Lot.objects.get(pk=one.pk).left for one in (soon, late, never)]
    assert left == [0, 3, 5]
    assert set(queries.lines_of(Passage.objects.get().pk).values_list("lot", "quantity")) == {
        (soon.pk, 5), (late.pk, 2),
    }  # fmt: skip


@pytest.mark.django_db
def test_expired_and_recalled_lots_are_never_handed_over() -> None:
    shop, old, bad = site(), article(), article()
    lot(shop, old, expires_date=TODAY)
    lot(shop, bad, number="B1")
    supplies.recall_lot(article=bad.pk, number="B1", why="verre", **_BY)
    home = card(shop)
    with pytest.raises(WrongState, match="est périmé"):
        passage(home, {old.pk: 1}, later(1))
    with pytest.raises(WrongState, match="B1 de .* est rappelé"):
        passage(home, {bad.pk: 1})
    assert (Passage.objects.count(), [one.pk for one in queries.on_sale(shop.pk, TODAY, {})]) == (
        0, [old.pk],
    )  # fmt: skip


@pytest.mark.django_db
def test_cap_is_of_the_calendar_month_and_begins_again_on_the_first() -> None:
    """The month is that of Brussels: 23.30 UTC on the 30th is already the first of December."""
    shop, tin = site(), article(points=10)
    lot(shop, tin, 50)
    home = card(shop, cap=Decimal(40))
    passage(home, {tin.pk: 3})
    with pytest.raises(CapReached) as refused:
        passage(home, {tin.pk: 2})
    assert "Il demande 20,00 points, il en reste 10,00." in str(refused.value)
    assert "Retirez pour 10,00 points" in refused.value.todo
    passage(home, {tin.pk: 1}, datetime(2026, 11, 30, 22, 30, tzinfo=UTC))
    with pytest.raises(CapReached):
        passage(home, {tin.pk: 1}, datetime(2026, 11, 30, 22, 59, tzinfo=UTC))
    passage(home, {tin.pk: 4}, datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    assert queries.points_used(home, date(2026, 11, 5)) == 40
    assert queries.points_used(home, date(2026, 12, 31)) == 40


@pytest.mark.django_db
def test_cap_follows_the_rule_of_the_first_day_and_the_size_of_the_household() -> None:
    """Two adults and two children: 2,1 × 40 = 84 points; 79,50 spent, 4,50 fit and 0,50 more not."""
    shop = site()
    rule(shop)
    rule(shop, since_date=date(2027, 1, 1), points=Decimal(50))
    given = {"cap": None, "percent": None, "adults": 2, "children": 2}
    home, next_year = card(shop, **given), card(shop, since_date=date(2027, 1, 1), **given)
    assert [(a.cap, a.percent) for a in Access.objects.order_by("pk")] == [
        (Decimal("84.00"), Decimal(40)), (Decimal("105.00"), Decimal(40)),
    ]  # fmt: skip
    big, small, crumb = (article(points=Decimal(p)) for p in ("79.50", "4.50", "0.50"))
    for one in (big, small, crumb):
        lot(shop, one)
    passage(home, {big.pk: 1})
    passage(home, {small.pk: 1})
    with pytest.raises(CapReached, match="il en reste 0,00"):
        passage(home, {crumb.pk: 1})
    with pytest.raises(AccessOver):
        passage(next_year, {crumb.pk: 1})


@pytest.mark.django_db
def test_access_that_is_over_or_ended_opens_nothing_and_says_whom_to_call() -> None:
    shop, tin = site(), article()
    lot(shop, tin)
    who = worker()
    home = card(shop, until_date=TODAY, by=who)
    passage(home, {tin.pk: 1})
    with pytest.raises(AccessOver, match="01/11/2026 au 24/11/2026.*service social"):
        passage(home, {tin.pk: 1}, later(1))
    supplies.grant_access(card=home.pk, draft=access(since_date=date(2026, 11, 25)), by=who, at=NOW)
    passage(home, {tin.pk: 1}, later(1))
    supplies.end_access(card=home.pk, why="déménage", by=who, at=later(1))
    with pytest.raises(AccessOver):
        passage(home, {tin.pk: 1}, later(1))


@pytest.mark.django_db
def test_two_accesses_of_a_card_never_run_on_the_same_day() -> None:
    home = card(site())
    with pytest.raises(WrongState):
        supplies.grant_access(card=home.pk, draft=access(since_date=date(2027, 4, 30), until_date=date(2027, 5, 1)), **_BY)  # fmt: skip
    supplies.grant_access(
        card=home.pk, draft=access(since_date=date(2027, 5, 1), until_date=date(2027, 6, 1)), **_BY
    )
    assert Access.objects.count() == 2


@pytest.mark.django_db
def test_same_page_sent_twice_is_one_passage() -> None:
    shop, tin = site(), article()
    one, home, mark = lot(shop, tin), card(shop), uuid4()
    given = {"card": home.pk, "basket": {tin.pk: 2}, "mark": mark, **_BY}
    assert supplies.hand_over(**given) == supplies.hand_over(**given)
    one.refresh_from_db()
    assert (one.left, Passage.objects.count()) == (8, 1)


@pytest.mark.django_db
def test_cancelled_passage_gives_stock_and_points_back_once() -> None:
    shop, tin = site(), article(points=10)
    one, home = lot(shop, tin, 4), card(shop, cap=Decimal(40))
    done = passage(home, {tin.pk: 4})
    with pytest.raises(InvalidInput):
        supplies.cancel_passage(passage=done.pk, why=" ", **_BY)
    supplies.cancel_passage(passage=done.pk, why="mauvaise carte", **_BY)
    with pytest.raises(WrongState):
        supplies.cancel_passage(passage=done.pk, why="encore", **_BY)
    one.refresh_from_db()
    assert (one.left, queries.points_used(home, TODAY)) == (4, 0)
    passage(home, {tin.pk: 4})


@pytest.mark.django_db
def test_empty_basket_or_unknown_article_moves_nothing() -> None:
    shop, tin = site(), article()
    lot(shop, tin)
    home = card(shop)
    for basket, error in (
        ({}, InvalidInput), ({tin.pk: 0}, InvalidInput), ({tin.pk: -1}, InvalidInput),
        ({0: 1}, NotEnough), ({tin.pk: 11}, NotEnough),
    ):  # fmt: skip
        with pytest.raises(error):
            passage(home, basket)
    assert Movement.objects.filter(kind="out").count() == 0


@pytest.mark.django_db
def test_four_people_at_the_till_and_who_opens_a_card() -> None:
    shop, tin = site(), article()
    lot(shop, tin)
    people = {"mine": keeper(), "other": keeper("digital"), "lead": lead(), "worker": worker()}
    home = card(shop, by=people["worker"])
    people["other worker"] = agent(Role.SOCIAL_WORKER, "energy")

    def may(act) -> set[str]:
        found = set()
        for name, who in people.items():
            try:
                act(who)
                found.add(name)
            except NotAllowed:
                pass
        return found

    assert may(
        lambda who: supplies.hand_over(
            card=home.pk, basket={tin.pk: 1}, mark=uuid4(), by=who, at=NOW
        )  # fmt: skip
    ) == {"mine"}
    assert may(
        lambda who: supplies.open_card(site=shop.pk, name="X", draft=access(), by=who, at=NOW)
    ) == {"worker", "other worker"}
    assert may(lambda who: supplies.read_card(card=home.pk, by=who, at=NOW)) == {"mine", "worker"}
    assert may(lambda who: supplies.find_cards(site=shop.pk, words="M", by=who, at=NOW)) == {
        "mine", "worker", "other worker",
    }  # fmt: skip
    readers = JournalEntry.objects.filter(verb="supply.read_card")
    assert set(readers.values_list("actor_ref", flat=True)) == {
        people["mine"].ref, people["worker"].ref,
    }  # fmt: skip


@pytest.mark.django_db
def test_nobody_serves_nor_reads_the_card_of_somebody_close() -> None:
    shop, tin, who = site(), article(), keeper()
    lot(shop, tin, number="L")
    reference = persons.person().reference
    home = card(shop, "Proche", person_ref=reference)
    done = passage(home, {tin.pk: 1})
    recall = supplies.recall_lot(article=tin.pk, number="L", why="verre", **_BY)
    calls = supplies.read_recall(recall=recall.pk, by=who, at=NOW)
    assert [one.name for one in calls] == ["Proche"]
    people.link_staff(agent=int(who.ref), reference=reference, link="close", by=HOUSE, at=NOW)
    given = {"by": who, "at": NOW}
    for act in (
        lambda: supplies.read_card(card=home.pk, **given),
        lambda: supplies.hand_over(card=home.pk, basket={tin.pk: 1}, mark=uuid4(), **given),
        lambda: supplies.cancel_passage(passage=done.pk, why="x", **given),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert supplies.find_cards(site=shop.pk, words="Proche", **given) == []
    assert not passages_visible_to(who).exists()
    calls = supplies.read_recall(recall=recall.pk, **given)
    assert [(one.name, one.phone, one.units) for one in calls] == [
        ("Un ménage qu’une collègue appelle", "", 1)
    ]
    batch_of = batch(site("tickets"))
    with pytest.raises(InvalidInput):
        supplies.hand_tickets(batch=batch_of.pk, quantity=1, mark=uuid4(), person_ref=reference, **given)  # fmt: skip


@pytest.mark.django_db
def test_card_is_found_by_number_or_start_of_a_name() -> None:
    shop = site()
    one, two = card(shop, name="Haddad Lina"), card(shop, name="Dupont")
    card(site(), name="Haddad d’ailleurs")
    found = {
        words: supplies.find_cards(site=shop.pk, words=words, **_BY)
        for words in (one.number, "hadd", "lina", "add", "", two.number[:3])
    }
    assert found == {one.number: [one], "hadd": [one], "lina": [one], "add": [], "": [], two.number[:3]: []}  # fmt: skip


def _there(ask):
    """What the threads left behind, read as they wrote it."""
    return in_threads(lambda _once: ask(), range(1))[0]


class TillsAtOnce(FlushesJournal, TransactionTestCase):
    def test_last_tin_goes_to_one_of_two_tills_and_the_other_gets_words(self) -> None:
        shop, tin, jam = site(), article(points=0), article(points=0)
        lot(shop, tin, 1), lot(shop, jam, 50)
        homes = [card(shop) for _n in range(6)]

        def at_the_till(rank: int) -> str:
            home = homes[rank]
            # Half the tills scan in the other order.
            basket = {tin.pk: 1, jam.pk: 2} if rank % 2 else {jam.pk: 2, tin.pk: 1}
            try:
                passage(home, basket)
            except Refusal as refused:
                return str(refused)
            return "handed"

        with database_for_threads():
            said = in_threads(at_the_till, range(6))
            assert said.count("handed") == 1
            assert {one for one in said if one != "handed"} == {
                f"Il n’y a plus assez de « {tin.name} ». Il en reste 0. "
                "Prenez-en moins, ou comptez le rayon si vous en voyez davantage."
            }
            lefts = Lot.objects.order_by("pk").values_list("left", flat=True)
            assert _there(lambda: (list(lefts), Passage.objects.count())) == ([0, 48], 1)

    def test_one_card_at_two_tills_stays_under_its_cap(self) -> None:
        shop, tin = site(), article(points=10)
        lot(shop, tin, 50)
        home = card(shop, cap=Decimal(40))

        def at_the_till(_rank: int) -> bool:
            try:
                passage(Card.objects.get(pk=home.pk), {tin.pk: 1})
            except CapReached:
                return False
            return True

        with database_for_threads():
            assert in_threads(at_the_till, range(8)).count(True) == 4
            assert _there(lambda: queries.points_used(home, TODAY)) == 40

    def test_recall_and_tills_at_once_leave_nothing_handed_after_it(self) -> None:
        shop, tin = site(), article(points=0)
        one = lot(shop, tin, 30, number="R")
        homes = [card(shop) for _n in range(6)]

        def act(rank: int) -> str:
            try:
                if rank == 3:
                    supplies.recall_lot(article=tin.pk, number="R", why="verre", **_BY)
                    return "recalled"
                passage(homes[rank], {tin.pk: 1})
            except WrongState:
                return "blocked"
            return "handed"

        with database_for_threads():
            said = in_threads(act, range(6))
            kept, recall = _there(lambda: Lot.objects.values_list("left", "recall").get(pk=one.pk))
            assert recall is not None
            out = _there(lambda: queries.handed_of_recall(recall))
            assert out[0] == said.count("handed") == 30 - kept
            assert _there(lambda: act(0)) == "blocked"


@pytest.mark.django_db
def test_export_gives_a_person_her_cards_and_baskets_and_to_other_teams_nothing() -> None:
    shop, tin = site(), article()
    lot(shop, tin)
    who = persons.person().reference
    done = passage(card(shop, person_ref=who), {tin.pk: 1})
    passage(card(shop), {tin.pk: 1})
    whole = export_supplies(who, agent(Role.PRIVACY_OFFICER, ""))
    assert [one["people"] for one in whole["baskets"]] == [done.people]
    assert [one["number"] for one in whole["cards"]] == [done.card.number]
    assert (whole["tickets"], whole["plots"]) == ([], [])
    assert len(export_supplies(who, keeper())["baskets"]) == 1
    elsewhere = export_supplies(who, agent(Role.ANIMATOR, "digital"))
    assert {name for name, found in elsewhere.items() if found} == set()
    assert export_supplies(who) == {}
