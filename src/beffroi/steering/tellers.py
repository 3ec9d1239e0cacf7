"""Who tells how a line goes: the agents named for it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from beffroi.accounts import queries as accounts
from beffroi.accounts.enums import Role
from beffroi.steering.models import Line, LineTeller

#: Roles in which somebody may answer for a line; the page that asks for its words opens to them.
TELLERS = frozenset(
    {
        Role.PCS_LEAD, Role.DIRECTOR_GENERAL, Role.ANIMATOR, Role.PREVENTION_WORKER,
        Role.SOCIAL_WORKER, Role.TEAM_LEADER,
    }
)  # fmt: skip


def agents_who_may_tell(day: date) -> QuerySet[Any]:
    """This function will give the agents who may be asked for the words of a line on `day`."""
    return accounts.agents_in_roles(TELLERS, day)


def tellers_of(line: Line) -> QuerySet[LineTeller]:
    """This function will give who tells how a line goes."""
    return LineTeller.objects.filter(line=line).select_related("agent", "line__plan")


def tellers_of_plans(lines: Iterable[int]) -> QuerySet[LineTeller]:
    """This function will give who tells these lines, one agent’s after another’s."""
    rows = LineTeller.objects.filter(line__in=list(lines)).select_related("agent", "line__plan")
    return rows.order_by("agent", "line__number")


def lines_told_by(agent: int) -> QuerySet[Line]:
    """This function will give the lines an agent is named for."""
    return Line.objects.filter(tellers__agent=agent).select_related("plan__programme")


def told_by_nobody(lines: Iterable[Line]) -> list[Line]:
    """This function will give the lines for which nobody is named."""
    rows = list(lines)
    named = set(LineTeller.objects.filter(line__in=rows).values_list("line_id", flat=True))
    return [one for one in rows if one.pk not in named]
