"""Who may see and work on which file: her team’s, never her own or a relative’s."""

from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.accounts.enums import Role
from beffroi.casework.models import Application, FileOpening, SocialFile
from beffroi.casework.workflow import UNDER_ENQUIRY
from beffroi.core.actors import Actor, ActorKind
from beffroi.people.permissions import barred_ids

#: Roles that work on social files, in the teams where they hold a post.
FILE_ROLES = frozenset({Role.SOCIAL_WORKER, Role.TEAM_LEADER})


def file_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams whose files the actor may see."""
    return frozenset(p.team for p in actor.posts if p.team and p.role in FILE_ROLES)


def led_teams(actor: Actor) -> frozenset[str]:
    """This function will give the teams the actor leads."""
    return frozenset(p.team for p in actor.posts if p.team and p.role == Role.TEAM_LEADER)


def files_visible_to(actor: Actor) -> QuerySet[SocialFile]:
    """This function will give the files of the actor’s teams, but her own and her relatives’."""
    if actor.kind is ActorKind.SYSTEM:
        return SocialFile.objects.all()
    teams = file_teams(actor)
    if actor.kind is not ActorKind.AGENT or not teams:
        return SocialFile.objects.none()
    files = SocialFile.objects.filter(team__key__in=teams)
    return files.exclude(person_id__in=barred_ids(actor))


def caseload_of(actor: Actor) -> QuerySet[SocialFile]:
    """This function will give the files in the actor’s own hands."""
    files = files_visible_to(actor)
    return files.filter(worker_id=int(actor.ref)) if actor.kind is ActorKind.AGENT else files


def is_in_hand_of(actor: Actor, file: SocialFile, at: datetime) -> bool:
    """This function will say whether the actor opens the file without giving a reason.

    Its worker does, the leader of its team too, whoever gave a reason today, and anybody of
    the team while the file has no worker yet.
    """
    if actor.kind is ActorKind.SYSTEM or file.worker_id is None:
        return True
    if actor.ref == str(file.worker_id) or file.team.key in led_teams(actor):
        return True
    return FileOpening.objects.filter(
        file=file, agent_id=int(actor.ref), at__lte=at, until__gt=at
    ).exists()


def files_in_hand_of(actor: Actor, at: datetime) -> QuerySet[SocialFile]:
    """This function will give the files the actor opens without giving a reason, as `is_in_hand_of`."""
    files = files_visible_to(actor)
    if actor.kind is not ActorKind.AGENT:
        return files
    opened = FileOpening.objects.filter(agent_id=int(actor.ref), at__lte=at, until__gt=at)
    return files.filter(
        Q(worker__isnull=True) | Q(worker_id=int(actor.ref)) | Q(team__key__in=led_teams(actor))
        | Q(pk__in=opened.values("file_id"))
    )  # fmt: skip


def applications_visible_to(actor: Actor) -> QuerySet[Application]:
    """This function will give the applications of the files the actor may see."""
    return Application.objects.filter(file__in=files_visible_to(actor))


def can_open_files(actor: Actor) -> bool:
    """This function will say whether the actor may open a social file for a person."""
    return actor.kind is ActorKind.SYSTEM or bool(file_teams(actor))


def openings_told_to(actor: Actor) -> QuerySet[FileOpening]:
    """This function will give the openings outside a caseload that the leader has not seen yet."""
    return FileOpening.objects.filter(
        Q(file__team__key__in=led_teams(actor)), seen_by_leader_at__isnull=True
    )


def can_read_products(actor: Actor) -> bool:
    """This function will say whether the actor reads the names of medicines: two roles only."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(*FILE_ROLES)


def can_decide_urgently(actor: Actor) -> bool:
    """This function will say whether the actor grants urgent aid: whoever presides."""
    return actor.has_role(Role.PRESIDENT)


def urgent_visible_to(actor: Actor) -> QuerySet[Application]:
    """This function will give the urgent applications that wait for the president, and no others.

    Those of persons she is close to wait for the sitting.
    """
    if not can_decide_urgently(actor):
        return Application.objects.none()
    waiting = Application.objects.filter(is_urgent=True, state__in=UNDER_ENQUIRY)
    return waiting.exclude(file__person_id__in=barred_ids(actor))


def can_record_decisions(actor: Actor) -> bool:
    """This function will say whether the actor records what an organ decided."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(Role.DIRECTOR_GENERAL, Role.TEAM_LEADER)


def can_index(actor: Actor) -> bool:
    """This function will say whether the actor may adapt the running grants to the index."""
    return actor.kind is ActorKind.SYSTEM or actor.has_role(Role.DIRECTOR_GENERAL, Role.TEAM_LEADER)
