"""The plan of Mons as published, its versions, and the words said of each line of a year."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.conftest import agent_actor
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW, lead, line, plan, running_convention

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.core.versions import EditConflict
from beffroi.steering import permissions, queries
from beffroi.steering import services as steering
from beffroi.steering.enums import PlanState
from beffroi.steering.models import Axis, CatalogueAction, PlanLine, PlanVersion, Right
from beffroi.steering.services import LineDraft
from beffroi.steering.workflow import CONVENTION_MOVES, PLAN_MOVES

pytestmark = pytest.mark.django_db


def _drafts(made) -> list[LineDraft]:
    return [LineDraft.of(row) for row in queries.lines_of(queries.latest_version(made))]


def test_load_gives_the_32_lines_of_mons_on_7_axes() -> None:
    plan()
    rows = queries.lines_in_force()
    assert [row.number for row in rows] == list(range(1, 33))
    assert len({row.code for row in rows}) == 29
    assert [row.number for row in rows if row.code == "5.5.01"] == [23, 24, 25]
    assert [row.number for row in rows if row.code == "5.5.02"] == [26, 27]
    assert {row.axis for row in rows} == {1, 2, 3, 4, 5, 6, 7}
    assert {(row.number, row.partner) for row in rows if row.delivery == "art20"} == {
        (1, "ASBL Chantecler"), (7, "ASBL RAMBO"), (24, "ASBL Article 27"),
        (25, "ASBL Pourquoi pas toi"), (26, "Maison St Paul"), (27, "ASBL Pourquoi pas toi"),
    }  # fmt: skip
    assert {row.delivery for row in rows if row.partner is None} == {"regie"}


def test_load_gives_7_axes_15_rights_and_says_what_was_not_read() -> None:
    plan()
    assert Axis.objects.count() == 7
    assert Right.objects.count() == 15
    assert {right.is_verified for right in Right.objects.all()} == {False}
    assert "catalogue complet" in queries.programmes().get().warning


def test_load_again_adds_nothing() -> None:
    plan()
    before = [m.objects.count() for m in (CatalogueAction, PlanLine, PlanVersion, JournalEntry)]
    plan()
    assert before == [
        m.objects.count() for m in (CatalogueAction, PlanLine, PlanVersion, JournalEntry)
    ]


def test_version_is_a_copy_and_the_one_before_stays() -> None:
    made = plan()
    drafts = _drafts(made)
    drafts[2] = LineDraft(**{**vars(drafts[2]), "local_title": "Abri des Quatre-Vents"})
    new = LineDraft(33, drafts[3].action, date(2023, 5, 1))
    steering.make_version(
        made, [*drafts, new], reason="Avenant", effective=date(2023, 5, 1), **GIVEN
    )
    first, second = PlanVersion.objects.order_by("number")
    assert queries.lines_of(first).count() == 32
    assert queries.lines_of(second).count() == 33
    assert str(queries.lines_of(first).get(line__number=3)) == "Abri de nuit/de jour"
    assert str(queries.lines_of(second).get(line__number=3)) == "Abri des Quatre-Vents"
    assert [
        queries.version_on(made, day).number for day in (date(2023, 4, 30), date(2023, 5, 1))
    ] == [1, 2]
    assert (line(3).since_date, line(33).since_date) == (date(2020, 1, 1), date(2023, 5, 1))


def test_database_refuses_to_change_a_line_of_a_version() -> None:
    plan()
    for model, change in ((PlanLine, {"local_title": "x"}), (PlanVersion, {"reason": "x"})):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            model.objects.update(**change)


def test_database_refuses_a_partner_line_without_partner() -> None:
    made = plan()
    version, row = queries.latest_version(made), line(1).copies.get()
    PlanLine.objects.filter(pk=row.pk).delete()
    with pytest.raises(IntegrityError, match="plan_line_names_its_partner"), transaction.atomic():
        PlanLine.objects.create(
            version=version, line=line(1), action=row.action, delivery="art20",
            starts_date=date(2020, 1, 1),
        )  # fmt: skip


def test_version_with_a_number_twice_or_before_the_last_is_refused() -> None:
    made = plan()
    drafts = _drafts(made)
    with pytest.raises(InvalidInput) as refused:
        steering.make_version(
            made, [*drafts, drafts[4]], reason="x", effective=date(2023, 1, 1), **GIVEN
        )
    assert set(refused.value.fields) == {"ligne 5"}
    with pytest.raises(InvalidInput) as refused:
        steering.make_version(made, drafts, reason="x", effective=date(2019, 12, 31), **GIVEN)
    assert set(refused.value.fields) == {"effective"}
    assert PlanVersion.objects.count() == 1


def test_move_plan_starts_only_from_its_states() -> None:
    made = plan()
    for key, move in PLAN_MOVES.items():
        asked = {"key": made.key, "move": key, "on": date(2026, 3, 4), "note": "Séance du 4"}
        for state in PlanState.values:
            type(made).objects.update(state=state)
            made.moves.all().delete()
            if state in move.sources:
                assert steering.move_plan(**asked, **GIVEN).state == move.target
                assert made.moves.get().target == move.target
            else:
                with pytest.raises(steering.AlreadyMoved):
                    steering.move_plan(**asked, **GIVEN)
                assert made.moves.count() == 0


def test_move_plan_by_a_decision_is_for_the_direction_and_names_it() -> None:
    made = plan()
    type(made).objects.update(state=PlanState.SENT)
    asked = {"key": made.key, "move": "approve", "on": date(2026, 3, 4), "at": NOW}
    with pytest.raises(NotAllowed):
        steering.move_plan(note="x", by=lead(), **asked)
    with pytest.raises(InvalidInput):
        steering.move_plan(note=" ", by=agent(Role.DIRECTOR_GENERAL, ""), **asked)


def test_rights_of_each_role() -> None:
    plan()
    roles = {str(role): agent_actor(1, role) for role in Role}
    told = {
        name: {role for role, who in roles.items() if getattr(permissions, name)(who)}
        for name in ("can_read_board", "can_steer", "can_keep_money", "can_note_decision")
    }
    assert told == {
        "can_read_board": {"pcs_lead", "director_general", "president", "finance_director"},
        "can_steer": {"pcs_lead", "director_general"},
        "can_keep_money": {"pcs_lead", "director_general", "finance_director"},
        "can_note_decision": {"director_general"},
    }
    readers = {r for r, who in roles.items() if permissions.plans_visible_to(who).exists()}
    assert readers == told["can_read_board"]
    assert {r for r, w in roles.items() if permissions.lines_visible_to(w).exists()} == readers


def test_tell_year_wants_a_reason_where_the_line_did_not_run() -> None:
    plan()
    with pytest.raises(InvalidInput):
        steering.tell_year(line=line(3), year=2021, status="not_done", **GIVEN)
    row = steering.tell_year(line=line(3), year=2021, status="not_done", reason="Covid", **GIVEN)
    assert (row.status, row.reason) == ("not_done", "Covid")
    with pytest.raises(WrongState):
        steering.tell_year(line=line(3), year=2019, status="done", **GIVEN)


def test_tell_year_shows_both_versions_to_the_second() -> None:
    plan()
    for words in ("un", "deux"):
        seen = 0
        if words == "un":
            steering.tell_year(line=line(3), year=2021, status="done", version=seen, **GIVEN)
            steering.tell_year(
                line=line(3), year=2021, status="done", worked="un", version=seen, **GIVEN
            )
        else:
            with pytest.raises(EditConflict) as conflict:
                steering.tell_year(
                    line=line(3), year=2021, status="done", worked=words, version=seen, **GIVEN
                )
            found = {(one.field, one.yours, one.theirs) for one in conflict.value.differences}
            assert ("worked", "deux", "un") in found


# --- the catalogue -----------------------------------------------------------------------


def test_import_of_a_csv_adds_and_mends_and_removes_nothing() -> None:
    plan()
    content = "code;title;art20\n2.4.01;Abri de nuit et de jour;non\n7.3.02;Bourse aux vélos;oui\n"
    done = steering.import_catalogue(programme="pcs-2020", content=content, form="csv", **GIVEN)
    assert (done.added, done.changed, done.unchanged) == (1, 1, 0)
    assert CatalogueAction.objects.count() == 30
    assert CatalogueAction.objects.get(code="7.3.02").axis.number == 7
    again = steering.import_catalogue(programme="pcs-2020", content=content, form="csv", **GIVEN)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


@pytest.mark.parametrize(
    ("content", "form", "fields"),
    [
        ("code,title\n8.1.01,X\n", "csv", {"ligne 1"}),
        ("code,title\n1.1.1,X\n1.1.07,\n", "csv", {"ligne 1", "ligne 2"}),
        ("code,title\n1.1.07,X\n1.1.07,Y\n", "csv", {"1.1.07"}),
        ("code,colour\n1.1.07,red\n", "csv", set()),
        ("- {code: 1.1.07, title: X, axis: 2}\n", "yaml", {"ligne 1"}),
        ("[unclosed", "yaml", set()),
        ("[]", "yaml", set()),
    ],
)
def test_import_with_a_fault_loads_nothing(content: str, form: str, fields: set[str]) -> None:
    plan()
    with pytest.raises(InvalidInput) as refused:
        steering.import_catalogue(programme="pcs-2020", content=content, form=form, **GIVEN)
    assert set(refused.value.fields) == fields
    assert CatalogueAction.objects.count() == 29


# --- conventions -------------------------------------------------------------------------


def _account(row, year: int = 2023) -> tuple[str, ...]:
    one = queries.year_account(row, year)
    names = ("granted", "paid", "justified", "accepted", "due", "balance")
    return tuple(str(getattr(one, name)) for name in names)


def test_convention_is_paid_within_what_is_granted_then_what_is_proven() -> None:
    plan()
    row = running_convention()
    about = {"reference": row.reference, "year": 2023, **GIVEN}
    with pytest.raises(InvalidInput):
        steering.pay_tranche(
            kind="advance", amount=Decimal("5000.01"), on=date(2023, 2, 1), **about
        )
    steering.pay_tranche(kind="advance", amount=Decimal("3750.00"), on=date(2023, 2, 1), **about)
    assert _account(row) == ("5000.00", "3750.00", "0.00", "0.00", "0.00", "-3750.00")
    with pytest.raises(InvalidInput):
        steering.pay_tranche(kind="balance", amount=Decimal("1.00"), on=date(2024, 1, 5), **about)
    proof = steering.receive_proof(
        label="Comptes 2023", amount=Decimal("4800.00"), on=date(2024, 1, 9), **about
    )
    with pytest.raises(InvalidInput):
        steering.check_proof(
            proof=proof.pk, accepted=Decimal("4700.00"), on=date(2024, 1, 9), **GIVEN
        )
    steering.check_proof(
        proof=proof.pk, accepted=Decimal("4700.00"), on=date(2024, 1, 9), why="Boissons", **GIVEN
    )
    assert _account(row) == ("5000.00", "3750.00", "4800.00", "4700.00", "4700.00", "950.00")
    with pytest.raises(WrongState):
        steering.check_proof(
            proof=proof.pk, accepted=Decimal("4800.00"), on=date(2024, 1, 9), **GIVEN
        )
    steering.pay_tranche(kind="balance", amount=Decimal("950.00"), on=date(2024, 2, 1), **about)
    assert _account(row)[-1] == "0.00"
    assert _account(row, 2024) == ("5000.00", "0.00", "0.00", "0.00", "0.00", "0.00")
    assert _account(row, 2027)[0] == "0.00"


def test_convention_with_too_little_proven_is_to_recover() -> None:
    plan()
    row = running_convention()
    about = {"reference": row.reference, "year": 2023, **GIVEN}
    steering.pay_tranche(kind="advance", amount=Decimal("3750.00"), on=date(2023, 2, 1), **about)
    proof = steering.receive_proof(
        label="Factures", amount=Decimal("3000.00"), on=date(2024, 1, 9), **about
    )
    steering.check_proof(proof=proof.pk, accepted=Decimal("3000.00"), on=date(2024, 1, 9), **GIVEN)
    assert _account(row)[-1] == "-750.00"


@pytest.mark.parametrize("key", CONVENTION_MOVES)
def test_move_convention_starts_only_from_its_states(key: str) -> None:
    plan()
    row = running_convention()
    asked = {"reference": row.reference, "move": key, "note": "x", "on": date(2022, 1, 1), **GIVEN}
    if row.state in CONVENTION_MOVES[key].sources:
        assert steering.move_convention(**asked).state == CONVENTION_MOVES[key].target
    else:
        with pytest.raises(steering.AlreadyMoved):
            steering.move_convention(**asked)


def test_partnership_has_no_money_and_a_transfer_has_some() -> None:
    plan()
    for kind, amount in (("partnership", "10.00"), ("transfer", "0.00"), ("art20", "-5.00")):
        with pytest.raises(InvalidInput) as refused:
            running_convention(kind=kind, yearly_amount=Decimal(amount))
        assert set(refused.value.fields) == {"yearly_amount"}
