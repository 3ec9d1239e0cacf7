"""Who may open, write and merge persons, and which persons an actor may see."""

from django.db.models import QuerySet

from beffroi.accounts.enums import Role
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.once import once
from beffroi.people.models import BarredPerson, Person

#: Roles that may look for persons and open them at the desk.
PEOPLE_ROLES = frozenset({Role.RECEPTION, Role.SOCIAL_WORKER, Role.TEAM_LEADER})
#: Roles that may say which agent is which person.
STAFF_ROLES = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR_GENERAL, Role.PRIVACY_OFFICER})


def _barred(actor: Actor) -> QuerySet[BarredPerson]:
    if actor.kind is not ActorKind.AGENT:
        return BarredPerson.objects.none()
    return BarredPerson.objects.filter(agent_id=int(actor.ref))


def barred_persons(actor: Actor) -> frozenset[int]:
    """This function will give the persons the actor may not open: herself and those close to her.

    Every room that shows files leaves these out, whatever the actor's posts.
    """
    return once(
        ("people.barred", actor.kind, actor.ref),
        lambda: frozenset(_barred(actor).values_list("person_id", flat=True)),
    )


def barred_ids(actor: Actor) -> QuerySet[BarredPerson, int]:
    """This function will give the same as a subquery, for `.exclude(person_id__in=…)`."""
    return _barred(actor).values_list("person_id", flat=True)


def is_barred(agent_id: int, person_id: int) -> bool:
    """This function will say whether a person is closed to an agent: herself, or close to her."""
    return BarredPerson.objects.filter(agent_id=agent_id, person_id=person_id).exists()


def may_look_for_persons(actor: Actor) -> bool:
    """This function will say whether the actor may search persons at all."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(*PEOPLE_ROLES)


def persons_visible_to(actor: Actor) -> QuerySet[Person]:
    """This function will give the persons the actor may open at the desk of persons."""
    if actor.kind is ActorKind.SYSTEM:
        return Person.objects.all()
    if not may_look_for_persons(actor):
        return Person.objects.none()
    return Person.objects.exclude(pk__in=barred_ids(actor))


def can_open_person(actor: Actor, person: Person) -> bool:
    """This function will say whether the actor may open this person."""
    return persons_visible_to(actor).filter(pk=person.pk).exists()


def can_add_person(actor: Actor) -> bool:
    """This function will say whether the actor may enter a person."""
    return may_look_for_persons(actor)


def can_open_seal(actor: Actor, person: Person) -> bool:
    """This function will say whether the actor may read a sealed address by giving a reason."""
    return actor.has_role(Role.TEAM_LEADER) and can_open_person(actor, person)


def can_merge(actor: Actor) -> bool:
    """This function will say whether the actor may merge two entries, or separate them again."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(Role.SOCIAL_WORKER, Role.TEAM_LEADER)


def can_link_staff(actor: Actor, agent_id: int) -> bool:
    """This function will say whether the actor may say which person an agent is close to.

    Each agent may declare her own; only some roles may declare or take back another's.
    """
    return (
        actor.kind is ActorKind.SYSTEM
        or actor.has_role(*STAFF_ROLES)
        or (actor.kind is ActorKind.AGENT and actor.ref == str(agent_id))
    )


def can_export_person(actor: Actor, person: Person) -> bool:
    """This function will say whether the actor may hand out everything held about a person.

    The privacy officer may for anybody but those close to her; a leader for those she may open.
    """
    if actor.has_role(Role.PRIVACY_OFFICER):
        return person.pk not in barred_persons(actor)
    return actor.has_role(Role.TEAM_LEADER) and can_open_person(actor, person)
