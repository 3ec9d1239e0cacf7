"""What the side bar shows to those who keep the directory."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.directory import editor_queries as directory
from beffroi.guidance import editor_queries as guidance
from beffroi.web.access import access_table
from beffroi.web.desk.editor.acts import actor_of
from beffroi.web.desk.links import path_of


def editor_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the links of the editor's desk that the actor's posts open."""
    roles = actor_of(request).roles
    table = access_table()
    groups = []
    for title, items in (_directory(), _words(), _house()):
        shown = [
            {
                "label": label, "url": path_of(name), "count": count() if count else None,
                "current": request.path.startswith(path_of(name))
                if name != "desk:editor_services"
                else request.path == path_of(name) or "/redaction/services/" in request.path,
            }
            for name, label, count in items
            if roles & table[name]
        ]  # fmt: skip
        if shown:
            groups.append({"title": title, "items": shown})
    return groups


def _directory() -> tuple[str, list[Any]]:
    return _("Annuaire"), [
        ("desk:editor_services", _("Services"), None),
        ("desk:editor_places", _("Lieux"), None),
        ("desk:editor_contradictions", _("Contradictions"), directory.open_contradictions_count),
        ("desk:editor_reminders", _("À revoir"), None),
        ("desk:editor_plan", _("Froid et canicule"), None),
        ("desk:editor_numbers", _("Numéros d’urgence"), None),
        ("desk:imports", _("Imports"), None),
    ]  # fmt: skip


def _words() -> tuple[str, list[Any]]:
    return _("Mots et questions"), [
        ("desk:editor_words", _("Mots sans réponse"), guidance.open_lost_words_count),
        ("desk:editor_phrases", _("Phrases, essai"), None),
        ("desk:editor_questions", _("Questions publiques"), lambda: guidance.late_questions_count(timezone.localdate())),
    ]  # fmt: skip


def _house() -> tuple[str, list[Any]]:
    return _("Maison"), [("desk:editor_agents", _("Équipes et agents"), None)]
