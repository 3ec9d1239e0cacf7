"""A form sent twice is done once: its mark is kept with the act, in one transaction.

The page gives each form a mark. The first sending takes it, does the act and notes where it led; a
second one, even in the same instant, waits for the first, then gets the answer of the first. What
is refused leaves no trace: corrected, the same form may be sent again. And a page found back and
filled otherwise is another act: nothing that was typed is lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from beffroi.audit.models import Sending

_LONGEST = 300


@dataclass(frozen=True)
class Answer:
    """Where a sending led, and what was said there: the tone of each sentence, and its words."""

    address: str
    words: tuple[tuple[int, str], ...] = ()


@dataclass
class Sent:
    """A form being sent: the answer of its first sending, if any; else what this one becomes."""

    known: Answer | None = None
    answer: Answer | None = None
    has_failed: bool = False


@contextmanager
def sending(*, mark: UUID, sender: str, path: str, digest: str, at: datetime) -> Iterator[Sent]:
    """This function will hold the mark of a form while its act is done, in one transaction.

    `digest` stands for all that was typed: sent otherwise, it is another act.

    With `known` set, the act was done already and must not be done again. The act done, `answer` is
    to be set; without one the mark is free again. With `has_failed`, nothing of the act is kept.
    """
    with transaction.atomic():
        row, is_first = Sending.objects.get_or_create(
            mark=mark,
            sender=sender[:80],
            path=path[:_LONGEST],
            digest=digest,
            defaults={"at": at},
        )
        if not is_first:
            yield Sent(Answer(row.answer, tuple((tone, said) for tone, said in row.words)))
            return
        sent = Sent()
        yield sent
        if sent.has_failed:
            transaction.set_rollback(True)
        elif sent.answer is None or len(sent.answer.address) > _LONGEST:
            _free(row)
        else:
            row.answer, row.words = sent.answer.address, [list(one) for one in sent.answer.words]
            row.save(update_fields=["answer", "words"])


def _free(row: Sending) -> None:
    """What was only read or refused stays journalled, unless the database gave the act up itself."""
    try:
        row.delete()
    except DatabaseError:
        transaction.set_rollback(True)
