"""What may be asked of letters, templates and batches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from beffroi.documents.letters.enums import BatchState, Delivery, ItemState, LetterState
from beffroi.documents.letters.models import Letter, LetterBatch, LetterItem, LetterTemplate


def letter_by_reference(reference: str) -> Letter:
    """This function will give a letter by its number. Raises: Letter.DoesNotExist."""
    return Letter.objects.select_related("template", "french_template", "corrects").get(
        reference=reference
    )


def letters_of(owner_kind: str, owner_ref: str) -> QuerySet[Letter]:
    """This function will give the letters written for something, the newest first."""
    return Letter.objects.filter(owner_kind=owner_kind, owner_ref=owner_ref).defer("html", "facts")


def letters_by_owner(owner_kind: str, owner_refs: Iterable[str]) -> dict[str, Letter]:
    """This function will give the newest letter written for each of these owners, in one query."""
    found = Letter.objects.filter(owner_kind=owner_kind, owner_ref__in=list(owner_refs))
    return {one.owner_ref: one for one in light(found).order_by("written_at", "pk")}


def pdf_of(reference: str) -> bytes:
    """This function will give the PDF of a letter, made once and kept.

    Raises: Letter.DoesNotExist.
    """
    from beffroi.documents.letters.printing import stored_pdf  # heavy: read when one is needed

    return stored_pdf(letter_by_reference(reference))


def docx_of(reference: str) -> bytes:
    """This function will give the letter as a document that can be edited.

    Raises: Letter.DoesNotExist.
    """
    from beffroi.documents.letters.docx_file import docx_of_letter  # heavy: read when needed

    return docx_of_letter(letter_by_reference(reference))


def light(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """This function will leave the long texts of letters unread, for lists."""
    return letters.defer("html", "facts")


def letters_to_send(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """This function will give, among letters, those written and not sent, the oldest first."""
    return light(letters).filter(state=LetterState.WRITTEN).order_by("written_at", "pk")


def registered_on(letters: QuerySet[Letter], day: date) -> QuerySet[Letter]:
    """This function will give, among letters, those sent by registered mail on a day."""
    return (
        light(letters)
        .filter(delivery=Delivery.REGISTERED, sent_at__date=day)
        .order_by("sent_at", "sent_number")
    )


def template_history(kind: str, lang: str) -> QuerySet[LetterTemplate]:
    """This function will give the versions of a template, the newest first."""
    return LetterTemplate.objects.filter(kind=kind, lang=lang).order_by("-version")


def latest_template(kind: str, lang: str) -> LetterTemplate | None:
    """This function will give the version of a template in use, if one was ever kept."""
    return template_history(kind, lang).first()


def template_by_version(kind: str, lang: str, version: int) -> LetterTemplate | None:
    """This function will give one version of a template, if it exists."""
    return template_history(kind, lang).filter(version=version).first()


def latest_templates() -> dict[tuple[str, str], LetterTemplate]:
    """This function will give the version in use of every template kept, in one query."""
    newest = LetterTemplate.objects.values("kind", "lang").annotate(last=Max("version"))
    wanted = {(row["kind"], row["lang"]): row["last"] for row in newest}
    return {
        (one.kind, one.lang): one
        for one in LetterTemplate.objects.defer("first", "body")
        if wanted[one.kind, one.lang] == one.version
    }


@dataclass(frozen=True)
class Progress:
    """How far a batch is: letters written, refused, still waiting."""

    written: int
    refused: int
    waiting: int

    @property
    def total(self) -> int:
        return self.written + self.refused + self.waiting

    @property
    def done(self) -> int:
        return self.written + self.refused


def progress_of(batches: Iterable[LetterBatch]) -> dict[str, Progress]:
    """This function will count the letters of each batch by state, in one query."""
    rows = (
        LetterItem.objects.filter(batch__in=list(batches))
        .order_by()
        .values_list("batch", "state")
        .annotate(count=Count("pk"))
    )
    counted: dict[str, dict[str, int]] = {}
    for batch, state, count in rows:
        counted.setdefault(str(batch), {})[state] = count
    return {
        batch: Progress(
            states.get(ItemState.WRITTEN, 0),
            states.get(ItemState.REFUSED, 0),
            states.get(ItemState.WAITING, 0),
        )
        for batch, states in counted.items()
    }


def open_batches() -> QuerySet[LetterBatch]:
    """This function will give the batches with letters still to write, the oldest first."""
    return LetterBatch.objects.filter(state=BatchState.OPEN).order_by("opened_at")


def refused_items(batch: LetterBatch) -> QuerySet[LetterItem]:
    """This function will give the letters of a batch that were refused, in order."""
    return batch.items.filter(state=ItemState.REFUSED).order_by("position")


def letters_of_batch(batch: LetterBatch) -> QuerySet[Letter]:
    """This function will give the letters of a batch, in the order of printing."""
    return Letter.objects.filter(batch_item__batch=batch).order_by("batch_item__position")
