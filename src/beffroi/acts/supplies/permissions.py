"""Who keeps and hands over what, who opens the grocery to a household, and who reads its name.

Who holds a post in the team of a site keeps its stock and its till. The project lead of the plan,
and the leader of the team, set sites up; the project lead sees every site with its sums, and reads
a name only where she has a post. Social workers open any grocery to households: they read the
cards that their teams opened, and nothing else there. Nobody meets herself nor those close to her.
"""

from django.db.models import Q, QuerySet

from beffroi.accounts.enums import Role
from beffroi.accounts.permissions import oversees as oversees
from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.models import Card, Passage, Site
from beffroi.core.actors import Actor, ActorKind
from beffroi.people.permissions import barred_ids

#: Posts that hold a counter, in the team where they are held.
KEEPERS = frozenset({Role.ANIMATOR, Role.PREVENTION_WORKER, Role.TEAM_LEADER, Role.PCS_LEAD})
#: Posts that bring the decision of the CPAS to the grocery.
GRANTERS = frozenset({Role.SOCIAL_WORKER})


def own_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams whose counters the actor holds."""
    return actor.teams_with(KEEPERS)


def grants(actor: Actor) -> bool:
    """This function will say whether the actor brings decisions to any grocery."""
    return actor.kind is ActorKind.SYSTEM or (
        actor.kind is ActorKind.AGENT and actor.has_role(*GRANTERS)
    )


def granting_teams(actor: Actor) -> list[str]:
    """This function will give the teams in whose name the actor brings decisions."""
    return [post.team for post in actor.posts if post.team and post.role in GRANTERS]


def can_set_up(actor: Actor, team: str) -> bool:
    """This function will say whether the actor may make and change the sites of a team."""
    if oversees(actor):
        return True
    return actor.kind is ActorKind.AGENT and actor.has_role(Role.TEAM_LEADER, team=team)


def can_set_up_somewhere(actor: Actor) -> bool:
    """This function will say whether the actor may write what all sites share: articles."""
    return oversees(actor) or any(can_set_up(actor, team) for team in own_teams(actor))


def can_recall(actor: Actor) -> bool:
    """This function will say whether the actor may recall a lot, and see the recalls."""
    return oversees(actor) or bool(own_teams(actor))


def can_keep(actor: Actor, site: Site) -> bool:
    """This function will say whether the actor keeps the stock and the counter of a site."""
    return actor.kind is ActorKind.SYSTEM or site.team.key in own_teams(actor)


def can_grant(actor: Actor, site: Site) -> bool:
    """This function will say whether the actor may open this grocery to a household."""
    return site.kind == SiteKind.GROCERY and (
        grants(actor)
        or (actor.kind is ActorKind.AGENT and actor.has_role(Role.TEAM_LEADER, team=site.team.key))
    )


def sites_visible_to(actor: Actor) -> QuerySet[Site]:
    """This function will give the sites the actor sees, with their sums."""
    rows = Site.objects.select_related("team", "place")
    if oversees(actor):
        return rows
    return rows.filter(team__key__in=own_teams(actor))


def groceries_visible_to(actor: Actor) -> QuerySet[Site]:
    """This function will give the groceries to which the actor may open an access, or that she keeps."""
    rows = Site.objects.select_related("team", "place").filter(kind=SiteKind.GROCERY)
    return rows if grants(actor) else rows.filter(team__key__in=own_teams(actor))


def cards_visible_to(actor: Actor) -> QuerySet[Card]:
    """This function will give the cards the actor reads: of her counters, or that her team opened."""
    rows = Card.objects.select_related("site__team").filter(anonymised_at__isnull=True)
    if actor.kind is ActorKind.SYSTEM:
        return rows
    mine = Q(site__team__key__in=own_teams(actor)) | Q(team__key__in=granting_teams(actor))
    return rows.filter(mine).exclude(person__in=barred_ids(actor))


def passages_visible_to(actor: Actor) -> QuerySet[Passage]:
    """This function will give the passages the actor sees; the name of a card needs a post there."""
    rows = Passage.objects.select_related("site__team", "card", "access")
    if not oversees(actor):
        rows = rows.filter(site__team__key__in=own_teams(actor))
    return rows.exclude(card__person__in=barred_ids(actor))
