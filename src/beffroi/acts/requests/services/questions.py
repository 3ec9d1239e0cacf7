"""What an editor reads of a question, to rewrite it for everybody: its words, nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.requests.permissions import questions_readable_by
from beffroi.acts.requests.services.moves import trace
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed


@dataclass(frozen=True)
class QuestionAsked:
    """The words of a question, its language, service and day; never who asked."""

    reference: str
    words: str
    lang: str
    service: str
    asked_date: date


@transaction.atomic
def read_question(*, reference: str, by: Actor, at: datetime) -> QuestionAsked:
    """This function will give an editor the words of a question, and journal that she read them.

    Raises: NotAllowed when it is no question, or its writer did not agree.
    """
    request = (
        questions_readable_by(by).select_related("service").filter(reference=reference).first()
    )
    if request is None:
        raise NotAllowed(_("Cette question n’existe pas, ou sa publication n’est pas acceptée."))
    reason = _("Récrire la question pour la publier sans que personne soit reconnu")
    trace(request, "question.read", by=by, at=at, why=reason, kind=ActKind.READ)
    return QuestionAsked(
        reference=request.reference,
        words=str(request.answers.get("question", "")),
        lang=request.lang,
        service=request.service.key,
        asked_date=timezone.localdate(request.received_at),
    )
