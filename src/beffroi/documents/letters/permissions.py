"""Who may see a letter: whom the room that had it written says, and nobody else."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor, ActorKind
from beffroi.documents.letters.models import Letter, LetterBatch, LetterItem

#: Gives the `subject_ref` of the letters an actor may see: a list, or a query of one column.
VisibleSubjects = Callable[[Actor], "Iterable[str] | QuerySet[Any, Any]"]

_visible_subjects: dict[str, VisibleSubjects] = {}
_TEMPLATE_ROLES = (Role.TEAM_LEADER, Role.DIRECTOR_GENERAL, Role.EDITOR)


def register_visibility(owner_kind: str, visible_subjects: VisibleSubjects) -> None:
    """This function will let a room say who sees the letters it has written.

    Without it, nobody sees them. Raises: ValueError when another function was given before.
    """
    known = _visible_subjects.setdefault(owner_kind, visible_subjects)
    if known is not visible_subjects:
        raise ValueError(f"{owner_kind} has said already who sees its letters")


def _allowed(actor: Actor) -> Q:
    allowed = Q(pk__in=())
    for owner_kind, visible_subjects in sorted(_visible_subjects.items()):
        subjects = visible_subjects(actor)
        if not isinstance(subjects, QuerySet):
            subjects = tuple(subjects)
        allowed |= Q(owner_kind=owner_kind, subject_ref__in=subjects)
    return allowed


def letters_visible_to(actor: Actor) -> QuerySet[Letter]:
    """This function will give the letters the actor may see."""
    return Letter.objects.filter(_allowed(actor))


def can_read_letter(actor: Actor, letter: Letter) -> bool:
    """This function will say whether the actor may open this letter."""
    return letters_visible_to(actor).filter(pk=letter.pk).exists()


def can_edit_templates(actor: Actor) -> bool:
    """This function will say whether the actor may change the texts of the letters."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(*_TEMPLATE_ROLES)


def batches_visible_to(actor: Actor) -> QuerySet[LetterBatch]:
    """This function will give the batches of which the actor may see every letter."""
    if actor.kind == ActorKind.SYSTEM:
        return LetterBatch.objects.all()
    hidden = LetterItem.objects.filter(batch=OuterRef("pk")).exclude(_allowed(actor))
    return LetterBatch.objects.exclude(Exists(hidden))


def can_run_batch(actor: Actor, batch: LetterBatch) -> bool:
    """This function will say whether the actor may have the letters of this batch written."""
    return batches_visible_to(actor).filter(pk=batch.pk).exists()
