"""The first page of each agent: what cannot wait, then what her role has to look at."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.accounts.enums import Role
from beffroi.acts.requests import figures_queries as figures
from beffroi.acts.requests.permissions import can_see_figures
from beffroi.acts.requests.queries import case_teams
from beffroi.audit import services as audit
from beffroi.audit.permissions import can_read_journal
from beffroi.audit.queries import JournalSearch
from beffroi.core.actors import Actor, Post
from beffroi.directory import editor_queries as directory
from beffroi.guidance import editor_queries as guidance
from beffroi.web.desk.agenda.today import today_of
from beffroi.web.desk.duties import runs_of, sittings_of
from beffroi.web.desk.files.today import files_of, to_record
from beffroi.web.desk.files.urgent import urgent_of
from beffroi.web.desk.journal import words as journal_words
from beffroi.web.desk.requests import figures as figures_words
from beffroi.web.desk.requests import lists
from beffroi.web.desk.requests.navigation import counts_of
from beffroi.web.desk.requests.pressing import pressing

_RECENT_DAYS = 30
_JOURNAL_ROWS = 15


def first_page(request: HttpRequest) -> HttpResponse:
    """This function will show what cannot wait, then the table of what is to be done.

    A role without requests has a page of its own, with what it answers for.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if case_teams(actor) and (counts_of(request).total or not can_see_figures(actor)):
        now = timezone.now()
        context = {
            **lists.list_context(request),
            "pressing": pressing(actor, now),
            "agenda": today_of(actor, now),
            "files": files_of(request, now),
            "to_record": to_record(actor),
        }
        return render(request, "desk/first_page.html", context)
    context = {
        "to_record": to_record(actor),
        "urgent": urgent_of(actor),
        "sittings": sittings_of(actor),
        "runs": runs_of(actor),
        "figures": _figures(actor),
        "editing": _editing(actor),
        "journal": _privacy(actor),
        "agents": _agents(actor),
    }
    return render(request, "desk/first_page_of_role.html", context)


def _figures(actor: Actor) -> dict[str, Any] | None:
    if not can_see_figures(actor):
        return None
    today, since = timezone.localdate(), timezone.now() - timedelta(days=_RECENT_DAYS)
    teams = figures.figures_by_team(today=today, since=since)
    return {
        "sentences": figures_words.sentences(teams),
        "columns": figures_words.columns(),
        "rows": [figures_words.row(team, today) for team in teams],
        "outcomes": figures.outcomes_since(since),
    }


def _editing(actor: Actor) -> dict[str, Any] | None:
    if not actor.has_role(Role.EDITOR):
        return None
    today = timezone.localdate()
    due = directory.due_for_review(today)
    links = (
        (_("Contradictions entre documents"), due.contradictions, "desk:editor_contradictions"),
        (_("Services à relire"), len(due.services), "desk:editor_reminders"),
        (_("Faits dont la date de revue est passée"), len(due.facts), "desk:editor_reminders"),
        (_("Numéros d’urgence à confirmer"), len(due.numbers), "desk:editor_numbers"),
        (_("Mots restés sans réponse"), guidance.open_lost_words_count(), "desk:editor_words"),
        (_("Questions publiques en retard"), guidance.late_questions_count(today),
         "desk:editor_questions"),
    )  # fmt: skip
    rows = [
        [{"text": label, "url": reverse(name)}, {"text": str(count), "end": True}]
        for label, count, name in links
    ]
    columns = [{"label": _("À faire")}, {"label": _("Combien"), "end": True}]
    return {"columns": columns, "rows": rows, "total": sum(n for _l, n, _u in links)}


def _privacy(actor: Actor) -> dict[str, Any] | None:
    if not can_read_journal(actor):
        return None
    search = JournalSearch(without_readings_of_itself=True)
    rows = audit.read_journal(by=actor, at=timezone.now(), search=search, first=_JOURNAL_ROWS)
    return {
        "columns": journal_words.columns(),
        "rows": [journal_words.row(entry) for entry in rows],
        "empty": {"title": _("Le journal est vide."), "text": ""},
    }


def _agents(actor: Actor) -> dict[str, Any] | None:
    if not actor.has_role(Role.ADMINISTRATOR):
        return None
    people = accounts.agents_with_posts(timezone.localdate()).filter(is_active=True)
    heads = (_("Agent"), _("Rôle et équipe"), _("Dernière entrée"))
    return {
        "columns": [{"label": head} for head in heads],
        "rows": [_agent_row(agent) for agent in people],
    }


def _agent_row(agent: Any) -> list[Any]:
    posts = [
        Post(post.role, str(post.get_role_display()), "", post.team.name if post.team else "").label
        for post in agent.current_posts
    ]
    seen = (
        timezone.localtime(agent.last_login).strftime("%d/%m/%Y %H:%M") if agent.last_login else ""
    )
    return [
        {"text": str(agent), "sub": agent.username},
        {"text": " · ".join(posts)} if posts else {"tag": _("aucun poste"), "tone": "amber"},
        {"text": seen} if seen else {"tag": _("jamais")},
    ]
