"""Who may do what with payments, and which of them an actor may see."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.acts.payments.models import Claim, Order, Run
from beffroi.core.actors import Actor, ActorKind

#: One pair of the four eyes keeps the accounts, the other answers for the house.
ACCOUNTING = frozenset({Role.FINANCE_DIRECTOR})
ANSWERING = frozenset({Role.DIRECTOR_GENERAL, Role.PRESIDENT})
FINANCE = ACCOUNTING | ANSWERING
#: Roles that carry a decision out: casework checks its own rights before it asks.
EXECUTING = frozenset({Role.SOCIAL_WORKER, Role.TEAM_LEADER}) | FINANCE


def is_finance(actor: Actor) -> bool:
    """This function will say whether the actor keeps the money of the house."""
    return actor.has_role(*FINANCE)


def can_execute(actor: Actor) -> bool:
    """This function will say whether the actor may open, change, end and hold orders."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(*EXECUTING)


def can_prepare(actor: Actor) -> bool:
    """This function will say whether the actor may prepare a run, and send one approved."""
    return actor.kind is ActorKind.SYSTEM or is_finance(actor)


def can_approve(actor: Actor, run: Run) -> bool:
    """This function will say whether the actor is the other pair of eyes for this run."""
    if actor.kind is not ActorKind.AGENT or actor.ref == run.prepared_by_ref:
        return False
    if run.prepared_role in ANSWERING:
        return actor.has_role(*ACCOUNTING)
    return actor.has_role(*ANSWERING)


def can_book(actor: Actor) -> bool:
    """This function will say whether the actor may read bank files and write in the ledger."""
    return actor.kind is ActorKind.SYSTEM or is_finance(actor)


def runs_visible_to(actor: Actor) -> QuerySet[Run]:
    """This function will give the runs: all of them to finance, none to anybody else."""
    return Run.objects.all() if can_prepare(actor) else Run.objects.none()


def orders_visible_to(actor: Actor) -> QuerySet[Order]:
    """This function will give the orders: all of them to finance, none to anybody else.

    A worker reads those of her files through casework, which knows her files.
    """
    return Order.objects.all() if can_prepare(actor) else Order.objects.none()


def claims_visible_to(actor: Actor) -> QuerySet[Claim]:
    """This function will give the recoveries: all of them to finance, none to anybody else."""
    return Claim.objects.all() if can_prepare(actor) else Claim.objects.none()
