"""How long people's words are kept, and how they end."""

from datetime import datetime, timedelta

from django.utils import timezone

from beffroi.audit.retention import Rule, declare
from beffroi.guidance.enums import QuestionState
from beffroi.guidance.models import LostWords, Phrase, PublicQuestion

_YEAR = timedelta(days=365)
_KEEP_QUESTIONS = timedelta(days=5 * 365)
_NOBODY = "La rédaction"


def end_lost_words(at: datetime) -> int:
    """This function will erase the lost words that nobody typed for twelve months."""
    limit = timezone.localdate(at) - _YEAR
    return LostWords.objects.filter(last_date__lte=limit).delete()[0]


def forget_who_added(at: datetime) -> int:
    """This function will replace, after five years, the name of who added a phrase."""
    rows = Phrase.objects.filter(added_at__lte=at - _KEEP_QUESTIONS)
    return rows.exclude(added_by__in=["", _NOBODY]).update(added_by=_NOBODY)


def end_questions(at: datetime) -> int:
    """This function will erase questions withdrawn or left in draft for a year, or five years old."""
    stale = PublicQuestion.objects.exclude(state=QuestionState.PUBLISHED)
    rows = stale.filter(written_at__lte=at - _YEAR) | PublicQuestion.objects.filter(
        written_at__lte=at - _KEEP_QUESTIONS
    )
    count = rows.count()
    rows.delete()
    return count


declare(
    Rule("guidance.Phrase", ("added_by",), "le nom de l’agent, 5 ans", forget_who_added),
    Rule("guidance.Word"),
    Rule(
        "guidance.LostWords",
        ("text", "guesses", "answered_by"),
        "12 mois après la dernière fois",
        end_lost_words,
    ),
    Rule(
        "guidance.PublicQuestion",
        ("question", "answer", "written_by", "written_by_ref", "published_by"),
        "5 ans ; 1 an après un retrait ou un brouillon laissé",
        end_questions,
    ),
)
