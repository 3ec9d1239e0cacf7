"""Who reads strategic plans, who writes them, and who says where her own action stands."""

from django.db.models import QuerySet

from beffroi.core.actors import Actor, ActorKind
from beffroi.steering.models import Declaration, Element, ProgressReport, StrategicPlan
from beffroi.steering.permissions import can_read_board, can_steer
from beffroi.steering.strategic_queries import elements_of


def can_tell_progress(actor: Actor, element: Element) -> bool:
    """This function will say whether the actor says where an element stands: steering, or hers."""
    return can_steer(actor) or is_mine(actor, element)


def is_mine(actor: Actor, element: Element) -> bool:
    """This function will say whether the actor is the one who answers for an element."""
    if actor.kind is not ActorKind.AGENT or not can_read_board(actor):
        return False
    people = (element.responsible, element.mandatary)
    return any(one is not None and str(one.agent_id) == actor.ref for one in people)


def strategic_plans_visible_to(actor: Actor) -> QuerySet[StrategicPlan]:
    """This function will give the strategic plans the actor reads."""
    rows = StrategicPlan.objects.select_related("declaration")
    return rows if can_read_board(actor) else rows.none()


def declarations_visible_to(actor: Actor) -> QuerySet[Declaration]:
    """This function will give the policy declarations the actor reads."""
    return Declaration.objects.all() if can_read_board(actor) else Declaration.objects.none()


def elements_visible_to(actor: Actor, plan: StrategicPlan) -> QuerySet[Element]:
    """This function will give the elements of a plan the actor reads."""
    rows = elements_of(plan)
    return rows if can_read_board(actor) else rows.none()


def all_elements_visible_to(actor: Actor) -> QuerySet[Element]:
    """This function will give the elements of every strategic plan the actor reads."""
    return Element.objects.all() if can_read_board(actor) else Element.objects.none()


def progress_reports_visible_to(actor: Actor) -> QuerySet[ProgressReport]:
    """This function will give the frozen states of progress the actor reads."""
    rows = ProgressReport.objects.select_related("plan")
    return rows if can_read_board(actor) else rows.none()
