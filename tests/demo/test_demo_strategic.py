"""The strategic plan of the demonstration loads once, at a known price, and its file for eComptes is valid."""

import pytest
from django.utils import timezone
from lxml import etree
from tests.factories.steering import plan

from beffroi.demo.people import load_agents
from beffroi.demo.strategic import load_strategic
from beffroi.steering.ecomptes import ecomptes_xml, missing_of, schema
from beffroi.steering.models import Element, ElementBudget, StrategicPlan
from beffroi.steering.strategic_queries import coverage_of, without_action

pytestmark = pytest.mark.django_db


def test_plan_of_the_demonstration_loads_once(catalogue, django_assert_max_num_queries) -> None:
    plan()
    now = timezone.now()
    load_agents(now)
    with django_assert_max_num_queries(1_150):
        assert load_strategic(now) == 2
    first = (Element.objects.count(), ElementBudget.objects.count())
    assert load_strategic(now) == 2
    assert (Element.objects.count(), ElementBudget.objects.count()) == first
    made = StrategicPlan.objects.get(kind="pst")
    assert missing_of(made) == []
    root = etree.fromstring(ecomptes_xml(made, year=2022))
    assert schema().validate(root)
    assert {one.text for one in root.iter("Civilite")} == {"MADAME", "MONSIEUR"}
    bare = [text.commitment.number for text in without_action(coverage_of(made.declaration))]
    assert bare == [8, 15, 21]
    assert made.reports.count() == 1
