"""Home, needs, audiences, services from A to Z, and the page of one service."""

from collections.abc import Iterable
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from beffroi.acts.requests import queries as requests
from beffroi.directory import browsing
from beffroi.directory.service_page import service_page
from beffroi.web.portal.answers import status_tag
from beffroi.web.portal.caching import everywhere, public_page
from beffroi.web.portal.links import link
from beffroi.web.portal.service_view import service_context

NEEDS_AT_HOME = 8
ON_A_PAGE = 40
_HOUSES_AT_HOME = 12
_MONEY = "money"


def _lang() -> str:
    return get_language() or "fr"


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """This function will show the one question, eight needs and the houses near."""
    houses = [
        {"house": house, "url": link("place", house.key) or link("service", house.key)}
        for house in browsing.houses(_lang())[:_HOUSES_AT_HOME]
    ]
    context = {
        "needs": browsing.terms("need", _lang())[:NEEDS_AT_HOME],
        "houses": houses,
        "places_url": link("houses") or link("need", "near_home"),
    }
    return render(request, "portal/home.html", context)


@public_page()
def needs(request: HttpRequest) -> HttpResponse:
    """This function will show every need."""
    return render(request, "portal/needs.html", {"needs": browsing.terms("need", _lang())})


@public_page()
def audiences(request: HttpRequest) -> HttpResponse:
    """This function will show for whom the services are."""
    return render(request, "portal/audiences.html", {"lines": browsing.terms("audience", _lang())})


@public_page("page")
def need(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show the services of one need, a page at a time."""
    return _under(request, "need", key)


@public_page("page")
def audience(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show the services for one audience, a page at a time."""
    return _under(request, "audience", key)


def _under(request: HttpRequest, taxonomy: str, key: str) -> HttpResponse:
    lines = {line.key: line for line in browsing.terms(taxonomy, _lang())}
    if key not in lines:
        raise Http404(f"no {taxonomy} {key}")
    found = browsing.services_under(taxonomy, key, _lang())
    page = Paginator[browsing.ServiceCard](found, ON_A_PAGE).get_page(request.GET.get("page"))
    is_need = taxonomy == "need"
    context = {
        "line": lines[key],
        "others": [line for line in lines.values() if line.key != key],
        "page": page,
        "cards": _listed(page),
        "is_need": is_need,
        "estimate_url": link("estimate") if is_need and key == _MONEY else "",
        "up_url": reverse("portal:needs" if is_need else "portal:audiences"),
        "up_label": _("Tous les besoins") if is_need else _("Pour qui"),
    }
    return render(request, "portal/under.html", context)


def _listed(cards: Iterable[browsing.ServiceCard]) -> list[dict[str, object]]:
    return [
        {
            "card": card,
            "status": status_tag(card),
            "url": reverse("portal:service", args=[card.key]),
        }
        for card in cards
    ]


@public_page("page", uncached="q")
def services(request: HttpRequest) -> HttpResponse:
    """This function will list services by name; `q` filters names, it is no person's words."""
    name = request.GET.get("q", "").strip()[:80]
    cards = browsing.all_services(_lang(), name)
    paginator = Paginator(cards, ON_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "q": name,
        "q_encoded": quote(name),
        "page": page,
        "cards": _listed(page),
        "letters": [] if name else _letters(cards),
    }
    response = render(request, "portal/services.html", context)
    if name:
        response["X-Robots-Tag"] = "noindex"
    return response


def _letters(cards: list[browsing.ServiceCard]) -> list[dict[str, object]]:
    """Each first letter with the page on which its first name stands."""
    found: dict[str, int] = {}
    for place, card in enumerate(cards):
        found.setdefault(browsing.sorting_key(card.name)[:1].upper() or "#", place // ON_A_PAGE + 1)
    return [{"letter": letter, "page": number} for letter, number in found.items()]


@public_page("facile")
def service(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show all that is known of one service, and what is not."""
    today = timezone.localdate()
    shown = service_page(key, _lang(), today)
    if shown is None:
        raise Http404(f"no service {key}")
    kinds = requests.form_kinds_by_service([shown.id]).get(shown.id, [])
    easy = request.GET.get("facile") == "1" and bool(shown.words.easy)
    context = service_context(shown, kinds, today, everywhere(request).phone)
    return render(request, "portal/service.html", context | {"easy": easy})
