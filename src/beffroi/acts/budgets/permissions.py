"""Who sees a mediation file: the mediation team, and nobody else in the house.

Debt mediation is kept secret from the other teams of the same CPAS: to them, no file exists.
"""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.acts.budgets.enums import MEDIATION_TEAM, FileState
from beffroi.acts.budgets.models import MediationFile, MediationPerson
from beffroi.acts.budgets.queries import files_of_team
from beffroi.core.actors import Actor, ActorKind
from beffroi.people.permissions import barred_ids

MEDIATION_ROLES = (Role.SOCIAL_WORKER, Role.TEAM_LEADER)


def can_mediate(actor: Actor) -> bool:
    """This function will say whether the actor is one of the mediators."""
    return actor.kind is ActorKind.AGENT and actor.has_role(*MEDIATION_ROLES, team=MEDIATION_TEAM)


def leads_mediation(actor: Actor) -> bool:
    """This function will say whether the actor leads the mediation team."""
    return actor.kind is ActorKind.AGENT and actor.has_role(Role.TEAM_LEADER, team=MEDIATION_TEAM)


def files_visible_to(actor: Actor) -> QuerySet[MediationFile]:
    """This function will give the files the actor may open: neither her own nor a relative's."""
    if not can_mediate(actor):
        return MediationFile.objects.none()
    close_to_her = MediationPerson.objects.filter(person_id__in=barred_ids(actor))
    return files_of_team().exclude(pk__in=close_to_her.values("file"))


def references_visible_to(actor: Actor) -> QuerySet[MediationFile, str]:
    """This function will give the references of those files: their letters open as they do."""
    return files_visible_to(actor).order_by().values_list("reference", flat=True)


def can_open(actor: Actor, file: MediationFile) -> bool:
    """This function will say whether the actor may open this file."""
    return files_visible_to(actor).filter(pk=file.pk).exists()


def can_work_on(actor: Actor, file: MediationFile) -> bool:
    """This function will say whether the actor may write in this file as it stands."""
    return file.state != FileState.CLOSED and can_open(actor, file)


def can_reopen(actor: Actor, file: MediationFile) -> bool:
    """This function will say whether the actor may open a closed file again."""
    closed = file.state == FileState.CLOSED and file.anonymised_at is None
    return closed and leads_mediation(actor) and can_open(actor, file)


def can_keep_creditors(actor: Actor) -> bool:
    """This function will say whether the actor may change the directory of creditors."""
    return can_mediate(actor)


def can_count(actor: Actor) -> bool:
    """This function will say whether the actor may see the figures of the year, without a name."""
    house = (Role.DIRECTOR_GENERAL, Role.PRESIDENT)
    return leads_mediation(actor) or actor.has_role(*house)
