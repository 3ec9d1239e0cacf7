"""Who sits where today, what she may see of what is put forward, and what she may do.

A member reads what she must decide, from the convocation until the minutes are approved; never
a matter that concerns somebody tied to her. The secretary keeps the register; the president
prepares the agenda with her. The team of a file learns what became of it, and no more.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from beffroi.accounts.enums import Role
from beffroi.acts.bodies.conflicts import barred_persons
from beffroi.acts.bodies.enums import BodyKind, MandateRole, SittingState
from beffroi.acts.bodies.models import (
    Body,
    ConcernedPerson,
    Item,
    Mandate,
    Recusal,
    Sitting,
    UrgentDecision,
)
from beffroi.acts.bodies.queries import mandates_on
from beffroi.acts.bodies.workflow import LIVE_ITEMS, READABLE_STATES
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.once import once

_PREPARERS = (MandateRole.PRESIDENT, MandateRole.SECRETARY)


def _day(on: date | None) -> date:
    """The doors ask for today; whoever tells a story says which day it was."""
    return on or timezone.localdate()


def mandates_of(actor: Actor, on: date | None = None) -> QuerySet[Mandate]:
    """This function will give the mandates the actor exercises on that day (today by default)."""
    if actor.kind is not ActorKind.AGENT:
        return Mandate.objects.none()
    day = _day(on)
    sworn = ~Q(body__kind=BodyKind.COUNCIL) | Q(role=MandateRole.SECRETARY)
    return mandates_on(day).filter(sworn | Q(oath_date__lte=day), agent_id=int(actor.ref))


def _roles_in(actor: Actor, body: Body, on: date | None) -> frozenset[str]:
    held = mandates_of(actor, on).filter(body=body).order_by().values_list("role", flat=True)
    return once(("bodies.roles", actor.kind, actor.ref, body.pk, _day(on)), lambda: frozenset(held))


def can_compose(actor: Actor) -> bool:
    """This function will say whether the actor keeps the bodies, mandates and attributions."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(Role.DIRECTOR_GENERAL)


def can_prepare(actor: Actor, body: Body, on: date | None = None) -> bool:
    """This function will say whether the actor prepares the sittings of this body."""
    return bool(_roles_in(actor, body, on) & set(_PREPARERS))


def can_record(actor: Actor, body: Body, on: date | None = None) -> bool:
    """This function will say whether the actor holds the pen of this body."""
    return MandateRole.SECRETARY in _roles_in(actor, body, on)


def can_approve(actor: Actor, body: Body, on: date | None = None) -> bool:
    """This function will say whether the actor approves the minutes: who presides the body."""
    return MandateRole.PRESIDENT in _roles_in(actor, body, on)


def can_submit(actor: Actor, file_team: str, on: date | None = None) -> bool:
    """This function will say whether the actor puts matters forward for this team.

    Matters of no team, a budget or a rule of the house, come from who prepares sittings.
    """
    if actor.kind is ActorKind.SYSTEM or (file_team and actor.in_team(file_team)):
        return True
    return not file_team and bodies_prepared_by(actor, on).exists()


def bodies_of(actor: Actor, on: date | None = None) -> QuerySet[Body]:
    """This function will give the bodies where the actor sits on that day."""
    return Body.objects.filter(pk__in=mandates_of(actor, on).values("body_id"))


def bodies_prepared_by(actor: Actor, on: date | None = None) -> QuerySet[Body]:
    """This function will give the bodies whose sittings the actor prepares."""
    held = mandates_of(actor, on).filter(role__in=_PREPARERS)
    return Body.objects.filter(pk__in=held.values("body_id"))


def sittings_visible_to(actor: Actor, on: date | None = None) -> QuerySet[Sitting]:
    """This function will give the sittings of the actor's bodies; a member's, once convened."""
    held = mandates_of(actor, on)
    prepared = Q(body_id__in=held.filter(role__in=_PREPARERS).values("body_id"))
    convened = Q(pk__in=_attended(held).exclude(state=SittingState.PLANNED).values("pk"))
    return Sitting.objects.filter(prepared | convened).select_related("body")


def _attended(held: QuerySet[Mandate]) -> QuerySet[Sitting]:
    """The sittings on whose day one of these mandates ran."""
    day = TruncDate("starts_at")
    return Sitting.objects.filter(
        Q(body__mandates__until_date__isnull=True) | Q(body__mandates__until_date__gte=day),
        body__mandates__in=held,
        body__mandates__from_date__lte=day,
    )


def items_visible_to(actor: Actor, on: date | None = None) -> QuerySet[Item]:
    """This function will give the items the actor may read on that day (today by default).

    Never one from which she is recused, nor one that concerns a person she is tied to.
    """
    held = mandates_of(actor, on)
    readable = _attended(held).filter(state__in=READABLE_STATES)
    kept = held.filter(role=MandateRole.SECRETARY).values("body_id")
    prepared = held.filter(role=MandateRole.PRESIDENT).values("body_id")
    seen = Item.objects.filter(
        Q(agenda__sitting__in=readable)
        | Q(body_id__in=kept)
        | Q(body_id__in=prepared, state__in=LIVE_ITEMS)
    )
    rows = Item.objects.filter(pk__in=seen.values("pk"))
    if actor.kind is not ActorKind.AGENT:
        return rows
    recused = Recusal.objects.filter(mandate__agent_id=int(actor.ref)).values("item_id")
    return _without_ties(rows.exclude(pk__in=recused), actor)


def _without_ties(rows: QuerySet[Item], actor: Actor) -> QuerySet[Item]:
    barred = barred_persons(actor)
    if not barred:
        return rows
    tied = ConcernedPerson.objects.filter(person_ref__in=barred).values("item_id")
    return rows.exclude(pk__in=tied)


def urgent_to_ratify(actor: Actor, on: date | None = None) -> QuerySet[UrgentDecision]:
    """This function will give the urgent aids not ratified yet, as far as the actor may read them."""
    items = items_visible_to(actor, on).filter(state__in=LIVE_ITEMS)
    return UrgentDecision.objects.filter(ratification__in=items)


def subjects_visible_to(actor: Actor, on: date | None = None) -> set[tuple[str, str]]:
    """This function will give the subjects the actor must decide now, as (kind, reference).

    The room that put them forward lets her read them for that, and only for so long.
    """
    rows = items_visible_to(actor, on).filter(
        Q(state__in=LIVE_ITEMS) | Q(agenda__sitting__state__in=READABLE_STATES)
    )
    names = ("subject_kind", "subject_ref")
    own = rows.values_list(*names, *(f"urgent_decision__{name}" for name in names))
    return {pair for row in own for pair in (row[:2], row[2:]) if pair[0]}


def fates_visible_to(actor: Actor) -> QuerySet[Item]:
    """This function will give the items of the teams the actor leads: their fate, not their facts."""
    led = {p.team for p in actor.posts if p.team and p.role == Role.TEAM_LEADER}
    return _without_ties(Item.objects.filter(file_team__in=led).select_related("body"), actor)
