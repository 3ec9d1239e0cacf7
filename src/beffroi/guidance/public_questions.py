"""Published questions as the public reads them, and whether they answered."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from beffroi.guidance.enums import QuestionState
from beffroi.guidance.models import PublicQuestion


@dataclass(frozen=True)
class QuestionPage:
    """A published question whole, with the services it leads to."""

    pk: int
    lang: str
    question: str
    answer: str
    month: date
    published_on: date | None
    services: tuple[tuple[str, str], ...]


def published_in(lang: str) -> QuerySet[PublicQuestion]:
    """This function will give the questions published in this language, or in French without any."""
    rows = PublicQuestion.objects.filter(state=QuestionState.PUBLISHED)
    own = rows.filter(lang=lang)
    found = own if own.exists() else rows.filter(lang="fr")
    return found.order_by("-asked_on_month", "-pk")


def is_known(question: str, lang: str) -> bool:
    """This function will say whether this question was ever written, published or not."""
    return PublicQuestion.objects.filter(question=question, lang=lang).exists()


def question_page(pk: int) -> QuestionPage | None:
    """This function will give a published question, or None."""
    row = (
        PublicQuestion.objects.filter(pk=pk, state=QuestionState.PUBLISHED)
        .prefetch_related("services__texts")
        .first()
    )
    if row is None:
        return None
    services = []
    for service in row.services.all():
        if service.is_listed:
            names = {text.lang: text.name for text in service.texts.all()}
            services.append((service.key, names.get(row.lang) or service.name))
    published_on = row.published_at.date() if row.published_at else None
    return QuestionPage(
        row.pk, row.lang, row.question, row.answer, row.asked_on_month, published_on,
        tuple(services),
    )  # fmt: skip


def note_opinion(*, question: int, answers: bool) -> bool:
    """This function will count one more opinion of a published question; False when it is none.

    A number goes up: nothing is kept of who gave it.
    """
    column = "helpful" if answers else "unhelpful"
    rows = PublicQuestion.objects.filter(pk=question, state=QuestionState.PUBLISHED)
    return bool(rows.update(**{column: F(column) + 1}))
