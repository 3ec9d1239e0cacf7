"""Home, needs, lists and the page of a service: complete, honest, light, in four languages."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import editors as make

from beffroi.directory.enums import ContradictionState, FactKind, FactState, ServiceStatus
from beffroi.directory.models import (
    Closure,
    Contradiction,
    PlanAxis,
    PlanLine,
    Service,
    ServiceTerm,
    ServiceText,
    Term,
)

pytestmark = pytest.mark.django_db
LANGS = [code for code, _name in settings.LANGUAGES]
PATHS = [
    "/", "/besoins/", "/besoins/roof/", "/pour/", "/pour/young/", "/services/", "/services/?page=2",
    "/services/cpas-energie/", "/services/cpas-energie/?facile=1", "/services/mq-epinlieu/",
    "/services/pcs-4-4-01/", "/services/dps-taxi/", "/services/prev-tags/", "/reponse/",
]  # fmt: skip
MOST_QUERIES = 8
MOST_BYTES = 100_000


def _prefix(lang: str) -> str:
    return "" if lang == "fr" else f"/{lang}"


def _queries(client: Client, path: str) -> int:
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
        return len(found)


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("lang", LANGS)
def test_page_answers_in_four_languages(portal: Client, lang: str) -> None:
    for path in PATHS:
        response = portal.get(_prefix(lang) + path)
        html = response.content.decode()
        assert (path, response.status_code) == (path, 200)
        assert f'<html lang="{lang}"' in html, path
        assert "⟦" not in html, path
        assert html.count("<h1") == 1, path


def test_page_weighs_less_than_100_kb_with_its_styles_and_letters(portal: Client) -> None:
    for path in PATHS:
        html = portal.get(path).content.decode()
        files = set(re.findall(r'"/static/([^"#]+\.(?:css|js|woff2|svg|png))', html))
        weight = len(html.encode()) + sum(
            Path(finders.find(name)).stat().st_size for name in files if "touch-icon" not in name
        )
        assert weight < MOST_BYTES, (path, weight)


def test_page_asks_eight_queries_at_most(portal: Client) -> None:
    for path in PATHS:
        assert _queries(portal, path) <= MOST_QUERIES, path


def _more_services(many: int) -> None:
    term = Term.objects.get(taxonomy__key="need", key="roof")
    axis = PlanAxis.objects.get_or_create(number=90, defaults={"title": "Un axe"})[0]
    done = Service.objects.filter(key__startswith="plus-").count()
    for number in range(done, done + many):
        service = make.service(f"plus-{number}")
        ServiceTerm.objects.create(service=service, term=term)
        ServiceText.objects.create(
            service=service, lang="fr", name=f"Plus {number}", basis="source"
        )
        make.fact(service)
        PlanLine.objects.create(
            line_no=1000 + number, code="9", title="Une ligne", axis=axis, service=service
        )


@pytest.mark.parametrize(
    ("path", "pinned"),
    [
        ("/", 5),
        ("/besoins/", 3),
        ("/besoins/roof/", 5),
        ("/services/", 3),
        ("/services/plus-0/", 8),
    ],
)
def test_page_costs_the_same_for_1_3_and_300_services(
    portal: Client, path: str, pinned: int
) -> None:
    Service.objects.update(is_listed=False)
    counts = []
    for many in (1, 2, 297):
        _more_services(many)
        counts.append(_queries(portal, path))
    assert counts == [pinned] * 3


def test_list_is_read_a_page_at_a_time(portal: Client) -> None:
    first, second = (portal.get(f"/services/?page={n}").content.decode() for n in (1, 2))
    shown = [re.findall(r'<li><a href="/services/([^/]+)/"', html) for html in (first, second)]
    assert [len(keys) for keys in shown] == [40, 38]
    assert len({*shown[0], *shown[1]}) == Service.objects.filter(is_listed=True).count()


def test_list_filters_names_without_accents(portal: Client) -> None:
    html = portal.get("/services/?q=mediation").content.decode()
    assert set(re.findall(r'<li><a href="/services/([^/]+)/"', html)) == {
        "cpas-mediation-dettes", "prev-mediation",
    }  # fmt: skip


def test_need_shows_what_can_be_used_first(portal: Client) -> None:
    html = portal.get("/besoins/food/").content.decode()
    rows = re.findall(r'<li><a href="/services/([^/]+)/".*?</li>', html, re.S)
    usable = Service.objects.filter(status=ServiceStatus.RUNNING, is_local=True)
    seen = [usable.filter(key=key).exists() for key in rows]
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {True, False}


def test_unlisted_service_is_not_found(portal: Client) -> None:
    key = Service.objects.filter(is_listed=False).values_list("key", flat=True).first()
    assert portal.get(f"/services/{key}/").status_code == 404
    assert portal.get("/services/jamais-vu/").status_code == 404
    assert portal.get("/besoins/jamais-vu/").status_code == 404


# --- planned, suspended, ended, elsewhere: never shown as existing -------------------------


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("pcs-4-4-01", "Ce service est en projet. Il n’existe pas encore."),
        ("dps-taxi", "Ce service n’est pas confirmé pour cette commune."),
    ],
)
def test_planned_service_says_so_and_offers_no_form_of_its_own(
    portal: Client, key: str, said: str
) -> None:
    html = portal.get(f"/services/{key}/").content.decode()
    assert said in _text(html)
    assert "En service" not in html
    assert f"/demander/{key}/" not in html
    assert "/demander/cpas-pole-accueil/question/" in html
    assert "application/ld+json" not in html


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (ServiceStatus.SUSPENDED, "Ce service est suspendu pour le moment."),
        (ServiceStatus.ENDED, "Ce service n’existe plus."),
    ],
)
def test_service_that_stopped_says_so(portal: Client, status: str, said: str) -> None:
    Service.objects.filter(key="cpas-energie").update(status=status)
    html = portal.get("/services/cpas-energie/").content.decode()
    assert said in _text(html)
    assert "/demander/cpas-energie/" not in html


def test_no_list_shows_a_planned_service_without_its_tag(portal: Client) -> None:
    planned = set(
        Service.objects.filter(is_listed=True)
        .exclude(status=ServiceStatus.RUNNING, is_local=True)
        .values_list("key", flat=True)
    )
    for page in (1, 2):
        html = portal.get(f"/services/?page={page}").content.decode()
        for row in re.findall(r'<li><a href="/services/[^"/].*?</li>', html, re.S):
            key = re.findall(r'"/services/([^/]+)/"', row)[0]
            assert ('class="tag' in row) == (key in planned), key


def test_running_service_leads_to_its_first_form(portal: Client) -> None:
    html = portal.get("/services/cpas-energie/").content.decode()
    assert re.findall(r'button-copper" href="(/demander[^"]+)"', html) == [
        "/demander/cpas-energie/appointment/"
    ]


# --- what is not known, what is not sure, where it comes from -------------------------------


def _facts(html: str) -> dict[str, str]:
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.S)
    return {label: _text(said) for label, said in rows}


def test_unknown_is_said_with_the_next_step(portal: Client) -> None:
    facts = _facts(portal.get("/services/cpas-energie/").content.decode())
    assert facts["Heures"] == "Pas encore connu Posez la question avant de venir."
    assert facts["Prix"].startswith("Pas encore connu Demandez-le")
    assert facts["Adresse"].startswith("Pas encore connu")


def test_known_price_is_shown_with_its_source(portal: Client) -> None:
    facts = _facts(portal.get("/services/prev-epn/").content.decode())
    assert "Pas encore connu" not in facts["Prix"]
    assert "D’après Page du Service de Prévention" in facts["Prix"]


def test_disputed_facts_are_all_shown_and_said_uncertain(portal: Client) -> None:
    html = portal.get("/services/mq-epinlieu/").content.decode()
    facts = _facts(html)
    assert "13 ¾" in facts["Adresse"] and "152" in facts["Adresse"]
    assert "À vérifier" in facts["Adresse"]
    assert "065 88 22 21" in facts["Téléphone"] and "065 36 47 49" in facts["Téléphone"]
    assert "Deux adresses et deux numéros sont donnés pour cette maison." in _text(html)


def test_settled_contradiction_is_no_longer_told(portal: Client) -> None:
    Contradiction.objects.filter(code="C03").update(
        state=ContradictionState.SETTLED, decision="Visité.", settled_at=timezone.now()
    )
    html = portal.get("/services/mq-epinlieu/").content.decode()
    assert "Deux adresses et deux numéros" not in html


def test_rejected_and_future_facts_are_not_shown(portal: Client) -> None:
    service = Service.objects.get(key="cpas-energie")
    today = timezone.localdate()
    make.fact(service, FactKind.PRICE, "Dix euros", state=FactState.REJECTED)
    make.fact(service, FactKind.PRICE, "Onze", valid_from_date=today + timedelta(days=1))
    facts = _facts(portal.get("/services/cpas-energie/").content.decode())
    assert facts["Prix"].startswith("Pas encore connu")


def test_fact_of_the_past_gives_way_to_a_newer_one(portal: Client) -> None:
    service = Service.objects.get(key="cpas-energie")
    yesterday = timezone.localdate() - timedelta(days=1)
    make.fact(service, FactKind.PRICE, "Cinq euros", valid_until_date=yesterday)
    before = _facts(portal.get("/services/cpas-energie/").content.decode())["Prix"]
    assert "Cinq euros" in before and "À vérifier" in before
    make.fact(service, FactKind.PRICE, "Gratuit")
    caches["pages"].clear()
    after = _facts(portal.get("/services/cpas-energie/").content.decode())["Prix"]
    assert "Gratuit" in after and "Cinq euros" not in after


def test_closure_of_today_and_of_next_week_are_announced_and_no_other(portal: Client) -> None:
    service = Service.objects.get(key="mq-jemappes")
    place, today = service.places.get(), timezone.localdate()
    for words, about, first, last in (
        ("Peinture", {"service": service}, 0, 0), ("Congés", {"place": place}, 7, 9),
        ("Passé", {"place": place}, -9, -8), ("Lointain", {"service": service}, 40, 41),
    ):  # fmt: skip
        Closure.objects.create(
            reason=words, from_date=today + timedelta(days=first),
            until_date=today + timedelta(days=last), entered_by="x", entered_at=timezone.now(), **about,
        )  # fmt: skip
    html = _text(portal.get("/services/mq-jemappes/").content.decode())
    assert {w for w in ("Peinture", "Congés", "Passé", "Lointain") if w in html} == {
        "Peinture", "Congés",
    }  # fmt: skip
    assert "Fermé aujourd’hui" in html and "Fermeture annoncée" in html


def test_easy_to_read_is_a_plain_link(portal: Client) -> None:
    full = portal.get("/services/cpas-energie/").content.decode()
    assert 'href="/services/cpas-energie/?facile=1"' in full
    easy = portal.get("/services/cpas-energie/?facile=1").content.decode()
    lines = ServiceText.objects.get(service__key="cpas-energie", lang="fr").easy
    assert all(line in easy.replace("&#x27;", "'") for line in lines)
    assert "Ce qui se passe" not in easy


def test_description_for_machines_names_no_disputed_number(portal: Client) -> None:
    def described(key: str) -> dict[str, object]:
        html = portal.get(f"/services/{key}/").content.decode()
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
        return dict(json.loads(found[0]))

    tags = described("prev-tags")
    assert tags["@type"] == "GovernmentService"
    assert tags["availableChannel"]["servicePhone"]["telephone"] == "+3280092329"  # type: ignore[index]
    assert "servicePhone" not in described("mq-epinlieu")["availableChannel"]  # type: ignore[operator]


def test_text_cannot_leave_its_place_in_the_description(portal: Client) -> None:
    ServiceText.objects.filter(service__key="cpas-energie").update(
        summary="</script><script>alert(1)</script>"
    )
    html = portal.get("/services/cpas-energie/").content.decode()
    assert "<script>alert" not in html


def test_service_without_text_is_shown_in_french(portal: Client) -> None:
    make.service("nu", name="Service nu")
    html = portal.get("/nl/services/nu/").content.decode()
    assert '<h1 lang="fr" dir="ltr">Service nu</h1>' in html
    assert html.count("Pas encore connu") + html.count("Nog niet bekend") > 2
