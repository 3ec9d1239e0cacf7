"""Partners, the places they offer, and who holds one."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum.be import vat
from stdnum.exceptions import ValidationError as BadNumber

from beffroi.acts.agreements.enums import PartnerKind, PlaceKind
from beffroi.acts.agreements.models import Agreement, Partner, Place, Seat
from beffroi.acts.agreements.permissions import can_keep_partners
from beffroi.acts.agreements.services.base import day_of, in_hands, trace
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState


@transaction.atomic
def keep_partner(
    *, name: str, kind: PartnerKind, by: Actor, at: datetime, pk: int | None = None,
    address: str = "", contact: str = "", phone: str = "", email: str = "",
    enterprise_number: str = "", is_active: bool = True,
) -> int:  # fmt: skip
    """This function will enter a partner, or change the one it has; its key.

    Raises: NotAllowed; InvalidInput for a wrong number or a name already there.
    """
    _must_keep(by)
    faults, number = {}, ""
    if not name.strip():
        faults["name"] = _("Donnez son nom.")
    try:
        number = vat.validate(enterprise_number) if enterprise_number else ""
    except BadNumber:
        faults["enterprise_number"] = _("Ce numéro d’entreprise n’est pas juste.")
    if faults:
        raise InvalidInput(_("Une donnée n’est pas juste."), faults)
    values = {
        "name": name.strip()[:160], "kind": kind, "address": address.strip()[:200],
        "contact": contact.strip()[:160], "phone": phone.strip()[:40], "email": email,
        "enterprise_number": number, "is_active": is_active,
    }  # fmt: skip
    try:
        with transaction.atomic():
            if pk is None:
                pk = Partner.objects.create(**values).pk
            elif not Partner.objects.filter(pk=pk).update(**values):
                raise NotAllowed(_("Ce partenaire n’existe pas."))
    except IntegrityError as error:
        raise InvalidInput(
            _("Ce partenaire est déjà connu."), {"name": _("Cherchez-le dans la liste.")}
        ) from error
    _trace("partner.keep", pk, by, at)
    return pk


@transaction.atomic
def keep_place(
    *, partner: int, kind: PlaceKind, title: str, seats: int, by: Actor, at: datetime,
    pk: int | None = None, is_open: bool = True, note: str = "",
) -> int:  # fmt: skip
    """This function will offer places with a partner, or change their number; its key.

    Raises: NotAllowed; InvalidInput when there are fewer places than people in them.
    """
    _must_keep(by)
    faults = {}
    if not Partner.objects.filter(pk=partner).exists():
        faults["partner"] = _("Choisissez un partenaire.")
    if not title.strip():
        faults["title"] = _("Dites quel métier ou quelle formation.")
    if seats < 1:
        faults["seats"] = _("Une place au moins.")
    held = Seat.objects.filter(place=pk or 0, until_date=None, number__gt=seats)
    if pk is not None and held.exists():
        faults["seats"] = _("Des personnes occupent ces places : attendez qu’elles partent.")
    if faults:
        raise InvalidInput(_("Ces places ne sont pas justes."), faults)
    values = {
        "partner_id": partner, "kind": kind, "title": title.strip()[:160], "seats": seats,
        "is_open": is_open, "note": note.strip()[:300],
    }  # fmt: skip
    if pk is None:
        pk = Place.objects.create(**values).pk
    elif not Place.objects.filter(pk=pk).update(**values):
        raise NotAllowed(_("Cette place n’existe pas."))
    _trace("place.keep", pk, by, at)
    return pk


@transaction.atomic
def take_place(
    *, reference: str, place: int, by: Actor, at: datetime, since_date: date | None = None
) -> None:
    """This function will give a free seat of a place to an agreement.

    Raises: NotAllowed; AgreementOver; WrongState when every seat is taken, even just now.
    """
    row = in_hands(reference, by)
    found = Place.objects.filter(pk=place, is_open=True).first()
    if found is None:
        raise WrongState(_("Cette place n’est plus ouverte."))
    since = since_date or day_of(at)
    try:
        with transaction.atomic():
            for old in Seat.objects.filter(agreement=row, until_date=None):
                Seat.objects.filter(pk=old.pk).update(until_date=max(since, old.since_date))
            Seat.objects.create(
                place=found, number=_free_number(found), agreement=row, since_date=since
            )
    except IntegrityError as error:
        raise WrongState(
            _("Quelqu’un vient de prendre cette place."), "", _("Recommencez.")
        ) from error
    trace(row, "agreement.take_place", by=by, at=at, detail={"place": place})


def _free_number(place: Place) -> int:
    taken = set(place.held.filter(until_date=None).values_list("number", flat=True))
    free = next((n for n in range(1, place.seats + 1) if n not in taken), None)
    if free is None:
        raise WrongState(
            _("Toutes les places sont prises."), "", _("Choisissez-en une autre, ou attendez.")
        )
    return free


@transaction.atomic
def read_list(*, rows: Iterable[Agreement], name: str, by: Actor, at: datetime) -> list[Agreement]:
    """This function will give the agreements of a list and journal, in one row, which were shown."""
    shown = list(rows)
    if shown:
        audit.record(
            by=by, kind=ActKind.READ, verb="list.read", object_kind="agreement_list",
            object_ref=name[:80], at=at, detail={"references": [row.reference for row in shown]},
        )  # fmt: skip
    return shown


def _must_keep(by: Actor) -> None:
    if not can_keep_partners(by):
        raise NotAllowed(_("Seule l’équipe d’insertion tient les partenaires et les places."))


def _trace(verb: str, pk: int, by: Actor, at: datetime) -> None:
    audit.record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind="partner", object_ref=str(pk), at=at
    )
