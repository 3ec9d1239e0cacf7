"""What every page knows: the commune, the languages, the alert plan, the demo banner."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from beffroi.directory.briefs import own_commune


def _language_links(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language, or the home page where it has no other language."""
    current = translation.get_language()
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    links = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            if match is not None and match.namespace == "portal":
                url = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
            else:
                url = reverse("portal:home")
        links.append({"code": code, "name": name, "url": url, "current": code == current})
    return links


def _portal(request: HttpRequest, phone: str, links: list[dict[str, Any]]) -> dict[str, Any]:
    """What the public pages add: sections, foot, whom to call, the page in other languages."""
    from beffroi.web.portal import navigation

    values: dict[str, Any] = {
        "portal_nav": navigation.portal_nav(request),
        "footer_links": navigation.footer_links(),
        "help_contact": navigation.help_contact(phone),
    }
    match = request.resolver_match
    if match is not None and getattr(match.func, "is_public_page", False):
        values["alternates"] = navigation.alternates(links)
    return values


def _is_desk(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.namespace in ("desk", "board")


def _desk_search(request: HttpRequest) -> dict[str, str] | None:
    """The search box, for whom deals with requests."""
    from beffroi.acts.requests.queries import case_teams

    if not case_teams(request.actor):  # type: ignore[attr-defined]
        return None
    return {
        "url": reverse("desk:search"),
        "value": request.POST.get("q", "") if request.path == reverse("desk:search") else "",
        "placeholder": _("Nom, téléphone ou référence ( / )"),
    }


def house(request: HttpRequest) -> dict[str, Any]:
    """This function will give the values that the base templates use."""
    if request is None:
        return {"commune": own_commune(), "language_links": []}
    from beffroi.web.portal.banner import alert_banner
    from beffroi.web.portal.caching import everywhere

    shared = None if _is_desk(request) else everywhere(request)
    links = _language_links(request) if shared else []  # the desk speaks French alone
    context: dict[str, Any] = {
        "commune": own_commune(),
        "language_links": links,
        "alert_banner": alert_banner(shared.alert) if shared else None,
        "demo_banner": settings.BEFFROI_DEMO,
        "demo_users": [],
        "demo_password": "",
    }
    match = request.resolver_match
    if shared and (match is None or match.namespace in ("", "portal")):
        context |= _portal(request, shared.phone, links)
    if settings.BEFFROI_DEMO and match is not None and match.view_name == "account_login":
        people = import_module(settings.BEFFROI_DEMO_PEOPLE)
        context.update(demo_users=people.AGENTS, demo_password=people.PASSWORD)
    if _is_desk(request) and hasattr(request, "actor"):
        from beffroi.web.desk.navigation import navigation

        context["desk_nav"] = navigation(request)
        context["actor"] = request.actor
        context["desk_search"] = _desk_search(request)
    return context
