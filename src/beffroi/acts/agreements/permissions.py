"""Who works on which agreement: the team that holds it, less one's own and one's relatives'."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.acts.agreements.enums import INSERTION_TEAM
from beffroi.acts.agreements.models import Agreement
from beffroi.acts.agreements.workflow import OPEN_STATES
from beffroi.core.actors import Actor, ActorKind
from beffroi.people.permissions import barred_ids

AGREEMENT_ROLES = (Role.SOCIAL_WORKER, Role.TEAM_LEADER)


def agreement_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams in which the actor works on agreements."""
    if actor.kind is not ActorKind.AGENT:
        return frozenset()
    return frozenset(p.team for p in actor.posts if p.team and p.role in AGREEMENT_ROLES)


def led_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams the actor leads."""
    if actor.kind is not ActorKind.AGENT:
        return frozenset()
    return frozenset(p.team for p in actor.posts if p.team and p.role == Role.TEAM_LEADER)


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    """This function will give the agreements the actor may open."""
    rows = Agreement.objects.filter(team__in=agreement_teams(actor))
    return rows.exclude(person_id__in=barred_ids(actor))


def references_visible_to(actor: Actor) -> QuerySet[Agreement, str]:
    """This function will give the references of those agreements: their papers open as they do."""
    return agreements_visible_to(actor).order_by().values_list("reference", flat=True)


def can_open(actor: Actor, agreement: Agreement) -> bool:
    """This function will say whether the actor may open this agreement."""
    return agreements_visible_to(actor).filter(pk=agreement.pk).exists()


def can_work_on(actor: Actor, agreement: Agreement) -> bool:
    """This function will say whether the actor may write in this agreement as it stands."""
    return agreement.state in OPEN_STATES and can_open(actor, agreement)


def can_draft(actor: Actor, team: str) -> bool:
    """This function will say whether the actor may prepare an agreement in this team."""
    return team in agreement_teams(actor)


def can_keep_partners(actor: Actor) -> bool:
    """This function will say whether the actor may enter partners and their places."""
    return INSERTION_TEAM in agreement_teams(actor)
