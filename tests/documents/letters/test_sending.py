"""What becomes of a letter, and who may know it."""

from datetime import date, timedelta

import pytest
from tests.conftest import agent_actor
from tests.factories import letters as factory
from tests.factories.letters import NOW, OWNER

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor, system_actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.letters import permissions, queries
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery, LetterState
from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.permissions import letters_visible_to, register_visibility
from beffroi.documents.letters.workflow import MOVES

pytestmark = pytest.mark.django_db
HOUSE = system_actor("tests")
WORKER = agent_actor(1, Role.SOCIAL_WORKER, "aid")
OTHER_TEAM = agent_actor(2, Role.SOCIAL_WORKER, "debts")
DIRECTION = agent_actor(3, Role.DIRECTOR_GENERAL)
PERSON = person_actor("P26000001")
TODAY = date(2026, 11, 24)


def _sees(actor) -> list[str]:
    return ["P26000001"] if actor.in_team("aid") else []


def _state() -> str:
    return Letter.objects.get().state


def _send(
    reference: str, how: Delivery = Delivery.REGISTERED, number: str = "RR 1", **more
) -> None:
    letters.mark_sent(
        **{"letter": reference, "how": how, "number": number, "by": HOUSE, "at": NOW, **more}
    )


def test_registered_letter_keeps_its_number_and_its_first_presentation() -> None:
    reference = factory.write()
    _send(reference, number=" rr 123  456 be ")
    letters.mark_presented(letter=reference, presented=TODAY, by=HOUSE, at=NOW + timedelta(days=1))
    letter = Letter.objects.get()
    assert (letter.state, letter.sent_number, letter.presented_date) == (
        "presented",
        "RR 123 456 BE",
        TODAY,
    )


def test_letter_handed_over_is_presented_the_same_day() -> None:
    reference = factory.write()
    _send(reference, Delivery.HAND, "")
    assert (_state(), Letter.objects.get().presented_date) == (LetterState.PRESENTED, TODAY)


def test_registered_letter_without_a_number_is_refused() -> None:
    reference = factory.write()
    with pytest.raises(InvalidInput) as refused:
        _send(reference, number=" ")
    assert (set(refused.value.fields), _state()) == ({"number"}, "written")


def test_number_of_another_letter_is_refused() -> None:
    first, second = factory.write(), factory.write()
    _send(first)
    with pytest.raises(InvalidInput) as refused:
        _send(second, number="rr 1")
    assert set(refused.value.fields) == {"number"}


def test_ordinary_letter_with_a_number_is_refused() -> None:
    with pytest.raises(InvalidInput):
        _send(factory.write(), Delivery.POST, "RR 1")


@pytest.mark.parametrize("days", [-1, 2])
def test_presentation_before_the_sending_or_to_come_is_refused(days: int) -> None:
    reference = factory.write()
    _send(reference)
    with pytest.raises(InvalidInput):
        letters.mark_presented(
            letter=reference, presented=TODAY + timedelta(days=days), by=HOUSE, at=NOW
        )


def test_letter_set_aside_says_why_in_the_journal() -> None:
    reference = factory.write()
    with pytest.raises(InvalidInput):
        letters.set_aside(letter=reference, reason=" ", by=HOUSE, at=NOW)
    letters.set_aside(letter=reference, reason="Adresse fausse", by=HOUSE, at=NOW)
    assert JournalEntry.objects.get(verb="letter.set_aside").reason == "Adresse fausse"
    assert _state() == LetterState.SET_ASIDE


_ACTS = {
    "send": lambda r, by=HOUSE: _send(r, number="RR 2", by=by),
    "present": lambda r, by=HOUSE: letters.mark_presented(letter=r, presented=TODAY, by=by, at=NOW),
    "set_aside": lambda r, by=HOUSE: letters.set_aside(letter=r, reason="x", by=by, at=NOW),
}


@pytest.mark.parametrize("state", sorted(LetterState))
@pytest.mark.parametrize("move", sorted(MOVES))
def test_each_move_starts_only_where_the_table_says(move: str, state: str) -> None:
    reference = factory.write()
    if state in ("sent", "presented"):
        _send(reference)
    if state == "presented":
        _ACTS["present"](reference)
    if state == "set_aside":
        _ACTS["set_aside"](reference)
    if state in MOVES[move].sources:
        _ACTS[move](reference)
        assert _state() == MOVES[move].target
    else:
        with pytest.raises(WrongState):
            _ACTS[move](reference)
        assert _state() == state


def test_nobody_sees_a_letter_until_its_room_says_who() -> None:
    factory.write()
    assert [letters_visible_to(who).count() for who in (WORKER, OTHER_TEAM, DIRECTION, PERSON)] == [
        0
    ] * 4


def test_letters_are_seen_by_whom_the_room_says() -> None:
    register_visibility(OWNER, _sees)
    mine = factory.write()
    factory.write(subject_ref="P26000002")
    factory.write(owner_kind="other")
    seen = [
        sorted(letters_visible_to(who).values_list("reference", flat=True))
        for who in (WORKER, OTHER_TEAM, DIRECTION, PERSON)
    ]
    assert seen == [[mine], [], [], []]


def test_room_may_give_a_query_of_subjects() -> None:
    reference = factory.write()
    subjects = Letter.objects.filter(reference=reference).values_list("subject_ref", flat=True)
    register_visibility(OWNER, lambda _actor: subjects)
    assert letters_visible_to(WORKER).count() == 1


def test_second_function_of_visibility_is_refused() -> None:
    register_visibility(OWNER, _sees)
    register_visibility(OWNER, _sees)
    with pytest.raises(ValueError, match=OWNER):
        register_visibility(OWNER, lambda _actor: [])


@pytest.mark.parametrize(
    "read", [letters.read_letter, letters.read_pdf, letters.read_docx, letters.read_slip]
)
def test_letter_is_read_by_whom_may_see_it_and_journalled(read) -> None:
    register_visibility(OWNER, _sees)
    reference = factory.write()
    for stranger in (OTHER_TEAM, DIRECTION, PERSON):
        with pytest.raises(NotAllowed):
            read(reference=reference, by=stranger, at=NOW)
    assert JournalEntry.objects.exclude(verb="letter.write").count() == 0
    read(reference=reference, by=WORKER, at=NOW)
    entry = JournalEntry.objects.exclude(verb="letter.write").get()
    assert (entry.object_ref, entry.subject_ref, entry.actor_ref) == (reference, "P26000001", "1")


@pytest.mark.parametrize("act", sorted(_ACTS))
def test_strangers_change_nothing(act: str) -> None:
    register_visibility(OWNER, _sees)
    reference = factory.write()
    for stranger in (OTHER_TEAM, DIRECTION, PERSON):
        with pytest.raises(NotAllowed):
            _ACTS[act](reference, by=stranger)
    assert _state() == "written"


def test_list_of_registered_letters_holds_those_of_the_day_that_one_may_see() -> None:
    register_visibility(OWNER, _sees)
    mine, hidden, ordinary, later = (
        factory.write(), factory.write(subject_ref="P26000002"), factory.write(), factory.write()
    )  # fmt: skip
    _send(mine, number="RR 1")
    _send(hidden, number="RR 2")
    _send(ordinary, Delivery.POST, "")
    _send(later, number="RR 3", at=NOW + timedelta(days=1))
    rows = letters.read_registered_list(day=TODAY, by=WORKER, at=NOW)
    assert [row.reference for row in rows] == [mine]
    assert JournalEntry.objects.get(verb="letter.registered_list").detail == {"rows": 1}


def test_letters_of_an_owner_and_letters_to_send() -> None:
    first, second = factory.write(), factory.write()
    factory.write(owner_ref="D26-000099")
    assert {row.reference for row in queries.letters_of(OWNER, "D26-000042")} == {first, second}
    _send(first)
    assert [row.owner_ref for row in queries.letters_to_send(Letter.objects.all())] == [
        "D26-000042", "D26-000099",
    ]  # fmt: skip


def test_ten_years_later_nothing_personal_is_left() -> None:
    from beffroi.documents.retention import end_letters

    reference = factory.write()
    queries.pdf_of(reference)
    _send(reference)
    assert end_letters(NOW + timedelta(days=3000)) == 0
    assert end_letters(NOW + timedelta(days=3654)) == 1
    letter = Letter.objects.get()
    left = (letter.facts, letter.html, letter.recipient_name, letter.recipient_lines, letter.pdf.name,
            letter.subject_ref, letter.owner_ref, letter.sent_number, letter.written_by)  # fmt: skip
    assert left == ({}, "", "", [], "", "", "", "", "")
    assert letter.reference == reference
    assert end_letters(NOW + timedelta(days=3654)) == 0


def test_registry_is_empty_at_the_start_of_a_test() -> None:
    assert permissions._visible_subjects == {}
