"""Loads the phrases and words that come with the house, by service and language."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from beffroi.core.actors import Actor
from beffroi.directory import queries as directory
from beffroi.directory import services as directory_services
from beffroi.guidance.enums import PhraseKind, PhraseOrigin, WordRegister
from beffroi.guidance.models import Phrase, Word

DATA = Path(__file__).parent / "data" / "phrases"


@transaction.atomic
def load_phrases(*, by: Actor, at: datetime) -> int:
    """This function will add what the files hold and the database does not; phrases in all.

    What an editor added or took away by hand is not touched.
    """
    seen = set(Phrase.objects.values_list("service__key", flat=True).distinct())
    phrases: list[Phrase] = []
    words: list[Word] = []
    for path in sorted(DATA.glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        service_id = directory.service_id(content["id"])
        if service_id is None or content["id"] in seen:
            continue
        phrases += _phrases(content, service_id, by, at)
        words += _words(content, service_id)
    Phrase.objects.bulk_create(phrases, batch_size=2000, ignore_conflicts=True)
    Word.objects.bulk_create(words, batch_size=2000, ignore_conflicts=True)
    if phrases:
        directory_services.bump_revision()
    return Phrase.objects.count()


def _phrases(content: dict[str, Any], service_id: Any, by: Actor, at: datetime) -> list[Phrase]:
    return [
        Phrase(
            service_id=service_id, lang=key[:2], text=text[:400], added_by=by.label, added_at=at,
            kind=PhraseKind(key[3:] or "plain"),
            origin=PhraseOrigin.CATALOGUE,
        )
        for key, texts in content["phrases"].items()
        for text in texts or []
    ]  # fmt: skip


def _words(content: dict[str, Any], service_id: Any) -> list[Word]:
    return [
        Word(
            service_id=service_id, lang=lang, register=WordRegister(register), text=str(word)[:120]
        )
        for lang, registers in content["words"].items()
        for register, listed in (registers or {}).items()
        for word in listed or []
    ]
