"""Who reads the board, steers a plan, keeps its money, notes what the council decided, tells a line."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor, ActorKind
from beffroi.steering import queries, tellers
from beffroi.steering.models import Commission, Convention, Line, Plan

#: Who reads the board.
READERS = frozenset({Role.PCS_LEAD, Role.DIRECTOR_GENERAL, Role.PRESIDENT, Role.FINANCE_DIRECTOR})


def can_read_board(actor: Actor) -> bool:
    """This function will say whether the actor reads plans, figures and accounts."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(*READERS)


def can_steer(actor: Actor) -> bool:
    """This function will say whether the actor writes in plans: the project lead, the direction."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(Role.PCS_LEAD, Role.DIRECTOR_GENERAL)


def can_keep_money(actor: Actor) -> bool:
    """This function will say whether the actor keeps budgets, costs and payments to partners."""
    return can_steer(actor) or actor.has_role(Role.FINANCE_DIRECTOR)


def can_note_decision(actor: Actor) -> bool:
    """This function will say whether the actor notes what the council or the Region decided."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(Role.DIRECTOR_GENERAL)


def can_tell(actor: Actor, line: Line) -> bool:
    """This function will say whether the actor writes how a line went: she steers, or is named for it."""
    return can_steer(actor) or lines_to_tell_by(actor).filter(pk=line.pk).exists()


def lines_to_tell_by(actor: Actor) -> QuerySet[Line]:
    """This function will give the lines of which the actor may write the year."""
    if can_steer(actor):
        return lines_visible_to(actor)
    if actor.kind is not ActorKind.AGENT:
        return Line.objects.none()
    return tellers.lines_told_by(int(actor.ref))


def commissions_visible_to(actor: Actor) -> QuerySet[Commission]:
    """This function will give the commissions whose members and minutes the actor reads."""
    rows = Commission.objects.select_related("plan")
    return rows if can_read_board(actor) else rows.none()


def plans_visible_to(actor: Actor) -> QuerySet[Plan]:
    """This function will give the plans the actor reads."""
    return queries.plans() if can_read_board(actor) else Plan.objects.none()


def lines_visible_to(actor: Actor) -> QuerySet[Line]:
    """This function will give the lines the actor reads."""
    rows = Line.objects.select_related("plan__programme")
    return rows if can_read_board(actor) else rows.none()


def conventions_visible_to(actor: Actor) -> QuerySet[Convention]:
    """This function will give the conventions with partners the actor reads."""
    rows = Convention.objects.select_related("partner", "plan").prefetch_related("lines")
    return rows if can_read_board(actor) else rows.none()
