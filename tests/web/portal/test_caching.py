"""A public page is made once, for everybody, until what it shows changes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from beffroi.core.actors import Actor
from beffroi.directory import services as directory
from beffroi.directory.models import AlertPlan, ServiceText
from beffroi.web.portal import caching

pytestmark = pytest.mark.django_db
PAGES = ["/", "/nl/", "/besoins/money/", "/services/", "/services/cpas-energie/", "/de/pour/young/"]


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
        return len(found)


@pytest.mark.parametrize("path", PAGES)
def test_kept_page_costs_one_query_and_is_the_same(portal: Client, path: str) -> None:
    first = portal.get(path)
    assert _queries(portal, path) == 1
    assert portal.get(path).content == first.content


def _rename() -> None:
    ServiceText.objects.filter(service__key="cpas-energie", lang="fr").update(name="Autre nom")


def test_page_follows_the_revision_of_the_directory(portal: Client) -> None:
    portal.get("/services/cpas-energie/")
    _rename()
    assert "Autre nom" not in portal.get("/services/cpas-energie/").content.decode()
    directory.bump_revision()
    assert "Autre nom" in portal.get("/services/cpas-energie/").content.decode()


def test_alert_is_on_every_page_as_soon_as_it_is_on(portal: Client) -> None:
    portal.get("/")
    plan = AlertPlan.objects.create(
        kind="cold", messages={"fr": "Il gèle ce soir.", "nl": "Het vriest."}, phone="0800 92 329",
        started_at=timezone.now(), started_by="x",
    )  # fmt: skip
    assert "Il gèle ce soir." in portal.get("/").content.decode()
    assert "Het vriest." in portal.get("/nl/services/cpas-energie/").content.decode()
    AlertPlan.objects.filter(pk=plan.pk).update(ended_at=timezone.now() + timedelta(minutes=1))
    assert "Il gèle ce soir." not in portal.get("/").content.decode()


def test_page_is_made_anew_each_day(portal: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    portal.get("/services/cpas-energie/")
    _rename()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(caching.timezone, "localdate", lambda: tomorrow)
    assert "Autre nom" in portal.get("/services/cpas-energie/").content.decode()


def test_parts_of_the_query_that_are_not_read_make_no_page_of_their_own(portal: Client) -> None:
    portal.get("/services/cpas-energie/")
    assert _queries(portal, "/services/cpas-energie/?fbclid=1") == 1
    assert _queries(portal, "/services/cpas-energie/?facile=1") > 1
    assert _queries(portal, "/services/?q=aide") > 1
    assert _queries(portal, "/services/?q=aide") > 1


def test_page_of_who_has_a_session_is_never_kept_nor_read(portal: Client) -> None:
    portal.get("/services/cpas-energie/")
    _rename()
    portal.cookies["sessionid"] = "anything"
    assert "Autre nom" in portal.get("/services/cpas-energie/").content.decode()
    del portal.cookies["sessionid"]
    assert "Autre nom" not in portal.get("/services/cpas-energie/").content.decode()


def test_page_not_found_is_not_kept(portal: Client) -> None:
    portal.get("/services/nouveau/")
    from tests.factories import editors as make

    make.service("nouveau")
    assert portal.get("/services/nouveau/").status_code == 200


def test_page_seen_already_is_not_sent_again(portal: Client) -> None:
    first = portal.get("/")
    assert first["Cache-Control"] == "no-cache"
    again = portal.get("/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_kept_page_still_has_its_guards(portal: Client) -> None:
    portal.get("/")
    again = portal.get("/")
    assert "default-src 'none'" in again["Content-Security-Policy"]
    assert again["X-Frame-Options"] == "DENY"
    assert again.cookies == {}


def test_write_of_the_directory_reaches_the_page(portal: Client, house: Actor) -> None:
    """What an editor changes is what the next reader sees."""
    from tests.factories import editors as make

    from beffroi.directory.models import Service

    portal.get("/services/cpas-energie/")
    directory.set_status(
        service=Service.objects.get(key="cpas-energie"), status="suspended",
        reason="Travaux", by=make.editor(), at=timezone.now(),
    )  # fmt: skip
    assert "suspendu" in portal.get("/services/cpas-energie/").content.decode()
