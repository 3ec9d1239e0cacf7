"""Every aid of the house goes from its request to its decision, its letter and its order or none."""

from decimal import Decimal

import pytest
from tests.factories import aids as factory
from tests.factories.aids import ANSWERS, KINDS

from beffroi.acts.payments.models import Order
from beffroi.casework import aids
from beffroi.casework.enums import ApplicationState, Outcome
from beffroi.casework.models import Grant
from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.rendering import text_of
from beffroi.rules import mentions

#: What each grant is worth, as decided: the rule’s amount, the worker’s, or none to pay.
AMOUNTS: dict[str, tuple[str, str] | None] = {
    "living_income": ("1256.97", "monthly"),
    "equivalent": ("1256.97", "monthly"),
    "urgent_aid": ("80.00", "once"),
    "advance": ("900.00", "monthly"),
    # 1 950,00 € asked, two months of 650,00 € at most.
    "rental_guarantee": ("1300.00", "once"),
    # 1 811,57 €: a month of category 3 on 16/11/2026.
    "installation_grant": ("1811.57", "once"),
    # 1 000 litres × 0,17 €.
    "heating_allowance": ("170.00", "once"),
    "energy_fund": ("412.33", "once"),
    "asylum_reception": ("72.50", "weekly"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_each_aid_goes_from_the_request_to_its_order_or_none(kind: str) -> None:
    road = factory.whole(kind)
    decision = road.decision
    wanted = AMOUNTS.get(kind)
    got = (str(decision.amount), decision.periodicity) if decision.amount is not None else None
    assert got == wanted
    letter = Letter.objects.get(reference=decision.notification.letter_ref)
    assert letter.kind == ("grant" if wanted else "grant_service")
    text = text_of(letter.html).casefold()
    assert mentions.holds(text, decision.motives)
    assert "[à compléter" not in text
    order = factory.executed(road)
    grant = Grant.objects.get(decision=decision)
    assert road.one.application.state == ApplicationState.CLOSED
    assert (bool(order), grant.order_ref) == (wanted is not None, order)
    assert Order.objects.filter(owner_ref=grant.reference).count() == (1 if wanted else 0)
    if wanted:
        paid = Order.objects.select_related("article", "third_party").get(reference=order)
        assert paid.article.code == aids.aid(kind).article
        third = aids.aid(kind).payees[0] == "third_party"
        assert (paid.third_party is not None) == third


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_each_aid_may_be_refused_with_its_own_motives(kind: str) -> None:
    road = factory.enquired(factory.opened(kind))
    factory.decided(factory.proposed(road, Outcome.REFUSAL))
    factory.notified(road)
    letter = Letter.objects.get(reference=road.decision.notification.letter_ref)
    assert letter.kind == "refusal"
    assert factory.executed(road) == ""
    assert not Grant.objects.filter(decision=road.decision).exists()
    assert road.one.application.end == "refused"


@pytest.mark.parametrize("kind", KINDS)
def test_each_aid_is_whole_in_the_table(kind: str) -> None:
    one = aids.aid(kind)
    keys = [field.key for field in one.fields]
    assert len(keys) == len(set(keys))
    assert {field.type for field in one.fields} <= aids.TYPES
    assert len(one.motives) > 80 and len(one.refusal_motives) > 60
    assert set(one.labels) == {"nl", "de", "en"}
    assert one.status in {"read", "inferred"}
    assert one.is_money or one.gives
    assert not one.is_money or (one.article and one.periodicity)
    assert one.proof
    assert {f.key for f in one.fields if f.type in ("choice", "choices") and not f.choices} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_texts_of_an_aid_ask_only_for_its_own_answers(kind: str) -> None:
    from beffroi.casework.motives import blanks

    one = aids.aid(kind)
    asked = blanks(one.motives) | blanks(one.refusal_motives) | blanks(one.gives)
    days = {clock.day for clock in one.clocks} - {"from_date", "decided"}
    assert asked | days | set(one.pays_when) - {f.key for f in one.fields} <= {
        f.key for f in one.fields
    }
    assert set(ANSWERS[kind]) <= {f.key for f in one.fields}


def test_every_aid_has_answers_in_the_tests() -> None:
    assert set(ANSWERS) == set(KINDS)
    assert set(AMOUNTS) == {one.key for one in aids.aids() if one.pays(ANSWERS[one.key])}
    assert all(Decimal(amount) > 0 for found in AMOUNTS.values() if found for amount in found[:1])
