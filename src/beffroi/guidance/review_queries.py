"""What waits for an editor in guidance, counted."""

from dataclasses import dataclass

from beffroi.guidance.enums import LostState, QuestionState
from beffroi.guidance.models import LostWords, PublicQuestion


@dataclass(frozen=True)
class Waiting:
    """Words that found no answer, and questions written but not published."""

    lost_words: int
    draft_questions: int


def waiting_for_an_editor() -> Waiting:
    """This function will count what waits for an editor."""
    return Waiting(
        LostWords.objects.filter(state=LostState.OPEN).count(),
        PublicQuestion.objects.filter(state=QuestionState.DRAFT).count(),
    )
