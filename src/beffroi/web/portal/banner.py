"""The banner of an alert plan, on every page while it is on."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from beffroi.directory import queries as directory


def alert_banner() -> dict[str, Any] | None:
    """This function will give the banner of the plan that is on, in the page's language."""
    plan = directory.current_alert_plan()
    if plan is None:
        return None
    lang = get_language() or "fr"
    return {
        "kind": plan.kind,
        "title": plan.get_kind_display(),
        "text": plan.messages.get(lang) or plan.messages.get("fr", ""),
        "phone": plan.phone,
        "url": reverse("portal:alert"),
    }
