"""Who keeps the directory true, and who may switch a plan on."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor, ActorKind
from beffroi.directory.models import (
    AlertPlan,
    Closure,
    Contradiction,
    EmergencyNumber,
    Fact,
    Place,
    Service,
)

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


def facts_editable_by(actor: Actor) -> QuerySet[Fact]:
    """This function will give the facts `actor` may edit: all of them, or none."""
    rows = Fact.objects.select_related(
        "source", "contradiction", "service", "place", "organisation"
    )
    return rows if can_edit_directory(actor) else rows.none()


def closures_editable_by(actor: Actor) -> QuerySet[Closure]:
    """This function will give the closures `actor` may take away: all of them, or none."""
    rows = Closure.objects.select_related("service", "place")
    return rows if can_edit_directory(actor) else rows.none()


def emergency_numbers_editable_by(actor: Actor) -> QuerySet[EmergencyNumber]:
    """This function will give the emergency numbers `actor` may edit: all of them, or none."""
    rows = EmergencyNumber.objects.select_related("source")
    return rows if can_edit_directory(actor) else rows.none()


def alert_plans_visible_to(actor: Actor) -> QuerySet[AlertPlan]:
    """This function will give the plans, on and off, `actor` may switch: all of them, or none."""
    rows = AlertPlan.objects.prefetch_related("places")
    return rows if can_switch_alert_plan(actor) else rows.none()
