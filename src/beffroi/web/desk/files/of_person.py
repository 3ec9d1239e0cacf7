"""The social files of a person, on her own page: those that are open, and the door to a new one."""

from collections.abc import Collection
from typing import Any

from beffroi.casework import queries
from beffroi.casework.permissions import file_teams, files_visible_to
from beffroi.core.actors import Actor


def files_of(actor: Actor, persons: Collection[int]) -> dict[str, Any]:
    """This function will give her files that the actor may see, and the teams that may open one.

    `persons` are her entry and those merged into it. Nothing is given to who works on no file.
    """
    mine = file_teams(actor)
    if not mine:
        return {}
    rows = list(queries.open_files_of(files_visible_to(actor), persons))
    taken = {file.team.key for file in rows}
    teams = [
        {"key": post.team, "label": post.team_label}
        for post in actor.posts
        if post.team in mine - taken
    ]
    return {"rows": rows, "teams": teams}
