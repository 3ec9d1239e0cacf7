"""What the editor reads of the guide: lost words, phrases, public questions."""

from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from beffroi.guidance.enums import LostState, PhraseOrigin, QuestionState
from beffroi.guidance.models import LostWords, Phrase, PublicQuestion, Word


def lost_words(
    visible: QuerySet[LostWords], state: str = "", lang: str = ""
) -> QuerySet[LostWords]:
    """This function will give the lost words in a state (open by default), most frequent first."""
    rows = visible.filter(state=state or LostState.OPEN)
    return rows.filter(lang=lang) if lang else rows


def open_lost_words_count() -> int:
    """This function will count the lost words that nobody answered."""
    return LostWords.objects.filter(state=LostState.OPEN).count()


def editor_phrases(visible: QuerySet[Phrase], service_key: str = "") -> QuerySet[Phrase]:
    """This function will give the phrases that editors added, newest first."""
    rows = visible.filter(origin=PhraseOrigin.EDITOR).select_related("service")
    return (rows.filter(service__key=service_key) if service_key else rows).order_by(
        "-added_at", "-pk"
    )


def lexicon_words(visible: QuerySet[Word], service_key: str) -> QuerySet[Word]:
    """This function will give the words of the lexicon that point to a service, by language."""
    return visible.filter(service__key=service_key).order_by("lang", "register", "text")


def phrase_counts(service_key: str) -> dict[str, int]:
    """This function will count the phrases of a service, by language."""
    rows = Phrase.objects.filter(service__key=service_key).order_by().values("lang")
    return {row["lang"]: int(row["n"]) for row in rows.annotate(n=Count("pk"))}


def questions(visible: QuerySet[PublicQuestion], state: str = "") -> QuerySet[PublicQuestion]:
    """This function will give the public questions, drafts first, the earliest due first."""
    rank = Case(
        When(state=QuestionState.DRAFT, then=Value(0)),
        When(state=QuestionState.PUBLISHED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = visible.filter(state=state) if state else visible
    return rows.prefetch_related("services").order_by(
        rank, "answer_due_date", "-asked_on_month", "-pk"
    )


def late_questions_count(day: date) -> int:
    """This function will count the drafts whose answer was due before `day`."""
    return PublicQuestion.objects.filter(
        Q(state=QuestionState.DRAFT) & Q(answer_due_date__lt=day)
    ).count()
