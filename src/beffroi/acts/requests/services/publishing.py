"""Words about a report of graffiti that an agent writes for everybody to read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.requests.enums import FormKind
from beffroi.acts.requests.models import Request
from beffroi.acts.requests.permissions import can_work_on, requests_visible_to
from beffroi.acts.requests.public_reports import PUBLIC_WORDS
from beffroi.acts.requests.services.moves import trace
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed


@transaction.atomic
def say_publicly(*, reference: str, words: str, by: Actor, at: datetime) -> Request:
    """This function will give a report the words that the public reads; empty takes them back.

    Raises: NotAllowed when the report is not in the actor's hands; InvalidInput when the words
    are too long, or are those of a request that is no report.
    """
    request = (
        (
            requests_visible_to(by)
            .select_related("team")
            .select_for_update(of=("self",), no_key=True)
        )
        .filter(reference=reference)
        .first()
    )
    if request is None or not can_work_on(by, request):
        raise NotAllowed(_("Cette demande n’existe pas, ou n’est pas dans vos équipes."))
    if request.kind != FormKind.GRAFFITI:
        raise InvalidInput(_("Seul le signalement d’un tag a des mots publics."))
    words = " ".join(words.split())
    if len(words) > 300:
        raise InvalidInput(_("Écrivez 300 caractères au plus."), {"words": _("C’est trop long.")})
    answers = {key: value for key, value in request.answers.items() if key != PUBLIC_WORDS}
    request.answers = answers | ({PUBLIC_WORDS: words} if words else {})
    Request.objects.filter(pk=request.pk).update(answers=request.answers)
    trace(request, "request.say_publicly", by=by, at=at)
    return request
