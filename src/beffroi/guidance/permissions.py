"""Who teaches the guide people's words, and who writes and publishes public questions."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor, ActorKind
from beffroi.guidance.models import LostWords, Phrase, PublicQuestion, Word

EDIT_ROLES = (Role.EDITOR, Role.ADMINISTRATOR)


def can_edit_guidance(actor: Actor) -> bool:
    """This function will say whether `actor` may add phrases and answer lost words."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(*EDIT_ROLES)


def can_write_questions(actor: Actor) -> bool:
    """This function will say whether `actor` may write and withdraw public questions."""
    return actor.kind == ActorKind.AGENT and actor.has_role(*EDIT_ROLES)


def can_publish_question(actor: Actor, question: PublicQuestion) -> bool:
    """This function will say whether `actor` may publish: an editor who did not write it."""
    return can_write_questions(actor) and actor.ref != question.written_by_ref


def lost_words_visible_to(actor: Actor) -> QuerySet[LostWords]:
    """This function will give the lost words `actor` may answer: all of them, or none."""
    return LostWords.objects.all() if can_edit_guidance(actor) else LostWords.objects.none()


def phrases_editable_by(actor: Actor) -> QuerySet[Phrase]:
    """This function will give the phrases `actor` may see: all of them, or none."""
    return Phrase.objects.all() if can_edit_guidance(actor) else Phrase.objects.none()


def words_editable_by(actor: Actor) -> QuerySet[Word]:
    """This function will give the words `actor` may see: all of them, or none."""
    return Word.objects.all() if can_edit_guidance(actor) else Word.objects.none()


def questions_editable_by(actor: Actor) -> QuerySet[PublicQuestion]:
    """This function will give the public questions `actor` may edit: all of them, or none."""
    return (
        PublicQuestion.objects.all()
        if can_write_questions(actor)
        else PublicQuestion.objects.none()
    )
