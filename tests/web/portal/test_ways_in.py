"""What search engines and lost people find: sitemap, robots, translations, pages for what went wrong."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from beffroi.directory.models import Service
from beffroi.web import errors

pytestmark = pytest.mark.django_db
_SPACE = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
LANGS = {code for code, _name in settings.LANGUAGES}


def _path(url: str) -> str:
    assert url.startswith(settings.BEFFROI_PUBLIC_URL)
    return url.removeprefix(settings.BEFFROI_PUBLIC_URL)


def test_sitemap_lists_each_published_service_in_four_languages(portal: Client) -> None:
    tree = ElementTree.fromstring(portal.get("/sitemap.xml").content)
    urls = {_path(str(loc.text)) for loc in tree.findall(".//s:loc", _SPACE)}
    keys = Service.objects.filter(is_listed=True).values_list("key", flat=True)
    wanted = {f"{p}/services/{key}/" for key in keys for p in ("", "/nl", "/de", "/en")}
    assert {url for url in urls if re.search(r"/services/[^/]+/$", url)} == wanted
    for entry in tree.findall("s:url", _SPACE):
        assert {link.get("hreflang") for link in entry.findall("x:link", _SPACE)} == LANGS


def test_every_page_of_the_sitemap_in_french_answers(portal: Client) -> None:
    tree = ElementTree.fromstring(portal.get("/sitemap.xml").content)
    urls = [_path(str(loc.text)) for loc in tree.findall(".//s:loc", _SPACE)]
    french = [url for url in urls if not re.match(r"/(nl|de|en)/", url)]
    assert {portal.get(url).status_code for url in french} == {200}


def test_robots_leave_alone_what_is_personal(portal: Client) -> None:
    text = portal.get("/robots.txt").content.decode()
    closed = set(re.findall(r"^Disallow: (.+)$", text, re.M))
    assert {"/desk/", "/reponse/", "/nl/reponse/", "/demander/", "/recu/", "/suivi/"} <= closed
    assert "/services/" not in closed
    assert f"Sitemap: {settings.BEFFROI_PUBLIC_URL}/sitemap.xml" in text


def test_public_page_names_its_translations(portal: Client) -> None:
    html = portal.get("/nl/services/cpas-energie/").content.decode()
    found = dict(re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    base = settings.BEFFROI_PUBLIC_URL
    assert found == {
        "fr": f"{base}/services/cpas-energie/",
        "nl": f"{base}/nl/services/cpas-energie/",
        "de": f"{base}/de/services/cpas-energie/",
        "en": f"{base}/en/services/cpas-energie/",
        "x-default": f"{base}/services/cpas-energie/",
    }


def test_answer_names_no_translation(portal: Client) -> None:
    assert "hreflang" not in portal.get("/reponse/").content.decode().split("<body")[0]


def test_page_not_found_says_where_to_go(portal: Client) -> None:
    response = portal.get("/services/jamais-vu/")
    html = response.content.decode()
    assert response.status_code == 404
    assert f'action="{reverse("portal:find")}"' in html
    assert reverse("portal:needs") in html


def test_page_for_our_fault_asks_nothing_of_the_database(
    rf: RequestFactory, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        response = errors.broken(rf.get("/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "Ce n’est pas votre faute" in html and 'href="tel:112"' in html


def test_form_kept_open_too_long_says_what_to_do(portal: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/connexion/", {"login": "x"})
    assert response.status_code == 403
    assert "La page est restée ouverte trop longtemps" in response.content.decode()


def test_help_is_on_every_page_with_a_number_and_a_form(portal: Client) -> None:
    html = portal.get("/services/").content.decode()
    band = html[html.index('class="help"') :]
    assert 'href="tel:080092329"' in band
    assert "/demander/cpas-pole-accueil/call_back/" in band
