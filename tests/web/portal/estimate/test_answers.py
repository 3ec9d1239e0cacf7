"""From answers to facts: amounts as people type them, categories, other ways of deciding."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

import beffroi
from beffroi.web.portal.estimate.answers import Answers, Way, categories, other_ways
from beffroi.web.portal.estimate.forms import amount_of
from beffroi.web.portal.estimate.questions import QUESTIONS


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("650", "650"), ("650,5", "650.5"), ("650.50", "650.50"), ("1 250,50 €", "1250.50"),
        ("1.250", "1250"), ("1,250", "1250"), ("1.250,50", "1250.50"), ("€1,250.50", "1250.50"),
        ("1\u202f250,00\u00a0€", "1250.00"), ("1.250.000", "1250000"), ("12 euros", "12"), ("0", "0"),
    ],
)  # fmt: skip
def test_amount_is_read_as_people_type_it(typed: str, amount: str) -> None:
    assert amount_of(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "beaucoup", "-5", "1,2,3", "1.25.50", "12,3456", "1e9", "NaN", "٣", "1..2", "."]
)
def test_amount_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        amount_of(typed)


def _answers(home: str, amounts: dict[str, str] | None = None, **choices: str) -> Answers:
    known = {name: Decimal(amount) for name, amount in (amounts or {}).items()}
    usual = {"student": "no", "receiving": "no", "child_time": "all", "shares": "yes"}
    return Answers({"home": frozenset(home.split())}, usual | choices, known)


@pytest.mark.parametrize(
    ("home", "choices", "found"),
    [
        ("alone", {}, ("isolated",)),
        ("unknown", {}, ()),
        ("unknown child", {}, ()),
        ("partner", {"partner_claims": "no"}, ("cohabitant",)),
        ("partner", {"partner_claims": "yes"}, ("cohabitant",)),
        ("child", {}, ("family",)),
        ("child", {"child_time": "part"}, ("family", "isolated")),
        ("child", {"child_time": "unknown"}, ("family", "isolated")),
        ("child partner", {"partner_claims": "no"}, ("family",)),
        ("child partner", {"partner_claims": "yes"}, ("cohabitant",)),
        (
            "child partner",
            {"partner_claims": "no", "child_time": "part"},
            ("family", "cohabitant"),
        ),
        ("child family", {}, ("family", "cohabitant")),
        ("child others", {"shares": "no"}, ("family", "cohabitant")),
        ("family", {}, ("cohabitant",)),
        ("others", {"shares": "no"}, ("isolated", "cohabitant")),
        ("others", {"shares": "unknown"}, ("cohabitant", "isolated")),
    ],
)
def test_categories_follow_the_answers_and_show_two_in_doubt(
    home: str, choices: dict[str, str], found: tuple[str, ...]
) -> None:
    assert categories(_answers(home, **choices)) == found


def test_other_ways_exempt_work_and_leave_relatives_out() -> None:
    amounts = {"work": "600", "family_count": "2", "family_income": "2400"}
    way = Way("cohabitant")
    answers = _answers("family", amounts, receiving="yes")
    assert list(other_ways(answers, way)) == [
        Way("cohabitant", "general"),
        Way("cohabitant", "none", counts_family=False),
        Way("cohabitant", "general", counts_family=False),
    ]
    assert list(other_ways(_answers("family", {"work": "600"}, student="unknown"), way)) == [
        Way("cohabitant", "student")
    ]
    assert list(other_ways(_answers("family", amounts), Way("isolated"))) == []
    assert list(other_ways(_answers("alone", {"work": "600"}), Way("isolated"))) == []
    assert list(other_ways(_answers("alone", receiving="yes"), Way("isolated"))) == []


def test_each_conditional_question_has_its_rule_of_style_and_no_other() -> None:
    """Without the rule the question would always be shown; with one too many, never."""
    css = Path(beffroi.__file__).parent / "web/static/beffroi/css/estimate.css"
    ruled = set(re.findall(r"\.when-(\w+)", css.read_text(encoding="utf-8")))
    assert ruled == {one.name for one in QUESTIONS.values() if one.when[0]}


def test_each_question_that_may_lack_says_how_to_find_its_answer() -> None:
    asked = {n for n, one in QUESTIONS.items() if one.kind in ("amount", "number", "several")}
    asked |= {"savings", "given", "housing", "partner_claims", "part"}
    assert {name for name in asked if not str(QUESTIONS[name].find)} == set()
