"""The papers of an agreement, each written once by the letters of the house and kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.agreements.enums import LETTERS_OF
from beffroi.acts.agreements.letter_facts import (
    Facts,
    evaluation_facts,
    kind_of_text,
    reading_facts,
    recipient_of,
    text_facts,
)
from beffroi.acts.agreements.models import Agreement
from beffroi.acts.agreements.queries import owner_of, papers_wanted
from beffroi.acts.agreements.services.base import trace, visible
from beffroi.acts.agreements.services.signing import content_of
from beffroi.core.actors import Actor
from beffroi.core.errors import WrongState
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery


@transaction.atomic
def write_paper(
    *, reference: str, what: str, by: Actor, at: datetime, how: Delivery = Delivery.HAND
) -> str:
    """This function will write a paper of an agreement, one of those it wants; its number.

    `what` is a key of `papers_wanted`: the project to read, a signed text, an evaluation. A paper
    set aside may be written again.
    Raises: NotAllowed; WrongState when it is not wanted, or written already; InvalidInput without
    an address; MissingMentions with the list of what lacks.
    """
    seen = visible(reference, by)
    row = Agreement.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if what not in {paper.key for paper in papers_wanted(row)}:
        raise WrongState(
            _("Ce document n’est pas à écrire."), "",
            _("S’il existe déjà et contient une faute, mettez-le d’abord de côté."),
        )  # fmt: skip
    kind, facts = _told(row, what)
    recipient = recipient_of(row, how)
    letter = letters.write_letter(
        kind=kind, lang=recipient.lang, facts=facts, owner_kind=LETTERS_OF,
        owner_ref=owner_of(row, what), subject_ref=row.reference, recipient=recipient,
        by=by.as_of_team(row.team), at=at,
    )  # fmt: skip
    trace(row, "agreement.write_paper", by=by, at=at, detail={"what": what, "letter": letter})
    return letter


def _told(row: Agreement, what: str) -> tuple[str, Facts]:
    key, _dash, number = what.partition("-")
    if key == "text":
        return kind_of_text(row), text_facts(row, row.texts.get(version=int(number)))
    if key == "evaluation":
        return "evaluation", evaluation_facts(row, row.evaluations.get(number=int(number)))
    return "piis", reading_facts(row, content_of(row))
