"""By what a line is followed when nobody chose: measures that exist, for actions that exist."""

import pytest
from tests.factories import steering as made

from beffroi.steering import services as steering
from beffroi.steering.measures import all_measures
from beffroi.steering.models import CatalogueAction, Indicator
from beffroi.steering.services.indicators import _usual

pytestmark = pytest.mark.django_db


def test_usual_measures_are_offered_and_their_actions_known() -> None:
    made.plan()
    given = _usual()
    named = {key for keys in (given["usual"], *given["by_action"].values()) for key in keys}
    assert named <= set(all_measures())
    assert set(given["by_action"]) <= set(CatalogueAction.objects.values_list("code", flat=True))


def test_line_is_followed_by_what_its_action_counts_and_once() -> None:
    plan = made.plan()
    lines = list(plan.lines.all())
    followed = steering.follow_usual(lines=lines, **made.GIVEN)
    assert followed == Indicator.objects.count() > 32 * 3
    by_code = {"2.4.01": 3, "1.1.06": 1}
    given = _usual()
    for code, number in by_code.items():
        keys = made.line(number).indicators.order_by("position").values_list("measure", flat=True)
        assert list(keys) == given["by_action"].get(code, given["usual"])
    assert steering.follow_usual(lines=lines, **made.GIVEN) == 0
