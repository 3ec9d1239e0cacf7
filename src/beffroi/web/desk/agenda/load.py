"""What each worker carries, in points, gathered from the rooms that give work.

A room that follows people adds its own function to `SOURCES`: from a team and a day, the points
of each agent.
"""

from collections.abc import Callable
from datetime import date

from beffroi.acts.requests import figures_queries as figures
from beffroi.casework import queries as casework

#: A request in hand; one that waits for the person; more for one whose delay is past.
IN_HAND, WAITING, LATE = 4, 1, 2

Source = Callable[[str, date], dict[int, int]]


def of_requests(team: str, today: date) -> dict[int, int]:
    """This function will count the points of the requests that each agent of a team holds."""
    return {
        load.agent_id: (load.open - load.waiting) * IN_HAND + load.waiting * WAITING + load.late * LATE
        for load in figures.workload([team], today)
        if load.agent_id is not None
    }  # fmt: skip


def of_files(team: str, today: date) -> dict[int, int]:
    """This function will count the points of the social files that each agent of a team holds."""
    return casework.loads(team)


SOURCES: list[Source] = [of_requests, of_files]


def weights(team: str, today: date) -> dict[int, int]:
    """This function will give the points that each agent of a team carries, from every room."""
    total: dict[int, int] = {}
    for source in SOURCES:
        for agent, points in source(team, today).items():
            total[agent] = total.get(agent, 0) + points
    return total
