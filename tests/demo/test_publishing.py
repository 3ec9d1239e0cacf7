"""The demonstration votes its report once, through the services, and the public page tells it."""

import pytest
from django.utils import timezone
from tests.factories.steering import plan

from beffroi.demo.people import load_agents
from beffroi.demo.publishing import load_publication
from beffroi.steering.models import Publication

pytestmark = pytest.mark.django_db


def test_report_of_the_demonstration_is_voted_once(
    catalogue, client, django_assert_max_num_queries
) -> None:
    now, made = timezone.now(), plan()
    load_agents(now)
    with django_assert_max_num_queries(160):
        assert load_publication(now) == 2
    assert load_publication(now) == 2
    assert Publication.objects.count() == 2
    assert b"chiffres.csv" in client.get(f"/plan/{made.key}/").content
