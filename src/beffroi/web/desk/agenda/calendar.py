"""The calendar of a worker, of a room or of a team's day: a grid at a desk, a list on a phone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda import permissions, planning_queries, queries
from beffroi.acts.agenda import services as agenda
from beffroi.acts.agenda.workflow import TAKES_TIME
from beffroi.core.actors import Actor
from beffroi.core.text import whole_number
from beffroi.web.desk.agenda import words

#: The grid goes from this hour to that one, by quarters of an hour.
FIRST_HOUR, LAST_HOUR = 7, 20
_ROWS = (LAST_HOUR - FIRST_HOUR) * 4


@dataclass(frozen=True)
class Block:
    """Something in a day, with its place in the grid: the row it begins on and how many it takes."""

    row: int
    rows: int
    kind: str
    hours: str
    title: str
    starts_at: datetime
    sub: str = ""
    url: str = ""
    tag: str = ""
    tone: str = ""


@dataclass
class Column:
    """A day of somebody or of a room."""

    title: str
    sub: str = ""
    is_today: bool = False
    presence: list[Block] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    released: list[Block] = field(default_factory=list)

    @property
    def is_worth_showing(self) -> bool:
        """This property says whether a day of the week-end holds anything."""
        return self.is_today or bool(self.presence or self.blocks or self.released)


def _block(kind: str, starts_at: datetime, ends_at: datetime, title: str, **more: Any) -> Block:
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    first = (start.hour - FIRST_HOUR) * 4 + start.minute // 15
    last = (end.hour - FIRST_HOUR) * 4 + -(-end.minute // 15)
    if end.date() > start.date():
        last = _ROWS
    first = min(max(first, 0), _ROWS - 1)
    rows = max(1, min(last, _ROWS) - first)
    return Block(first + 1, rows, kind, words.span(starts_at, ends_at), title, starts_at, **more)


def show(request: HttpRequest) -> HttpResponse:
    """This function will show a week of a worker or a room, or a day of a whole team."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked, now = request.GET, timezone.now()
    today = timezone.localdate(now)
    day = _asked_day(request, today)
    one_day = asked.get("vue") == "jour" or bool(asked.get("equipe"))
    first, days = (day, 1) if one_day else (day - timedelta(days=day.weekday()), 7)
    people = _people(actor, day)
    columns, title = _columns(_View(actor, now, first, days), asked, people)
    if not one_day:
        columns = [one for number, one in enumerate(columns) if number < 5 or one.is_worth_showing]
    step = timedelta(days=1 if one_day else 7)
    context = {
        "columns": columns, "title": title, "one_day": one_day, "first": first,
        "last": first + timedelta(days=max(len(columns), 5) - 1), "hours": range(FIRST_HOUR, LAST_HOUR),
        "people": sorted(people.items(), key=lambda person: person[1]),
        "rooms": planning_queries.rooms(), "teams": _teams(actor), "day": day, "today": today,
        "before": first - step, "after": first + step, "keep": _kept(asked),
        "agent": asked.get("agent", "") or actor.ref, "salle": asked.get("salle", ""),
        "leads": bool(permissions.led_teams(actor)), "equipe": asked.get("equipe", ""), "wide": min(len(columns), 7),
    }  # fmt: skip
    return render(request, "desk/agenda/calendar.html", context)


def _columns(view: "_View", asked: Any, people: dict[int, str]) -> tuple[list[Column], str]:
    if team := asked.get("equipe", ""):
        found = accounts.team_by_key(team)
        return view.team(team), found.name if found else ""
    if number := whole_number(asked.get("salle", "")):
        room = planning_queries.room(number)
        if room is None:
            raise Http404
        return view.room(room.pk), f"{room.name}, {room.place}"
    agent = whole_number(asked.get("agent", "")) or int(view.actor.ref)
    if agent not in people:
        raise Http404
    return view.worker(agent), people[agent]


def _kept(asked: Any) -> str:
    """What the links to another day keep: whose calendar it is, and how it is shown."""
    names = ("agent", "salle", "equipe", "vue")
    return urlencode({name: asked[name] for name in names if asked.get(name)})


def _asked_day(request: HttpRequest, today: date) -> date:
    try:
        day = date.fromisoformat(request.GET.get("jour", ""))
    except ValueError:
        return today
    return day if abs((day - today).days) < 3660 else today


def _people(actor: Actor, day: date) -> dict[int, str]:
    """Whose agenda may be looked at: her own, and those of the teams she sees or works in."""
    teams = permissions.own_teams(actor) | permissions.overseen_teams(actor)
    found = {agent.pk: str(agent) for agent in accounts.agents_of(teams, day)}
    return {**found, int(actor.ref): actor.label}


def _teams(actor: Actor) -> list[tuple[str, str]]:
    mine = permissions.own_teams(actor)
    return sorted({(p.team, p.team_label) for p in actor.posts if p.team in mine}, key=lambda t: t[1])  # fmt: skip


class _View:
    """Gathers columns in a fixed number of queries, with persons only where they may be seen."""

    def __init__(self, actor: Actor, now: datetime, first: date, days: int) -> None:
        self.actor, self.now, self.first, self.days = actor, now, first, days

    def worker(self, agent: int) -> list[Column]:
        shown = self._read(f"agenda {agent}", worker_id=agent)
        busy = queries.busy_times([agent], self.first, self.days)
        there = planning_queries.presence([agent], self.first, self.days)[agent]
        return [
            self._column(day, there, shown, busy) for day in self._each_day()
        ]  # fmt: skip

    def room(self, room: int) -> list[Column]:
        shown = self._read(f"local {room}", room_id=room)
        busy = queries.busy_in_room(room, self.first, self.days)
        return [self._column(day, [], shown, busy, of_room=True) for day in self._each_day()]

    def team(self, team: str) -> list[Column]:
        if team not in permissions.own_teams(self.actor) | permissions.overseen_teams(self.actor):
            raise Http404
        agents = list(accounts.agents_of([team], self.first))
        ids = [agent.pk for agent in agents]
        shown = self._read(f"équipe {team}", worker_id__in=ids)
        busy = queries.busy_times(ids, self.first, self.days)
        there = planning_queries.presence(ids, self.first, self.days)
        columns = []
        for agent in agents:
            column = self._column(
                self.first, there[agent.pk],
                [row for row in shown if row.worker_id == agent.pk],
                [one for one in busy if one.worker == agent.pk],
            )  # fmt: skip
            column.title, column.sub = str(agent), ""
            columns.append(column)
        return columns

    def _each_day(self) -> list[date]:
        return [self.first + timedelta(days=step) for step in range(self.days)]

    def _read(self, name: str, **of: Any) -> list[Any]:
        visible = permissions.appointments_visible_to(self.actor).filter(**of)
        rows = queries.on_day(visible, self.first, self.days)
        return agenda.read_appointments(rows=rows, name=name, by=self.actor, at=self.now)

    def _column(
        self, day: date, there: Iterable[Any], shown: list[Any], busy: list[Any], *,
        of_room: bool = False,
    ) -> Column:  # fmt: skip
        midnight = planning_queries.day_of(day)
        column = Column(
            title=words.weekday(midnight.starts_at), is_today=day == timezone.localdate(self.now)
        )
        within = [p for p in there if midnight.starts_at <= p.starts_at < midnight.ends_at]
        column.presence = [_block("there", p.starts_at, p.ends_at, "") for p in within]
        seen = set()
        for row in shown:
            if not midnight.starts_at <= row.starts_at < midnight.ends_at:
                continue
            block = _of_appointment(row, of_room)
            if row.state in TAKES_TIME:
                column.blocks.append(block)
                seen.add(row.starts_at)
            else:
                column.released.append(block)
        for one in busy:
            if midnight.starts_at <= one.starts_at < midnight.ends_at and one.starts_at not in seen:
                kind, title = ("duty", _("Permanence")) if one.is_duty else ("busy", _("Pris"))
                column.blocks.append(_block(kind, one.starts_at, one.ends_at, title))
        column.blocks.sort(key=lambda block: block.starts_at)
        return column


def _of_appointment(row: Any, of_room: bool) -> Block:
    where = row.room.name if row.room else row.where
    sub = str(row.worker) if of_room else where
    if row.interpreter:
        sub += " · " + _("interprète : %(lang)s") % {"lang": row.interpreter}
    return _block(
        row.state, row.starts_at, row.ends_at, words.who(row), sub=sub,
        url=words.url(row.reference), tag=row.get_state_display(), tone=words.tone(row.state),
    )  # fmt: skip
