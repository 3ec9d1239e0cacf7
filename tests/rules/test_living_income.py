"""The living income: amounts by date, what is refused, what the explanation repeats."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from beffroi.rules.exact import monthly_cents, text
from beffroi.rules.living_income import compute, recompute
from beffroi.rules.living_income_facts import Cohabitant, Facts, Given, ImpossibleFact, Resource
from beffroi.rules.living_income_parameters import index_table, parameters_on
from beffroi.rules.living_income_reading import answer, facts_of
from beffroi.rules.series import OutsideParameters, series

CASE = {"date": "2025-02-01", "category": "isolated"}


def published() -> list[tuple[date, int, str]]:
    return [
        (one.since, rank, amount)
        for one in series("living_income_published").values
        for rank, amount in enumerate(one.value or ())
        if amount
    ]


def monthly(day: date, rank: int) -> str:
    return text(monthly_cents(parameters_on(day).full[rank].amount))


@pytest.mark.parametrize(("since", "rank", "amount"), published())
def test_full_amount_is_the_published_one_to_the_cent(since: date, rank: int, amount: str) -> None:
    assert monthly(since, rank) == amount
    assert monthly(since - timedelta(days=1), rank) != amount
    assert parameters_on(since).full[rank].status == "read"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("spi_general_published", "spi_general"),
        ("spi_student_grant_published", "spi_student_with_grant"),
        ("spi_shortage_job_published", "spi_shortage_job"),
    ],
)
def test_exemption_is_the_published_one_to_the_cent(name: str, kind: str) -> None:
    for one in series(name).values:
        if one.value is not None:
            known = getattr(parameters_on(one.since), kind)
            assert (Decimal(known.amount) / 10**9, known.status) == (Decimal(one.value), "read")


@pytest.mark.parametrize(
    ("base", "pivots", "annual", "monthly"),
    [
        (["5515.62", "8273.45", "11181.13"], 18, ["7877.41", "11816.14", "15968.89"], ["656.45", "984.68", "1330.74"]),
        (["5920.42", "8880.64", "12001.71"], 25, ["9713.04", "14569.58", "19690.01"], ["809.42", "1214.13", "1640.83"]),
        (["6038.83", "9058.25", "12241.74"], 28, ["10513.60", "15770.41", "21312.87"], ["876.13", "1314.20", "1776.07"]),
    ],
)  # fmt: skip
def test_index_table_gives_the_published_triplets(base, pivots, annual, monthly) -> None:
    assert index_table(base, pivots) == {"annual": annual, "monthly": monthly}


@pytest.mark.parametrize("day", ["2018-12-31", "2028-01-01", "1999-01-01"])
def test_day_without_known_amounts_is_refused(day: str) -> None:
    with pytest.raises(OutsideParameters, match=day):
        answer({**CASE, "date": day})


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"resource": []}, "resource: unknown key"),
        ({"category": "alone"}, "category: 'alone' is not one of cohabitant, isolated, family"),
        ({"category": None}, "category: is missing"),
        ({"date": "2025-02-30"}, "date: '2025-02-30' is not a date, as 2025-02-01"),
        ({"resources": [{"kind": "salary", "monthly": "1"}]}, "resources[0].kind: 'salary' is not one of"),
        ({"resources": [{"kind": "work"}]}, "resources[0].monthly: is missing"),
        ({"resources": [{"kind": "work", "monthly": "-1"}]}, "resources[0].monthly: -1 is negative"),
        ({"resources": [{"kind": "work", "monthly": "many"}]}, "resources[0].monthly: 'many' is not an amount"),
        ({"resources": [{"kind": "work", "monthly": "NaN"}]}, "resources[0].monthly: 'NaN' is not an amount"),
        ({"resources": [{"kind": "work", "monthly": "1.005"}]}, "resources[0].monthly: 1.005 has more than two decimals"),
        ({"resources": [{"kind": "work", "monthly": "100000000.01"}]}, "resources[0].monthly: 100000000.01 is too large"),
        ({"resources": [{"kind": "work", "monthly": "1e3"}]}, "resources[0].monthly: '1e3' is not an amount"),
        ({"resources": [{"kind": "work", "monthly": " 12,50"}]}, "resources[0].monthly: ' 12,50' is not an amount"),
        ({"resources": [{"kind": "other", "monthly": "1", "exemption": "general"}]}, "resources[0].exemption: general is only for work"),
        ({"resources": {"kind": "work"}}, "resources: a list is expected"),
        ({"movable_capital": True}, "movable_capital: True is not an amount"),
        ({"children_allocataire": -1}, "children_allocataire: -1 is not a number of children"),
        ({"children_allocataire": "2"}, "children_allocataire: '2' is not a number of children"),
        ({"properties": [{"kind": "built", "cadastral_income": "1", "share": "1.5"}]}, "properties[0].share: 1.5 is not a share from 0 to 1"),
        ({"properties": [{"kind": "built", "cadastral_income": "1", "share": "0.0000000000001"}]}, "properties[0].share: 1E-13 is not a share from 0 to 1"),
        ({"properties": [{"kind": "built", "cadastral_income": "1", "share": "1/0"}]}, "properties[0].share: '1/0' is not a share"),
        ({"properties": [{"kind": "built", "cadastral_income": "1", "share": None}]}, "properties[0].share: None is not a share"),
        ({"given": []}, "given: an object is expected"),
        ({"given": {"category": {"by": "A", "on": "2025-01-01", "why": 3}}}, "given.why: 3 is not a text"),
        ({"resources": [None]}, "resources[0].value: an object is expected"),
        ({"properties": [{"kind": "built", "cadastral_income": "1", "usufruct": "no"}]}, "properties[0].usufruct: 'no' is neither true nor false"),
        ({"transfers": [{"date": "2025-02-02", "value": "1"}]}, "transfers[0].date: is after the day of the decision"),
        ({"cohabitants": [{"relation": "cousin"}]}, "cohabitants[0].relation: 'cousin' is not one of"),
        ({"cohabitants": [{"relation": "partner"}] * 2}, "cohabitants: there can be one partner only"),
        ({"cohabitants": [{"relation": "parent", "resources": [{"kind": "work", "monthly": "x"}]}]}, "cohabitants[0].resources[0].monthly: 'x' is not an amount"),
        ({"regime": "maintenance_debtors"}, "regime: maintenance_debtors starts on 2026-03-01"),
    ],
)  # fmt: skip
def test_impossible_fact_is_refused_by_its_name(wrong: dict, words: str) -> None:
    with pytest.raises(ValueError) as refusal:
        answer({**CASE, **wrong})
    assert str(refusal.value).startswith(words)


def test_programme_giving_a_float_is_refused() -> None:
    with pytest.raises(ImpossibleFact, match="monthly: 10.5 is not an amount"):
        Resource("work", 10.5)  # type: ignore[arg-type]


def test_explanation_repeats_who_decided_and_why() -> None:
    given = Given("le Conseil", date(2025, 1, 28), "charges du ménage")
    facts = Facts(
        date(2025, 2, 1), "cohabitant",
        cohabitants=(
            Cohabitant("parent", counted_share=Decimal("0.5"), resources=(Resource("other", Decimal(2000)),), given=given),
        ),
        given={"category": Given("Mme Durand", date(2025, 1, 15), "visite à domicile")},
    )  # fmt: skip
    assert [(step.key, step.note) for step in compute(facts).steps if step.note] == [
        ("full", "décidé le 15/01/2025 par Mme Durand : visite à domicile"),
        ("cohabitant", "décidé le 28/01/2025 par le Conseil : charges du ménage"),
    ]


@pytest.mark.parametrize(
    ("relation", "regime", "words"),
    [
        ("friend", "", "ses ressources ne comptent jamais"),
        ("grandparent", "first_degree", "ses ressources ne comptent pas sous le régime de cette décision"),
        ("partner", "", "a son propre droit à l’intégration sociale"),
    ],
)  # fmt: skip
def test_somebody_not_counted_is_told_with_the_reason(relation, regime, words) -> None:
    given = {"regime": {"by": "le Conseil", "on": "2025-06-01", "why": "dossier pas encore révisé"}}
    case = {"date": "2026-03-01", "category": "cohabitant", "regime": regime, "given": given}
    people = [{"relation": relation, "claims_ris": relation == "partner"}]
    steps = answer({**case, "cohabitants": people})["steps"]
    assert [step["formula"] for step in steps if step["key"] == "cohabitant"] == [
        f"{words} (décidé le 01/06/2025 par le Conseil : dossier pas encore révisé)"
    ]


def test_answer_has_every_key_of_the_contract_and_no_other() -> None:
    result = answer({"id": "c1", **CASE, "resources": [{"kind": "work", "monthly": "400.00"}]})
    assert set(result) == {
        "id", "status", "missing", "full", "counted", "general_exemption", "deducted",
        "before_general_exemption", "granted", "steps",
    }  # fmt: skip
    assert set(result["counted"]) == {
        "work", "other", "movable_capital", "property", "housing", "transfers", "cohabitants",
        "total",
    }  # fmt: skip
    assert {frozenset(step) for step in result["steps"]} == {
        frozenset({"key", "label", "formula", "value", "reference", "source"})
    }
    assert result["full"] == {"annual": "15770.41", "monthly": "1314.20"}


def test_inferred_rule_says_so_in_its_step() -> None:
    land = {"properties": [{"kind": "land", "cadastral_income": "100.00"}]}
    sources = {step["key"]: step["source"] for step in answer({**CASE, **land})["steps"]}
    assert sources["land_property"] == "inferred"
    assert sources["total"] == "read"


def test_not_computable_gives_the_full_amount_and_nothing_else() -> None:
    result = answer({**CASE, "movable_capital": None})
    assert result["status"] == "not_computable"
    assert result["full"]["monthly"] == "1314.20"
    assert {result[key] for key in ("counted", "deducted", "granted", "general_exemption")} == {
        None
    }


def test_recompute_at_an_index_date_gives_both_and_what_changed() -> None:
    facts = facts_of(
        {
            "date": "2026-02-28", "category": "cohabitant",
            "resources": [{"kind": "work", "monthly": "400.00", "exemption": "general"}],
            "cohabitants": [{"relation": "grandparent", "resources": [{"kind": "other", "monthly": "1500.00"}]}],
        }
    )  # fmt: skip
    difference = recompute(facts, date(2026, 3, 1))
    assert (difference.old.granted_monthly, difference.new.granted_monthly) == ("798.53", "822.23")
    assert difference.monthly_cents == 2370
    assert (difference.old.regime, difference.new.regime) == ("first_degree", "first_degree")
    assert set(difference.changed) == {
        "work", "total", "full", "deducted", "before_general_exemption", "granted",
    }  # fmt: skip


def test_computing_one_case_does_not_load_numpy() -> None:
    import subprocess
    import sys

    code = "import sys, beffroi.rules.living_income_reading; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
