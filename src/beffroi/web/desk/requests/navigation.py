"""Requests in the side bar: the agent's lists with how many each holds."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from beffroi.acts.requests import inbox_queries as inbox
from beffroi.acts.requests.queries import case_teams
from beffroi.web.desk.links import Item, group, shows_counts


def counts_of(request: HttpRequest) -> inbox.InboxCounts:
    """This function will give the counts of the agent's lists, counted once for a page."""
    known: inbox.InboxCounts | None = getattr(request, "inbox_counts", None)
    if known is None:
        known = inbox.inbox_counts(request.actor)  # type: ignore[attr-defined]
        request.inbox_counts = known  # type: ignore[attr-defined]
    return known


def request_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the lists of an agent who deals with requests."""
    actor = request.actor  # type: ignore[attr-defined]
    if not case_teams(actor):
        return group(request, "", (Item(_("Aujourd’hui"), "desk:first_page"),))
    here = shows_counts(request, "desk:requests", "desk:workload")
    counts = counts_of(request) if here else inbox.InboxCounts()

    def listed(label: str, name: str, count: int) -> Item:
        return Item(label, "desk:requests", count, {"liste": name})

    first = (
        Item(_("À traiter"), "desk:first_page", counts.total),
        Item(_("Nouvelle demande"), "desk:request_new"),
        listed(_("Mes demandes"), inbox.MINE, counts.mine),
        listed(_("Attendent la personne"), inbox.WAITING, counts.waiting),
        listed(_("Proposées à mon équipe"), inbox.PROPOSED, counts.proposed),
        listed(_("Clôturées"), inbox.CLOSED, 0),
    )
    held = {post.team: post.team_label for post in actor.posts if post.team in case_teams(actor)}
    teams = tuple(listed(label, key, counts.by_team.get(key, 0)) for key, label in held.items())
    load = Item(_("Qui a quoi"), "desk:workload")
    return group(request, "", first) + group(request, _("Mes équipes"), (*teams, load))
