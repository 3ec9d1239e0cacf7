"""Going out, meeting, handing over: once each, by whoever may, corrected with a reason."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from tests.factories import fieldwork as go
from tests.factories.fieldwork import HOUSE, NOW, contact, later, lead, leader, line, worker

from beffroi.acts.fieldwork import permissions, queries
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import OutingKind
from beffroi.acts.fieldwork.models import CodeMark, Contact, CrewMember, KitMove, Outing
from beffroi.acts.fieldwork.services import KEPT, KNOWN, REFUSED, KitDraft
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db


def test_start_sent_twice_is_one_outing() -> None:
    area, me, mark = go.area(), worker(), uuid4()
    given = {"mark": mark, "area": area.pk, "by": me, "at": NOW}
    first, second = fieldwork.start_outing(**given), fieldwork.start_outing(**given)
    assert first == second
    assert list(CrewMember.objects.values_list("outing", "agent", "is_out")) == [
        (first.pk, int(me.ref), True)
    ]


def test_nobody_is_out_twice_at_once() -> None:
    me, friend = worker(), worker()
    first = go.outing(by=me, crew=[int(friend.ref)])
    with pytest.raises(WrongState, match="déjà dans une sortie"):
        go.outing(by=friend)
    assert Outing.objects.get() == first
    fieldwork.close_outing(outing=first.pk, by=friend, at=later())
    assert go.outing(by=friend, at=later(90)).crew.get().agent_id == int(friend.ref)


def test_database_refuses_an_agent_on_two_open_outings() -> None:
    me = worker()
    go.outing(by=me)
    other = go.outing()
    with pytest.raises(IntegrityError):
        CrewMember.objects.create(outing=other, agent_id=int(me.ref), is_out=True)


def test_crew_is_of_the_team() -> None:
    with pytest.raises(InvalidInput) as refused:
        go.outing(by=worker(), crew=[int(worker("mediation").ref)])
    assert set(refused.value.fields) == {"crew"}


def test_outing_ends_with_its_minutes() -> None:
    one = fieldwork.close_outing(outing=go.outing().pk, by=HOUSE, at=later(95), note="Calme.")
    assert (one.state, one.minutes, one.note) == ("closed", 95, "Calme.")
    with pytest.raises(WrongState, match="Rentrer"):
        fieldwork.close_outing(outing=one.pk, by=HOUSE, at=later(99))


@pytest.mark.parametrize(("minutes", "ok"), [(16 * 60, True), (16 * 60 + 1, False), (0, False)])
def test_nobody_stays_out_longer_than_sixteen_hours(minutes, ok) -> None:
    one = go.outing()
    if ok:
        fieldwork.close_outing(outing=one.pk, by=HOUSE, at=later(minutes))
        return
    with pytest.raises(InvalidInput) as refused:
        fieldwork.close_outing(outing=one.pk, by=HOUSE, at=later(minutes))
    assert set(refused.value.fields) == {"ends_at"}


def test_hours_are_corrected_with_a_reason() -> None:
    one = go.closed()
    times = {"starts_at": NOW - timedelta(hours=4), "ends_at": NOW - timedelta(hours=1)}
    with pytest.raises(InvalidInput):
        fieldwork.correct_outing(outing=one.pk, why=" ", by=HOUSE, at=NOW, **times)
    one = fieldwork.correct_outing(outing=one.pk, why="Oubli.", by=HOUSE, at=NOW, **times)
    assert one.minutes == 180
    assert list(one.moves.values_list("move", "why")) == [("close", ""), ("correct", "Oubli.")]


def test_outing_in_which_something_counts_is_not_cancelled() -> None:
    one = go.outing()
    go.met(one, 3)
    with pytest.raises(WrongState, match="compte des contacts"):
        fieldwork.cancel_outing(outing=one.pk, why="Erreur", by=HOUSE, at=NOW)
    fieldwork.take_back_contact(contact=Contact.objects.get().pk, why="x", by=HOUSE, at=NOW)
    assert (
        fieldwork.cancel_outing(outing=one.pk, why="Erreur", by=HOUSE, at=NOW).state == "cancelled"
    )
    with pytest.raises(WrongState, match="annulée"):
        go.met(one, 1)


def test_contact_sent_twice_counts_once_and_two_phones_give_the_union() -> None:
    one = go.outing()
    mine = [contact(one, n) for n in (2, 3)]
    hers = [contact(one, 5)]
    for phone in (mine, hers, mine, hers):
        for draft in phone:
            fieldwork.meet(draft=draft, by=HOUSE, at=NOW)
    tally = queries.tally(one.pk)
    assert (tally.contacts, tally.people) == (3, 10)
    assert fieldwork.meet(draft=mine[0], by=HOUSE, at=NOW) == KNOWN


def test_mark_of_another_outing_is_refused() -> None:
    draft = contact(go.outing(), 1)
    fieldwork.meet(draft=draft, by=HOUSE, at=NOW)
    assert fieldwork.meet(draft=replace(draft, outing=go.outing().pk), by=HOUSE, at=NOW) == REFUSED
    assert Contact.objects.count() == 1


def test_phone_that_comes_back_after_the_end_still_counts() -> None:
    one = go.closed()
    assert fieldwork.meet(draft=contact(one, 4, at=later(999)), by=HOUSE, at=NOW) == KEPT
    assert Contact.objects.get().met_at == NOW  # a clock that runs ahead is brought back
    assert JournalEntry.objects.get(verb="outing.meet").detail["late"] is True


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"people": 0}, "people"),
        ({"people": 501}, "people"),
        ({"people": 2, "women": 2, "men": 1}, "women"),
        ({"people": 2, "young": 3}, "children"),
        ({"themes": ("gossip",)}, "themes"),
        ({"is_refused": True}, "orientation"),
        ({"orientation": "nowhere"}, "orientation"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_contact_that_does_not_add_up_is_refused_in_words(given, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        fieldwork.meet(draft=contact(go.outing(), **given), by=HOUSE, at=NOW)
    assert set(refused.value.fields) == {field}
    assert Contact.objects.count() == 0


def test_spot_of_another_area_is_refused() -> None:
    elsewhere = go.spot(go.area())
    with pytest.raises(InvalidInput) as refused:
        fieldwork.meet(draft=contact(go.outing(), spot=elsewhere.pk), by=HOUSE, at=NOW)
    assert set(refused.value.fields) == {"spot"}


def test_code_is_kept_nowhere_and_counts_once_a_year() -> None:
    one = go.outing(go.area("prevention", OutingKind.DRUGS))
    for code in ("ma-04-12-f", "MA 0412 F", "ZO0101H"):
        go.met(one, 1, code=code)
    found = list(CodeMark.objects.values_list("digest", "year"))
    assert len(found) == 3
    assert len(set(found)) == 2
    kept = "".join(str(row) for row in Contact.objects.values()) + str(found)
    kept += "".join(str(entry.detail) for entry in JournalEntry.objects.all())
    assert "0412" not in kept


def test_code_of_one_team_or_year_is_not_that_of_another() -> None:
    from beffroi.acts.fieldwork.services.meeting import digest_of

    digests = {digest_of("MA0412F", team, year) for team in ("a", "b") for year in (2026, 2027)}
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("kind", "people", "code", "words"),
    [
        (OutingKind.STREET, 1, "MA0412F", "assuétudes"),
        (OutingKind.DRUGS, 2, "MA0412F", "une seule personne"),
        (OutingKind.DRUGS, 1, "a-1", "quatre lettres"),
    ],
)
def test_code_where_it_has_no_place_is_refused(kind, people, code, words) -> None:
    one = go.outing(go.area("prevention", kind))
    with pytest.raises(InvalidInput, match=words):
        go.met(one, people, code=code)


def test_kits_go_out_and_come_back_once() -> None:
    one, kit = go.outing(), go.kit()
    draft = KitDraft(uuid4(), one.pk, NOW, (line(kit, 0, 7),))
    told = [fieldwork.hand_over(draft=draft, by=HOUSE, at=NOW) for _ in range(2)]
    assert told == [KEPT, KNOWN]
    go.met(one, 1, kits=(line(kit, 3, 1),))
    assert queries.kits_of(one.pk) == [(kit.name, 3, 8)]
    taken = Contact.objects.get()
    fieldwork.take_back_contact(contact=taken.pk, why="Doublon", by=HOUSE, at=NOW)
    assert queries.kits_of(one.pk) == [(kit.name, 0, 7)]


def test_kits_of_another_team_are_refused() -> None:
    other = go.kit("mediation")
    with pytest.raises(InvalidInput):
        go.met(go.outing(), 1, kits=(line(other, 1),))
    assert KitMove.objects.count() == Contact.objects.count() == 0


def test_contact_is_taken_back_once_with_its_code() -> None:
    one = go.outing(go.area("prevention", OutingKind.DRUGS))
    go.met(one, 1, code="MA0412F")
    row = Contact.objects.get()
    fieldwork.take_back_contact(contact=row.pk, why="Doublon", by=HOUSE, at=NOW)
    assert (queries.tally(one.pk).contacts, CodeMark.objects.count()) == (0, 0)
    with pytest.raises(WrongState):
        fieldwork.take_back_contact(contact=row.pk, why="Encore", by=HOUSE, at=NOW)


def test_four_people_and_what_they_may() -> None:
    area = go.area()
    one = go.closed(area, 3)
    people = {"mine": worker(), "other": worker("mediation"), "lead": lead(), "leader": leader()}
    seen = {
        who: (
            permissions.outings_visible_to(actor).count(),
            permissions.contacts_visible_to(actor).count(),
            permissions.can_go_out(actor, "street_work"),
            permissions.can_set_up(actor, "street_work"),
        )
        for who, actor in people.items()
    }
    assert seen == {
        "mine": (1, 1, True, False),
        "other": (0, 0, False, False),
        "lead": (1, 0, False, True),
        "leader": (1, 1, True, True),
    }
    for who in ("other", "lead"):
        with pytest.raises(NotAllowed):
            fieldwork.meet(draft=contact(one, 1), by=people[who], at=NOW)
    with pytest.raises(NotAllowed):
        fieldwork.add_spot(area=area.pk, name="x", by=people["mine"], at=NOW)


def test_what_an_area_counts_to_changes_from_today_on() -> None:
    area = go.area(lines=("10",), actions=("3.2.03",))
    draft = fieldwork.AreaDraft("Centre", area.kind, area.since_date, lines=("11",))
    fieldwork.change_area(area=area.pk, draft=draft, by=HOUSE, at=NOW)
    assert {k.key for k in queries.keys_on(area.pk, go.TODAY)} == {"11"}
    assert {k.key for k in queries.keys_on(area.pk, go.TODAY - timedelta(days=1))} == {
        "10",
        "3.2.03",
    }


def test_sending_of_a_phone_takes_each_act_by_itself() -> None:
    one, stranger = go.outing(), go.outing(go.area("mediation"))
    me = worker()
    good, hers, wrong = contact(one, 2), contact(stranger, 9), contact(one, 0)
    seen = go.sight(one.area)
    for expected in (KEPT, KNOWN):
        told = fieldwork.send(acts=[good, hers, wrong, seen], by=me, at=NOW)
        assert told == {
            good.mark: expected, hers.mark: REFUSED, wrong.mark: REFUSED, seen.mark: expected,
        }  # fmt: skip
    assert list(Contact.objects.values_list("people", flat=True)) == [2]


def test_outings_of_the_past_are_written_once() -> None:
    area = go.area()
    past = fieldwork.PastOuting(
        uuid4(), NOW - timedelta(hours=3), NOW - timedelta(hours=1),
        contacts=tuple(contact(Outing(pk=0), n, at=NOW - timedelta(hours=2)) for n in (1, 4)),
    )  # fmt: skip
    for expected in (1, 0):
        made = fieldwork.record_outings(area=area.pk, outings=[past], by=HOUSE, at=NOW)
        assert len(made) == expected
    one = Outing.objects.get()
    assert (one.minutes, queries.tally(one.pk).people) == (120, 5)
