"""The appointments of a leader's teams, between two days, as a table."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from beffroi.acts.agenda import services as agenda
from beffroi.core.errors import InvalidInput
from beffroi.web.desk.agenda import words
from beffroi.web.tables import csv_response

_HEADS = ("référence", "jour", "heure", "équipe", "avec", "personne", "demande ou dossier", "objet",
          "où", "état")  # fmt: skip


@require_POST
def appointments(request: HttpRequest) -> HttpResponse:
    """This function will hand out the appointments of the teams an agent leads."""
    try:
        first, last = (date.fromisoformat(request.POST.get(name, "")) for name in ("du", "au"))
        rows = agenda.extract_appointments(
            first=first, last=last, by=request.actor, at=timezone.now()  # type: ignore[attr-defined]
        )  # fmt: skip
    except (ValueError, OverflowError):  # a last day that no day follows
        messages.error(request, _("Donnez le premier et le dernier jour de l’extrait."))
        return redirect("desk:agenda_calendar")
    except InvalidInput as refused:
        messages.error(request, str(refused))
        return redirect("desk:agenda_calendar")
    return csv_response("agenda.csv", _HEADS, [
        (row.reference, timezone.localtime(row.starts_at).date().isoformat(),
         words.hour(row.starts_at), row.team.name, row.worker, words.who(row), row.subject_ref,
         row.get_purpose_display(), row.location, row.get_state_display())
        for row in rows
    ])  # fmt: skip
