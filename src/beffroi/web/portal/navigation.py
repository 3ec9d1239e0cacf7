"""The sections of the portal, its foot, whom to call, and the same page in other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from beffroi.web.portal.links import link, reception_link


def portal_nav(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the sections of the portal, the one of this page marked."""
    sections = (
        (_("Trouver de l’aide"), "home", ("home", "answer")),
        (_("Par besoin"), "needs", ("needs", "need")),
        (_("Pour qui"), "audiences", ("audiences", "audience")),
        (_("Près de chez vous"), "places", ("places", "place", "houses")),
        (_("Tous les services"), "services", ("services", "service")),
        (_("Suivre ma demande"), "follow_up_find", ("follow_up_find", "follow_up")),
    )
    match = request.resolver_match
    here = match.url_name if match else ""
    return [
        {"label": label, "url": url, "current": here in names}
        for label, name, names in sections
        if (url := link(name))
    ]


def footer_links() -> list[dict[str, str]]:
    """This function will give the pages at the foot."""
    pages = (
        (_("À quoi sert un CPAS"), "what_is_cpas"),
        (_("Quel CPAS pour moi"), "which_cpas"),
        (_("Les plans et leurs chiffres"), "plans"),
        (_("Questions et réponses"), "questions"),
        (_("Accessibilité"), "accessibility"),
        (_("Vos données"), "own_data"),
        (_("À propos"), "about"),
    )
    found = [{"label": label, "url": url} for label, name in pages if (url := link(name))]
    return [*found, {"label": _("Pour le personnel"), "url": reverse(settings.LOGIN_URL)}]


def help_contact(phone: str) -> dict[str, str]:
    """This function will give the way to a person: reception, and the free number of the City."""
    text = _(
        "Vous ne trouvez pas, ou vous préférez une voix ? L’accueil du CPAS vous rappelle et "
        "cherche avec vous."
    )
    if phone:
        text += " " + _(
            "Le numéro vert de la Ville est gratuit ; nous ne connaissons pas encore ses heures."
        )
    return {
        "text": text,
        "phone": phone,
        "url": reception_link("call_back"),
        "link_label": _("Être rappelé"),
    }


def alternates(links: list[dict[str, Any]]) -> list[dict[str, str]]:
    """This function will give the whole addresses of the same page in each language."""
    base = settings.BEFFROI_PUBLIC_URL.rstrip("/")
    found = [{"lang": item["code"], "url": base + item["url"]} for item in links]
    return [*found, {"lang": "x-default", "url": base + links[0]["url"]}]
