"""The papers of a meeting of the commission as accessible PDF files: invitation, attendance, minutes."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beffroi.directory import briefs
from beffroi.steering import commission as reads
from beffroi.steering.enums import MeetingState, Presence
from beffroi.steering.models import CommissionMeeting

PAPERS: Mapping[str, str | Promise] = {
    "invitation": _("Invitation et ordre du jour"),
    "presences": _("Feuille de présences"),
    "proces-verbal": _("Procès-verbal"),
}
_FROM = {
    "invitation": tuple(state for state in MeetingState if state != MeetingState.CANCELLED),
    "presences": tuple(state for state in MeetingState if state != MeetingState.CANCELLED),
    "proces-verbal": reads.WERE_HELD,
}


def is_ready(meeting: CommissionMeeting, paper: str) -> bool:
    """This function will say whether a meeting can have this paper as it stands."""
    return meeting.state in _FROM[paper]


def write_paper(meeting: CommissionMeeting, paper: str) -> bytes:
    """This function will write a paper of a meeting; the invitation names no person."""
    from beffroi.documents.letters import letter_pdf  # heavy: read when a paper is asked

    context: dict[str, Any] = {
        "commune": briefs.own_commune(), "meeting": meeting, "plan": meeting.commission.plan,
        "points": [(one, reads.opinion_words(one)) for one in reads.points_of(meeting)], "title": PAPERS[paper],
    }  # fmt: skip
    if paper != "invitation":
        members = reads.members_on(meeting.commission, meeting.on_date)
        there = reads.presences_of(meeting)
        context["members"] = [
            (one, Presence(there[one.pk]).label if one.pk in there else "") for one in members
        ]
    if paper == "proces-verbal":
        context["decisions"] = list(meeting.decisions.select_related("owner", "point"))
        context["is_approved"] = meeting.state == MeetingState.APPROVED
    return letter_pdf(f"steering/{paper}.html", context)
