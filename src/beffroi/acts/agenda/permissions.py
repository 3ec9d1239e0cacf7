"""Who sees which appointments and arrivals, and who plans whose time.

Reception and team leaders see the agenda of their teams; reception also that of the teams whose
permanences are held at her desk. A worker sees her own, who waits for her, and who waits for
nobody yet in her teams; of her colleagues she sees when they are taken, and never with whom.
Nobody sees the appointments of her own, nor those of a relative, and nobody receives them.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from beffroi.accounts import queries as accounts
from beffroi.accounts.enums import CASE_ROLES, Role
from beffroi.acts.agenda.models import Appointment, Arrival, Permanence
from beffroi.core.actors import Actor, ActorKind
from beffroi.people.permissions import barred_ids, is_barred


def _teams(actor: Actor, roles: Iterable[str]) -> frozenset[str]:
    if actor.kind is not ActorKind.AGENT:
        return frozenset()
    return frozenset(post.team for post in actor.posts if post.team and post.role in roles)


def own_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams in which the actor receives people."""
    return _teams(actor, CASE_ROLES)


def desk_teams(actor: Actor) -> frozenset[str]:
    """This function will give the desks at which the actor announces people."""
    return _teams(actor, {Role.RECEPTION})


def led_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams the actor leads."""
    return _teams(actor, {Role.TEAM_LEADER})


def served_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams whose permanences are held at the actor's desks."""
    desks = desk_teams(actor)
    if not desks:
        return frozenset()
    rows = Permanence.objects.filter(room__desk__key__in=desks, until_date__isnull=True)
    return frozenset(rows.order_by().values_list("team__key", flat=True).distinct())


def overseen_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams whose agenda the actor sees with its persons."""
    return desk_teams(actor) | led_teams(actor) | served_teams(actor)


def _of_overseen(actor: Actor) -> Q:
    """The same teams as `overseen_teams`, inside the query."""
    desks = desk_teams(actor)
    teams = Q(team__key__in=desks | led_teams(actor))
    if desks:
        served = Permanence.objects.filter(room__desk__key__in=desks, until_date__isnull=True)
        teams |= Q(team__in=served.order_by().values("team"))
    return teams


def appointments_visible_to(actor: Actor) -> QuerySet[Appointment]:
    """This function will give the appointments the actor sees with their persons."""
    if not own_teams(actor):
        return Appointment.objects.none()
    rows = Appointment.objects.filter(_of_overseen(actor) | Q(worker_id=int(actor.ref)))
    return rows.exclude(person_id__in=barred_ids(actor))


def arrivals_visible_to(actor: Actor) -> QuerySet[Arrival]:
    """This function will give who waits, as far as the actor sees it."""
    if not own_teams(actor):
        return Arrival.objects.none()
    hers = Q(worker_id=int(actor.ref)) | Q(worker__isnull=True, team__key__in=own_teams(actor))
    at_desk = Q(desk__key__in=desk_teams(actor) | led_teams(actor))
    rows = Arrival.objects.filter(hers | at_desk | Q(team__key__in=led_teams(actor)))
    return rows.exclude(person_id__in=barred_ids(actor))


def can_announce(actor: Actor, desk: str) -> bool:
    """This function will say whether the actor may announce somebody at this desk."""
    return desk in desk_teams(actor) | led_teams(actor)


def can_give_arrival(actor: Actor, arrival: Arrival) -> bool:
    """This function will say whether the actor may say who receives this person."""
    return arrival.desk.key in desk_teams(actor) | led_teams(
        actor
    ) or arrival.team.key in led_teams(actor)


def can_plan(actor: Actor, team: str, worker: int) -> bool:
    """This function will say whether the actor may make an appointment for this worker.

    Her own, in a team of hers; anybody's, in a team whose agenda she sees.
    """
    if team in own_teams(actor) and str(worker) == actor.ref:
        return True
    return team in overseen_teams(actor)


def is_kin(worker: int, person: int | None) -> bool:
    """This function will say whether a worker may not receive this person: herself, or a relative."""
    return person is not None and is_barred(worker, person)


def can_keep_hours(actor: Actor, worker: int, day: date) -> bool:
    """This function will say whether the actor may change this worker's hours and absences."""
    if actor.kind is ActorKind.AGENT and str(worker) == actor.ref:
        return bool(own_teams(actor))
    led = led_teams(actor)
    return bool(led) and accounts.agents_of(led, day).filter(pk=worker).exists()


def can_keep_permanences(actor: Actor, team: str) -> bool:
    """This function will say whether the actor plans the permanences of this team."""
    return team in led_teams(actor)


def can_keep_rooms(actor: Actor) -> bool:
    """This function will say whether the actor may add and close rooms."""
    return bool(led_teams(actor))


def can_see_notes(actor: Actor, appointment: Appointment) -> bool:
    """This function will say whether the actor may read what the worker prepares."""
    return str(appointment.worker_id) == actor.ref or appointment.team.key in led_teams(actor)
