"""Who keeps a house, who reads the aliases of its guests, and who only its counts.

The night and day team reads tonight and the last two weeks, and finds an older guest by her whole
alias alone. Who leads the team reads all its guests. The project lead of the plan sees every house
with its counts, sets houses up, and reads no alias. Nobody reads a social file from here, nor the
page of herself or of somebody close to her.
"""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from beffroi.accounts.enums import Role
from beffroi.accounts.permissions import oversees as oversees
from beffroi.acts.stays.models import Guest, House, Opening
from beffroi.core.actors import Actor, ActorKind
from beffroi.people.permissions import barred_ids

#: Posts that keep a house, in the team where they are held.
KEEPERS = frozenset({Role.PREVENTION_WORKER, Role.ANIMATOR, Role.TEAM_LEADER})
#: How far back who keeps a house reads who slept there.
READ_BACK = timedelta(days=14)


def own_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams whose houses the actor keeps."""
    return actor.teams_with(KEEPERS)


def led_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams the actor leads."""
    return actor.teams_with({Role.TEAM_LEADER})


def _mine(actor: Actor, path: str = "") -> Q:
    return Q() if oversees(actor) else Q(**{f"{path}team__key__in": own_teams(actor)})


def houses_visible_to(actor: Actor) -> QuerySet[House]:
    """This function will give the houses the actor sees, with their counts."""
    return House.objects.filter(_mine(actor))


def kept_by(actor: Actor) -> QuerySet[House]:
    """This function will give the houses in which the actor takes people in."""
    return House.objects.filter(team__key__in=own_teams(actor))


def openings_visible_to(actor: Actor) -> QuerySet[Opening]:
    """This function will give the nights and days whose counts the actor sees."""
    return Opening.objects.filter(_mine(actor, "house__"))


def sheets_visible_to(actor: Actor, day: date) -> QuerySet[Opening]:
    """This function will give the nights and days whose aliases the actor reads on a day."""
    led = Q(house__team__key__in=led_teams(actor))
    late = Q(house__team__key__in=own_teams(actor), date__gte=day - READ_BACK)
    return Opening.objects.filter(led | late)


def guests_visible_to(actor: Actor, day: date) -> QuerySet[Guest]:
    """This function will give the guests whose page the actor reads on a day."""
    since = day - READ_BACK
    late = Q(last_date__gte=since) | Q(last_date__isnull=True, since_at__date__gte=since)
    mine = Q(team__key__in=led_teams(actor)) | (Q(team__key__in=own_teams(actor)) & late)
    close = barred_ids(actor)
    rows = Guest.objects.filter(mine, emptied_at__isnull=True)
    return rows.exclude(person__in=close).exclude(joined_to__person__in=close)


def can_keep(actor: Actor, house: House) -> bool:
    """This function will say whether the actor may take people in, close a night and correct it."""
    return actor.kind is ActorKind.SYSTEM or house.team.key in own_teams(actor)


def can_set_up(actor: Actor, team: str) -> bool:
    """This function will say whether the actor may make and change the houses of a team."""
    return oversees(actor) or team in led_teams(actor)


def can_exclude(actor: Actor, house: House, nights: int) -> bool:
    """This function will say whether the actor may exclude somebody for this many nights.

    Who keeps the house decides for one night; who leads the team for longer.
    """
    if actor.kind is ActorKind.SYSTEM or house.team.key in led_teams(actor):
        return True
    return nights <= 1 and can_keep(actor, house)
