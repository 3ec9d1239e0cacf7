"""Letters to send, and the registered letters of a day."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.documents.letters import queries
from beffroi.documents.letters.permissions import letters_visible_to

_PER_PAGE = 50


def day_asked(request: HttpRequest) -> date:
    """This function will give the day in `jour`, or today."""
    try:
        return date.fromisoformat(request.GET.get("jour", ""))
    except ValueError:
        return timezone.localdate()


@require_safe
def to_send(request: HttpRequest) -> HttpResponse:
    """This function will show the letters written and not sent, the oldest first."""
    found = queries.letters_to_send(letters_visible_to(request.actor))  # type: ignore[attr-defined]
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    heads = (_("Lettre"), _("Objet"), _("Destinataire"), _("Envoi"), _("Écrite le"))
    context = {
        "columns": [{"label": head} for head in heads],
        "rows": [_to_send_row(letter) for letter in page],
        "page": page, "base": "?",
        "empty": {"title": _("Aucune lettre n’attend."), "text": _("Tout ce qui est écrit est parti.")},
    }  # fmt: skip
    return render(request, "desk/letters/to_send.html", context)


def _to_send_row(letter: Any) -> list[Any]:
    return [
        {"text": letter.reference, "url": reverse("desk:letter", args=[letter.reference])},
        letter.subject, letter.recipient_name, letter.get_delivery_display(),
        date_format(timezone.localtime(letter.written_at), "DATETIME_FORMAT"),
    ]  # fmt: skip


@require_safe
def registered(request: HttpRequest) -> HttpResponse:
    """This function will show the registered letters sent on a day, with the list to sign."""
    day = day_asked(request)
    found = list(queries.registered_on(letters_visible_to(request.actor), day))  # type: ignore[attr-defined]
    heads = (_("Numéro d’envoi"), _("Destinataire"), _("Adresse"), _("Lettre"))
    context = {
        "day": day, "query": f"?jour={day.isoformat()}", "count": len(found),
        "columns": [{"label": head} for head in heads],
        "rows": [
            [
                letter.sent_number, letter.recipient_name, ", ".join(letter.recipient_lines),
                {"text": letter.reference, "url": reverse("desk:letter", args=[letter.reference])},
            ]
            for letter in found
        ],
        "empty": {"title": _("Aucun recommandé ce jour-là."), "text": ""},
    }  # fmt: skip
    return render(request, "desk/letters/registered.html", context)
