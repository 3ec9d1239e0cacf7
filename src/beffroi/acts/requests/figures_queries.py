"""How the work goes, in numbers: by team, by agent, by outcome; never with a person's name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from beffroi.acts.requests.enums import Outcome, RequestState
from beffroi.acts.requests.models import Clock, Request
from beffroi.acts.requests.workflow import OPEN_STATES
from beffroi.core.once import once

_SOON_DAYS = 7


def _clock_due(**when: object) -> Exists:
    running = Clock.objects.filter(
        request=OuterRef("pk"), met_at__isnull=True, cancelled_at__isnull=True
    ).exclude(what="late_interest")
    return Exists(running.filter(**when))


def _with_lateness(rows: QuerySet[Request], today: date) -> QuerySet[Any]:
    soon = today + timedelta(days=_SOON_DAYS)
    return rows.annotate(
        is_late=_clock_due(due_date__lt=today),
        is_soon=_clock_due(due_date__gte=today, due_date__lte=soon),
    )


@dataclass
class TeamFigures:
    """One team: what is open, late, due within a week, held by nobody, received and closed."""

    key: str
    name: str
    open: int = 0
    late: int = 0
    soon: int = 0
    unassigned: int = 0
    received: int = 0
    closed: int = 0
    oldest_at: datetime | None = None
    median_days: int | None = None


def figures_by_team(*, today: date, since: datetime) -> list[TeamFigures]:
    """This function will count the work of each team; received and closed are counted from `since`.

    `median_days` is the number of days from receipt to closing, half being quicker.
    """
    teams: dict[str, TeamFigures] = {}

    def team(key: str, name: str) -> TeamFigures:
        return teams.setdefault(key, TeamFigures(key, name))

    rows = (
        _with_lateness(Request.objects.filter(state__in=OPEN_STATES), today)
        .order_by()
        .values_list("team__key", "team__name", "is_late", "is_soon", "assignee_id")
        .annotate(n=Count("pk"), oldest=Min("received_at"))
    )
    for key, name, late, soon, assignee, count, oldest in rows:
        row = team(key, name)
        row.open += count
        row.late += count if late else 0
        row.soon += count if soon and not late else 0
        row.unassigned += count if assignee is None else 0
        row.oldest_at = min(filter(None, (row.oldest_at, oldest)))
    received = Request.objects.filter(received_at__gte=since).order_by()
    for key, name, count in received.values_list("team__key", "team__name").annotate(n=Count("pk")):
        team(key, name).received = count
    days: dict[str, list[int]] = {}
    for key, name, begun, ended, _outcome in _closed_since(since):
        team(key, name).closed += 1
        if ended is not None:
            days.setdefault(key, []).append((ended - begun).days)
    for key, spent in days.items():
        teams[key].median_days = round(median(spent))
    return sorted(teams.values(), key=lambda row: (-row.late, -row.open, row.name))


def _closed_since(since: datetime) -> list[tuple[Any, ...]]:
    """What was closed since a moment, oldest first: team, its name, receipt, closing, outcome."""
    rows = Request.objects.filter(state=RequestState.CLOSED, closed_at__gte=since)
    told = rows.values_list("team__key", "team__name", "received_at", "closed_at", "outcome")
    return once(("requests.closed", since), lambda: list(told))


def outcomes_since(since: datetime) -> list[tuple[str, int]]:
    """This function will count how requests ended since a moment, the most frequent first."""
    counted = Counter(outcome for *_when, outcome in _closed_since(since))
    return [(str(Outcome(outcome).label), count) for outcome, count in counted.most_common()]


@dataclass
class Load:
    """What one agent holds in a team; without an agent, what nobody holds."""

    team: str
    agent_id: int | None
    open: int = 0
    late: int = 0
    soon: int = 0
    waiting: int = 0


def workload(teams: Iterable[str], today: date) -> list[Load]:
    """This function will count what each agent of these teams holds, in one query."""
    rows = (
        _with_lateness(
            Request.objects.filter(team__key__in=list(teams), state__in=OPEN_STATES), today
        )
        .order_by()
        .values_list("team__key", "assignee_id", "is_late", "is_soon", "state")
        .annotate(n=Count("pk"))
    )
    loads: dict[tuple[str, int | None], Load] = {}
    for team, agent, late, soon, state, count in rows:
        load = loads.setdefault((team, agent), Load(team, agent))
        load.open += count
        load.late += count if late else 0
        load.soon += count if soon and not late else 0
        load.waiting += count if state == RequestState.WAITING else 0
    return list(loads.values())
