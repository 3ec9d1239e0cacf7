"""The money of a plan: charged once, on the right day, set against the accounts, justified."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.factories.requests import agent
from tests.factories.steering import GIVEN, NOW, line, plan, running_convention

from beffroi.accounts.enums import Role
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.steering import accounts
from beffroi.steering import services as steering
from beffroi.steering.models import AccountRow, Expenditure, FundingShare
from beffroi.steering.services import CostDraft

pytestmark = pytest.mark.django_db
D = Decimal
_EXPORT = """Exercice;Fonction;Code économique;Date;Mandat;Tiers;Libellé;Montant
2022;84010;111-01;31/01/2022;1001;;Traitements janvier;60.000,00
2022;84010;124-02;15/03/2022;1002;Imprimerie Dupont;Affiches;1 250,50
2022;84011;332-02;20/03/2022;1003;ASBL Article 27;Avance;3750,00
"""


def _charge(amount: str, number: int | None = 3, **more) -> Expenditure:
    values = {
        "on_date": date(2022, 5, 3), "label": "Couvertures", "nature": "fonctionnement",
        "line": line(number) if number else None, "paid_date": date(2022, 5, 3), **more,
    }  # fmt: skip
    plan_ = line(1).plan
    return steering.charge(
        plan=plan_,
        year=values["on_date"].year,
        draft=CostDraft(amount=D(amount), **values),
        **GIVEN,
    )


def _notified(amount: str, year: int = 2022):
    steering.notify_subsidy(
        plan=line(1).plan,
        year=year,
        amount=D(amount),
        on=date(year, 2, 1),
        source="Arrêté",
        **GIVEN,
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2022;84010;111;31/01/2022;1;;x;1e999999", "n’est pas un montant"),
        ("2022;84010;111;31/01/2022;1;;x;NaN", "n’est pas un montant"),
        ("2022;84010;111;31/01/2022;1;;x;-Infinity", "n’est pas un montant"),
        ("²022;84010;111;31/01/2022;1;;x;1", "l’exercice, la fonction ou le mandat manque"),
        (f"{'9' * 5000};84010;111;31/01/2022;1;;x;1", "l’exercice"),
        (f"2022;{'8' * 11};111;31/01/2022;1;;x;1", "est trop long"),
        (f"2022;84010;111;31/01/2022;{'1' * 41};;x;1", "est trop long"),
        ("2022;84010;111;31/02/2022;1;;x;1", "n’est pas une date"),
    ],
)
def test_row_of_the_accounts_that_cannot_be_is_named_and_nothing_is_kept(row, said) -> None:
    head = _EXPORT.splitlines()[0]
    with pytest.raises(InvalidInput) as refused:
        steering.import_accounts(plan=plan(), content=f"{head}\n{row}\n", **GIVEN)
    assert said in refused.value.fields["ligne 2"]
    assert len(refused.value.fields["ligne 2"]) <= 200
    assert not AccountRow.objects.exists()


def test_file_that_is_no_table_or_without_an_end_is_refused() -> None:
    head, row = _EXPORT.splitlines()[:2]
    many = "\n".join(row.replace("1001", str(n)) for n in range(20_001))
    for body in (f'"{"x" * 200_000}"', many):
        with pytest.raises(InvalidInput):
            steering.import_accounts(plan=plan(), content=f"{head}\n{body}\n", **GIVEN)
    assert not AccountRow.objects.exists()


def test_character_that_postgresql_does_not_keep_is_left_out_of_the_accounts() -> None:
    content = _EXPORT.replace("Imprimerie Dupont", "Imprimerie\x00Dupont")
    steering.import_accounts(plan=plan(), content=content, **GIVEN)
    assert AccountRow.objects.get(mandate="1002").supplier == "Imprimerie Dupont"


def test_year_comes_to_what_the_rule_says() -> None:
    made = plan()
    _notified("90000.00")
    _charge("60000.00", None, nature="personnel", label="Traitements")
    _charge("45000.00", eligible_amount=D("40000.00"), reason="Boissons")
    _charge("9999.00", paid_date=None)  # committed: not justified yet
    _charge("5000.00", 24, shares={"art20": D(1)})  # article 20 never enters
    _charge("1000.00", shares={"pssp": D("1")})  # another subsidy pays it
    found = accounts.year_money(made, 2022)
    done = found.justification
    assert found.eligible == D("100000.00")
    assert (done.due, done.own_paid, done.unused) == (D("80000.00"), D("20000.00"), D("10000.00"))
    assert [(one.label, one.charged) for one in found.by_nature] == [
        ("Personnel", D("60000.00")), ("Fonctionnement", D("40000.00")),
        ("Transferts aux associations", D("0.00")), ("Investissement", D("0.00")),
    ]  # fmt: skip
    assert {one.label: one.charged for one in found.by_line} == {
        "commun": D("60000.00"), "03": D("40000.00"), "24": D("0.00"),
    }  # fmt: skip
    assert found.wage_share == D("60.0")


def test_year_without_a_notified_subsidy_says_nothing_of_what_is_due() -> None:
    made = plan()
    _charge("10.00")
    found = accounts.year_money(made, 2022)
    assert (found.subsidy, found.justification, found.eligible) == (None, None, D("10.00"))


def test_article_20_is_counted_apart_by_convention() -> None:
    made = plan()
    row = running_convention()
    ((held, account),) = accounts.year_money(made, 2022).art20
    assert (held, account.granted) == (row, D("5000.00"))
    assert accounts.year_money(made, 2027).art20 == []


def test_cost_dated_before_its_line_is_refused() -> None:
    made = plan()
    steering.make_version(
        made,
        [*(steering.LineDraft.of(r) for r in made.versions.get().lines.select_related("line")),
         steering.LineDraft(33, line(3).copies.get().action, date(2022, 5, 4))],
        reason="Avenant", effective=date(2022, 5, 4), **GIVEN,
    )  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        _charge("10.00", 33)
    assert set(refused.value.fields) == {"on_date"}
    assert _charge("10.00", 33, on_date=date(2022, 5, 4)).pk


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"shares": {"pcs": D("0.6"), "pssp": D("0.5")}}, {"shares"}),
        ({"shares": {}}, {"shares"}),
        ({"shares": {"pcs": D("0")}}, {"shares"}),
        ({"eligible_amount": D("10.01")}, {"eligible_amount"}),
        ({"eligible_amount": D("9.99")}, {"reason"}),
        ({"nature": "colour"}, {"label"}),
    ],
)
def test_cost_paid_twice_or_not_said_is_refused(values, fields) -> None:
    plan()
    with pytest.raises(InvalidInput) as refused:
        _charge("10.00", **values)
    assert set(refused.value.fields) == fields
    assert Expenditure.objects.count() == 0


def test_shares_of_a_cost_never_make_more_than_the_whole() -> None:
    plan()
    cost = _charge("1000.00", shares={"pcs": D("0.7")})
    steering.share_cost(cost=cost, funding="pssp", share=D("0.3"), **GIVEN)
    with pytest.raises(InvalidInput):
        steering.share_cost(cost=cost, funding="ape", share=D("0.0001"), **GIVEN)
    steering.share_cost(cost=cost, funding="pssp", share=D("0.2"), **GIVEN)
    steering.share_cost(cost=cost, funding="ape", share=D("0.1"), **GIVEN)
    assert sum(FundingShare.objects.values_list("share", flat=True)) == 1
    assert accounts.charged_of(cost) == D("700.00")


def test_cancelled_cost_stays_and_counts_no_more() -> None:
    made = plan()
    cost = _charge("10.00")
    steering.cancel_cost(cost=cost, why="Encodée deux fois", **GIVEN)
    assert accounts.year_money(made, 2022).eligible == D("0.00")
    assert Expenditure.objects.get().why_cancelled == "Encodée deux fois"
    with pytest.raises(WrongState):
        steering.cancel_cost(cost=cost, why="x", **GIVEN)


def test_accounts_are_read_once_and_set_against_the_plan() -> None:
    made = plan()
    assert steering.import_accounts(plan=made, content=_EXPORT, **GIVEN) == (3, 0)
    assert steering.import_accounts(plan=made, content=_EXPORT, **GIVEN) == (0, 3)
    before = {one.function: one.difference for one in accounts.reconcile(made, 2022)}
    assert before == {"84010": D("61250.50"), "84011": D("3750.00")}
    for row in accounts.rows_to_charge(made, 2022).filter(function="84010"):
        steering.charge_row(row=row, nature="personnel", line=None, **GIVEN)
    with pytest.raises(WrongState):
        first = AccountRow.objects.get(mandate="1001")
        steering.charge_row(row=first, nature="personnel", line=None, **GIVEN)
    steering.explain(plan=made, year=2022, function="84011", why="Payée par convention", **GIVEN)
    found = accounts.reconcile(made, 2022)
    assert [(o.function, o.difference, o.is_settled) for o in found] == [
        ("84010", D("0.00"), True), ("84011", D("3750.00"), True),
    ]  # fmt: skip
    changed = _EXPORT.replace("3750,00", "3751,00")
    with pytest.raises(WrongState):
        steering.import_accounts(plan=made, content=changed, **GIVEN)
    more = _EXPORT.splitlines()[0] + "\n2022;84011;332-02;2022-04-01;1004;;Solde;10.00\n"
    steering.import_accounts(plan=made, content=more, **GIVEN)
    assert [one.is_settled for one in accounts.reconcile(made, 2022)] == [True, False]


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ("Exercice;Fonction\n2022;84010\n", set()),
        (_EXPORT.replace("60.000,00", "soixante"), {"ligne 2"}),
        (_EXPORT.replace("15/03/2022", "31/02/2022"), {"ligne 3"}),
        (_EXPORT.replace("3750,00", "3750,005"), {"ligne 4"}),
        (_EXPORT.splitlines()[0], set()),
    ],
)
def test_export_that_cannot_be_read_loads_nothing(content: str, fields: set[str]) -> None:
    made = plan()
    with pytest.raises(InvalidInput) as refused:
        steering.import_accounts(plan=made, content=content, **GIVEN)
    assert set(refused.value.fields) == fields
    assert AccountRow.objects.count() == 0


def _assign(**more):
    values = {
        "agent": None, "function": "project_lead", "since": date(2022, 1, 1), "until": None,
        "fte": D("1.00"), "charged_fte": D("0.50"), "monthly_cost": D("5000.00"), **more,
    }  # fmt: skip
    return steering.assign_staff(plan=line(1).plan, **values, **GIVEN)


def test_forecast_adds_paid_committed_and_wages_to_come() -> None:
    made = plan()
    _notified("90000.00")
    _charge("20000.00", None, nature="personnel")
    _charge("1000.00", paid_date=None)
    _assign()
    _assign(
        function="animator",
        until=date(2022, 10, 31),
        charged_fte=D("1.00"),
        monthly_cost=D("3000.00"),
    )
    _assign(function="other", since=date(2023, 1, 1))
    found = accounts.forecast(made, date(2022, 8, 15))
    # September to December: 4 × 2,500; September and October: 2 × 3,000.
    assert (found.paid, found.committed, found.wages_to_come) == (
        D("20000.00"), D("1000.00"), D("16000.00"),
    )  # fmt: skip
    assert found.justification.due == D("29600.00")


def test_staff_is_charged_within_what_she_works() -> None:
    plan()
    with pytest.raises(InvalidInput):
        _assign(fte=D("0.50"), charged_fte=D("0.51"))
    row = _assign()
    with pytest.raises(IntegrityError, match="staff_charged_within_worked"), transaction.atomic():
        type(row).objects.update(charged_fte=D("1.01"))


def test_money_is_kept_by_the_lead_finance_and_the_direction() -> None:
    made = plan()
    for role, may in (
        (Role.FINANCE_DIRECTOR, True),
        (Role.PRESIDENT, False),
        (Role.ANIMATOR, False),
    ):
        who = agent(role, "pcs" if role == Role.ANIMATOR else "")
        asked = {"plan": made, "year": 2022, "amount": D(1), "on": date(2022, 1, 1), "source": "x"}
        if may:
            assert steering.notify_subsidy(by=who, at=NOW, **asked).amount == 1
        else:
            with pytest.raises(NotAllowed):
                steering.notify_subsidy(by=who, at=NOW, **asked)


def test_spent_share_is_set_against_the_time_gone() -> None:
    made = plan()
    steering.set_budget(plan=made, year=2022, nature="fonctionnement", amount=D("200.00"), **GIVEN)
    _charge("50.00")
    found = accounts.spending(made, date(2022, 12, 31))
    assert (found.spent, found.gone) == (D("25.0"), D("100.0"))
    assert accounts.spending(made, date(2023, 1, 1)).spent is None
