"""The banner of an alert plan, on every page while it is on."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from beffroi.directory.everywhere import Alert


def alert_banner(alert: Alert | None) -> dict[str, Any] | None:
    """This function will give the banner of the plan that is on, in the page's language."""
    if alert is None:
        return None
    lang = get_language() or "fr"
    return {
        "kind": alert.kind,
        "title": str(alert.plan.label),
        "text": alert.messages.get(lang) or alert.messages.get("fr", ""),
        "phone": alert.phone,
        "url": reverse("portal:alert"),
    }
