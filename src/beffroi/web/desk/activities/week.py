"""The week of a team, and its copy from the week before."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as date_filter
from django.urls import reverse
from django.utils import timezone

from beffroi.acts.activities import permissions, queries
from beffroi.acts.activities import services as activities
from beffroi.core.actors import Actor
from beffroi.web.desk.activities import words
from beffroi.web.desk.activities.activities import session_row, teams_of

_WEEK = timedelta(days=7)


def _monday(typed: str) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = timezone.localdate()
    day = min(max(day, date(2000, 1, 8)), date(2100, 1, 1))
    return day - timedelta(days=day.weekday())


def _address(team: str, monday: date) -> str:
    query = urlencode({"equipe": team, "lundi": monday.isoformat()})
    return f"{reverse('desk:activity_week')}?{query}"


def show(request: HttpRequest) -> HttpResponse:
    """This function will show a week of a team, and write it as the week before was."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = request.POST if request.method == "POST" else request.GET
    teams, monday = teams_of(actor), _monday(str(asked.get("lundi", "")))
    named = [key for key, _name in teams]
    held = [key for key in named if key in permissions.own_teams(actor)] or named
    team = asked.get("equipe") if asked.get("equipe") in named else (held[0] if held else "")
    if request.method == "POST":
        written = activities.copy_week(team=str(team), monday=monday, by=actor, at=timezone.now())
        messages.success(request, words.passed_over(written))
        return redirect(_address(str(team), monday))
    own = permissions.sessions_visible_to(actor).filter(activity__team__key=team)
    rows = [session_row(one) for one in queries.sessions_between(own, monday, monday + _WEEK - timedelta(days=1))]  # fmt: skip
    context = {
        "teams": teams, "team": team, "monday": monday,
        "days": [_day(monday + timedelta(days=n), rows) for n in range(7)],
        "before": _address(str(team), monday - _WEEK), "after": _address(str(team), monday + _WEEK),
        "is_empty": not rows,
    }  # fmt: skip
    return render(request, "desk/activities/week.html", context)


def _day(day: date, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": str(date_filter(day, "l j F")), "is_today": day == timezone.localdate(),
        "rows": [row for row in rows if row["date"] == day],
    }  # fmt: skip
