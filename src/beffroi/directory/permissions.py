"""Who keeps the directory true, and who may switch a plan on."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor, ActorKind
from beffroi.directory.models import Contradiction, Place, Service

EDIT_ROLES = (Role.EDITOR, Role.ADMINISTRATOR)
PLAN_ROLES = (*EDIT_ROLES, Role.PRESIDENT, Role.DIRECTOR_GENERAL, Role.PCS_LEAD)


def can_edit_directory(actor: Actor) -> bool:
    """This function will say whether `actor` may write what the public reads.

    A command of the house (the catalogue that comes with it, an import) may too.
    """
    return actor.kind == ActorKind.SYSTEM or actor.has_role(*EDIT_ROLES)


def can_switch_alert_plan(actor: Actor) -> bool:
    """This function will say whether `actor` may switch a cold or heat plan on and off."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(*PLAN_ROLES)


def services_editable_by(actor: Actor) -> QuerySet[Service]:
    """This function will give the services `actor` may edit: all of them, or none."""
    return Service.objects.all() if can_edit_directory(actor) else Service.objects.none()


def places_editable_by(actor: Actor) -> QuerySet[Place]:
    """This function will give the places `actor` may edit: all of them, or none."""
    return Place.objects.all() if can_edit_directory(actor) else Place.objects.none()


def contradictions_editable_by(actor: Actor) -> QuerySet[Contradiction]:
    """This function will give the contradictions `actor` may settle: all of them, or none."""
    return (
        Contradiction.objects.all() if can_edit_directory(actor) else Contradiction.objects.none()
    )
