"""A night without a network: each act of a phone counts once, and nobody is in two beds."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.factories import stays as made
from tests.factories.stays import HOUSE, NOW, TONIGHT, keeper

from beffroi.acts.stays import queries
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.models import Handover, Incident, Opening, Refusal, SentAct, Stay, Visit
from beffroi.acts.stays.services import NightAct
from beffroi.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
#: When the phone finds the network again, three hours after the first touch.
BACK = NOW + timedelta(hours=3)


def _act(of, what: str, after: float = 0, **more) -> NightAct:
    return NightAct(uuid4(), of.pk, TONIGHT, what, NOW + timedelta(minutes=after), **more)


def _come(of, who=None, bed: int = 0, after: float = 0) -> NightAct:
    beds = list(queries.beds_on(of.pk, TONIGHT))
    mark = who.mark if who else None
    return _act(of, "come", after, guest=mark, bed=beds[bed].pk)


def _send(*acts: NightAct, by=HOUSE, at=BACK) -> list[str]:
    told = stays.send(acts=acts, by=by, at=at)
    return [told[act.mark] for act in acts]


def test_twelve_arrivals_and_three_departures_sent_twice_count_once_each() -> None:
    of = made.house(14)
    guests = [made.guest(of) for _ in range(12)]
    comes = [_come(of, who, bed, after=bed) for bed, who in enumerate(guests)]
    leaves = [_act(of, "leave", 60 + n, guest=who.mark) for n, who in enumerate(guests[:3])]
    for expected in ("kept", "known"):
        assert set(_send(*comes, *leaves, by=keeper())) == {expected}
    states = list(Stay.objects.order_by("pk").values_list("state", flat=True))
    assert (states, SentAct.objects.count()) == (["left"] * 3 + ["in"] * 9, 15)
    first = Stay.objects.order_by("pk").first()
    assert (first.arrived_at, first.left_at) == (NOW, NOW + timedelta(minutes=60))
    sent = JournalEntry.objects.filter(verb="stay.sent")
    assert (sent.count(), {row.at for row in sent}) == (15, {BACK})


def test_bed_taken_meanwhile_is_refused_in_words_with_what_to_do() -> None:
    of = made.house(2)
    hers, his = made.guest(of, "Ann"), made.guest(of, "Bob")
    made.night(of, hers)  # on another phone, with a network: bed 1
    late = _come(of, his, bed=0)
    told = stays.send(acts=[late], by=HOUSE, at=BACK)[late.mark]
    assert told == "refused"
    assert "Le lit 1 est pris." in told.words
    assert "donnez un autre lit" in told.words
    assert list(Stay.objects.values_list("guest__alias", "bed__code")) == [("Ann", "1")]
    assert SentAct.objects.count() == 0
    assert _send(replace(late, mark=uuid4(), bed=None)) == ["kept"]
    assert set(Stay.objects.values_list("guest__alias", "bed__code")) == {("Ann", "1"), ("Bob", "2")}  # fmt: skip


def test_guest_who_sleeps_elsewhere_by_then_is_in_one_bed() -> None:
    of, other = made.house(2), made.house(2)
    who = made.guest(of)
    made.night(other, who)
    assert _send(_come(of, who)) == ["refused"]
    assert Stay.objects.get().opening.house == other


def test_awaited_guest_keeps_her_bed_and_unnamed_ones_come_and_go_by_their_mark() -> None:
    of = made.house(3)
    who = made.guest(of)
    given = {"house": of.pk, "day": TONIGHT, "by": HOUSE, "at": NOW}
    stays.keep_bed(arrival=stays.Arrival(who.mark, bed=_come(of, bed=2).bed), **given)
    kept = stays.keep_bed(arrival=stays.Arrival(bed=_come(of, bed=1).bed), **given)
    come = _come(of, bed=0, after=5)
    acts = [
        _come(of, who, bed=2), _act(of, "arrive", 1, stay=kept.mark), come,
        _act(of, "leave", 10, stay=come.mark), _act(of, "come_back", 20, stay=come.mark),
    ]  # fmt: skip
    assert _send(*acts) == ["kept"] * 5
    assert {(row.bed.code, row.state) for row in Stay.objects.all()} == {
        ("3", "in"), ("2", "in"), ("1", "in"),
    }  # fmt: skip


def test_departure_that_arrives_again_after_a_return_changes_nothing() -> None:
    of = made.house(1)
    who = made.guest(of)
    leave = _act(of, "leave", 5, guest=who.mark)
    acts = [_come(of, who), leave, _act(of, "come_back", 9, guest=who.mark)]
    assert _send(*acts) == ["kept"] * 3
    assert _send(leave) == ["known"]
    assert Stay.objects.get().state == "in"


def test_departure_before_its_arrival_or_after_a_refused_one_is_refused() -> None:
    of = made.house(1)
    made.night(of, made.guest(of))
    who = made.guest(of)
    told = _send(_act(of, "leave", guest=who.mark), _come(of, who), _act(of, "leave", 9, guest=who.mark))  # fmt: skip
    assert told == ["refused"] * 3


def test_nobody_leaves_before_she_came_when_two_phones_disagree() -> None:
    of = made.house(1)
    who = made.guest(of)
    made.night(of, who, at=NOW + timedelta(minutes=30))
    assert _send(_act(of, "leave", 10, guest=who.mark)) == ["kept"]
    one = Stay.objects.get()
    assert one.left_at == one.arrived_at == NOW + timedelta(minutes=30)


def test_a_day_its_refusals_and_its_book_count_once_each() -> None:
    of = made.day_house()
    who, gone = made.guest(of), made.guest(of)
    acts = [
        _act(of, "visit", guest=who.mark), _act(of, "visit", guest=gone.mark),
        _act(of, "unvisit", 1, guest=gone.mark), _act(of, "count", number=3),
        _act(of, "serve", kind="meal", number=2), _act(of, "refuse", kind="state", text="Relais"),
        _act(of, "handover", text="Calme."),
        _act(of, "incident", number=2, text="Une dispute.", more="Séparés."),
    ]  # fmt: skip
    for expected in ("kept", "known"):
        assert _send(*acts) == [expected] * 8
    sheet = queries.sheet(of, TONIGHT)
    assert (sheet.came, sheet.services["meal"], sheet.refusals["state"]) == (4, 2, 1)
    assert (Handover.objects.get().text, Incident.objects.get().done) == ("Calme.", "Séparés.")
    assert Refusal.objects.get().referred_to == "Relais"
    assert Visit.objects.filter(taken_back_at__isnull=False).count() == 1


def test_closed_night_other_night_and_old_act_are_refused_in_words() -> None:
    of = made.house(2)
    who = made.guest(of)
    before = _come(of, who)
    assert _send(before) == ["kept"]
    made.closed(of)
    closed, noon = _come(of, made.guest(of), 1), replace(_come(of, who), made_at=NOW + timedelta(days=1))  # fmt: skip
    told = stays.send(acts=[closed, noon, before], by=HOUSE, at=BACK + timedelta(days=2))
    assert [told[act.mark] for act in (closed, noon, before)] == ["refused", "refused", "known"]
    assert "trente-six heures" in told[closed.mark].words
    assert "une autre nuit" in told[noon.mark].words
    assert "clos" in stays.send(acts=[closed], by=HOUSE, at=BACK)[closed.mark].words
    assert Opening.objects.get().slept == 1


def test_mark_of_another_house_another_team_or_an_unknown_act_is_refused() -> None:
    of, other = made.house(2), made.house(2)
    one = _come(of)
    assert _send(one) == ["kept"]
    elsewhere = replace(_come(other), mark=one.mark)
    assert _send(elsewhere) == ["refused"]
    assert _send(_come(of, bed=1), by=keeper("mediation")) == ["refused"]
    assert _send(_act(of, "gossip")) == ["refused"]
    assert Stay.objects.count() == 1


def test_mark_of_another_house_is_refused_alone_and_takes_nothing_of_it() -> None:
    of, other = made.house(2), made.house(2)
    theirs = _act(other, "refuse", kind="full")
    assert _send(theirs) == ["kept"]
    copied = replace(_act(of, "refuse", kind="full"), mark=theirs.mark)
    known = Refusal.objects.get()
    SentAct.objects.all().delete()  # as if it had been noted with a network
    assert _send(copied, _act(of, "refuse", kind="full")) == ["refused", "kept"]
    known.refresh_from_db()
    assert known.opening.house == other
    assert Refusal.objects.filter(opening__house=of).count() == 1
