from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from beffroi.audit.retention import Rule, declare

#: A letter is a proof for as long as an amount may be asked back or a subsidy inspected.
_LETTER_DAYS = 3653


def end_letters(at: datetime) -> int:
    """This function will empty the letters written ten years ago; number, kind and dates stay."""
    from beffroi.documents.letters.models import Letter

    old = Letter.objects.filter(
        written_at__lte=at - timedelta(days=_LETTER_DAYS), anonymised_at__isnull=True
    )
    done = 0
    for letter in old.only("pk", "pdf"):
        stored = letter.pdf.name
        done += Letter.objects.filter(pk=letter.pk, anonymised_at__isnull=True).update(
            facts={}, html="", subject="—", recipient_name="", recipient_lines=[], pdf="",
            pdf_sha256="", subject_ref="", owner_ref="", sent_number="", written_by="",
            written_by_ref="", anonymised_at=at,
        )  # fmt: skip
        if stored:
            storage = letter.pdf.storage
            transaction.on_commit(partial(storage.delete, stored))
    return done


def end_items(at: datetime) -> int:
    """This function will remove the batches finished a month ago; their letters stay."""
    from beffroi.documents.letters.models import LetterBatch

    return LetterBatch.objects.filter(done_at__lte=at - timedelta(days=31)).delete()[0]


def end_authors(at: datetime) -> int:
    """This function will forget, after ten years, who saved a version of a template."""
    from beffroi.documents.letters.models import LetterTemplate

    old = LetterTemplate.objects.filter(saved_at__lte=at - timedelta(days=_LETTER_DAYS))
    return old.exclude(saved_by="").update(saved_by="")


declare(
    Rule("documents.RegisterYear"),
    Rule(
        "documents.Attachment",
        personal=("name", "file", "received_from"),
        keep="avec la demande à laquelle la pièce est jointe",
        with_parent="requests.Request",
    ),
    Rule(
        "documents.Letter",
        personal=(
            "subject", "facts", "html", "pdf", "owner_ref", "subject_ref", "recipient_name",
            "recipient_lines", "sent_number", "written_by", "written_by_ref",
        ),
        keep="10 ans après l’écriture",
        end=end_letters,
    ),
    Rule("documents.LetterTemplate", ("saved_by",), "10 ans", end_authors),
    Rule(
        "documents.LetterBatch",
        personal=("opened_by", "opened_by_ref", "actor"),
        keep="1 mois après la dernière lettre du lot",
        end=end_items,
    ),
    Rule(
        "documents.LetterItem",
        personal=("draft", "subject_ref", "refused_why"),
        keep="avec le lot",
        with_parent="documents.LetterBatch",
    ),
)  # fmt: skip
