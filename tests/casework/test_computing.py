"""What each rule gives for the answers of an application, and what it says is missing."""

from decimal import Decimal
from typing import Any

import pytest
from tests.factories import aids as factory
from tests.factories import casework as made

from beffroi.casework import computing
from beffroi.casework import services as casework
from beffroi.casework.models import Application
from beffroi.core.errors import InvalidInput
from beffroi.entitlements import queries as entitlements

pytestmark = pytest.mark.django_db


def asked(kind: str, income: str | None = None, **answers: Any) -> Application:
    """An application with these answers, and an income noted."""
    made.team(made.TEAM)
    one = made.held(kind=kind, details={**factory.ANSWERS[kind], **answers})
    if income is not None:
        casework.add_resource(
            reference=one.reference, kind="other", label="Revenus", monthly=Decimal(income),
            by=one.worker, at=made.NOW,
        )  # fmt: skip
    return one.application


CASES: list[tuple[str, str | None, dict[str, Any], str]] = [
    # Golden O1: 1 314,20 × 20 % + 2 × 40,00 €, a whole month.
    ("transit_housing", "1314.20", {}, "342.84"),
    ("transit_housing", "1000.00", {"share": "0,25", "per_room": "10"}, "270.00"),
    # Golden L: 6,19 − 1,90 = 4,29 an hour.
    ("home_help", "1725.00", {"hours": "1"}, "4.29"),
    ("meals", "1300.00", {}, "7.27"),
    ("meals", "1300.00", {"second_meal": "yes"}, "5.09"),
    ("meals", None, {"tariff": "typed", "rate": "6,50"}, "6.50"),
    ("rental_guarantee", None, {"form": "bank"}, "1950.00"),
    ("rental_guarantee", None, {"asked_amount": "600"}, "600.00"),
    ("heating_allowance", None, {"litres": "2000"}, "255.00"),
    ("heating_allowance", None, {"fuel": "pump_oil", "pump_amount": "210"}, "210.00"),
    # Golden U1: seven points open category 1, 129,20 € in August 2024.
    ("disability_file", None, {}, "129.20"),
    ("rest_home", "1450.00", {}, "570.00"),
    ("installation_grant", None, {}, "1811.57"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "income", "answers", "amount"), CASES)
def test_rule_gives_its_amount(
    kind: str, income: str | None, answers: dict[str, Any], amount: str
) -> None:
    found = computing.computed(asked(kind, income, **answers))
    assert (found.status, found.amount) == ("entitled", Decimal(amount))


UNKNOWN: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("transit_housing", {}, ("les revenus du ménage",)),
    ("transit_housing", {"rooms": ""}, ("le nombre de chambres",)),
    ("home_help", {"scale_rate": ""}, ("les revenus du ménage", "le barème du service")),
    ("meals", {"tariff": "typed"}, ("le tarif par repas de notre règlement",)),
    ("rental_guarantee", {"is_decent": ""}, ("si le logement convient",)),
    ("heating_allowance", {"scale_rate": ""}, ("le barème au litre du 3 novembre 2026",)),
    ("installation_grant", {"was_homeless": ""}, ("si la personne était sans abri",)),
    ("disability_file", {"points_home": ""}, ("entretenir son logement",)),
]


@pytest.mark.parametrize(("kind", "answers", "missing"), UNKNOWN)
def test_rule_names_what_is_not_known(
    kind: str, answers: dict[str, Any], missing: tuple[str, ...]
) -> None:
    found = computing.computed(asked(kind, **answers))
    assert (found.status, found.amount, found.missing) == ("not_computable", None, missing)


def test_the_installation_grant_is_given_once_in_a_life() -> None:
    road = factory.whole("installation_grant")
    number, worker = road.one.number, road.one.worker
    again = casework.open_application(
        number=number, kind="installation_grant", asked_on=made.TODAY, by=worker, at=made.NOW,
        details=factory.ANSWERS["installation_grant"],
    )  # fmt: skip
    found = computing.computed(Application.objects.get(reference=again))
    assert found.status == "not_entitled"
    assert found.reasons == ("La prime d’installation ne s’accorde qu’une fois dans la vie.",)


def test_heating_counts_the_litres_granted_before_in_the_year() -> None:
    road = factory.whole("heating_allowance")
    again = casework.open_application(
        number=road.one.number, kind="heating_allowance", asked_on=made.TODAY, by=road.one.worker,
        at=made.NOW, details={**factory.ANSWERS["heating_allowance"], "litres": "800"},
    )  # fmt: skip
    found = computing.computed(Application.objects.get(reference=again))
    # 500 litres are left of 1 500: 500 × 0,17 €.
    assert found.amount == Decimal("85.00")


def test_heating_claimed_after_sixty_days_is_refused() -> None:
    found = computing.computed(asked("heating_allowance", delivered="2026-09-24"))
    assert found.reasons == ("La demande est arrivée après le 23 novembre 2026.",)


def test_a_frozen_computation_keeps_the_reasons_and_the_units() -> None:
    application = asked("heating_allowance")
    reference = computing.freeze(application, by=made.HOUSE, at=made.NOW)
    kept = entitlements.computation(reference)
    values = {step["key"]: step["value"] for step in kept.steps}
    assert values["litres"] == "1 000 litres".replace(" ", "\u202f", 1)
    assert values["amount"] == "170.00"
    assert kept.subject_ref == application.reference


def test_proposal_of_a_grant_against_the_rule_is_refused_with_the_reason() -> None:
    road = factory.enquired(
        factory.opened("installation_grant", answers={"received_before": "yes"})
    )
    with pytest.raises(InvalidInput) as refused:
        factory.proposed(road)
    assert "qu’une fois dans la vie" in refused.value.fields["outcome"]


def test_amount_of_a_binding_rule_is_not_the_worker_s_to_type() -> None:
    road = factory.enquired(factory.opened("heating_allowance"))
    factory.proposed(road, amount=Decimal("999.00"))
    assert road.one.application.proposals.get().amount == Decimal("170.00")


def test_an_aid_without_a_rule_is_not_computed() -> None:
    with pytest.raises(InvalidInput, match="ne se calcule pas"):
        computing.freeze(asked("energy_fund"), by=made.HOUSE, at=made.NOW)
