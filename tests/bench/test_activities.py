"""A year of a town: every line for the annual report, and any one figure of the board."""

import time
from datetime import date

import pytest
from django.db import connection

from beffroi.acts.activities.indicators import MEASURES
from beffroi.acts.activities.models import Attendance, Session
from beffroi.demo import many_sessions
from beffroi.steering import figures
from beffroi.steering import services as steering
from tests.factories import steering as made
from tests.factories.activities import HOUSE, NOW, place, team

YEAR = (date(2025, 1, 1), date(2025, 12, 31))
FOLLOWED = tuple(one.key for one in MEASURES)
SESSIONS, PRESENCES, PEOPLE, ACTIVITIES = 50_000, 600_000, 20_000, 160


@pytest.mark.long
@pytest.mark.django_db
def test_all_lines_within_five_seconds_and_one_figure_within_a_fifth(capsys) -> None:
    team("houses")
    for n in range(7):
        place(f"maison-{n}")
    lines = many_sessions.fill(
        sessions=SESSIONS, presences=PRESENCES, people=PEOPLE, activities_count=ACTIVITIES,
        year=2025, by=HOUSE, at=NOW,
    )  # fmt: skip
    assert Session.objects.count() >= SESSIONS - ACTIVITIES
    assert Attendance.objects.count() >= PRESENCES - ACTIVITIES * 12
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what a server does by itself after such a load
    plan = made.plan()
    rows = list(plan.lines.all())
    for row in rows:
        for key in FOLLOWED:
            steering.follow(line=row, draft=steering.IndicatorDraft(key), **made.GIVEN)
    start = time.perf_counter()
    counts = figures.figures_of_year(rows, 2025)
    whole = time.perf_counter() - start
    assert {str(one.indicator.line.number) for one in counts if one.value} == set(lines)
    slowest = {}
    for one in (one for one in counts if one.indicator.line.number == 1):
        start = time.perf_counter()
        found = figures.figure_of(one.indicator, *YEAR)
        slowest[one.indicator.measure] = time.perf_counter() - start
        assert found == one
    start = time.perf_counter()
    snapshot = steering.freeze(plan=plan, year=2025, kind="activity", **made.GIVEN)
    frozen = time.perf_counter() - start
    assert len(steering.content_of(snapshot)["lines"]) == 32
    with capsys.disabled():
        print(
            f"\nall lines {whole:.2f} s; frozen with its tables {frozen:.2f} s; one figure",
            {k: round(v, 3) for k, v in slowest.items()},
        )
    assert len(counts) == 32 * len(FOLLOWED)
    assert whole <= 5
    assert max(slowest.values()) <= 0.2
