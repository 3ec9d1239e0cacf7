"""A request for aid that becomes an application in a social file, and keeps its delay meanwhile."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.requests.enums import Outcome, Side, SlotState
from beffroi.acts.requests.models import Clock, Request
from beffroi.acts.requests.services.letters import send_news
from beffroi.acts.requests.services.moves import move, say, trace
from beffroi.acts.requests.services.team import in_hands
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput

#: What the law still wants of a request once a file goes on with it.
_GOES_ON = ("decision", "late_interest")


@transaction.atomic
def become_file(*, reference: str, by: Actor, at: datetime) -> date:
    """This function will close a request for aid that a social file goes on with.

    The delay to decide keeps running until `end_delay`. It gives the day of the request, from
    which the file counts; a second application from the same request changes nothing more.
    Raises: NotAllowed; InvalidInput unless it asks for aid; AlreadyMoved.
    """
    request = in_hands(reference, by)
    if not request.is_aid:
        raise InvalidInput(
            _("Seule une demande d’aide ouvre un dossier social."),
            todo=_("Répondez à la personne, ou entrez avec elle une demande d’aide."),
        )
    if request.outcome == Outcome.FILE_OPENED:
        return timezone.localdate(request.received_at)
    text = _(
        "Votre demande a maintenant un dossier social. Elle garde sa date ; cette page vous dit "
        "où elle en est jusqu’à la décision."
    )
    say(request, Side.TEAM, text, by=by, at=at)
    holder: dict[str, Any] = {} if request.assignee_id else {"assignee_id": int(by.ref)}
    move(
        request, "close", by=by, at=at, detail={"outcome": Outcome.FILE_OPENED},
        outcome=Outcome.FILE_OPENED, closed_at=at, **holder,
    )  # fmt: skip
    request.offered_times.filter(state=SlotState.OFFERED).update(state=SlotState.RELEASED)
    waiting = Clock.objects.filter(request=request, met_at__isnull=True, cancelled_at__isnull=True)
    waiting.exclude(what__in=_GOES_ON).update(cancelled_at=at)
    send_news(request)
    return timezone.localdate(request.received_at)


@transaction.atomic
def end_delay(*, reference: str, is_decided: bool, by: Actor, at: datetime) -> None:
    """This function will end the delay of a request whose file has its decision, or needs none.

    The file has checked who may record it; a request that is gone changes nothing.
    """
    request = Request.objects.select_related("team").filter(reference=reference).first()
    if request is None:
        return
    running = Clock.objects.filter(request=request, met_at__isnull=True, cancelled_at__isnull=True)
    if is_decided and running.filter(what="decision").update(met_at=at):
        trace(request, "request.decided", by=by, at=at)
    running.filter(what__in=_GOES_ON).update(cancelled_at=at)
