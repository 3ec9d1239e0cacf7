"""The side bar of the desk: what this agent's posts open, subject by subject."""

from typing import Any

from django.http import HttpRequest

from beffroi.web.board.navigation import board_groups
from beffroi.web.desk.activities.navigation import activities_groups
from beffroi.web.desk.agenda.navigation import agenda_groups
from beffroi.web.desk.council.navigation import council_groups
from beffroi.web.desk.debts.navigation import debts_groups
from beffroi.web.desk.editor.navigation import editor_groups
from beffroi.web.desk.files.navigation import files_groups
from beffroi.web.desk.finance.navigation import finance_groups
from beffroi.web.desk.insertion.navigation import insertion_groups
from beffroi.web.desk.journal.navigation import journal_groups
from beffroi.web.desk.letters.navigation import letters_groups
from beffroi.web.desk.people.navigation import people_groups
from beffroi.web.desk.requests.navigation import request_groups
from beffroi.web.desk.stays.navigation import stays_groups
from beffroi.web.desk.supplies.navigation import supplies_groups
from beffroi.web.desk.terrain.navigation import terrain_groups

#: Each subject gives its groups [{title, items: [{label, url, count, current}]}], in this order.
SUBJECTS = (
    request_groups,
    agenda_groups,
    activities_groups,
    terrain_groups,
    supplies_groups,
    stays_groups,
    people_groups,
    files_groups,
    council_groups,
    letters_groups,
    finance_groups,
    debts_groups,
    insertion_groups,
    board_groups,
    editor_groups,
    journal_groups,
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the groups of links that the agent may follow, with their counts."""
    return [group for subject in SUBJECTS for group in subject(request)]
