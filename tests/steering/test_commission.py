"""The commission: who sits, how it meets, what its opinion moves, and what it wants done."""

from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests.factories.commission import (
    DAY,
    ON_THE_DAY,
    change,
    commission,
    held_meeting,
    meeting,
    member,
    point,
)
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW, lead, plan

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.versions import EditConflict
from beffroi.steering import commission as reads
from beffroi.steering import permissions, retention
from beffroi.steering import services as steering
from beffroi.steering.enums import ChangeState, MeetingState, Presence, ReportState
from beffroi.steering.models import (
    AgendaPoint,
    AnnualReport,
    CommissionDecision,
    CommissionMeeting,
    CommissionMember,
    CommissionMove,
)
from beffroi.steering.reports.parts import parts_of
from beffroi.steering.services import MemberDraft, Votes
from beffroi.steering.services.base import AlreadyMoved
from beffroi.steering.workflow import MEETING_MOVES

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def body():
    plan()
    return commission()


def test_composition_counts_seats_held_that_day_and_no_alternate(body) -> None:
    lead_seat = CommissionMember.objects.get(seat="project_lead")
    steering.end_mandate(member=lead_seat, until=date(2026, 1, 31), **GIVEN)
    titular = CommissionMember.objects.get(seat="partner")
    member(body, alternate_of=titular, name="Remplaçante")
    before, after = (
        reads.check_composition(reads.members_on(body, day), day)
        for day in (date(2026, 1, 31), date(2026, 2, 1))
    )
    assert (before.missing, after.missing) == ((), ("project_lead",))


def test_an_alternate_leaves_with_the_member_she_replaces(body) -> None:
    titular = CommissionMember.objects.get(seat="partner")
    other = member(body, alternate_of=titular, seat="citizen")
    assert other.seat == "partner"
    steering.end_mandate(member=titular, until=TODAY, **GIVEN)
    other.refresh_from_db()
    assert other.until_date == TODAY
    with pytest.raises(WrongState):
        steering.end_mandate(member=titular, until=TODAY, **GIVEN)


def test_member_without_name_or_with_a_wrong_titular_is_refused(body) -> None:
    titular = CommissionMember.objects.get(seat="partner")
    other = member(body, alternate_of=titular)
    for values, field in (
        ({"name": " "}, "name"), ({"organisation": ""}, "organisation"),
        ({"alternate_of": other}, "alternate_of"),
    ):  # fmt: skip
        given = {"name": "A", "organisation": "B", "seat": "cpas", "since": TODAY, **values}
        with pytest.raises(InvalidInput) as refused:
            steering.seat_member(commission=body, draft=MemberDraft(**given), **GIVEN)
        assert set(refused.value.fields) == {field}


def test_quorum_that_nothing_writes_is_refused(body) -> None:
    for given, field in (
        ({"quorum_percent": 50}, "source"),
        ({"quorum_percent": 101, "source": "ROI"}, "quorum_percent"),
        ({"notice_days": 91}, "notice_days"),
    ):
        with pytest.raises(InvalidInput) as refused:
            values = {"plan": body.plan, "notice_days": 10, **given}
            steering.set_commission(**values, **GIVEN)
        assert set(refused.value.fields) == {field}


def test_voters_leave_out_the_region_and_count_an_alternate_once(body) -> None:
    titular = CommissionMember.objects.get(seat="partner")
    other = member(body, alternate_of=titular)
    row = meeting(body)
    point(row)
    steering.invite(meeting=row, **GIVEN)
    row.refresh_from_db()
    seats = {m.seat: m.pk for m in reads.members_on(body, DAY) if not m.alternate_of_id}
    steering.note_presences(
        meeting=row, presences={other.pk: "present", seats["region"]: "present"}, **ON_THE_DAY
    )
    assert vars(reads.voters_of(row)) == {"members": 4, "present": 1, "needed": 0}
    steering.note_presences(meeting=row, presences={titular.pk: "present"}, **ON_THE_DAY)
    assert reads.voters_of(row).present == 1


def test_invitation_leaves_to_each_address_apart_and_names_nobody(
    body, django_capture_on_commit_callbacks
) -> None:
    row = meeting(body)
    point(row, kind="change", title="", change=change())
    with django_capture_on_commit_callbacks(execute=True):
        steering.invite(meeting=row, **GIVEN)
        assert mail.outbox == []
    assert sorted(one.to for one in mail.outbox) == [
        [f"{seat}@exemple.be"] for seat in ("commune", "cpas", "partner", "project_lead", "region")
    ]
    body_text = mail.outbox[0].body
    assert "1. Demande 1 : retirer la ligne, ligne 03" in body_text
    assert "10 décembre 2026 à 14:00, Salle du conseil" in body_text
    assert "Membre" not in body_text
    assert "Plus personne" not in body_text


def test_invitation_later_than_the_notice_says_why(body) -> None:
    row = meeting(body, TODAY + timedelta(days=9))
    point(row)
    with pytest.raises(InvalidInput) as refused:
        steering.invite(meeting=row, **GIVEN)
    assert set(refused.value.fields) == {"late_reason"}
    steering.invite(meeting=row, late_reason="Avis attendu par le conseil.", **GIVEN)
    row.refresh_from_db()
    assert (row.state, row.late_reason) == (MeetingState.INVITED, "Avis attendu par le conseil.")


def test_invitation_on_the_last_day_of_the_notice_needs_no_reason(body) -> None:
    row = meeting(body, TODAY + timedelta(days=10))
    point(row)
    steering.invite(meeting=row, late_reason="Inutile", **GIVEN)
    row.refresh_from_db()
    assert (row.state, row.late_reason) == (MeetingState.INVITED, "")


def test_agenda_takes_only_what_waits_and_only_once(body) -> None:
    first, second = meeting(body), meeting(body, date(2026, 12, 17))
    asked = change()
    point(first, kind="change", change=asked)
    with pytest.raises(InvalidInput):
        point(second, kind="change", change=asked)
    steering.cancel_meeting(meeting=first, reason="Salle fermée", **GIVEN)
    assert point(second, kind="change", change=asked).position == 1
    with pytest.raises(InvalidInput):
        point(second, title=" ")
    steering.invite(meeting=second, **GIVEN)
    with pytest.raises(AlreadyMoved):
        point(second, title="Divers")
    with pytest.raises(AlreadyMoved):
        steering.drop_point(point=AgendaPoint.objects.get(meeting=second), **GIVEN)


def test_cancelled_meeting_writes_only_to_whoever_was_invited(
    body, django_capture_on_commit_callbacks
) -> None:
    row = meeting(body)
    point(row)
    steering.invite(meeting=row, **GIVEN)
    draft = meeting(body, date(2026, 12, 17))
    with django_capture_on_commit_callbacks(execute=True):
        steering.cancel_meeting(meeting=draft, reason="x", **GIVEN)
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        steering.cancel_meeting(meeting=row, reason="x", **GIVEN)
    assert len(mail.outbox) == 5


def test_opinion_moves_the_change_with_its_votes_in_one_act(body) -> None:
    row, asked = meeting(body), change()
    put = point(row, kind="change", change=asked)
    held_meeting(row)
    steering.give_opinion(
        point=put, opinion="remarks", remarks="Prévenir les habitants.", votes=Votes(3, 1, 0),
        **ON_THE_DAY,
    )  # fmt: skip
    asked.refresh_from_db()
    assert (asked.state, asked.opinion_date) == (ChangeState.SEEN, DAY)
    assert asked.opinion == (
        "Favorable avec remarques (3 pour, 1 contre, 0 abstentions) : Prévenir les habitants."
    )


def test_opinion_moves_a_frozen_report_and_refuses_one_that_is_not(body) -> None:
    row = meeting(body)
    kinds = ("activity", "financial")
    for kind in kinds:
        AnnualReport.objects.create(plan=body.plan, year=2025, kind=kind)
    steering.freeze(plan=body.plan, year=2025, kind="activity", **GIVEN)
    puts = [point(row, kind="report", report=AnnualReport.objects.get(kind=kind)) for kind in kinds]
    held_meeting(row)
    steering.give_opinion(point=puts[0], opinion="favourable", **ON_THE_DAY)
    with pytest.raises(AlreadyMoved):
        steering.give_opinion(point=puts[1], opinion="favourable", **ON_THE_DAY)
    states = dict(AnnualReport.objects.values_list("kind", "state"))
    assert states == {
        "activity": ReportState.COMMISSION_SEEN, "financial": ReportState.COLLECTING,
    }  # fmt: skip


def test_opinion_on_a_change_that_was_dropped_writes_nothing(body) -> None:
    row, asked = meeting(body), change()
    put = point(row, kind="change", change=asked)
    held_meeting(row)
    steering.drop_change(change=asked, **GIVEN)
    with pytest.raises(AlreadyMoved), transaction.atomic():
        steering.give_opinion(point=put, opinion="favourable", **ON_THE_DAY)
    put.refresh_from_db()
    assert put.opinion == ""


def test_opinion_is_refused_without_the_quorum_and_given_with_it(body) -> None:
    steering.set_commission(
        plan=body.plan, notice_days=10, quorum_percent=75, source="ROI, art. 4", **GIVEN
    )
    row = meeting(body)
    put = point(row)
    held_meeting(row, absent=("commune", "cpas"))
    row.refresh_from_db()
    assert (row.quorum_needed, row.voters_present, row.has_quorum) == (3, 2, False)
    with pytest.raises(WrongState, match="pas en nombre"):
        steering.give_opinion(point=put, opinion="favourable", **ON_THE_DAY)
    other = meeting(body, date(2026, 12, 9))
    again = point(other)
    held_meeting(other, absent=("commune",))
    assert steering.give_opinion(point=again, opinion="favourable", **ON_THE_DAY).opinion


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"opinion": "remarks"}, "remarks"),
        ({"opinion": "favourable", "votes": Votes(4, 0, 1)}, "votes_for"),
        ({"opinion": "favourable", "votes": Votes(2, 2, 0)}, "opinion"),
        ({"opinion": "unfavourable", "votes": Votes(3, 1, 0)}, "opinion"),
    ],
)
def test_opinion_that_its_votes_or_words_do_not_carry_is_refused(body, given, field) -> None:
    row = meeting(body)
    put = point(row)
    held_meeting(row)
    with pytest.raises(InvalidInput) as refused:
        steering.give_opinion(point=put, **given, **ON_THE_DAY)
    assert set(refused.value.fields) == {field}


def test_minutes_close_once_each_point_speaks_and_two_pens_meet(body) -> None:
    row = meeting(body)
    first, second = point(row), point(row, title="Divers")
    held_meeting(row)
    steering.give_opinion(point=first, opinion="favourable", **ON_THE_DAY)
    with pytest.raises(WrongState, match="2"):
        steering.close_minutes(meeting=row, **ON_THE_DAY)
    steering.write_minutes(point=second, minutes="Rien.", version=0, **ON_THE_DAY)
    with pytest.raises(EditConflict):
        steering.write_minutes(point=second, minutes="Tout.", version=0, **ON_THE_DAY)
    steering.close_minutes(meeting=row, **ON_THE_DAY)
    with pytest.raises(InvalidInput):
        steering.approve_minutes(meeting=row, on=DAY - timedelta(days=1), **ON_THE_DAY)
    steering.approve_minutes(meeting=row, on=DAY, **ON_THE_DAY)
    moves = list(CommissionMove.objects.values_list("move", "target"))
    assert moves == [
        ("invite", "invited"), ("hold", "held"), ("minute", "minuted"), ("approve", "approved")
    ]  # fmt: skip


def test_each_move_is_refused_from_every_state_it_does_not_start_from(body) -> None:
    acts = {
        "invite": lambda row: steering.invite(meeting=row, **GIVEN),
        "hold": lambda row: steering.hold_meeting(meeting=row, **ON_THE_DAY),
        "minute": lambda row: steering.close_minutes(meeting=row, **ON_THE_DAY),
        "approve": lambda row: steering.approve_minutes(meeting=row, on=DAY, **ON_THE_DAY),
        "cancel": lambda row: steering.cancel_meeting(meeting=row, reason="x", **GIVEN),
    }
    assert set(acts) == set(MEETING_MOVES)
    row = meeting(body)
    point(row)
    for state in MeetingState:
        values = {"state": state, "approved_date": DAY if state == "approved" else None}
        full = {"invited_date": TODAY, "quorum_needed": 0, "voters_present": 1}
        CommissionMeeting.objects.filter(pk=row.pk).update(**values, **full)
        for key, move in MEETING_MOVES.items():
            if state not in move.sources:
                with pytest.raises(AlreadyMoved):
                    acts[key](CommissionMeeting.objects.get(pk=row.pk))
    assert not CommissionMove.objects.exists()


def test_meeting_does_not_open_before_its_day_nor_empty(body) -> None:
    row = meeting(body)
    point(row)
    steering.invite(meeting=row, **GIVEN)
    with pytest.raises(WrongState, match="le jour"):
        steering.hold_meeting(meeting=row, **GIVEN)
    with pytest.raises(WrongState, match="Personne"):
        steering.hold_meeting(meeting=row, **ON_THE_DAY)


def test_decision_has_an_owner_who_sits_and_is_late_the_day_after(body) -> None:
    row = meeting(body)
    put = point(row)
    gone = member(body, since=date(2020, 1, 1), name="Partie")
    steering.end_mandate(member=gone, until=date(2021, 1, 1), **GIVEN)
    held_meeting(row)
    owner = CommissionMember.objects.get(seat="project_lead")
    with pytest.raises(InvalidInput) as refused:
        steering.decide(
            meeting=row, text=" ", owner=gone, due=DAY - timedelta(days=1), **ON_THE_DAY
        )
    assert set(refused.value.fields) == {"text", "owner", "due"}
    made = steering.decide(
        meeting=row, text="Écrire aux écoles", owner=owner, due=DAY, point=put, **ON_THE_DAY
    )
    assert list(reads.decisions_late(body.plan, DAY)) == []
    assert list(reads.decisions_late(body.plan, DAY + timedelta(days=1))) == [made]
    steering.settle_decision(decision=made, outcome="Lettre partie", on=DAY, **ON_THE_DAY)
    assert list(reads.decisions_late(body.plan, DAY + timedelta(days=1))) == []
    with pytest.raises(WrongState):
        steering.settle_decision(decision=made, outcome="Encore", on=DAY, **ON_THE_DAY)
    assert CommissionDecision.objects.get().outcome == "Lettre partie"


def test_four_people_before_the_commission(body) -> None:
    row = meeting(body)
    put = point(row)
    others = (
        agent(Role.FINANCE_DIRECTOR),
        agent(Role.SOCIAL_WORKER, "poverty"),
        person_actor("P1"),
    )
    for who in others:
        given = {"by": who, "at": NOW}
        for act in (
            lambda g: steering.plan_meeting(commission=body, on=DAY, start=time(9), place="x", **g),
            lambda g: steering.set_commission(plan=body.plan, notice_days=1, **g),
            lambda g: steering.invite(meeting=row, **g),
            lambda g: steering.give_opinion(point=put, opinion="favourable", **g),
        ):
            with pytest.raises(NotAllowed):
                act(given)
    seen = [permissions.commissions_visible_to(who).count() for who in (lead(), *others)]
    assert seen == [1, 1, 0, 0]
    assert row.state == MeetingState.DRAFT


def test_the_journal_keeps_no_name_of_a_member(body) -> None:
    told = [
        f"{e.object_ref} {e.detail}" for e in JournalEntry.objects.filter(verb="commission.seat")
    ]
    assert len(told) == 5
    assert not any("Membre" in one or "exemple.be" in one for one in told)


def test_names_of_members_go_ten_years_after_their_mandate(body) -> None:
    titular = CommissionMember.objects.get(seat="partner")
    steering.end_mandate(member=titular, until=date(2026, 11, 1), **GIVEN)
    assert retention.forget_members(NOW) == 0
    assert retention.forget_members(NOW + timedelta(days=3655)) == 1
    titular.refresh_from_db()
    assert (titular.name, titular.email, titular.organisation) == ("", "", "Maison partner")
    assert CommissionMember.objects.exclude(name="").count() == 4


def test_the_database_refuses_a_point_that_names_another_thing(body) -> None:
    row = meeting(body)
    wrong = (
        {"kind": "free", "change": change()}, {"kind": "change"}, {"kind": "report"},
        {"kind": "free", "opinion": "favourable", "votes_for": 1},
        {"kind": "free", "opinion": "remarks"}, {"kind": "free", "votes_for": 1, "votes_against": 0, "votes_none": 0},
    )  # fmt: skip
    for number, values in enumerate(wrong, 10):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgendaPoint.objects.create(meeting=row, position=number, title="x", **values)


def test_only_the_present_are_counted_among_who_was_noted(body) -> None:
    row = meeting(body)
    point(row)
    steering.invite(meeting=row, **GIVEN)
    people = {m.seat: m for m in reads.members_on(body, DAY)}
    stranger = member(body, since=DAY + timedelta(days=1), name="Demain")
    with pytest.raises(InvalidInput):
        steering.note_presences(meeting=row, presences={stranger.pk: "present"}, **ON_THE_DAY)
    how = {people["cpas"].pk: Presence.EXCUSED, people["commune"].pk: Presence.PRESENT}
    steering.note_presences(meeting=row, presences=how, **ON_THE_DAY)
    assert reads.voters_of(row).present == 1


def test_the_report_of_the_year_tells_its_meetings_and_names_nobody(body) -> None:
    row, asked = meeting(body), change()
    put = point(row, kind="change", change=asked)
    point(row)
    held_meeting(row, absent=("cpas",))
    steering.give_opinion(point=put, opinion="favourable", **ON_THE_DAY)
    made = steering.freeze(plan=body.plan, year=2026, kind="activity", **ON_THE_DAY)
    content = steering.content_of(made)
    assert content["commission"] == [
        {
            "date": "2026-12-10", "voters": 3,
            "present": [f"Maison {seat}" for seat in ("commune", "partner", "project_lead", "region")],
            "points": [
                {"title": "1. Demande 1 : retirer la ligne, ligne 03", "opinion": "Favorable"},
                {"title": "2. Tour de table", "opinion": ""},
            ],
        }
    ]  # fmt: skip
    assert "Membre" not in made.content
    (part,) = [one for one in parts_of(content) if one.sheet == "Commission"]
    assert [one[1:] for one in part.rows] == [
        ("1. Demande 1 : retirer la ligne, ligne 03", "Favorable"), ("2. Tour de table", "–"),
    ]  # fmt: skip
    old = {**content, "commission": []}
    (part,) = [one for one in parts_of(old) if one.sheet == "Commission"]
    assert [one[1] for one in part.rows] == ["Demande 1 : Retirer la ligne"]
