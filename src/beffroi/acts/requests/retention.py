"""How long requests are kept, and how they end."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from beffroi.acts.requests.enums import FormKind, RequestState
from beffroi.acts.requests.models import Request
from beffroi.acts.requests.services.moves import trace
from beffroi.audit.retention import Rule, declare
from beffroi.core.actors import system_actor
from beffroi.documents import services as documents

#: Days kept after closing: a request for aid follows the social file, the others do not.
_KEEP_DAYS = {FormKind.AID: 5 * 365, FormKind.QUESTION: 180}
_KEEP_OTHERS = 2 * 365
_GONE: dict[str, Any] = {
    "name": "",
    "phone": "",
    "email": "",
    "postal_code": "",
    "other_name": "",
    "other_knows": None,
    "answers": {},
    "secret_digest": "",
}


def keep_days(kind: FormKind) -> int:
    """This function will give for how many days a request of this kind is kept after closing."""
    return _KEEP_DAYS.get(kind, _KEEP_OTHERS)


def anonymise_due(at: datetime) -> int:
    """This function will empty the requests whose time is over; their number and dates stay."""
    done = 0
    for kind in FormKind:
        limit = at - timedelta(days=keep_days(kind))
        due = Request.objects.filter(
            kind=kind, state=RequestState.CLOSED, closed_at__lte=limit, anonymised_at__isnull=True
        )
        for request in due:
            done += anonymise(request, at)
    return done


@transaction.atomic
def anonymise(request: Request, at: datetime) -> bool:
    """This function will take out of a closed request everything that tells of a person.

    It says whether it did: a request that was opened again meanwhile is left as it is.
    """
    closed = Request.objects.filter(
        pk=request.pk, state=RequestState.CLOSED, anonymised_at__isnull=True
    )
    if not closed.update(anonymised_at=at, **_GONE):
        return False
    for joined in request.attachments.select_related("attachment"):
        attachment = joined.attachment
        joined.delete()
        documents.delete_file(attachment)
    request.messages.all().delete()
    request.documents_asked.all().delete()
    request.offered_times.all().delete()
    request.moves.update(why="", by_label="")
    request.handovers.update(reason="—", answer_reason="—", proposed_by="", answered_by="")
    trace(request, "request.anonymise", by=system_actor("retention"), at=at)
    return True


def _with_request(model: str, *personal: str) -> Rule:
    return Rule(model, personal=personal, keep="avec la demande", with_parent="requests.Request")


declare(
    Rule("requests.RequestForm"),
    Rule(
        "requests.Request",
        personal=("name", "phone", "email", "postal_code", "other_name", "other_knows", "answers"),
        keep="5 ans après la clôture pour une aide, 2 ans pour le reste, 6 mois pour une question",
        end=anonymise_due,
    ),
    _with_request("requests.RequestMove", "by_ref", "by_label", "by_post", "why"),
    _with_request("requests.RequestMessage", "text", "by_label", "by_post"),
    _with_request("requests.DocumentAsked", "what", "asked_by"),
    _with_request("requests.OfferedTime", "starts_at", "where", "offered_by"),
    _with_request("requests.Handover", "reason", "answer_reason", "proposed_by", "answered_by"),
    Rule("requests.Clock"),
    _with_request("requests.RequestAttachment", "attachment"),
)
