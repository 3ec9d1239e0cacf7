"""Acts of the administrator: agents, their posts, their passwords and second factors."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from beffroi.accounts.enums import CASE_ROLES, Role
from beffroi.accounts.models import Agent, Post, Team
from beffroi.accounts.permissions import can_manage_agents
from beffroi.audit.enums import ActKind
from beffroi.audit.services import record
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

#: Letters and figures that nobody mistakes for another, read aloud or on paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _IN_GROUP = 4, 4


def _require(by: Actor) -> None:
    if not can_manage_agents(by):
        raise NotAllowed("Seule l’administration gère les agents.")


def _trace(
    verb: str, kind: str, ref: object, *, by: Actor, at: datetime, reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind=kind, object_ref=str(ref), at=at,
        reason=reason, detail=detail,
    )  # fmt: skip


@transaction.atomic
def create_agent(
    *, username: str, first_name: str, last_name: str, email: str, by: Actor, at: datetime
) -> tuple[Agent, str]:
    """This function will add an agent and give the password to hand over, once.

    She must change it as soon as she signs in. Raises: NotAllowed; InvalidInput, field by field.
    """
    _require(by)
    values = {
        "username": username.strip().lower(), "first_name": " ".join(first_name.split()),
        "last_name": " ".join(last_name.split()), "email": email.strip(),
    }  # fmt: skip
    if faults := _faults(values):
        raise InvalidInput("L’agent ne peut pas être ajouté.", faults)
    agent = Agent(**values)
    password = _hand_over_password(agent)
    try:
        with transaction.atomic():
            agent.save(force_insert=True)
    except IntegrityError as error:
        raise InvalidInput(
            "Cet identifiant existe déjà.", {"username": "Choisissez-en un autre."}
        ) from error
    _trace("create_agent", "agent", agent.pk, by=by, at=at)
    return agent, password


def _faults(values: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    try:
        UnicodeUsernameValidator()(values["username"])
    except ValidationError:
        faults["username"] = "Des lettres, des chiffres, un tiret ou un point, sans espace."
    if not values["username"]:
        faults["username"] = "L’identifiant manque."
    if not values["last_name"]:
        faults["last_name"] = "Le nom manque."
    try:
        validate_email(values["email"])
    except ValidationError:
        faults["email"] = "Une adresse comme prenom.nom@exemple.be."
    return faults


def _hand_over_password(agent: Agent) -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    password = "-".join(groups)
    agent.set_password(password)
    agent.temporary_password = agent.password
    return password


@transaction.atomic
def reset_password(*, agent: Agent, reason: str, by: Actor, at: datetime) -> str:
    """This function will give a new password to hand over, once; her sessions end.

    Raises: NotAllowed; InvalidInput without a reason.
    """
    _require(by)
    reason = _said(reason)
    password = _hand_over_password(agent)
    agent.save(update_fields=["password", "temporary_password"])
    _trace("reset_password", "agent", agent.pk, by=by, at=at, reason=reason)
    return password


@transaction.atomic
def reset_second_factor(*, agent: Agent, reason: str, by: Actor, at: datetime) -> int:
    """This function will forget the second factors of an agent and end her sessions.

    It says how many there were: a telephone that is lost may still be signed in. She sets up a new one at her next sign-in. Raises: NotAllowed; InvalidInput without a reason.
    """
    _require(by)
    reason = _said(reason)
    removed, _rows = Authenticator.objects.filter(user=agent).delete()
    _end_sessions(agent, at)
    _trace("reset_second_factor", "agent", agent.pk, by=by, at=at, reason=reason)
    return int(removed)


def _end_sessions(agent: Agent, at: datetime) -> None:
    for session in Session.objects.filter(expire_date__gt=at):
        if session.get_decoded().get(SESSION_KEY) == str(agent.pk):
            session.delete()


def _said(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Dites pourquoi.", {"reason": "Le motif manque."})
    return reason


@transaction.atomic
def give_post(
    *,
    agent: Agent,
    role: Role,
    team_key: str,
    since_date: date,
    by: Actor,
    at: datetime,
    until_date: date | None = None,
) -> Post:
    """This function will give a role to an agent, in a team or for the whole house.

    Raises: NotAllowed; InvalidInput when a role that deals with requests has no team, the
    team does not exist, or the days cross; WrongState when she holds the post or has left.
    """
    _require(by)
    team = Team.objects.filter(key=team_key, is_active=True).first() if team_key else None
    faults = {}
    if team is None and (team_key or role in CASE_ROLES):
        faults["team"] = "Choisissez l’équipe où elle répond."
    if until_date and until_date < since_date:
        faults["until_date"] = "Le dernier jour vient avant le premier."
    if faults:
        raise InvalidInput("Le poste ne peut pas être donné.", faults)
    if not agent.is_active:
        raise WrongState("Cet agent n’est plus en service.", todo="Réactivez d’abord son compte.")
    held = Post.objects.filter(agent=agent, role=role, team=team).exclude(until_date__lt=since_date)
    if held.exists():
        raise WrongState("Cet agent tient déjà ce poste.")
    post = Post.objects.create(
        agent=agent, role=role, team=team, since_date=since_date, until_date=until_date
    )
    _trace(
        "give_post", "agent", agent.pk, by=by, at=at,
        detail={"role": str(role), "team": team_key, "since": since_date.isoformat()},
    )  # fmt: skip
    return post


@transaction.atomic
def end_post(*, post: Post, until_date: date, by: Actor, at: datetime) -> None:
    """This function will end a post on a day, the last one she holds it.

    Raises: NotAllowed; InvalidInput before the post began; WrongState when it ended before.
    """
    _require(by)
    if until_date < post.since_date:
        raise InvalidInput(
            "Le poste n’avait pas commencé.", {"until_date": "Choisissez un jour plus tard."}
        )
    rows = Post.objects.filter(pk=post.pk).exclude(until_date__lt=until_date)
    if not rows.update(until_date=until_date):
        raise WrongState("Ce poste a déjà pris fin.")
    _trace(
        "end_post", "agent", post.agent_id, by=by, at=at,
        detail={"role": post.role, "until": until_date.isoformat()},
    )  # fmt: skip


@transaction.atomic
def deactivate_agent(*, agent: Agent, reason: str, by: Actor, at: datetime) -> None:
    """This function will close an account: its posts end, its sessions stop.

    Raises: NotAllowed; InvalidInput without a reason; WrongState for one's own account or one
    that is closed.
    """
    _require(by)
    reason = _said(reason)
    if str(agent.pk) == by.ref:
        raise WrongState("Vous ne pouvez pas fermer votre propre compte.")
    if not Agent.objects.filter(pk=agent.pk, is_active=True).update(is_active=False):
        raise WrongState("Ce compte est déjà fermé.")
    last_day = timezone.localdate(at) - timedelta(days=1)
    for post in agent.posts.exclude(until_date__lte=last_day):
        post.until_date = max(last_day, post.since_date)
        post.save(update_fields=["until_date"])
    _trace("deactivate_agent", "agent", agent.pk, by=by, at=at, reason=reason)


@transaction.atomic
def reactivate_agent(*, agent: Agent, reason: str, by: Actor, at: datetime) -> None:
    """This function will open a closed account again; its posts are to be given anew.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it is open.
    """
    _require(by)
    reason = _said(reason)
    if not Agent.objects.filter(pk=agent.pk, is_active=False).update(is_active=True):
        raise WrongState("Ce compte est ouvert.")
    _trace("reactivate_agent", "agent", agent.pk, by=by, at=at, reason=reason)


@transaction.atomic
def edit_team(
    *, name: str, phone: str, is_active: bool, by: Actor, at: datetime, team: Team | None = None
) -> Team:
    """This function will rename a team, change its number, close it or open it; or add one.

    Raises: NotAllowed; InvalidInput without a name or for a second team of that name.
    """
    _require(by)
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("Donnez un nom à l’équipe.", {"name": "Le nom manque."})
    verb = "edit_team" if team else "add_team"
    if team is None:
        key = slugify(name)[:40]
        if not key or Team.objects.filter(key=key).exists():
            raise InvalidInput("Une équipe porte déjà ce nom.", {"name": "Choisissez-en un autre."})
        team = Team(key=key)
    team.name, team.phone, team.is_active = name, phone.strip(), is_active
    team.save()
    _trace(verb, "team", team.key, by=by, at=at, detail={"name": name, "active": is_active})
    return team
