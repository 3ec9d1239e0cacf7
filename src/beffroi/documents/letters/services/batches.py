"""Many letters at once: opened in one go, written one by one, taken up again after a crash."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal
from beffroi.documents.letters.enums import BatchState, ItemState
from beffroi.documents.letters.facts import kept
from beffroi.documents.letters.models import LetterBatch, LetterItem
from beffroi.documents.letters.permissions import batches_visible_to
from beffroi.documents.letters.queries import letters_of_batch
from beffroi.documents.letters.services.writing import write_letter
from beffroi.documents.letters.tasks import write_in_background
from beffroi.documents.letters.values import Draft, Recipient

MOST_LETTERS = 5_000


@transaction.atomic
def open_batch(*, title: str, drafts: Sequence[Draft], by: Actor, at: datetime) -> UUID:
    """This function will keep letters to write, in the order they are printed; none is written yet.

    Raises: InvalidInput when there is none, too many, or a fact that letters do not know.
    """
    if not drafts or len(drafts) > MOST_LETTERS:
        raise InvalidInput(_("Un lot compte de 1 à %s lettres.") % MOST_LETTERS)
    batch = LetterBatch.objects.create(
        title=title[:160], opened_at=at, opened_by=by.label[:160], opened_by_ref=by.ref[:60],
        actor={"kind": str(by.kind), "ref": by.ref, "label": by.label},
    )  # fmt: skip
    ordered = sorted(drafts, key=lambda draft: draft.order)
    LetterItem.objects.bulk_create(
        LetterItem(
            batch=batch,
            position=number,
            draft=_kept(draft),
            owner_kind=draft.owner_kind,
            subject_ref=draft.subject_ref,
        )
        for number, draft in enumerate(ordered, start=1)
    )
    audit.record(
        by=by, kind=ActKind.WRITE, verb="letter_batch.open", object_kind="letter_batch",
        object_ref=str(batch.pk), at=at, detail={"letters": len(ordered)},
    )  # fmt: skip
    transaction.on_commit(lambda: write_in_background(str(batch.pk)))
    return batch.pk


def run_batch(
    *,
    batch: UUID,
    by: Actor,
    clock: Callable[[], datetime],
    most: int | None = None,
    until: Callable[[], bool] = lambda: False,
) -> int:
    """This function will write the letters that wait, each in its own transaction, and count them.

    Stopped at any moment, it goes on where it was the next time: a letter is never written twice.
    Each letter is written in the name of whoever opened the batch. `most` and `until` stop it early.
    Raises: NotAllowed.
    """
    row = batches_visible_to(by).filter(pk=batch).first()
    if row is None:
        raise NotAllowed(_("Ce lot n’existe pas."))
    author = Actor(ActorKind(row.actor["kind"]), row.actor["ref"], row.actor["label"])
    done = 0
    while (most is None or done < most) and not until():
        item = row.items.filter(state=ItemState.WAITING).order_by("position").first()
        if item is None:
            _finish(row, clock())
            break
        done += _write_one(item, author, clock())
    return done


def _write_one(item: LetterItem, by: Actor, at: datetime) -> int:
    """Writes one letter, or keeps why it is refused; 0 when another process took it meanwhile."""
    draft = item.draft
    try:
        with transaction.atomic():
            waiting = LetterItem.objects.filter(pk=item.pk, state=ItemState.WAITING)
            if not list(waiting.select_for_update(no_key=True)):
                return 0
            reference = write_letter(
                kind=draft["kind"], lang=draft["lang"], facts=draft["facts"],
                owner_kind=item.owner_kind, owner_ref=draft["owner_ref"],
                subject_ref=item.subject_ref, by=by, at=at,
                recipient=Recipient.from_kept(draft["recipient"]),
            )  # fmt: skip
            return _written(item, reference)
    except Refusal as refused:
        return LetterItem.objects.filter(pk=item.pk, state=ItemState.WAITING).update(
            state=ItemState.REFUSED, refused_why=str(refused)
        )


def _written(item: LetterItem, reference: str) -> int:
    from beffroi.documents.letters.queries import letter_by_reference

    return LetterItem.objects.filter(pk=item.pk, state=ItemState.WAITING).update(
        state=ItemState.WRITTEN, letter=letter_by_reference(reference), draft={}
    )


def _finish(batch: LetterBatch, at: datetime) -> None:
    LetterBatch.objects.filter(pk=batch.pk, state=BatchState.OPEN).update(
        state=BatchState.DONE, done_at=at
    )


def read_batch_pdf(*, batch: UUID, by: Actor, at: datetime) -> bytes:
    """This function will give every letter of a batch in one PDF, in the order of printing.

    Raises: NotAllowed unless `by` may see each of them; InvalidInput when none is written yet.
    """
    from beffroi.documents.letters.printing import merged_pdf

    with transaction.atomic():
        row = batches_visible_to(by).filter(pk=batch).first()
        if row is None:
            raise NotAllowed(_("Ce lot n’existe pas."))
        letters = letters_of_batch(row)
        seen = letters.count()
        if not seen:
            raise InvalidInput(_("Aucune lettre de ce lot n’est encore écrite."))
        audit.record(
            by=by, kind=ActKind.EXPORT, verb="letter_batch.pdf", object_kind="letter_batch",
            object_ref=str(batch), at=at, detail={"letters": seen},
        )  # fmt: skip
    return merged_pdf(letters, row.title)


def _kept(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind, "lang": draft.lang, "facts": kept(draft.facts),
        "owner_ref": draft.owner_ref,
        "recipient": draft.recipient.kept(),
    }  # fmt: skip
