"""Files joined to a request."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from beffroi.acts.requests.models import DocumentAsked, Request, RequestAttachment
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.documents import services as documents
from beffroi.documents.intake import FileRefused, clean_file

MOST_FILES = 12


def check_files(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """This function will give the fault of the files, if they have one, before any is kept."""
    for name, content in files:
        try:
            clean_file(name, content)
        except FileRefused as refused:
            return {"files": f"{name[:80]} : {refused}"}
    return {}


def attach(
    request: Request,
    name: str,
    content: bytes,
    *,
    side: str,
    by: Actor,
    at: datetime,
    answers_to: DocumentAsked | None = None,
) -> RequestAttachment:
    """This function will join a file to the request. Raises: InvalidInput, FileRefused."""
    if request.attachments.count() >= MOST_FILES:
        raise InvalidInput(
            _("Cette demande a déjà %(most)d pièces.") % {"most": MOST_FILES},
            todo=_("Apportez les autres au rendez-vous, ou regroupez-les en un PDF."),
        )
    kept = documents.receive_file(name=name, content=content, received_from=by.label, at=at)
    return RequestAttachment.objects.create(
        request=request, attachment=kept, side=side, answers_to=answers_to
    )
