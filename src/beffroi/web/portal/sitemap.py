"""What search engines may list: every public page, in each language, with its translations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.html import escape
from django.views.decorators.cache import cache_control

from beffroi.directory import browsing
from beffroi.steering.public_queries import public_plans

#: Pages that take no argument; each part of the portal has its own here.
SINGLE_PAGES = [
    "home", "needs", "audiences", "services", "places", "houses", "alert", "what_is_cpas",
    "which_cpas", "living_income", "estimate", "questions", "accessibility", "own_data", "about",
    "plans",
]  # fmt: skip
_CLOSED = ("desk", "field", "board", "connexion")
_PERSONAL = ("reponse", "trouver", "demander", "recu", "suivi", "quitter", "erreur")
_PLACE = "sitemap-key"


@dataclass(frozen=True)
class Page:
    """A page by its name and its key; `changed` is the day it last changed, when it is known."""

    name: str
    key: str = ""
    changed: date | None = None


def _pages() -> Iterable[Page]:
    yield from (Page(name) for name in SINGLE_PAGES)
    for taxonomy, name in (("need", "need"), ("audience", "audience")):
        yield from (Page(name, line.key) for line in browsing.terms(taxonomy, "fr"))
    yield from (Page("place", key) for key in browsing.place_keys())
    yield from (Page("plan", one.key) for one in public_plans())
    for key, modified_at in browsing.published_keys():
        yield Page("service", key, modified_at.date())


def _patterns(name: str, with_key: bool) -> dict[str, str]:
    """The address of a kind of page in each language, or nothing if the portal has no such page."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            try:
                found[code] = reverse(f"portal:{name}", args=[_PLACE] if with_key else [])
            except NoReverseMatch:
                return {}
    return found


def _entries(page: Page, patterns: dict[str, str], base: str) -> Iterable[str]:
    urls = {lang: escape(base + path.replace(_PLACE, page.key)) for lang, path in patterns.items()}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{url}"/>'
        for lang, url in urls.items()
    )
    changed = f"<lastmod>{page.changed:%Y-%m-%d}</lastmod>" if page.changed else ""
    for url in urls.values():
        yield f"<url><loc>{url}</loc>{changed}{links}</url>\n"


@cache_control(max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """This function will list every page in four languages, each with the others."""
    base = settings.BEFFROI_PUBLIC_URL.rstrip("/")
    kinds: dict[tuple[str, bool], dict[str, str]] = {}
    rows: list[str] = []
    for page in _pages():
        kind = (page.name, bool(page.key))
        if kind not in kinds:
            kinds[kind] = _patterns(*kind)
        rows += _entries(page, kinds[kind], base)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n' + "".join(rows) + "</urlset>\n"
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@cache_control(max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """This function will say what search engines leave alone: what is personal, and the desks."""
    prefixes = [""] + [f"/{code}" for code, _name in settings.LANGUAGES[1:]]
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in _CLOSED)]
    lines += [f"Disallow: {prefix}/{path}/" for path in _PERSONAL for prefix in prefixes]
    base = settings.BEFFROI_PUBLIC_URL.rstrip("/")
    lines += [f"Sitemap: {base}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
