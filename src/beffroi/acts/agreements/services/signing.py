"""Handing a text over, leaving time to think, signing it, and freezing what was signed."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.agreements.computing import reflection_until
from beffroi.acts.agreements.enums import AgreementKind, ClauseState, PartySide
from beffroi.acts.agreements.models import Agreement, SignedText
from beffroi.acts.agreements.queries import last_version
from beffroi.acts.agreements.services.base import day_of, in_hands, move
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState


@transaction.atomic
def propose(*, reference: str, by: Actor, at: datetime) -> None:
    """This function will hand the text to the person, who then has her days of reflection.

    Raises: NotAllowed; AlreadyMoved; WrongState while the text lacks what it must hold.
    """
    row = in_hands(reference, by)
    lacking = lacks_of(row)
    if lacking:
        raise WrongState(_("Le texte n’est pas complet."), " ".join(lacking))
    today = day_of(at)
    move(
        row, "propose", by=by, at=at, proposed_date=today,
        reflection_until_date=reflection_until(today),
    )  # fmt: skip


def lacks_of(row: Agreement) -> list[str]:
    """This function will say in words what the text lacks before it can be handed over."""
    found = []
    if not row.title:
        found.append(_("Dites le but."))
    sides = set(row.clauses.exclude(state=ClauseState.DROPPED).values_list("side", flat=True))
    if PartySide.PERSON not in sides:
        found.append(_("Écrivez à quoi la personne s’engage."))
    if PartySide.CPAS not in sides:
        found.append(_("Écrivez à quoi le CPAS s’engage."))
    if row.kind == AgreementKind.PIIS and not row.piis.needs:
        found.append(_("Faites d’abord l’analyse des besoins."))
    if row.starts_date is None:
        found.append(_("Dites quand cela commence."))
    if row.kind == AgreementKind.PIIS and row.ends_date is None:
        found.append(_("Dites quand le projet finit."))
    return found


@transaction.atomic
def take_back(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """This function will take the text back to change it; the reflection begins anew afterwards.

    Raises: NotAllowed; AlreadyMoved.
    """
    row = in_hands(reference, by)
    move(row, "take_back", by=by, at=at, why=why, proposed_date=None, reflection_until_date=None)


@transaction.atomic
def sign(
    *, reference: str, signed_date: date, by: Actor, at: datetime, early_at_her_wish: bool = False
) -> None:
    """This function will note the signature of every party and freeze the text.

    Raises: NotAllowed; AlreadyMoved; InvalidInput for a day before the reflection is over,
    unless the person herself wished to sign earlier, or for a day to come.
    """
    row = in_hands(reference, by)
    if signed_date > day_of(at):
        raise _bad_day(_("Ce jour n’est pas encore venu."))
    until = row.reflection_until_date
    if until is not None and row.proposed_date is not None:
        if signed_date < row.proposed_date:
            raise _bad_day(_("Le texte n’était pas encore remis."))
        if signed_date <= until and not early_at_her_wish:
            raise _bad_day(
                _("La personne peut réfléchir jusqu’au %(day)s.")
                % {"day": until.strftime("%d/%m/%Y")}
            )
    why = _("signée plus tôt, à la demande de la personne") if early_at_her_wish else ""
    move(row, "sign", by=by, at=at, signed_date=signed_date, why=why)
    freeze(row, signed_date, "", by, at)


def _bad_day(words: str) -> InvalidInput:
    return InvalidInput(_("Cette date n’est pas possible."), {"signed_date": words})


def freeze(row: Agreement, signed_date: date, why: str, by: Actor, at: datetime) -> SignedText:
    """This function will keep the text as it stands, whole, with its digest."""
    content = content_of(row)
    written = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return SignedText.objects.create(
        agreement=row, version=last_version(row) + 1, signed_date=signed_date, content=content,
        digest=hashlib.sha256(written.encode()).hexdigest(), why=why.strip()[:500], frozen_at=at,
        frozen_by=by.label,
    )  # fmt: skip


def content_of(row: Agreement) -> dict[str, Any]:
    """This function will give the whole text of an agreement as plain data."""
    content: dict[str, Any] = {
        "reference": row.reference, "kind": str(row.get_kind_display()), "title": row.title,
        "starts": _day(row.starts_date), "ends": _day(row.ends_date),
        "parties": [
            {"side": str(one.get_side_display()), "name": one.name, "quality": one.quality}
            for one in row.parties.all()
        ],
        "clauses": [
            {"side": one.side, "kind": one.kind, "text": one.text, "due": _day(one.due_date)}
            for one in row.clauses.exclude(state=ClauseState.DROPPED)
        ],
    }  # fmt: skip
    if hasattr(row, "piis"):
        content["piis"] = {
            "project": str(row.piis.get_project_kind_display()), "needs": row.piis.needs,
            "granted": _day(row.piis.granted_date),
        }  # fmt: skip
    if hasattr(row, "work"):
        content["work"] = {
            "partner": row.work.partner.name, "job": row.work.job, "tutor": row.work.tutor,
            "first": _day(row.work.first_date), "days": row.work.target_days,
        }  # fmt: skip
    if hasattr(row, "transit"):
        content["transit"] = {
            "dwelling": row.transit.dwelling, "rooms": row.transit.rooms,
            "monthly": str(row.transit.monthly),
        }  # fmt: skip
    return content


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


@transaction.atomic
def amend(*, reference: str, why: str, by: Actor, at: datetime) -> None:
    """This function will begin an amendment; what was signed binds until it is signed in turn.

    Raises: NotAllowed; AlreadyMoved; InvalidInput without a reason.
    """
    row = in_hands(reference, by)
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    move(row, "amend", by=by, at=at, why=why.strip())


@transaction.atomic
def sign_amendment(*, reference: str, signed_date: date, by: Actor, at: datetime) -> None:
    """This function will freeze the amended text as a new version.

    Raises: NotAllowed; AlreadyMoved; InvalidInput for a day to come; WrongState when incomplete.
    """
    row = in_hands(reference, by)
    if signed_date > day_of(at) or (row.signed_date and signed_date < row.signed_date):
        raise _bad_day(_("Ni avant la première signature, ni demain."))
    lacking = lacks_of(row)
    if lacking:
        raise WrongState(_("Le texte n’est pas complet."), " ".join(lacking))
    last = row.moves.filter(move="amend").order_by("-at", "-pk").first()
    move(row, "sign_amendment", by=by, at=at)
    freeze(row, signed_date, last.why if last else "", by, at)


@transaction.atomic
def give_up_amendment(*, reference: str, by: Actor, at: datetime) -> None:
    """This function will drop an amendment: its new clauses go, those it dropped come back.

    Raises: NotAllowed; AlreadyMoved.
    """
    row = in_hands(reference, by)
    move(row, "give_up_amendment", by=by, at=at)
    version = last_version(row)
    row.clauses.filter(since_version__gt=version).delete()
    signed = row.texts.filter(version=version).first()
    kept = {one["text"] for one in signed.content["clauses"]} if signed else set()
    row.clauses.filter(state=ClauseState.DROPPED, text__in=kept).update(state=ClauseState.OPEN)
    if signed:
        content = signed.content
        Agreement.objects.filter(pk=row.pk).update(
            title=content["title"],
            starts_date=date.fromisoformat(content["starts"]) if content["starts"] else None,
            ends_date=date.fromisoformat(content["ends"]) if content["ends"] else None,
        )
