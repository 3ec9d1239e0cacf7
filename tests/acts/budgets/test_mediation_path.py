"""A mediation file from its opening to its end, and what the services refuse on the way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.factories import mediation as make
from tests.factories.mediation import NOW, TODAY
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.enums import (
    DebtState,
    FileState,
    LetterKind,
    MovementKind,
    Outcome,
    PersonRole,
    PlanState,
)
from beffroi.acts.budgets.models import CreditorLetter, Debt, Instalment, MediationFile, Share
from beffroi.acts.budgets.permissions import can_open, files_visible_to
from beffroi.acts.budgets.workflow import MOVES
from beffroi.audit.models import JournalEntry
from beffroi.core.actors import person_actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal, WrongState

pytestmark = pytest.mark.django_db


def _shares(file: make.Opened, instalment: int) -> list[Decimal]:
    rows = Share.objects.filter(
        instalment__plan__file=file.row, instalment__number=instalment
    ).order_by("line")
    return list(rows.values_list("amount", flat=True))


def test_keep_plan_gives_golden_shares_to_the_cent() -> None:
    file = make.negotiating("1250.00", "480.00", "270.00")
    file.do(budgets.keep_plan, monthly=Decimal(85), first_date=TODAY, priority_first=False)
    plan = file.row.plans.get()
    assert (plan.months, plan.total) == (24, Decimal("2000.00"))
    assert _shares(file, 1) == [Decimal("53.13"), Decimal("20.40"), Decimal("11.47")]
    assert _shares(file, 24) == [Decimal("28.01"), Decimal("10.80"), Decimal("6.19")]
    sums = [
        sum(Share.objects.filter(line=line).values_list("amount", flat=True))
        for line in plan.lines.all()
    ]
    assert sums == [Decimal("1250.00"), Decimal("480.00"), Decimal("270.00")]


def test_keep_plan_with_priority_pays_the_rent_first() -> None:
    file = make.owing("300.00", "170.00", priority=(1,))
    file.do(budgets.keep_plan, monthly=Decimal(100), first_date=date(2027, 1, 31))
    months = Instalment.objects.order_by("number")
    assert [m.due_date for m in months] == [
        date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30),
        date(2027, 5, 31),
    ]  # fmt: skip
    given = [
        {s.line.debt.owed: s.amount for s in m.shares.select_related("line__debt")} for m in months
    ]
    assert given[0] == {Decimal("170.00"): Decimal("100.00")}
    assert given[1] == {Decimal("170.00"): Decimal("70.00"), Decimal("300.00"): Decimal("30.00")}


def test_keep_plan_that_never_ends_is_refused() -> None:
    file = make.owing("50000.00")
    with pytest.raises(InvalidInput, match="jamais"):
        file.do(budgets.keep_plan, monthly=Decimal("0.01"), first_date=TODAY)
    assert file.row.plans.count() == 0


def test_disputed_debt_is_left_out_of_the_plan() -> None:
    file = make.owing("300.00", "170.00")
    first = file.row.debts.first()
    draft = budgets.draft_of(first, {"is_disputed": True, "dispute": "Livraison jamais reçue."})
    file.do(budgets.change_debt, debt=first.pk, version=1, draft=draft)
    file.do(budgets.keep_plan, monthly=Decimal(50), first_date=TODAY)
    assert file.row.plans.get().total == Decimal("170.00")


def test_draw_budget_counts_monthly_equivalents() -> None:
    file = make.negotiating()
    sheet = file.row.budgets.get()
    assert (sheet.income, sheet.expense, sheet.disposable, sheet.repayments) == (
        Decimal("1640.00"), Decimal("885.00"), Decimal("705.00"), Decimal("30.00"),
    )  # fmt: skip
    assert sheet.ratio == Decimal("0.0183")
    assert [step["key"] for step in sheet.steps] == ["income", "expenses", "available", "ratio"]


def test_payment_lowers_each_debt_once_and_the_last_ends_it() -> None:
    file = make.running("100.00", "50.00", monthly="75.00")
    debts = file.row.debts
    file.do(budgets.note_payment, number=1, instalment=1, paid_date=TODAY)
    assert [d.paid for d in debts.all()] == [Decimal("50.00"), Decimal("25.00")]
    with pytest.raises(WrongState):
        file.do(budgets.note_payment, number=1, instalment=1, paid_date=TODAY)
    file.do(budgets.undo_payment, number=1, instalment=1, why="Erreur de dossier.")
    assert [d.paid for d in debts.all()] == [Decimal(0), Decimal(0)]
    for instalment in (1, 2):
        file.do(budgets.note_payment, number=1, instalment=instalment, paid_date=TODAY)
    assert [(d.owed, d.state) for d in debts.all()] == [(Decimal(0), DebtState.PAID)] * 2


def test_convention_wants_a_notice_and_closing_another() -> None:
    file = make.running()
    opening = file.row.notices.get()
    assert (opening.kind, opening.since_date, opening.is_verified) == ("opening", TODAY, True)
    assert "1390octies" in opening.reference
    file.do(budgets.file_notice, notice=opening.pk, filed_date=TODAY, bailiff="Me Lenoir")
    with pytest.raises(WrongState):
        file.do(budgets.file_notice, notice=opening.pk, filed_date=TODAY, bailiff="Me Lenoir")
    file.do(budgets.close, outcome=Outcome.RCD, why="Admise en règlement collectif.")
    assert [n.kind for n in file.row.notices.order_by("pk")] == ["opening", "closing"]


def test_convention_before_july_2025_wants_no_notice() -> None:
    at = NOW.replace(year=2025, month=6)
    file = make.opened(at=at)
    file.do(budgets.sign_convention, at=at, signed_date=date(2025, 6, 20))
    assert file.row.notices.count() == 0


def test_person_is_in_one_open_file_at_a_time() -> None:
    who = make.person()
    first = make.opened(who=who)
    with pytest.raises(InvalidInput, match=first.reference):
        make.opened(who=who)
    first.do(budgets.close, outcome=Outcome.ABANDON, why="Ne vient plus.")
    second = make.opened(who=who)
    assert MediationFile.objects.filter(members__role=PersonRole.HOLDER).count() == 2
    assert second.row.state == FileState.INTAKE


def test_client_account_is_never_overdrawn_and_adds_up() -> None:
    file = make.owing("300.00")
    file.do(budgets.open_account, iban="BE68 5390 0754 7034")
    debt = file.row.debts.get()

    def enter(kind: MovementKind, amount: str, **more: object) -> int:
        return file.do(
            budgets.enter_movement, kind=kind, amount=Decimal(amount), value_date=TODAY,
            label="Mouvement", **more,
        )  # fmt: skip

    enter(MovementKind.RECEIVED, "500.00")
    enter(MovementKind.TO_CREDITOR, "120.50", debt=debt.pk)
    with pytest.raises(WrongState, match="379.50"):
        enter(MovementKind.TO_PERSON, "379.51")
    enter(MovementKind.TO_PERSON, "79.50")
    file.do(budgets.reverse_movement, number=2, why="Mauvais compte.")
    with pytest.raises(WrongState):
        file.do(budgets.reverse_movement, number=2, why="Encore.")
    account = file.row.client_account
    rows = list(account.movements.values_list("number", "amount", "balance"))
    assert rows == [
        (1, Decimal("500.00"), Decimal("500.00")), (2, Decimal("-120.50"), Decimal("379.50")),
        (3, Decimal("-79.50"), Decimal("300.00")), (4, Decimal("120.50"), Decimal("420.50")),
    ]  # fmt: skip
    with pytest.raises(WrongState, match="zéro"):
        file.do(budgets.close, outcome=Outcome.ABANDON, why="Fin.")


def test_creditor_who_stays_silent_is_written_to_again_once() -> None:
    file = make.owing("300.00", "170.00")
    keys = [debt.pk for debt in file.row.debts.all()]
    made = file.do(budgets.write_creditors, kind=LetterKind.STATEMENT, debts=keys)
    first = CreditorLetter.objects.get(pk=made.letters[0])
    assert (first.answer_due_date - TODAY).days == 30
    with pytest.raises(WrongState):
        file.do(budgets.recall_letter, letter=first.pk)
    after = NOW + timedelta(days=32)
    with pytest.raises(WrongState, match="pas encore partie"):
        file.do(budgets.recall_letter, letter=first.pk, at=after)
    make.post(made.letters, file.by)
    again = file.do(budgets.recall_letter, letter=first.pk, at=after)
    with pytest.raises(WrongState):
        file.do(budgets.recall_letter, letter=first.pk, at=after)
    recall = CreditorLetter.objects.get(pk=again)
    assert (recall.recalls, recall.creditor, recall.debts.get().owed) == (
        first, first.creditor, Decimal("300.00"),
    )  # fmt: skip


def test_change_debt_by_two_shows_the_second_what_it_became() -> None:
    file = make.owing("300.00")
    debt = file.row.debts.get()
    file.do(
        budgets.change_debt, debt=debt.pk, version=1,
        draft=budgets.draft_of(debt, {"principal": Decimal("310.00")}),
    )  # fmt: skip
    with pytest.raises(budgets.ChangedMeanwhile, match="310"):
        file.do(budgets.change_debt, debt=debt.pk, version=1, draft=budgets.draft_of(debt))
    assert Debt.objects.get().principal == Decimal("310.00")


@pytest.mark.parametrize("typed", ["+++090/9337/55493+++", "090933755493"])
def test_structured_communication_is_checked(typed: str) -> None:
    file = make.signed()
    draft = budgets.DebtDraft(make.creditor(file.by), "energy", Decimal(10), communication=typed)
    file.do(budgets.add_debts, drafts=[draft])
    assert file.row.debts.get().communication == "090933755493"
    wrong = budgets.DebtDraft(draft.creditor, "energy", Decimal(10), communication="090933755494")
    with pytest.raises(InvalidInput):
        file.do(budgets.add_debts, drafts=[draft, wrong])
    assert file.row.debts.count() == 1


def test_file_is_for_the_mediation_team_alone() -> None:
    file = make.owing("300.00")
    colleague, leader = make.mediator(), make.mediator(Role.TEAM_LEADER)
    others = (
        agent(Role.SOCIAL_WORKER, "general_aid"), agent(Role.TEAM_LEADER, "general_aid"),
        agent(Role.RECEPTION, "debts"), agent(Role.DIRECTOR_GENERAL, ""),
        agent(Role.PRIVACY_OFFICER, ""), person_actor(file.reference),
    )  # fmt: skip
    row = file.row
    assert [can_open(who, row) for who in (file.by, colleague, leader)] == [True] * 3
    assert [files_visible_to(who).count() for who in others] == [0] * 6
    before = JournalEntry.objects.count()
    for who in others:
        with pytest.raises(NotAllowed):
            budgets.read_file(reference=file.reference, by=who, at=NOW)
        with pytest.raises(NotAllowed):
            budgets.go_to(reference=file.reference, step="to_budget", by=who, at=NOW)
    assert JournalEntry.objects.count() == before
    assert row.state == FileState.DOCUMENTS


def test_reading_is_journalled_under_the_file_and_never_the_person() -> None:
    file = make.owing("300.00")
    budgets.read_file(reference=file.reference, by=file.by, at=NOW)
    person = file.row.persons.get().reference
    rows = JournalEntry.objects.filter(object_kind="mediation_file")
    assert set(rows.values_list("subject_ref", flat=True)) == {file.reference}
    assert rows.filter(verb="mediation.read", kind="read").count() == 1
    assert not rows.filter(detail__icontains=person).exists()


def _at_state(state: str) -> make.Opened:
    if state == FileState.INTAKE:
        return make.opened()
    if state in (FileState.DOCUMENTS, FileState.BUDGET):
        file = make.owing("300.00")
        if state == FileState.BUDGET:
            file.do(budgets.go_to, step="to_budget")
        return file
    file = make.negotiating() if state == FileState.NEGOTIATION else make.running()
    if state == FileState.EVALUATION:
        file.do(budgets.go_to, step="evaluate")
    if state == FileState.CLOSED:
        file.do(budgets.close, outcome=Outcome.SUCCESS, why="Payé.")
    return file


@pytest.mark.parametrize("state", [str(s) for s in FileState])
def test_each_state_takes_the_moves_of_the_table_and_no_other(state: str) -> None:
    for key, move in MOVES.items():
        file = _at_state(state)
        leader = make.mediator(Role.TEAM_LEADER)
        acts = {
            "sign_convention": lambda f=file: f.do(budgets.sign_convention, signed_date=TODAY),
            "start_plan": lambda f=file: _start(f),
            "close": lambda f=file: f.do(budgets.close, outcome=Outcome.BREAK, why="Fin."),
            "reopen": lambda f=file, who=leader: budgets.reopen(
                reference=f.reference, why="Retour.", by=who, at=NOW
            ),
        }
        act = acts.get(key, lambda f=file, k=key: _plain(f, k))
        if state in move.sources:
            act()
            assert file.row.state == move.target, key
        else:
            with pytest.raises(Refusal):
                act()
            assert file.row.state == state, key


def _plain(file: make.Opened, key: str) -> None:
    if key == "to_negotiation" and file.row.state == FileState.BUDGET:
        entries = [budgets_entry()]
        file.do(budgets.draw_budget, entries=entries, reserve=Decimal(0))
    file.do(budgets.go_to, step=key)


def budgets_entry():
    from beffroi.acts.budgets.computing import BudgetEntry

    return BudgetEntry("income", "Salaire", Decimal(1500))


def _start(file: make.Opened) -> None:
    plan = file.row.plans.first()
    if plan is None:
        file.do(budgets.keep_plan, monthly=Decimal(100), first_date=TODAY)
        plan = file.row.plans.first()
    file.do(budgets.start_plan, number=plan.number)


def test_missed_twice_tells_that_the_plan_is_broken() -> None:
    from beffroi.acts.budgets.queries import missed_in_a_row
    from beffroi.rules.debts import is_broken

    file = make.running()
    plan = file.row.plans.get()
    found = []
    for number, days in ((1, 0), (2, 31)):
        file.do(budgets.note_missed, number=1, instalment=number, at=NOW + timedelta(days=days))
        found.append(is_broken(missed_in_a_row(plan), TODAY))
    assert found == [False, True]
    file.do(budgets.break_plan, number=1, why="Deux mensualités manquées.")
    assert (file.row.state, file.row.plans.get().state) == (
        FileState.NEGOTIATION, PlanState.BROKEN,
    )  # fmt: skip
