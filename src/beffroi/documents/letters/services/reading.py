"""Letters read, handed out or listed: each time, the journal says who and when."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed
from beffroi.documents.letters import queries
from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.permissions import letters_visible_to


@transaction.atomic
def read_letter(*, reference: str, by: Actor, at: datetime) -> Letter:
    """This function will give a letter to somebody who may see it. Raises: NotAllowed."""
    return _read(reference, "letter.read", ActKind.READ, by, at)


def read_pdf(*, reference: str, by: Actor, at: datetime) -> bytes:
    """This function will hand out the PDF of a letter. Raises: NotAllowed."""
    from beffroi.documents.letters.printing import stored_pdf

    with transaction.atomic():
        letter = _read(reference, "letter.pdf", ActKind.READ, by, at)
    return stored_pdf(letter)


def read_docx(*, reference: str, by: Actor, at: datetime) -> bytes:
    """This function will hand out a letter as an editable document. Raises: NotAllowed."""
    from beffroi.documents.letters.docx_file import docx_of_letter

    with transaction.atomic():
        letter = _read(reference, "letter.docx", ActKind.EXPORT, by, at)
    return docx_of_letter(letter)


def read_slip(*, reference: str, by: Actor, at: datetime) -> bytes:
    """This function will give the slip a person signs when a letter is handed to her.

    Raises: NotAllowed.
    """
    from beffroi.documents.letters.printing import slip_pdf

    with transaction.atomic():
        letter = _read(reference, "letter.slip", ActKind.READ, by, at)
    return slip_pdf(letter, by.label)


@transaction.atomic
def read_registered_list(*, day: date, by: Actor, at: datetime) -> list[Letter]:
    """This function will give the registered letters sent on a day, and journal that it left."""
    rows = list(queries.registered_on(letters_visible_to(by), day))
    audit.record(
        by=by, kind=ActKind.EXPORT, verb="letter.registered_list", object_kind="letter",
        object_ref=day.isoformat(), at=at, detail={"rows": len(rows)},
    )  # fmt: skip
    return rows


def _read(reference: str, verb: str, kind: ActKind, by: Actor, at: datetime) -> Letter:
    letter = (
        letters_visible_to(by)
        .select_related("template", "french_template", "corrects", "corrected_by")
        .filter(reference=reference)
        .first()
    )
    if letter is None:
        raise NotAllowed(_("Cette lettre n’existe pas."))
    audit.record(
        by=by, kind=kind, verb=verb, object_kind="letter", object_ref=reference,
        subject_ref=letter.subject_ref, at=at,
    )  # fmt: skip
    return letter
