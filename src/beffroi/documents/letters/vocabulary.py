"""What whoever edits the templates must know: the facts, the court, the articles, the text in use."""

from datetime import date
from typing import Any

from django.conf import settings

from beffroi.documents.letters import queries
from beffroi.documents.letters.court import Court, competent_court
from beffroi.documents.letters.facts import LISTS, declared
from beffroi.documents.letters.law import LawText, law_texts
from beffroi.documents.letters.shipped import shipped_templates
from beffroi.rules import mentions


def own_court(day: date) -> Court | None:
    """This function will give the court that decisions name, as it is known on a day."""
    return competent_court(str(settings.BEFFROI_COMMUNE["nis"]), day)


def articles() -> list[LawText]:
    """This function will give the articles that letters print whole."""
    return list(law_texts().values())


def facts_of(kind: str) -> list[dict[str, Any]]:
    """This function will give the facts a template may write, those of its kind first.

    Raises: UnknownKind.
    """
    own = {fact for mention in mentions.kind_named(kind).mentions for fact in mention.facts}
    rows = [
        {"name": key, "label": fact.label, "is_list": fact.type in LISTS, "is_own": key in own}
        for key, fact in declared().items()
    ]
    return sorted(rows, key=lambda row: not row["is_own"])


def template_shown(kind: str, lang: str) -> dict[str, Any] | None:
    """This function will give the texts of a template in use, or nothing when there is no such one."""
    shipped = shipped_templates().get((kind, lang))
    if shipped is None:
        return None
    latest = queries.latest_template(kind, lang)
    outdated = latest and latest.origin == "shipped" and latest.digest != shipped.digest
    source = shipped if latest is None or outdated else latest
    number = 1 if latest is None else latest.version + bool(outdated)
    return {
        "version": number, "subject": source.subject, "first": source.first, "body": source.body,
    }  # fmt: skip
