"""What pages read of requests, always within what the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet

from beffroi.accounts.enums import CASE_ROLES
from beffroi.acts.requests.enums import FormKind, HandoverState, RequestState
from beffroi.acts.requests.models import Handover, Request, RequestForm
from beffroi.acts.requests.workflow import OPEN_STATES
from beffroi.core.actors import Actor, ActorKind
from beffroi.directory.enums import ServiceStatus


def case_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams in which the actor deals with people's requests."""
    if actor.kind is not ActorKind.AGENT:
        return frozenset()
    return frozenset(p.team for p in actor.posts if p.team and p.role in CASE_ROLES)


def requests_of_teams(teams: Iterable[str]) -> QuerySet[Request]:
    """This function will give the requests of these teams, and those proposed to them."""
    keys = list(teams)
    if not keys:
        return Request.objects.none()
    proposed = Handover.objects.filter(state=HandoverState.PROPOSED, to_team__key__in=keys)
    return Request.objects.filter(
        Q(team__key__in=keys) | Q(state=RequestState.PASSED, pk__in=proposed.values("request_id"))
    )


def forms_on_offer() -> QuerySet[RequestForm]:
    """This function will give the forms that the public may fill in.

    A service that does not run yet, or not now, takes questions alone; one that ended, nothing.
    """
    takes = Q(service__status=ServiceStatus.RUNNING) | Q(
        service__status__in=(ServiceStatus.PLANNED, ServiceStatus.SUSPENDED), kind=FormKind.QUESTION
    )
    return RequestForm.objects.filter(takes, service__is_listed=True, is_open=True)


def forms_of_service(service_key: str) -> QuerySet[RequestForm]:
    """This function will give the forms that a service offers to the public, in its order."""
    return forms_on_offer().filter(service__key=service_key).select_related("service", "team")


def form_of_service(service_key: str, kind: str) -> RequestForm | None:
    """This function will give this form of this service, when it is open."""
    return forms_of_service(service_key).filter(kind=kind).first()


def form_kinds_by_service(service_ids: Iterable[object]) -> dict[object, list[FormKind]]:
    """This function will give the open forms of many services, in one query."""
    found: dict[object, list[FormKind]] = {}
    rows = forms_on_offer().filter(service_id__in=list(service_ids))
    for service_id, kind in rows.order_by("position", "pk").values_list("service_id", "kind"):
        found.setdefault(service_id, []).append(FormKind(kind))
    return found


@dataclass(frozen=True)
class Due:
    """How long is left: negative when the date is past; None when no clock runs."""

    date: date | None
    days_left: int | None

    @property
    def tone(self) -> str:
        if self.days_left is None or self.days_left > 7:
            return "green"
        return "red" if self.days_left < 0 else "amber"


def due_of(due_date: date | None, today: date) -> Due:
    """This function will give the days left until `due_date`, in calendar days."""
    return Due(due_date, (due_date - today).days if due_date else None)


def with_due_date(rows: QuerySet[Request]) -> QuerySet[Request]:
    """This function will add the nearest date of a clock that still runs, if any does."""
    running = Q(clocks__met_at__isnull=True, clocks__cancelled_at__isnull=True) & ~Q(
        clocks__what="late_interest"
    )
    return rows.annotate(due_date=Min("clocks__due_date", filter=running))


def open_requests(actor: Actor) -> QuerySet[Request]:
    """This function will give the open requests the actor may see, what is late first."""
    rows = requests_of_teams(case_teams(actor)).filter(state__in=OPEN_STATES)
    return with_due_date(rows.select_related("service", "team", "assignee")).order_by(
        F("due_date").asc(nulls_last=True), "received_at", "pk"
    )


def inbox(
    actor: Actor, team: str = "", *, mine: bool = False, state: str = ""
) -> QuerySet[Request]:
    """This function will give the open requests of a team, or the actor's own."""
    rows = open_requests(actor)
    if team:
        rows = rows.filter(team__key=team)
    if mine:
        rows = rows.filter(assignee_id=int(actor.ref))
    if state:
        rows = rows.filter(state=state)
    return rows


def closed_requests(actor: Actor) -> QuerySet[Request]:
    """This function will give the closed requests the actor may see, newest first."""
    return (
        requests_of_teams(case_teams(actor))
        .filter(state=RequestState.CLOSED)
        .select_related("service", "team", "assignee")
        .order_by("-closed_at", "-pk")
    )


def proposed_to(actor: Actor) -> QuerySet[Handover]:
    """This function will give the requests that other teams propose to the actor's."""
    return (
        Handover.objects.filter(state=HandoverState.PROPOSED, to_team__key__in=case_teams(actor))
        .select_related("request", "request__service", "from_team", "to_team")
        .order_by("proposed_at")
    )


def counts_by_team(actor: Actor) -> dict[str, int]:
    """This function will count the open requests of each of the actor's teams."""
    rows = (
        Request.objects.filter(team__key__in=case_teams(actor), state__in=OPEN_STATES)
        .order_by()
        .values_list("team__key")
        .annotate(n=Count("pk"))
    )
    return {key: int(count) for key, count in rows}


def full_request(pk: int) -> Request:
    """This function will give a request with all that its page shows, in a fixed number of queries."""
    return (
        Request.objects.select_related("service", "team", "assignee")
        .prefetch_related(
            "moves",
            "messages",
            "documents_asked__files__attachment",
            "offered_times",
            "handovers__from_team",
            "handovers__to_team",
            "clocks",
            "attachments__attachment",
        )
        .get(pk=pk)
    )


def questions_to_rewrite(readable: QuerySet[Request]) -> QuerySet[Request]:
    """This function will give the questions an editor may rewrite, newest first, without a word of them."""
    return (
        readable.select_related("service")
        .only("reference", "received_at", "lang", "state", "service__name", "service__key")
        .order_by("-received_at", "-pk")
    )


def forms_to_edit(service_key: str) -> QuerySet[RequestForm]:
    """This function will give every form of a service, closed ones too, in its order."""
    return RequestForm.objects.filter(service__key=service_key).select_related("team")
