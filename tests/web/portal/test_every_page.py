"""Walks the portal from the home page by its own links, as a person without JavaScript would.

Whatever page stands there is judged: it answers, in its own language, light enough, with few
queries, without a dead link; and no page is left that nobody can reach.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.utils import translation
from tests.web.portal.page_reading import Reading, faults, read

from beffroi.directory.models import Fact, Organisation, Place, Source

LANGUAGES = [code for code, _name in settings.LANGUAGES]
_MOST_QUERIES = 8
_MOST_BYTES = 100_000
#: Pages of one kind that are read: the first met, enough to see a list, a full and a bare one.
_OF_EACH_KIND = 3
_FONT = "beffroi/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
_SPRITE = "beffroi/img/sprite.svg"
#: Leads away from here, on purpose.
_LEAVING = frozenset({"portal:quick_exit"})
#: Pages that lead straight on to another.
_ANSWERS = {"portal:mistake": {302}}
#: Texts of so many words are sentences, not names: the same in two languages, one is missing.
_SENTENCE = 5


@dataclass(frozen=True)
class Visit:
    """One page of the walk; `reading` is None for a file."""

    address: str
    name: str
    response: HttpResponse
    queries: int
    reading: Reading | None

    def __str__(self) -> str:
        return f"{self.address} ({self.name})"


def _name_of(address: str) -> str:
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return match.view_name if match.namespace == "portal" else ""


def _visit(client: Client, address: str, name: str) -> Visit:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(address)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    reading = read(response.content.decode()) if is_page else None
    return Visit(address, name, response, len(seen), reading)


def _walk(lang: str) -> Iterator[Visit]:
    """Every kind of page of the portal in one language, the first few of each kind."""
    with translation.override(lang):
        start = reverse("portal:home")
    queue, met, of_kind = [start], {start}, dict[str, int]()
    while queue:
        address = queue.pop(0)
        with translation.override(lang):
            name = _name_of(address)
        if not name or name in _LEAVING or of_kind.get(name, 0) >= _OF_EACH_KIND:
            continue
        of_kind[name] = of_kind.get(name, 0) + 1
        visit = _visit(Client(), address, name)
        yield visit
        for link in visit.reading.links if visit.reading else []:
            plain = urldefrag(link).url
            if plain.startswith("/") and not plain.startswith("//") and plain not in met:
                met.add(plain)
                queue.append(plain)


def _weight(visit: Visit) -> int:
    reading = visit.reading
    assert reading is not None
    own = [
        link.removeprefix(settings.STATIC_URL)
        for link in {*reading.styles, *reading.loaded}
        if link.startswith(settings.STATIC_URL)
    ]
    files = {*own, _FONT, _SPRITE}
    found = [finders.find(name) for name in files if not name.endswith((".png", ".ico"))]
    return len(visit.response.content) + sum(Path(path).stat().st_size for path in found if path)


@pytest.fixture(params=LANGUAGES)
def walk(request: pytest.FixtureRequest, catalogue: None) -> tuple[str, list[Visit]]:
    """The walk in each language, with the catalogue."""
    return request.param, list(_walk(request.param))


def test_every_page_answers_well_in_its_language(walk: tuple[str, list[Visit]]) -> None:
    lang, visits = walk
    wrong = [
        f"{v}: {v.response.status_code}"
        for v in visits
        if v.response.status_code not in _ANSWERS.get(v.name, {200})
    ]
    for visit in visits:
        if visit.reading and visit.response.status_code == 200:
            wrong += [f"{visit}: {fault}" for fault in faults(visit.reading)]
            if (visit.reading.lang, visit.reading.direction) != (lang, "ltr"):
                wrong.append(f"{visit}: in {visit.reading.lang} {visit.reading.direction}")
            if "⟦undefined" in visit.response.content.decode():
                wrong.append(f"{visit}: undefined variable")
    assert wrong == []


def test_every_page_is_light_in_bytes_and_queries(walk: tuple[str, list[Visit]]) -> None:
    _lang, visits = walk
    heavy = [f"{v}: {v.queries} queries" for v in visits if v.queries > _MOST_QUERIES]
    heavy += [f"{v}: {_weight(v)} bytes" for v in visits if v.reading and _weight(v) > _MOST_BYTES]
    assert heavy == []


def test_no_link_of_the_portal_is_dead(catalogue: None) -> None:
    """Addresses on these pages that lead into the portal, each tried once."""
    met: dict[str, str] = {}
    for visit in _walk("fr"):
        for link in visit.reading.links if visit.reading else []:
            plain = urldefrag(link).url
            if plain.startswith("/") and _name_of(plain) not in _LEAVING:
                met.setdefault(plain, str(visit))
    dead = {
        link: where
        for link, where in met.items()
        if Client().get(link).status_code not in {200, 302}
    }
    assert dead == {}


def test_every_page_without_argument_is_reached_by_links(catalogue: None) -> None:
    """Typed words lead to the answer, a plan that is on to its page, an estimate to a request."""
    otherwise = {"portal:find", "portal:answer", "portal:alert", "portal:estimate_ask"}
    seen = {visit.name for visit in _walk("fr")} | otherwise | _LEAVING
    portal = get_resolver().namespace_dict["portal"][1].reverse_dict
    names = {name for name in portal if isinstance(name, str)}
    bare = {
        f"portal:{name}"
        for name in names
        if any(not params for _form, params in portal.getlist(name)[0][0])
    }
    assert bare - seen == set()


def _names_of_things() -> set[str]:
    """Names and addresses are the same in every language."""
    return {
        *Fact.objects.filter(kind__in=("address", "alias")).values_list("text", flat=True),
        *Place.objects.values_list("name", flat=True),
        *Organisation.objects.values_list("name", flat=True),
        *Source.objects.values_list("title", flat=True),
    }


@pytest.mark.parametrize("lang", [code for code in LANGUAGES if code != "fr"])
def test_no_sentence_stays_in_french(lang: str, catalogue: None) -> None:
    """Sentences of a page that are those of the French page, and are not marked as quoted."""
    french = {t for v in _walk("fr") if v.reading for t in v.reading.texts}
    names = _names_of_things()
    left = {
        f"{visit.name}: {text}"
        for visit in _walk(lang)
        for text in (visit.reading.texts if visit.reading else [])
        if text in french and len(text.split()) >= _SENTENCE and text not in names
    }
    assert left == set()
