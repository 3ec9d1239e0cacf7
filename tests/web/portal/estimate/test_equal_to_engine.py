"""The estimate through its pages gives what the engine gives, with words for every step."""

import html as marks
import random
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.web.portal.estimate.conftest import TODAY, Send

from beffroi.rules.living_income import compute
from beffroi.rules.living_income_parameters import parameters_on
from beffroi.rules.living_income_reading import facts_of
from beffroi.web.portal.estimate import views, words
from beffroi.web.portal.estimate.forms import EstimateForm
from beffroi.web.portal.estimate.questions import QUESTIONS

pytestmark = pytest.mark.django_db
PARENTS = {"relation": "parent", "resources": [{"kind": "other", "monthly": "2400"}]}
SCENARIOS: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("nothing at all", {}, [{"category": "isolated"}]),
    (
        "a wage, not receiving",
        {"incomes": ["work"], "work": "650"},
        [{"category": "isolated", "resources": [{"kind": "work", "monthly": "650"}]}],
    ),
    (
        "a wage while receiving",
        {"incomes": ["work"], "work": "650", "receiving": "yes"},
        [
            {"category": "isolated", "resources": [{"kind": "work", "monthly": "650", "exemption": e}]}
            for e in ("none", "general")
        ],
    ),
    (
        "several incomes and savings",
        {
            "incomes": ["unemployment", "alimony", "own_benefit", "other_income"],
            "unemployment": "200", "alimony": "150,50", "own_benefit": "190,1", "other_income": "33",
            "savings": "yes", "savings_amount": "15.000",
        },
        [{
            "category": "isolated", "movable_capital": "15000",
            "resources": [
                {"kind": "unemployment", "monthly": "200"},
                {"kind": "alimony_for_self", "monthly": "150.50"},
                {"kind": "family_benefit_for_self", "monthly": "190.10"},
                {"kind": "other", "monthly": "33"},
            ],
        }],
    ),
    (
        "a partner who earns",
        {"home": ["partner"], "partner_claims": "no", "partner_income": "1200"},
        [{"category": "cohabitant", "cohabitants": [
            {"relation": "partner", "resources": [{"kind": "other", "monthly": "1200"}]}]}],
    ),
    (
        "a partner with her own right",
        {"home": ["partner"], "partner_claims": "yes"},
        [{"category": "cohabitant", "cohabitants": [{"relation": "partner", "claims_ris": True}]}],
    ),
    (
        "a family with a partner who earns",
        {"home": ["partner", "child"], "child_time": "all", "partner_claims": "no", "partner_income": "700"},
        [{"category": "family", "cohabitants": [
            {"relation": "partner", "resources": [{"kind": "other", "monthly": "700"}]}]}],
    ),
    (
        "two parents and a child now and then",
        {"home": ["family", "child"], "child_time": "part", "shares": "yes", "family_count": "2",
         "family_income": "2400"},
        [
            {"category": category, "cohabitants": [
                {**PARENTS, "counted_share": share}, {"relation": "parent", "counted_share": share}]}
            for category in ("family", "cohabitant") for share in ("1", "0")
        ],
    ),
    (
        "flatmates with whom nothing is shared",
        {"home": ["others"], "shares": "no"},
        [{"category": "isolated"}, {"category": "cohabitant"}],
    ),
    (
        "half a home with a loan, a flat that is let, land",
        {
            "property": ["home", "building", "land"], "rc_home": "1200", "rc_building": "900",
            "rent": "250", "rc_land": "60", "part": "third", "interest": "300", "children": "2",
        },
        [{"category": "isolated", "children_allocataire": 2, "properties": [
            {"kind": "built", "cadastral_income": "1200", "share": "1/3", "annual_mortgage_interest": "300"},
            {"kind": "built", "cadastral_income": "900", "share": "1/3", "annual_rent": "3000"},
            {"kind": "land", "cadastral_income": "60", "share": "1/3"},
        ]}],
    ),
    (
        "a house given away and a rent paid by somebody",
        {"given": "yes", "given_value": "90 000", "housing": "yes", "housing_amount": "250"},
        [{"category": "isolated", "housing_paid_by_third_party_monthly": "250",
          "transfers": [{"date": "2026-11-24", "value": "90000"}]}],
    ),
]  # fmt: skip


def _cents(case: dict[str, Any]) -> int:
    granted = compute(facts_of({"date": TODAY.isoformat(), **case})).granted_monthly
    return int(Decimal(str(granted)) * 100)


@pytest.mark.parametrize(
    ("typed", "cases"), [case[1:] for case in SCENARIOS], ids=[case[0] for case in SCENARIOS]
)
def test_estimate_gives_what_the_engine_gives(
    send: Send, typed: dict[str, Any], cases: list[dict[str, Any]]
) -> None:
    html = marks.unescape(send(**typed))
    amounts = sorted(_cents(case) for case in cases)
    slips = re.findall(r'class="total"><span>[^<]*</span><span class="amount">([^<]+)', html)
    others = re.findall(r"<li><span>[^<]*</span><strong>([^<]+)</strong></li>", html)
    assert sorted([*slips, *others]) == sorted(words.money(amount) for amount in amounts)
    headline = re.search(r'class="figure">([^<]+)<', html)
    assert headline is not None
    if amounts[-1]:
        assert words.money(amounts[-1]) in headline[1]
    if amounts[0] not in (0, amounts[-1]):
        assert words.money(amounts[0]) in headline[1]


def test_any_answers_have_words_for_every_step(today: date) -> None:
    """Two hundred people by chance: each is explained, and each slip ends with the engine's sum."""
    chance = random.Random(14)  # noqa: S311 — a seed for tests
    p = parameters_on(today)
    seen = set()
    for _turn in range(200):
        typed: dict[str, Any] = {}
        for name, one in QUESTIONS.items():
            keys = [key for key, _label in one.choices]
            if one.kind == "several":
                alone = [k for k in keys if k in ("alone", "none")]
                rest = [k for k in keys if k not in ("alone", "none", "unknown")]
                typed[name] = chance.choice([alone, chance.sample(rest, chance.randint(1, 3))])
            elif one.kind == "choice":
                typed[name] = chance.choice([key for key in keys if key != "unknown"])
            else:
                most = 3 if one.kind == "number" else chance.choice([50, 900, 20000])
                typed[name] = str(chance.randint(0, most))
        form = EstimateForm("", typed)
        assert form.is_valid(), form.errors
        found = views.estimate(form.answers(), p, today)
        for part in found.shown:
            told = words.slip(part.main, p)
            assert told["total"]["amount"] == words.money(part.main.monthly_cents)
            seen |= {step.key for step in part.main.result.steps}
    assert seen - {"granted"} == set(words.LABELS) - {"work_general", "work_student"}
