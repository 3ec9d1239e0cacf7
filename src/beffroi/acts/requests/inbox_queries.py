"""What the inbox of an agent holds: its lists, their counts, and what cannot wait."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from beffroi.acts.requests.enums import HandoverState, RequestState
from beffroi.acts.requests.models import Handover, Request, RequestMessage
from beffroi.acts.requests.queries import (
    case_teams,
    closed_requests,
    inbox,
    open_requests,
    proposed_to,
)
from beffroi.acts.requests.workflow import OPEN_STATES
from beffroi.core.actors import Actor
from beffroi.core.text import whole_number

#: Lists that are not a team.
ALL, MINE, WAITING = "toutes", "miennes", "attente"
PROPOSED, CLOSED = "proposees", "cloturees"
SOON_DAYS = 3


@dataclass(frozen=True)
class InboxCounts:
    """How many open requests each list of an agent holds."""

    mine: int = 0
    waiting: int = 0
    proposed: int = 0
    by_team: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by_team.values()) + self.proposed


def inbox_counts(actor: Actor) -> InboxCounts:
    """This function will count each list of the agent, in two queries."""
    if not case_teams(actor):
        return InboxCounts()
    rows = (
        Request.objects.filter(team__key__in=case_teams(actor), state__in=OPEN_STATES)
        .order_by()
        .values_list("team__key", "state", "assignee_id")
        .annotate(n=Count("pk"))
    )
    by_team: Counter[str] = Counter()
    mine = waiting = 0
    for team, state, assignee, count in rows:
        by_team[team] += count
        mine += count if assignee == int(actor.ref) else 0
        waiting += count if state == RequestState.WAITING else 0
    return InboxCounts(mine, waiting, proposed_to(actor).count(), dict(by_team))


def in_list(actor: Actor, name: str) -> QuerySet[Request]:
    """This function will give the requests of one list of the agent, in the order to take them.

    `name` is one of ALL, MINE, WAITING, PROPOSED, CLOSED or the key of a team.
    """
    if name == ALL:
        rows = open_requests(actor)
    elif name == MINE:
        rows = inbox(actor, mine=True)
    elif name == WAITING:
        rows = inbox(actor, state=RequestState.WAITING).filter(team__key__in=case_teams(actor))
    elif name == PROPOSED:
        rows = inbox(actor, state=RequestState.PASSED).filter(
            pk__in=proposed_to(actor).values("request")
        )
    elif name == CLOSED:
        rows = closed_requests(actor)
    else:
        rows = inbox(actor, team=name)
    return with_standing(rows)


def with_standing(rows: QuerySet[Request]) -> QuerySet[Request]:
    """This function will add what tells where each request stands: last word, handover pending."""
    said = RequestMessage.objects.filter(request=OuterRef("pk"), is_internal=False)
    pending = Handover.objects.filter(state=HandoverState.PROPOSED).select_related(
        "from_team", "to_team"
    )
    return rows.annotate(
        last_side=Subquery(said.order_by("-at", "-pk").values("side")[:1])
    ).prefetch_related(Prefetch("handovers", queryset=pending, to_attr="pending_handovers"))


@dataclass(frozen=True)
class Filters:
    """What an agent narrows a list with; nothing given keeps everything."""

    kind: str = ""
    state: str = ""
    assignee: str = ""
    late: bool = False

    def __bool__(self) -> bool:
        return bool(self.kind or self.state or self.assignee or self.late)


def narrowed(rows: QuerySet[Request], by: Filters, today: date) -> QuerySet[Request]:
    """This function will keep the rows that match each filter given."""
    if by.kind:
        rows = rows.filter(kind=by.kind)
    if by.state:
        rows = rows.filter(state=by.state)
    if by.assignee == "none":
        rows = rows.filter(assignee__isnull=True)
    elif (assignee := whole_number(by.assignee)) is not None:
        rows = rows.filter(assignee_id=assignee)
    if by.late and "due_date" in rows.query.annotations:
        rows = rows.filter(**{"due_date__lt": today})
    return rows


def most_pressing(actor: Actor, today: date) -> Request | None:
    """This function will give the one request that cannot wait, among hers and nobody's.

    First what is late, then what the person needs today, what is due within three days, what
    another team proposes, what the person answered, and what nobody has taken up yet.
    """
    hers = Q(assignee_id=int(actor.ref)) | Q(assignee__isnull=True)
    mine = Q(team__key__in=case_teams(actor)) & hers & ~Q(state=RequestState.PASSED)
    proposed = Q(pk__in=proposed_to(actor).values("request"))
    rank = Case(
        When(due_date__lt=today, then=Value(0)),
        When(Q(answers__urgency="today") & Q(state=RequestState.RECEIVED), then=Value(1)),
        When(due_date__lte=today + timedelta(days=SOON_DAYS), then=Value(2)),
        When(state=RequestState.PASSED, then=Value(3)),
        When(Q(state=RequestState.IN_HAND) & Q(last_side="person"), then=Value(4)),
        When(state=RequestState.RECEIVED, then=Value(5)),
        default=Value(9),
        output_field=IntegerField(),
    )
    standing = with_standing(open_requests(actor)).prefetch_related(None)
    rows = standing.filter(mine | proposed).annotate(rank=rank)
    first_due = F("due_date").asc(nulls_last=True)
    return rows.filter(rank__lt=9).order_by("rank", first_due, "received_at", "pk").first()


def to_reassign(actor: Actor, teams: Iterable[str], today: date) -> QuerySet[Request]:
    """This function will give what a leader looks at first: what is late, soon due, or nobody's."""
    soon = today + timedelta(days=SOON_DAYS)
    return (
        open_requests(actor)
        .filter(team__key__in=list(teams))
        .exclude(state=RequestState.PASSED)
        .filter(Q(due_date__lte=soon) | Q(assignee__isnull=True))
    )
