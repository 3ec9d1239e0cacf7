"""Tickets, gifts, plots and loans: one ticket, one gift, one plot, to one person."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import TransactionTestCase
from tests.factories.supplies import (
    HOUSE,
    NOW,
    TODAY,
    batch,
    keeper,
    later,
    lead,
    leader,
    site,
    worker,
)
from tests.journal import FlushesJournal
from tests.threads import database_for_threads, in_threads

from beffroi.acts.supplies import counter_queries as counters
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.enums import PlotState, WaitState
from beffroi.acts.supplies.models import (
    Gardener,
    GiftBand,
    GiftCard,
    Handout,
    Holding,
    Plot,
    TicketBatch,
)
from beffroi.acts.supplies.services import NoTicketLeft, Terms
from beffroi.acts.supplies.workflow import (
    PLOT_MOVES,
    WAIT_MOVES,
    plot_moves_from,
    wait_moves_from,
)
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState

_BY = {"by": HOUSE, "at": NOW}


def _hand(of: TicketBatch, quantity: int, at=NOW, **more):
    given = {"mark": uuid4(), "by": HOUSE, "at": at} | more
    return supplies.hand_tickets(batch=of.pk, quantity=quantity, **given)


@pytest.mark.django_db
def test_hundred_tickets_reconcile() -> None:
    """83 handed, 71 used, 6 given back, 6 lost: 23 are left, and those handed cost 249 €."""
    desk = site("tickets")
    lot = batch(desk)
    row = _hand(lot, 83)
    for kind, many in (("used", 71), ("returned", 6), ("lost", 6)):
        supplies.settle_tickets(handout=row.pk, kind=kind, quantity=many, **_BY)
    lot.refresh_from_db()
    assert lot.left == 23
    found = counters.batches_of(desk.pk)[0]
    assert (found.handed, found.used, found.returned, found.lost, found.out) == (83, 71, 6, 6, 0)
    sums = counters.by_funding([desk.pk], date(2026, 1, 1), date(2026, 12, 31))
    assert [(s.funding, s.handed, s.own, s.users) for s in sums] == [
        ("Plan de cohésion sociale", 83, Decimal("249.00"), Decimal("166.00"))
    ]
    with pytest.raises(WrongState, match="Il ne reste que 0 ticket de"):
        supplies.settle_tickets(handout=row.pk, kind="used", quantity=1, **_BY)


@pytest.mark.django_db
def test_sums_by_funding_take_each_batch_at_its_own_price() -> None:
    desk = site("tickets")
    _hand(batch(desk), 2)
    _hand(batch(desk, user_price=Decimal("1.25"), own_share=Decimal("3.75"), funding="Fonds propres"), 4)  # fmt: skip
    _hand(batch(desk, own_share=Decimal(1)), 1)
    sums = counters.by_funding([desk.pk], TODAY, TODAY)
    assert [(s.funding, s.handed, s.own, s.users) for s in sums] == [
        ("Fonds propres", 4, Decimal("15.00"), Decimal("5.00")),
        ("Plan de cohésion sociale", 3, Decimal("7.00"), Decimal("6.00")),
    ]
    assert counters.by_funding([desk.pk], TODAY + timedelta(days=1), date(2027, 1, 1)) == []


@pytest.mark.django_db
def test_ticket_that_is_not_there_or_not_valid_is_not_handed() -> None:
    lot = batch(site("tickets"), 3, valid_until=TODAY)
    with pytest.raises(NoTicketLeft, match="Il en reste 3"):
        _hand(lot, 4)
    with pytest.raises(WrongState, match="plus valables"):
        _hand(lot, 1, later(1))
    with pytest.raises(InvalidInput):
        _hand(lot, 1, person_ref="nobody")
    mark = uuid4()
    assert _hand(lot, 1, mark=mark) == _hand(lot, 1, mark=mark)
    lot.refresh_from_db()
    assert (lot.left, Handout.objects.count()) == (2, 1)
    with pytest.raises(InvalidInput) as refused:
        batch(lot.site, own_share=Decimal(4))
    assert set(refused.value.fields) == {"own_share"}


def _campaign(bands=((0, 5), (6, 12))):
    return supplies.open_campaign(
        site=site("gifts").pk, name="Saint-Nicolas", from_date=TODAY,
        until_date=TODAY + timedelta(days=20), bands=bands, **_BY,
    )  # fmt: skip


@pytest.mark.django_db
def test_child_is_a_number_and_gets_one_gift() -> None:
    campaign = _campaign()
    cards = [supplies.enrol_child(campaign=campaign.pk, age=age, **_BY) for age in (4, 7, 12)]
    assert [(c.number, c.band.from_age) for c in cards] == [(1, 0), (2, 6), (3, 6)]
    band = GiftBand.objects.get(from_age=6)
    with pytest.raises(WrongState, match="Aucun colis n’est prêt"):
        supplies.hand_gift(campaign=campaign.pk, number=2, **_BY)
    supplies.prepare_gifts(band=band.pk, quantity=1, **_BY)
    supplies.hand_gift(campaign=campaign.pk, number=2, **_BY)
    with pytest.raises(WrongState, match="déjà remis"):
        supplies.hand_gift(campaign=campaign.pk, number=2, **_BY)
    with pytest.raises(WrongState):
        supplies.prepare_gifts(band=band.pk, quantity=-1, **_BY)
    band.refresh_from_db()
    assert (band.prepared, band.handed, band.left) == (1, 1, 0)
    kept = {f.name for f in GiftCard._meta.get_fields()}
    assert kept == {"id", "band", "campaign", "number", "enrolled_at", "handed_date"}


@pytest.mark.django_db
def test_campaign_has_bands_that_follow_and_days() -> None:
    for bands in ((), ((0, 5), (5, 9)), ((3, 1),), ((0, 40),)):
        with pytest.raises(InvalidInput) as refused:
            _campaign(bands)
        assert set(refused.value.fields) == {"bands"}
    campaign = _campaign()
    with pytest.raises(InvalidInput):
        supplies.enrol_child(campaign=campaign.pk, age=13, **_BY)
    with pytest.raises(WrongState):
        supplies.enrol_child(campaign=campaign.pk, age=3, by=HOUSE, at=later(21))
    with pytest.raises(InvalidInput):
        supplies.hand_gift(campaign=campaign.pk, number=99, **_BY)


def _garden(plots: int = 1):
    garden = site("garden", offer_days=10)
    for n in range(plots):
        supplies.add_plot(site=garden.pk, number=f"P{n}", surface=Decimal(20), **_BY)
    return garden


def _states(garden) -> list[str]:
    return list(Gardener.objects.filter(site=garden).values_list("state", flat=True))


@pytest.mark.django_db
def test_plots_are_offered_in_order_and_an_offer_ends() -> None:
    garden = _garden(1)
    first, second, _third = (supplies.ask_plot(site=garden.pk, **_BY) for _n in range(3))
    assert _states(garden) == ["offered", "waiting", "waiting"]
    assert first.offered_until == later(10)
    assert supplies.settle_gardens(by=HOUSE, at=later(9.9)) == 0
    assert supplies.settle_gardens(by=HOUSE, at=later(10)) == 2
    assert _states(garden) == ["lapsed", "offered", "waiting"]
    with pytest.raises(WrongState):
        supplies.take_plot(gardener=first.pk, terms=Terms(TODAY), by=HOUSE, at=later(11))
    terms = Terms(TODAY + timedelta(days=11), Decimal("25.50"))
    held = supplies.take_plot(gardener=second.pk, terms=terms, by=HOUSE, at=later(11))
    assert (held.plot.number, held.deposit, _states(garden)) == (
        "P0", Decimal("25.50"), ["lapsed", "gardens", "waiting"],
    )  # fmt: skip
    supplies.leave_garden(gardener=second.pk, by=HOUSE, at=later(30))
    assert _states(garden) == ["lapsed", "left", "offered"]
    assert Holding.objects.get().deposit_state == "returned"


@pytest.mark.django_db
def test_deposit_is_kept_only_for_a_reason_and_charter_comes_first() -> None:
    garden = _garden()
    one = supplies.ask_plot(site=garden.pk, **_BY)
    with pytest.raises(InvalidInput) as refused:
        supplies.take_plot(gardener=one.pk, terms=Terms(TODAY + timedelta(days=1)), **_BY)
    assert set(refused.value.fields) == {"charter_date"}
    supplies.take_plot(gardener=one.pk, terms=Terms(TODAY, Decimal(20)), **_BY)
    with pytest.raises(InvalidInput):
        supplies.leave_garden(gardener=one.pk, deposit_kept=True, **_BY)
    supplies.leave_garden(gardener=one.pk, deposit_kept=True, why="clés perdues", **_BY)
    row = Holding.objects.get()
    assert (row.deposit_state, row.deposit_why, row.until_date) == ("kept", "clés perdues", TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.update(deposit_why="")


@pytest.mark.django_db
@pytest.mark.parametrize("state", PlotState.values)
@pytest.mark.parametrize("key", ["rest", "wake"])
def test_plot_rests_and_wakes_only_where_the_table_says(state: str, key: str) -> None:
    _garden()
    plot = Plot.objects.get()
    Plot.objects.update(state=state)
    if state in PLOT_MOVES[key].sources:
        assert supplies.set_plot(plot=plot.pk, key=key, **_BY).state == PLOT_MOVES[key].target
    else:
        with pytest.raises(WrongState):
            supplies.set_plot(plot=plot.pk, key=key, **_BY)
    assert {m.key for m in plot_moves_from(state)} == {
        m.key for m in PLOT_MOVES.values() if state in m.sources
    }


@pytest.mark.django_db
@pytest.mark.parametrize("state", WaitState.values)
@pytest.mark.parametrize("key", ["accept", "leave"])
def test_gardener_moves_only_where_the_table_says(state: str, key: str) -> None:
    garden = _garden()
    one = supplies.ask_plot(site=garden.pk, **_BY)
    plot = Plot.objects.get()
    Gardener.objects.update(
        state=state, offered=plot if state == "offered" else None,
        offered_until=later(5) if state == "offered" else None,
    )  # fmt: skip
    if state != "offered":
        Plot.objects.update(state=PlotState.RESTING)
    act = {
        "accept": lambda: supplies.take_plot(gardener=one.pk, terms=Terms(TODAY), **_BY),
        "leave": lambda: supplies.leave_garden(gardener=one.pk, **_BY),
    }[key]
    if state in WAIT_MOVES[key].sources:
        act()
        one.refresh_from_db()
        assert one.state == WAIT_MOVES[key].target
    else:
        with pytest.raises(WrongState):
            act()
    assert {m.key for m in wait_moves_from(state)} == {
        m.key for m in WAIT_MOVES.values() if state in m.sources
    }


@pytest.mark.django_db
def test_offered_plot_cannot_rest_and_a_new_one_goes_to_the_first_who_waits() -> None:
    garden = _garden()
    supplies.ask_plot(site=garden.pk, **_BY)
    with pytest.raises(WrongState):
        supplies.set_plot(plot=Plot.objects.get().pk, key="rest", **_BY)
    supplies.ask_plot(site=garden.pk, **_BY)
    with pytest.raises(InvalidInput):
        supplies.add_plot(site=garden.pk, number="P0", surface=Decimal(5), **_BY)
    supplies.add_plot(site=garden.pk, number="P9", surface=Decimal(5), **_BY)
    assert _states(garden) == ["offered", "offered"]


@pytest.mark.django_db
def test_thing_is_lent_once_and_comes_back() -> None:
    of = site("loans")
    item = supplies.add_item(site=of.pk, name="Sono", number="7", **_BY)
    given = {"item": item.pk, "due_date": TODAY, "who": "Comité", "phone": "", **_BY}
    loan = supplies.lend(**given)
    with pytest.raises(WrongState, match="déjà sorti"):
        supplies.lend(**given)
    assert list(counters.items_in(of.pk)) == []
    supplies.bring_back(loan=loan.pk, note="bien", **_BY)
    with pytest.raises(WrongState):
        supplies.bring_back(loan=loan.pk, note="", **_BY)
    supplies.lend(**given)
    with pytest.raises(InvalidInput):
        supplies.lend(**given | {"due_date": TODAY - timedelta(days=1)})


@pytest.mark.django_db
def test_four_people_at_each_counter() -> None:
    tickets, gifts, garden, loans, giveaway = (
        site(kind) for kind in ("tickets", "gifts", "garden", "loans", "giveaway")
    )
    lot = batch(tickets)
    campaign = supplies.open_campaign(site=gifts.pk, name="N", from_date=TODAY, until_date=TODAY, bands=[(0, 9)], **_BY)  # fmt: skip
    acts = (
        lambda **k: supplies.hand_tickets(batch=lot.pk, quantity=1, mark=uuid4(), **k),
        lambda **k: supplies.enrol_child(campaign=campaign.pk, age=3, **k),
        lambda **k: supplies.ask_plot(site=garden.pk, **k),
        lambda **k: supplies.add_item(site=loans.pk, name="X", number="", **k),
        lambda **k: supplies.write_opening(
            site=giveaway.pk, draft=supplies.OpeningDraft(TODAY), **k
        ),  # fmt: skip
    )
    people = {"mine": keeper(), "other": keeper("digital"), "lead": lead(), "worker": worker()}
    for act in acts:
        may = set()
        for name, who in people.items():
            try:
                act(by=who, at=NOW)
                may.add(name)
            except NotAllowed:
                pass
        assert may == {"mine"}


@pytest.mark.django_db
def test_who_sets_sites_and_articles_up() -> None:
    of = site()
    draft = supplies.SiteDraft("Nouveau nom", date(2026, 1, 1))
    article = supplies.ArticleDraft("A", "b", 1, Decimal(1), Decimal(1))
    people = {"keeper": keeper(), "leader": leader(), "other leader": leader("digital"), "lead": lead(), "worker": worker()}  # fmt: skip
    may: dict[str, set[str]] = {"site": set(), "article": set()}
    for name, who in people.items():
        for what, act in (
            ("site", lambda who=who: supplies.change_site(site=of.pk, draft=draft, by=who, at=NOW)),
            ("article", lambda who=who: supplies.create_article(draft=article, by=who, at=NOW)),
        ):
            try:
                act()
                may[what].add(name)
            except NotAllowed:
                pass
            except InvalidInput:
                may[what].add(name)
    assert may == {"site": {"leader", "lead"}, "article": {"leader", "other leader", "lead"}}


class CountersAtOnce(FlushesJournal, TransactionTestCase):
    def test_last_tickets_last_parcel_and_last_plot_go_to_one(self) -> None:
        lot, campaign, garden = batch(site("tickets"), 2), _campaign(), _garden()
        for _n in range(6):
            supplies.enrol_child(campaign=campaign.pk, age=3, **_BY)
        supplies.prepare_gifts(band=GiftBand.objects.get(from_age=0).pk, quantity=1, **_BY)

        def act(rank: int) -> tuple[bool, bool, str]:
            def goes(call) -> bool:
                try:
                    call()
                except Refusal:
                    return False
                return True

            return (
                goes(lambda: _hand(lot, 2)),
                goes(lambda: supplies.hand_gift(campaign=campaign.pk, number=rank + 1, **_BY)),
                supplies.ask_plot(site=garden.pk, **_BY).state,
            )

        with database_for_threads():
            done = in_threads(act, range(6))
        assert [sum(bool(one[n]) for one in done) for n in (0, 1)] == [1, 1]
        assert sorted(one[2] for one in done) == ["offered"] + ["waiting"] * 5
