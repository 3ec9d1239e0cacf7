"""Example questions: written by one editor, read again and published by another, as in life."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.core.dates import add_months
from beffroi.guidance import public_questions as published
from beffroi.guidance import questions as guidance

_FILE = Path(__file__).parent / "data" / "questions.yaml"


def load_questions(now: datetime) -> int:
    """This function will publish the example questions that are not there yet, and count them all."""
    entries: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    today = timezone.localdate(now)
    writer = accounts.actor_named("redaction", today)
    reader = accounts.actor_named("administration", today)
    count = 0
    for entry in entries:
        month = add_months(today.replace(day=1), -entry["months_ago"])
        for lang, text in entry["texts"].items():
            count += 1
            if published.is_known(text["question"], lang):
                continue
            words = guidance.QuestionWords(
                text["question"], text["answer"], lang, tuple(entry["services"])
            )
            row = guidance.write_question(words=words, asked_on_month=month, by=writer, at=now)
            guidance.publish_question(question=row, warnings_read=True, by=reader, at=now)
    return count
