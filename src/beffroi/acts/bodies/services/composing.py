"""Composes bodies: seats, mandates, oaths, attributions."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.bodies import queries
from beffroi.acts.bodies.enums import VOTING_ROLES, BodyKind, MandateRole
from beffroi.acts.bodies.models import Attribution, Body, Mandate
from beffroi.acts.bodies.permissions import can_compose
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.rules import council as rules


def _check(by: Actor) -> None:
    if not can_compose(by):
        raise NotAllowed(_("Seule la direction générale tient les mandats."))


def _note(by: Actor, verb: str, body: Body, at: datetime, **detail: str) -> None:
    audit.record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind="body", object_ref=body.key, at=at,
        detail=detail,
    )  # fmt: skip


@transaction.atomic
def create_council(*, name: str, population: int, by: Actor, at: datetime) -> Body:
    """This function will found the council with the seats the law gives to this population."""
    _check(by)
    seats = rules.seats(population, timezone.localdate(at))
    body = Body.objects.create(
        key="conseil", name=name, kind=BodyKind.COUNCIL, seats=seats, population=population
    )
    _note(by, "body.create", body, at, seats=str(seats))
    return body


@transaction.atomic
def create_body(
    *, key: str, name: str, kind: BodyKind, seats: int, by: Actor, at: datetime
) -> Body:
    """This function will found a bureau or a special committee drawn from the council.

    Raises: InvalidInput when it has fewer members than the law wants, or more than the council, or
    the key of another.
    """
    _check(by)
    council = queries.council()
    least = 1
    if kind == BodyKind.COMMITTEE:
        least = rules.committee_minimum(council.seats, timezone.localdate(at))
    if not least <= seats <= council.seats:
        said = _("Entre %(least)s et %(most)s membres, présidence comprise.") % {
            "least": least, "most": council.seats,
        }  # fmt: skip
        raise InvalidInput(said, fields={"seats": said})
    if Body.objects.filter(key=key).exists():
        said = _("Un organe a déjà cette clé : choisissez-en une autre.")
        raise InvalidInput(said, fields={"key": said})
    body = Body.objects.create(key=key, name=name, kind=kind, seats=seats)
    _note(by, "body.create", body, at, seats=str(seats))
    return body


@transaction.atomic
def set_urgent_limit(*, body_key: str, amount: Decimal | None, by: Actor, at: datetime) -> Body:
    """This function will keep the limit, in euros, that the council's own rules give."""
    _check(by)
    if amount is not None and amount <= 0:
        raise InvalidInput(_("Le montant doit dépasser zéro."))
    body = Body.objects.get(key=body_key)
    Body.objects.filter(pk=body.pk).update(urgent_limit=amount)
    _note(by, "body.urgent_limit", body, at, amount=str(amount or ""))
    body.refresh_from_db()
    return body


@transaction.atomic
def attribute(*, kind: str, label: str, body_key: str, by: Actor, at: datetime) -> Attribution:
    """This function will say which body decides a kind of matter from now on.

    Raises: InvalidInput when the law keeps this matter for the council.
    """
    _check(by)
    day = timezone.localdate(at)
    body = Body.objects.get(key=body_key)
    if kind in rules.reserved_to_council(day) and body.kind != BodyKind.COUNCIL:
        raise InvalidInput(
            _("« %(label)s » ne se délègue pas.") % {"label": label},
            why=_("La loi réserve cette matière au Conseil."),
            todo=_("Laissez-la au Conseil."),
        )
    row, _created = Attribution.objects.update_or_create(
        kind=kind, defaults={"label": label, "body": body, "since_date": day}
    )
    _note(by, "body.attribute", body, at, kind=kind)
    return row


@transaction.atomic
def give_mandate(
    *,
    body_key: str,
    agent: int,
    role: MandateRole,
    from_date: date,
    by: Actor,
    at: datetime,
    until_date: date | None = None,
    oath_date: date | None = None,
    party: str = "",
    replaces: int | None = None,
) -> Mandate:
    """This function will seat an agent in a body, or give her its secretariat.

    Raises: InvalidInput when no seat is free, when she sits there already, when another
    presides, or when she does not sit in the council from which the body is drawn.
    """
    _check(by)
    Body.objects.filter(key=body_key).update(revision=F("revision") + 1)
    body = Body.objects.get(key=body_key)
    same_time = _check_dates(body, agent, role, from_date, until_date)
    if role in VOTING_ROLES:
        _check_seat(body, same_time, agent, from_date, role)
    mandate = Mandate.objects.create(
        body=body, agent_id=agent, role=role, party=party.strip(), from_date=from_date,
        until_date=until_date, oath_date=oath_date,
        replaces=body.mandates.filter(pk=replaces).first() if replaces else None,
    )  # fmt: skip
    _note(by, "mandate.give", body, at, agent=str(agent), role=str(role))
    return mandate


def _check_dates(
    body: Body, agent: int, role: MandateRole, from_date: date, until_date: date | None
) -> QuerySet[Mandate]:
    """The mandates of the body that run at the same time, once nothing speaks against this one."""
    if until_date is not None and until_date < from_date:
        raise InvalidInput(
            _("Le mandat finirait avant de commencer."), {"until_date": _("Avant le début.")}
        )
    same_time = _overlapping(body.mandates.all(), from_date, until_date)
    if same_time.filter(agent_id=agent).exists():
        said = _("Cette personne a déjà un mandat dans cet organe à ces dates.")
        raise InvalidInput(said, {"agent": said})
    if role == MandateRole.PRESIDENT and same_time.filter(role=role).exists():
        said = _("Quelqu’un préside déjà à ces dates. Mettez d’abord fin à ce mandat.")
        raise InvalidInput(said, {"role": said})
    return same_time


def _overlapping(
    rows: QuerySet[Mandate], from_date: date, until_date: date | None
) -> QuerySet[Mandate]:
    rows = rows.filter(Q(until_date__isnull=True) | Q(until_date__gte=from_date))
    return rows.filter(from_date__lte=until_date) if until_date else rows


def _check_seat(
    body: Body, same_time: QuerySet[Mandate], agent: int, day: date, role: MandateRole
) -> None:
    if same_time.filter(role__in=VOTING_ROLES).count() >= body.seats:
        raise InvalidInput(
            _("Les %(seats)s sièges de cet organe sont pris à ces dates.") % {"seats": body.seats},
            todo=_("Mettez d’abord fin au mandat de qui s’en va."),
        )
    if body.kind == BodyKind.COUNCIL:
        return
    seat = queries.in_function(queries.council(), day).filter(agent_id=agent).first()
    if seat is None:
        said = _("Cet organe se compose de membres du Conseil, serment prêté.")
        raise InvalidInput(said, {"agent": said})
    if role == MandateRole.PRESIDENT and seat.role != MandateRole.PRESIDENT:
        said = _("La présidence du CPAS préside de droit.")
        raise InvalidInput(said, {"role": said})


@transaction.atomic
def take_oath(*, mandate: int, oath_date: date, by: Actor, at: datetime) -> Mandate:
    """This function will note that a member took the oath; she sits from that day."""
    _check(by)
    row = _mandate(mandate)
    if row.oath_date is not None:
        raise InvalidInput(_("Le serment est déjà noté."))
    Mandate.objects.filter(pk=mandate, oath_date__isnull=True).update(oath_date=oath_date)
    _note(by, "mandate.oath", row.body, at, agent=str(row.agent_id))
    row.refresh_from_db()
    return row


@transaction.atomic
def end_mandate(*, mandate: int, until_date: date, by: Actor, at: datetime) -> Mandate:
    """This function will end a mandate; who leaves the council leaves what is drawn from it.

    Raises: InvalidInput when it is over already, or would end before it began.
    """
    _check(by)
    row = _mandate(mandate)
    if row.until_date is not None and row.until_date <= until_date:
        raise InvalidInput(_("Ce mandat finit déjà plus tôt."))
    if until_date < row.from_date:
        said = _("Le mandat finirait avant de commencer.")
        raise InvalidInput(said, {"until_date": said})
    ended = Mandate.objects.filter(pk=row.pk)
    if row.body.kind == BodyKind.COUNCIL and row.role in VOTING_ROLES:
        drawn = Mandate.objects.filter(agent_id=row.agent_id, role__in=VOTING_ROLES)
        drawn = drawn.filter(Q(until_date__isnull=True) | Q(until_date__gt=until_date))
        ended = ended | drawn.filter(from_date__lte=until_date)
    ended.update(until_date=until_date)
    _note(by, "mandate.end", row.body, at, agent=str(row.agent_id))
    row.refresh_from_db()
    return row


def _mandate(pk: int) -> Mandate:
    row = Mandate.objects.select_related("body", "agent").filter(pk=pk).first()
    if row is None:
        raise NotAllowed(_("Ce mandat n’existe pas."))
    return row
