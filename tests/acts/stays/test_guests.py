"""Guests and houses: known by an alias, joined without loss, emptied in time; who may do what."""

from datetime import date, time, timedelta

import pytest
from tests.factories import people as persons
from tests.factories.requests import agent
from tests.factories.stays import (
    HOUSE,
    NOW,
    TONIGHT,
    closed,
    day_house,
    draft,
    guest,
    house,
    keeper,
    lead,
    leader,
    night,
    visit,
)

from beffroi.accounts.enums import Role
from beffroi.acts.stays import guest_queries, permissions, queries
from beffroi.acts.stays import services as stays
from beffroi.acts.stays.export import export_stays
from beffroi.acts.stays.indicators import MEASURES
from beffroi.acts.stays.models import (
    Bed,
    Exclusion,
    Guest,
    Handover,
    HealthNote,
    House,
    HouseKey,
    Incident,
    Opening,
    OpeningCount,
    Refusal,
    Season,
    Stay,
)
from beffroi.acts.stays.services import Arrival, BedDraft, GuestDraft
from beffroi.audit import retention
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.measures import Scope
from beffroi.people import services as people

pytestmark = pytest.mark.django_db
GIVEN = {"by": HOUSE, "at": NOW}
YEARS = (date(2020, 1, 1), date(2030, 12, 31))


def _later(days: int) -> None:
    retention.run(NOW + timedelta(days=days))


def _figures() -> dict[str, int]:
    wanted = ("stays.guests", "stays.guests_men", "stays.people")
    return {one.key: len(one.people(Scope(*YEARS))) for one in MEASURES if one.key in wanted}


def _told(act, *given) -> bool:
    try:
        act(*given)
    except NotAllowed:
        return False
    return True


def test_what_each_of_five_people_may_do_with_a_house_and_its_guests() -> None:
    of = house(9)
    ann = guest(of, "Ann")
    row = closed(of) if night(of, ann) else None
    people = {
        "keeper": keeper(), "leader": leader(), "other team": keeper("street_work"),
        "plan": lead(), "stranger": agent(Role.SOCIAL_WORKER, "aid"),
    }  # fmt: skip
    found = {}
    for name, who in people.items():
        by = {"by": who, "at": NOW}
        taken = {"house": of.pk, "day": TONIGHT, "arrival": Arrival(), "why": "Test"}
        found[name] = (
            permissions.openings_visible_to(who).filter(pk=row.pk).exists(),
            permissions.sheets_visible_to(who, TONIGHT).filter(pk=row.pk).exists(),
            permissions.guests_visible_to(who, TONIGHT).filter(pk=ann.pk).exists(),
            _told(lambda by=by, taken=taken: stays.take_in(**taken, **by)),
            _told(lambda by=by: stays.read_guest(guest=ann.pk, **by)),
            _told(lambda by=by: stays.add_beds(
                house=of.pk, draft=BedDraft(1), since=TONIGHT, **by)),
        )  # fmt: skip
    yes, no = True, False
    assert found == {
        "keeper": (yes, yes, yes, yes, yes, no), "leader": (yes, yes, yes, yes, yes, yes),
        "other team": (no, no, no, no, no, no), "plan": (yes, no, no, no, no, yes),
        "stranger": (no, no, no, no, no, no),
    }  # fmt: skip


def test_who_keeps_the_house_excludes_for_one_night_who_leads_for_longer() -> None:
    of = house()
    ann, whole = guest(of), {"reason": "Coup", "decided_by": "Équipe", "hearing": "heard"}
    for who, nights in ((keeper(), 0), (leader(), 30)):
        until = TONIGHT + timedelta(days=nights)
        stays.exclude(
            guest=ann.pk, house=of.pk, since=TONIGHT, until=until, by=who, at=NOW, **whole
        )
    with pytest.raises(InvalidInput, match="qui dirige"):
        stays.exclude(
            guest=ann.pk, house=of.pk, since=TONIGHT, until=TONIGHT + timedelta(days=1),
            by=keeper(), at=NOW, **whole,
        )  # fmt: skip
    last = Exclusion.objects.order_by("-until_date").first()
    with pytest.raises(NotAllowed):
        stays.lift_exclusion(exclusion=last.pk, why="x", by=keeper(), at=NOW)
    assert [bar.guest_id for bar in queries.exclusions(House.objects.all(), TONIGHT)] == [
        ann.pk
    ] * 2


def test_two_guests_joined_keep_nights_exclusions_and_what_was_known() -> None:
    of, days = house(), day_house()
    person = persons.person()
    ann, anna = guest(of, "Ann"), guest(of, "Anna", sex="f", birth_year=1984)
    stays.bind_guest(guest=anna.pk, person_ref=person.reference, **GIVEN)
    for who, back in ((ann, 2), (anna, 1)):
        night(of, who, TONIGHT - timedelta(days=back))
        visit(days, who, TONIGHT - timedelta(days=back))
    stays.note_health(house=of.pk, day=TONIGHT, guest=anna.mark, text="Insuline", days=3, **GIVEN)
    kept = stays.join_guests(kept=ann.pk, other=anna.pk, **GIVEN)
    assert (kept.sex, kept.birth_year, kept.person_id) == ("f", 1984, person.pk)
    nights, visits = guest_queries.openings_of_guest(ann.pk)
    assert (len(nights), len(visits), guest_queries.doubles_of(ann.pk)) == (2, 2, [])
    assert [one.guest_id for one in queries.health_notes(of.team_id, TONIGHT)] == [ann.pk]
    assert night(of, anna).guest_id == ann.pk  # tapped by the mark that a phone still holds
    with pytest.raises(InvalidInput, match="déjà réunie"):
        stays.join_guests(kept=guest(of).pk, other=anna.pk, **GIVEN)
    again = stays.join_guests(kept=guest(of, "Annette").pk, other=ann.pk, **GIVEN)
    assert set(again.joined.values_list("alias", flat=True)) == {"Ann", "Anna"}
    assert Stay.objects.filter(guest=again).count() == 3


def test_guests_of_two_teams_or_of_two_persons_are_not_joined() -> None:
    of, far = house(), house(team_key="street_work")
    ann, bea = guest(of), guest(of)
    with pytest.raises(InvalidInput, match="équipes différentes"):
        stays.join_guests(kept=ann.pk, other=guest(far).pk, **GIVEN)
    for who in (ann, bea):
        stays.bind_guest(guest=who.pk, person_ref=persons.person().reference, **GIVEN)
    with pytest.raises(InvalidInput, match="déjà liée"):
        stays.join_guests(kept=ann.pk, other=bea.pk, **GIVEN)
    ref = persons.person().reference
    stays.bind_guest(guest=ann.pk, person_ref=ref, **GIVEN)
    with pytest.raises(InvalidInput, match="réunissez-les"):
        stays.bind_guest(guest=bea.pk, person_ref=ref, **GIVEN)


def test_guests_are_emptied_two_years_after_their_last_night_and_figures_stay() -> None:
    of = house()
    ann, bea = guest(of, "Ann", sex="m", remark="lit du bas"), guest(of, "Bea")
    night(of, ann)
    night(of, bea)
    stays.exclude(
        guest=ann.pk, house=of.pk, since=TONIGHT, until=TONIGHT, reason="Coup",
        decided_by="Équipe", hearing="later", **GIVEN,
    )  # fmt: skip
    closed(of)
    before = _figures()
    _later(2 * 365 - 5)
    assert Guest.objects.filter(emptied_at__isnull=True).count() == 2
    _later(2 * 365 + 5)
    row = Guest.objects.get(pk=ann.pk)
    assert (row.alias, row.folded, row.remark, row.person_id, row.sex) == ("", "", "", None, "m")
    assert not Exclusion.objects.exists()
    assert _figures() == before == {"stays.guests": 2, "stays.guests_men": 1, "stays.people": 2}
    assert guest(of, "Ann").pk != ann.pk
    with pytest.raises(NotAllowed):
        stays.take_in(house=of.pk, day=TONIGHT, arrival=Arrival(ann.mark), why="x", **GIVEN)


def test_health_goes_in_days_words_in_months_incidents_in_years() -> None:
    of = house()
    ann = guest(of)
    night(of, ann)
    given = {"house": of.pk, "day": TONIGHT} | GIVEN
    stays.note_health(guest=ann.mark, text="Insuline au frigo", days=3, **given)
    with pytest.raises(InvalidInput):
        stays.note_health(guest=ann.mark, text="x", days=31, **given)
    stays.hand_over(text="La clé est au clou.", **given)
    stays.note_incident(severity=4, told="Une vitre brisée.", done="Police", **given)
    assert [len(queries.health_notes(of.team_id, TONIGHT + timedelta(days=n))) for n in (2, 3)] == [
        1,
        0,
    ]
    left = []
    for days in (2, 4, 100, 800):
        _later(days)
        told = Incident.objects.get().told
        left.append((HealthNote.objects.count(), Handover.objects.count(), bool(told)))
    assert left == [(1, 1, True), (0, 1, True), (0, 0, True), (0, 0, False)]
    assert Incident.objects.get().severity == 4


def test_who_noted_a_night_is_forgotten_after_a_year() -> None:
    of, who = house(), keeper()
    night(of, guest(of), by=who)
    _later(364)
    assert Stay.objects.get().by_label
    _later(366)
    assert (Stay.objects.get().by_label, Stay.objects.get().by_ref) == ("", "")


def test_what_is_held_of_a_person_is_given_whole_to_the_privacy_officer() -> None:
    of, person = house(), persons.person()
    ann = guest(of, "Ann")
    stays.bind_guest(guest=ann.pk, person_ref=person.reference, **GIVEN)
    night(of, ann)
    found = export_stays(person.reference, agent(Role.PRIVACY_OFFICER, ""))
    assert found["nights"] == [{"house": of.name, "night": TONIGHT.isoformat()}]
    assert found["known_as"][0]["alias"] == "Ann"
    assert export_stays(person.reference, keeper("street_work"))["nights"] == []


# --- houses


def test_more_beds_when_it_is_cold_from_the_first_to_the_last_night() -> None:
    of, until = house(1), TONIGHT + timedelta(days=1)
    plan = stays.start_cold_plan(
        house=of.pk, since=TONIGHT, until=until, beds=2, why="−6 °C annoncés", **GIVEN
    )
    days = [TONIGHT + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [queries.beds_on(of.pk, day).count() for day in days] == [1, 3, 3, 1]
    for _n in range(3):
        night(of, guest(of), until, at=NOW + timedelta(days=1))
    with pytest.raises(InvalidInput, match="Quelqu’un dort"):
        stays.end_cold_plan(plan=plan.pk, on=TONIGHT, **GIVEN)
    with pytest.raises(InvalidInput, match="déjà écrit"):
        stays.start_cold_plan(house=of.pk, since=until, until=until, beds=1, why="x", **GIVEN)


def test_beds_are_not_taken_away_under_who_sleeps_in_them() -> None:
    of = house(2)
    held = night(of, guest(of))
    with pytest.raises(InvalidInput, match="Quelqu’un dort"):
        stays.end_beds(beds=[held.bed_id], on=TONIGHT - timedelta(days=1), **GIVEN)
    assert stays.end_beds(beds=[held.bed_id], on=TONIGHT, **GIVEN) == 1
    assert Bed.objects.get(pk=held.bed_id).until_date == TONIGHT
    assert closed(of).beds == 2


def test_two_seasons_share_no_day_and_one_does_not_end_before_a_night() -> None:
    of = house(1, since=date(2026, 11, 1))
    night(of, guest(of))
    season = Season.objects.get()
    with pytest.raises(InvalidInput, match="déjà ouverte"):
        stays.open_season(house=of.pk, since=date(2026, 10, 1), until=date(2026, 11, 1), **GIVEN)
    with pytest.raises(InvalidInput, match="déjà écrite après"):
        stays.end_season(season=season.pk, on=date(2026, 11, 23), **GIVEN)
    stays.end_season(season=season.pk, on=TONIGHT, **GIVEN)
    stays.open_season(house=of.pk, since=TONIGHT + timedelta(days=1), **GIVEN)
    assert Season.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": " "}, "name"), ({"kind": "hotel"}, "kind"), ({"kind": "day", "curfew_at": time(22)}, "curfew_at")],
)  # fmt: skip
def test_a_house_that_cannot_be_is_refused_beside_its_field(given, field) -> None:
    house(name="Abri")
    with pytest.raises(InvalidInput) as told:
        house(**given)
    assert set(told.value.fields) == {field}
    with pytest.raises(InvalidInput, match="existe déjà"):
        house(name="Abri")


def test_a_house_keeps_its_kind_once_nights_are_written_and_its_keys_their_days() -> None:
    of = house(lines=("3",))
    night(of, guest(of))
    changed = {"house": of.pk, "since": TONIGHT} | GIVEN
    with pytest.raises(InvalidInput, match="La sorte ne change plus"):
        stays.change_house(draft=draft(kind="day"), **changed)
    stays.change_house(draft=draft(lines=("4",)), **changed)
    keys = HouseKey.objects.order_by("key").values_list("key", "since_date", "until_date")
    assert list(keys) == [
        ("3", date(2020, 1, 1), TONIGHT - timedelta(days=1)), ("4", TONIGHT, None),
    ]  # fmt: skip


def test_a_dwelling_of_transit_is_occupied_night_after_night() -> None:
    of = house(1, kind="transit")
    ann = guest(of)
    for back in (2, 1, 0):
        night(of, ann, TONIGHT - timedelta(days=back))
        closed(of, TONIGHT - timedelta(days=back))
    assert [row.slept for row in Opening.objects.all()] == [1, 1, 1]
    with pytest.raises(WrongState):
        night(of, ann, why="Encore")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"alias": "!!"}, "alias"), ({"sex": "q"}, "sex"), ({"birth_year": 1850}, "birth_year"), ({"age_band": "vieux"}, "age_band")],
)  # fmt: skip
def test_a_guest_that_cannot_be_is_refused_beside_its_field(given, field) -> None:
    of = house()
    with pytest.raises(InvalidInput) as told:
        stays.add_guest(house=of.pk, draft=GuestDraft(**({"alias": "Momo"} | given)), **GIVEN)
    assert set(told.value.fields) == {field}
    assert not Guest.objects.exists()


def test_nobody_opens_binds_or_exports_herself_or_somebody_close_as_a_guest() -> None:
    of, me, mine = house(), leader(), persons.person()
    ann, anna = guest(of, "Ann"), guest(of, "Anna")
    people.link_staff(agent=int(me.ref), reference=mine.reference, link="self", by=me, at=NOW)
    with pytest.raises(InvalidInput, match="Aucune personne"):
        stays.bind_guest(guest=ann.pk, person_ref=mine.reference, by=me, at=NOW)
    stays.bind_guest(guest=ann.pk, person_ref=mine.reference, **GIVEN)
    stays.join_guests(kept=ann.pk, other=anna.pk, **GIVEN)
    bea = guest(of, "Bea")
    assert list(permissions.guests_visible_to(me, TONIGHT)) == [bea]
    assert set(permissions.guests_visible_to(leader(), TONIGHT)) == {ann, anna, bea}
    with pytest.raises(NotAllowed):
        stays.read_guest(guest=ann.pk, by=me, at=NOW)
    assert export_stays(mine.reference, me)["known_as"] == []


def test_why_a_night_is_taken_back_is_forgotten_after_a_year_and_the_count_stays() -> None:
    of = house()
    held = night(of, guest(of, "Ann"))
    closed(of)
    stays.move_stay(stay=held.pk, key="take_back", why="Ann dormait ailleurs", **GIVEN)
    said = (Stay.objects.values_list("why", flat=True), OpeningCount.objects.values_list("why", flat=True))  # fmt: skip
    _later(364)
    assert [list(rows.all()) for rows in said] == [["Ann dormait ailleurs"], ["", "Ann dormait ailleurs"]]  # fmt: skip
    _later(366)
    assert [list(rows.all()) for rows in said] == [["–"], ["", "–"]]
    assert list(OpeningCount.objects.values_list("slept", flat=True)) == [1, 0]


def test_where_somebody_refused_was_sent_is_forgotten_after_a_year_and_the_reason_stays() -> None:
    of, sent = house(), {"reason": "full", "referred_to": "Chez Lina"}
    stays.refuse(house=of.pk, day=TONIGHT, **sent, **GIVEN)
    _later(364)
    assert list(Refusal.objects.values("reason", "referred_to")) == [sent]
    _later(366)
    assert list(Refusal.objects.values("reason", "referred_to")) == [sent | {"referred_to": ""}]


def test_what_ended_is_not_ended_later() -> None:
    of = house(1)
    plan = stays.start_cold_plan(house=of.pk, since=TONIGHT, until=TONIGHT, beds=1, why="Gel", **GIVEN)  # fmt: skip
    morrow = TONIGHT + timedelta(days=1)
    with pytest.raises(InvalidInput, match="déjà fini"):
        stays.end_cold_plan(plan=plan.pk, on=morrow, **GIVEN)
    with pytest.raises(InvalidInput, match="déjà fini"):
        stays.end_beds(beds=[plan.beds.get().pk], on=morrow, **GIVEN)
    assert queries.beds_on(of.pk, morrow).count() == 1


def test_who_was_joined_is_excluded_under_the_name_that_stays() -> None:
    of = house()
    ann, anna = guest(of, "Ann"), guest(of, "Anna")
    stays.join_guests(kept=ann.pk, other=anna.pk, **GIVEN)
    stays.exclude(
        guest=anna.pk, house=of.pk, since=TONIGHT, until=TONIGHT, reason="Coup",
        decided_by="Équipe", hearing="heard", **GIVEN,
    )  # fmt: skip
    with pytest.raises(WrongState, match="exclu"):
        night(of, anna)
