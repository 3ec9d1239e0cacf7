"""Prices by date, reductions, receipts, refunds, the cash of a day; incidents and sessions at home."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.factories import activities as gather
from tests.factories import people as persons
from tests.factories.activities import HOUSE, NOW, TODAY, animator, lead, participant
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.activities import money_queries, permissions, retention
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import FeeState
from beffroi.acts.activities.indicators import MEASURES
from beffroi.acts.activities.models import (
    CashDay,
    CashLine,
    Fee,
    Incident,
    Participant,
    Reduction,
)
from beffroi.acts.activities.services import IncidentDraft
from beffroi.acts.activities.workflow import FEE_MOVES
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.measures import Scope
from beffroi.people import services as people

pytestmark = pytest.mark.django_db
BY_KEY = {one.key: one for one in MEASURES}


def _sold(amount: str = "2", basis: str = "session", **more):
    of = gather.activity(**more)
    activities.set_price(
        activity=of.pk,
        basis=basis,
        amount=Decimal(amount),
        since=date(2026, 9, 1),
        by=HOUSE,
        at=NOW,
    )
    return of


def _charge(who, of=None, method: str = "", **more) -> Fee:
    given = {"mark": uuid4(), "participant": who.pk, "by": HOUSE, "at": NOW} | more
    if "activity" not in given and "session" not in given:
        given["session"] = gather.session(of or _sold()).pk
    return activities.charge(method=method, **given)


def _reduce(who, kind: str = "house", percent: int = 50, **more) -> Reduction:
    given = {"since": date(2026, 9, 1), "by": HOUSE, "at": NOW} | more
    return activities.give_reduction(participant=who.pk, kind=kind, percent=percent, **given)


def test_price_of_the_day_of_the_session_is_owed() -> None:
    of = _sold("2")
    old = gather.session(of, hours=-24 * 7)
    activities.set_price(activity=of.pk, basis="session", amount=Decimal("2.50"), since=TODAY, by=HOUSE, at=NOW)  # fmt: skip
    who = participant()
    owed = [_charge(who, session=one.pk).amount for one in (old, gather.session(of))]
    assert owed == [Decimal("2.00"), Decimal("2.50")]


def test_price_before_the_one_that_stands_is_refused_and_of_the_same_day_replaces() -> None:
    of = _sold("2")
    given = {"activity": of.pk, "basis": "session", "by": HOUSE, "at": NOW}
    with pytest.raises(InvalidInput) as refused:
        activities.set_price(amount=Decimal(3), since=date(2026, 8, 31), **given)
    assert set(refused.value.fields) == {"since"}
    activities.set_price(amount=Decimal(3), since=date(2026, 9, 1), **given)
    assert [(p.amount, p.until_date) for p in money_queries.prices_of(of.pk)] == [(3, None)]
    with pytest.raises(InvalidInput):
        activities.set_price(amount=Decimal("2.005"), since=TODAY, **given)


def test_without_a_price_nothing_is_owed() -> None:
    with pytest.raises(WrongState, match="Aucun prix"):
        _charge(participant(), gather.activity())
    series = _sold("20", "series")
    with pytest.raises(WrongState):
        _charge(participant(), series)
    assert _charge(participant(), activity=series.pk).amount == 20


@pytest.mark.parametrize(
    ("price", "percent", "owed"),
    [("2", 50, "1.00"), ("2.5", 33, "1.68"), ("0.05", 50, "0.03"), ("2", 100, "0.00"), ("2", 1, "1.98")],
)  # fmt: skip
def test_reduction_is_rounded_once_half_up(price, percent, owed) -> None:
    who = participant()
    _reduce(who, percent=percent)
    made = _charge(who, _sold(price))
    assert made.amount == Decimal(owed)
    assert made.state == (FeeState.OWED if made.amount else FeeState.FREE)


def test_best_reduction_of_the_day_counts() -> None:
    who = participant()
    _reduce(who, "sibling", 25, rank=2)
    ended = _reduce(who, "cpas")
    assert (ended.percent, money_queries.percent_on(who.pk, TODAY)) == (100, 100)
    activities.end_reduction(reduction=ended.pk, by=HOUSE, at=NOW)
    assert money_queries.percent_on(who.pk, TODAY) == 100
    assert money_queries.percent_on(who.pk, TODAY + timedelta(days=1)) == 25
    assert money_queries.percents_on([who.pk], TODAY + timedelta(days=1)) == {who.pk: 25}
    with pytest.raises(WrongState):
        activities.end_reduction(reduction=ended.pk, by=HOUSE, at=NOW)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"kind": "sibling"}, "rank"), ({"kind": "sibling", "rank": 1}, "rank"), ({"percent": 0}, "percent"),
     ({"percent": 101}, "percent"), ({"kind": "poverty"}, "kind"), ({"until": date(2026, 8, 1)}, "until")],
)  # fmt: skip
def test_reduction_that_says_too_little_or_too_much_is_refused(given, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        _reduce(participant(), **given)
    assert set(refused.value.fields) == {field}


def test_fee_is_charged_once_and_paid_with_a_receipt() -> None:
    one, who, mark = gather.session(_sold()), participant(), uuid4()
    fees = {_charge(who, session=one.pk, mark=mark, method="cash").pk for _ in range(2)}
    assert len(fees) == 1
    line = CashLine.objects.get()
    assert (line.amount, line.method, line.receipt) == (Decimal("2.00"), "cash", "R26000001")
    with pytest.raises(WrongState, match="déjà notée"):
        _charge(who, session=one.pk)


def test_receipts_have_no_gap_even_after_a_refusal() -> None:
    of = _sold()
    for n in range(3):
        _charge(participant(), of, "cash", session=gather.session(of, hours=-30 - n * 3).pk)
        with pytest.raises(InvalidInput):
            _charge(participant(), session=gather.session(of, hours=-60 - n * 3).pk, method="shell")
    assert list(CashLine.objects.values_list("receipt", flat=True)) == ["R26000001", "R26000002", "R26000003"]  # fmt: skip
    assert Fee.objects.count() == 3


def _do(key: str, fee: int):
    given = {"fee": fee, "by": HOUSE, "at": NOW}
    return {
        "pay": lambda: activities.pay(method="card", **given),
        "waive": lambda: activities.waive(why="Fête", **given),
        "refund": lambda: activities.refund(why="Annulée", **given),
    }[key]()


_REACH = {
    "owed": (),
    "paid": ("pay",),
    "waived": ("waive",),
    "refunded": ("pay", "refund"),
    "free": (),
}


@pytest.mark.parametrize("key", list(FEE_MOVES))
@pytest.mark.parametrize("state", list(_REACH))
def test_each_state_and_move_of_a_fee(state, key) -> None:
    who = participant()
    if state == "free":
        _reduce(who, "cpas")
    fee = _charge(who)
    for step in _REACH[state]:
        _do(step, fee.pk)
    if state in FEE_MOVES[key].sources:
        assert _do(key, fee.pk).state == FEE_MOVES[key].target
        return
    with pytest.raises(WrongState):
        _do(key, fee.pk)
    fee.refresh_from_db()
    assert fee.state == state


def test_refund_goes_back_the_way_it_came_and_leaves_the_session_free_again() -> None:
    one, who = gather.session(_sold()), participant()
    fee = _charge(who, session=one.pk, method="card")
    activities.refund(fee=fee.pk, why="Séance annulée", by=HOUSE, at=NOW)
    assert list(CashLine.objects.values_list("method", "amount")) == [("card", 2), ("card", -2)]
    assert _charge(who, session=one.pk).state == FeeState.OWED


def test_nameless_person_pays_and_has_a_receipt() -> None:
    one, mark = gather.session(_sold()), uuid4()
    for _twice in range(2):
        activities.charge_nameless(mark=mark, session=one.pk, method="cash", by=HOUSE, at=NOW)
    assert list(Fee.objects.values_list("participant", "state")) == [(None, "paid")]


def test_cash_of_a_day_is_closed_once_and_a_difference_is_explained() -> None:
    of = _sold()
    for n in range(3):
        _charge(
            participant(), method="cash" if n else "card", session=gather.session(of, -n * 3 - 3).pk
        )
    day = {"team": "houses", "place": of.place_id, "day": TODAY, "by": animator(), "at": NOW}
    with pytest.raises(InvalidInput, match=r"4.00") as refused:
        activities.close_cash(counted=Decimal("3.50"), **day)
    assert set(refused.value.fields) == {"why"}
    made = activities.close_cash(counted=Decimal("3.50"), why="Rendu de trop", **day)
    assert (made.expected, made.counted) == (Decimal("4.00"), Decimal("3.50"))
    with pytest.raises(WrongState, match="déjà close"):
        activities.close_cash(counted=Decimal("4.00"), **day)
    owes = _charge(participant(), of, session=gather.session(of, 5).pk)
    with pytest.raises(WrongState, match="caisse de ce jour est close"):
        activities.pay(fee=owes.pk, method="cash", by=HOUSE, at=NOW)
    assert activities.pay(fee=owes.pk, method="card", by=HOUSE, at=NOW).state == "paid"


def test_database_refuses_a_difference_without_words() -> None:
    of = _sold()
    with pytest.raises(IntegrityError), transaction.atomic():
        CashDay.objects.create(
            team=of.team, place=of.place, date=TODAY, expected=4, counted=3, at=NOW
        )


def test_days_on_which_nobody_closed_the_cash_are_said() -> None:
    of = _sold()
    _charge(participant(), of, "cash")
    own = permissions.cash_visible_to(animator())
    assert money_queries.days_to_close(own, TODAY) == []
    assert money_queries.days_to_close(own, TODAY + timedelta(days=1)) == [TODAY]
    activities.close_cash(team="houses", place=of.place_id, day=TODAY, counted=Decimal(2), by=HOUSE, at=NOW)  # fmt: skip
    assert money_queries.days_to_close(own, TODAY + timedelta(days=1)) == []


def test_four_people_and_the_money() -> None:
    of = _sold()
    fee = _charge(participant(), of)
    people = {"mine": animator(), "other": animator("digital"), "lead": lead(), "house": HOUSE}
    seen = {who: permissions.fees_visible_to(actor).count() for who, actor in people.items()}
    assert seen == {"mine": 1, "other": 0, "lead": 0, "house": 1}
    for who in ("other", "lead"):
        with pytest.raises(NotAllowed):
            activities.pay(fee=fee.pk, method="cash", by=people[who], at=NOW)
        with pytest.raises(NotAllowed):
            activities.close_cash(team="houses", place=of.place_id, day=TODAY, counted=Decimal(0), by=people[who], at=NOW)  # fmt: skip


def _incident(of=None, by=HOUSE, **more) -> Incident:
    given = {"mark": uuid4(), "activity": (of or gather.activity()).pk, "happened_at": NOW,
             "severity": "serious", "what": "Une chute.", "parents": "not_yet"} | more  # fmt: skip
    return activities.report_incident(draft=IncidentDraft(**given), by=by, at=NOW)


def test_incident_is_read_by_leaders_only() -> None:
    made = _incident(by=animator())
    leader = agent(Role.TEAM_LEADER, "houses")
    people = {"author": animator(), "other": agent(Role.TEAM_LEADER, "digital"), "lead": lead(), "leader": leader}  # fmt: skip
    seen = {who: permissions.incidents_visible_to(actor).count() for who, actor in people.items()}
    assert seen == {"author": 0, "other": 0, "lead": 0, "leader": 1}
    for who in ("author", "other", "lead"):
        with pytest.raises(NotAllowed):
            activities.follow_incident(incident=made.pk, text="x", by=people[who], at=NOW)
    activities.follow_incident(incident=made.pk, text="Appelés à 17 h.", parents="told", by=leader, at=NOW)  # fmt: skip
    made.refresh_from_db()
    assert (made.parents, made.notes.get().text) == ("told", "Appelés à 17 h. (Prévenus)")


def test_incident_sent_twice_is_one_and_says_what_it_must() -> None:
    of, mark = gather.activity(), uuid4()
    assert _incident(of, mark=mark) == _incident(of, mark=mark)
    wrong = {"what": " ", "severity": "x", "parents": "", "told": ("neighbours",), "happened_at": NOW + timedelta(hours=1)}  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        _incident(of, **wrong)
    assert set(refused.value.fields) == set(wrong)
    with pytest.raises(InvalidInput):
        _incident(of, people=(participant("digital").pk,))
    with pytest.raises(NotAllowed):
        _incident(of, by=animator("digital"))


def test_measures_of_money_incidents_and_home() -> None:
    of = _sold(lines=("31",), actions=("6.4.04",))
    home = gather.session(of, hours=-30, is_home=True, room="Cuisine de Madame")
    assert (home.room, home.is_home) == ("", True)
    activities.close_session(session=home.pk, by=HOUSE, at=NOW)
    _charge(participant(), session=home.pk, method="cash")
    back = _charge(participant(), of, "card")
    activities.refund(fee=back.pk, why="x", by=HOUSE, at=NOW)
    _charge(participant(), of, session=gather.session(of, hours=9).pk)
    _incident(of)
    _charge(participant("digital"), _sold("9", team_key="digital"), "cash")
    whole = Scope(date(2026, 1, 1), date(2026, 12, 31))
    wanted = {"fees": (11, 2), "incidents": (1, 1), "sessions_at_home": (1, 1)}
    for name, (everything, line) in wanted.items():
        measure = BY_KEY[f"activities.{name}"]
        refs = ("line:31", "action:6.4.04", f"activity:{of.pk}", "line:99")
        assert measure.count(whole) == everything, name
        alone = {ref: measure.count(Scope(whole.since, whole.until, frozenset({ref}))) for ref in refs}  # fmt: skip
        assert alone == dict.fromkeys(refs[:3], line) | {"line:99": 0}, name
        found = measure.at_once(Scope(whole.since, whole.until, frozenset(refs)))
        assert {ref: found.get((measure.key, ref), 0) for ref in refs} == alone, name
        acts = measure.acts(Scope(whole.since, whole.until, frozenset(refs[:1])), HOUSE)
        assert name == "fees" or sum(one.amount for one in acts) == line
    leader = agent(Role.TEAM_LEADER, "houses")
    seen = {who: (len(BY_KEY["activities.incidents"].acts(whole, who)), len(BY_KEY["activities.fees"].acts(whole, who)))
            for who in (animator(), leader, lead())}  # fmt: skip
    assert list(seen.values()) == [(0, 3), (1, 3), (0, 0)]


def test_two_who_are_one_keep_both_payments() -> None:
    one, kept, other = gather.session(_sold()), participant(), participant()
    for who in (kept, other):
        _charge(who, session=one.pk, method="cash")
    _reduce(other, "cpas")
    made = _incident(people=(other.pk,))
    activities.join_participants(kept=kept.pk, other=other.pk, by=HOUSE, at=NOW)
    assert set(Fee.objects.values_list("participant", "state")) == {
        (kept.pk, "paid"),
        (None, "paid"),
    }
    assert money_queries.percent_on(kept.pk, TODAY) == 100
    assert list(made.people.all()) == [kept]


def test_who_paid_is_forgotten_and_the_money_stays() -> None:
    fee = _charge(participant(), method="cash")
    activities.refund(fee=fee.pk, why="Malade", by=HOUSE, at=NOW)
    assert retention.empty_fees(NOW + timedelta(days=7 * 365 - 1)) == 0
    assert retention.empty_fees(NOW + timedelta(days=7 * 365 + 1)) == 1
    fee.refresh_from_db()
    assert (fee.participant, fee.by_label, fee.why) == (None, "", "–")
    assert CashLine.objects.exclude(by_label="").count() == 0
    assert CashLine.objects.count() == 2


def test_person_who_stopped_coming_is_emptied_of_money_and_incidents() -> None:
    who = participant()
    _reduce(who)
    fee, made = _charge(who), _incident(people=(who.pk,))
    assert retention.empty_participants(NOW + timedelta(days=3 * 365 + 1)) == 1
    fee.refresh_from_db()
    assert (fee.participant, made.people.count(), Reduction.objects.count()) == (None, 0, 0)


def test_incident_is_emptied_after_five_years_and_still_counts() -> None:
    made = _incident()
    activities.follow_incident(incident=made.pk, text="x", by=HOUSE, at=NOW)
    assert retention.empty_incidents(NOW + timedelta(days=5 * 365 - 1)) == 0
    assert retention.empty_incidents(NOW + timedelta(days=5 * 365 + 1)) == 1
    made.refresh_from_db()
    assert (made.what, made.told, made.notes.count()) == ("", [], 0)
    assert BY_KEY["activities.incidents"].count(Scope(TODAY, TODAY)) == 1


def test_nobody_lets_herself_or_somebody_close_off_what_is_owed() -> None:
    me, mine = animator(), persons.person()
    people.link_staff(agent=int(me.ref), reference=mine.reference, link="self", by=HOUSE, at=NOW)
    who = participant()
    Participant.objects.filter(pk=who.pk).update(person=mine)
    owed, paid = _charge(who), _charge(who, method="cash")
    for act, given in (
        (activities.waive, {"fee": owed.pk, "why": "x"}),
        (activities.refund, {"fee": paid.pk, "why": "x"}),
        (activities.give_reduction, {"participant": who.pk, "kind": "house", "since": TODAY}),
    ):
        with pytest.raises(NotAllowed, match="proche"):
            act(by=me, at=NOW, **given)
        act(by=animator(), at=NOW, **given)


def test_why_the_cash_differed_is_forgotten_after_seven_years() -> None:
    of = _sold()
    activities.close_cash(
        team="houses", place=of.place_id, day=TODAY, counted=Decimal(2), why="Ann a oublié",
        by=HOUSE, at=NOW,
    )  # fmt: skip
    retention.empty_fees(NOW + timedelta(days=7 * 365 + 1))
    assert CashDay.objects.get().why == "–"
