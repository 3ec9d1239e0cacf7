"""Everything held about one person, handed out to her: masked, and journalled."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.accounts.enums import Role
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.people import queries, rights
from beffroi.people.permissions import can_export_person
from beffroi.people.redaction import redactor
from beffroi.people.same import same_ids


@transaction.atomic
def export_everything(
    *, reference: str, reason: str, form: str, by: Actor, at: datetime
) -> dict[str, Any]:
    """This function will give everything the house holds about a person, and journal that it left.

    Other persons and sealed addresses are masked; of who looked, service and role alone are said.
    A leader is given what she may open; `left_out` names what only the privacy officer hands out.
    Raises: NotAllowed; InvalidInput without a reason. Source: règlement (UE) 2016/679, art. 15 et 20.
    """
    person = queries.person_named(reference)
    if person is None or not can_export_person(by, person):
        raise NotAllowed(_("Cette personne n’existe pas, ou son dossier ne vous est pas ouvert."))
    if len(reason.strip()) < 4:
        raise InvalidInput(
            _("Rien n’est extrait."), {"reason": _("Dites qui le demande, et par quelle voie.")}
        )
    whole_house = by.has_role(Role.PRIVACY_OFFICER)
    held = rights.everything_about(person.reference, by, whole=whole_house)
    left_out = rights.left_out_for(whole_house)
    if not whole_house:
        held["people"].pop("who_looked", None)
    ids = same_ids(person.pk)
    others = {bond.other.id for bond in queries.ties_of(person.pk)} | {
        member.person.id for member in queries.members_on(person.pk, at.date())
    }
    hide = redactor(ids, others - set(ids), _names(held), by)
    audit.record(
        by=by, kind=ActKind.EXPORT, verb="person.export", object_kind="person",
        object_ref=person.reference, subject_ref=person.reference, reason=reason, at=at,
        detail={"form": form, "rooms": sorted(held), "left_out": left_out},
    )  # fmt: skip
    whole = {room: part for room, part in held.items()}
    for part in whole.values():
        part.pop("_names", None)
    found: dict[str, Any] = hide.whole(whole)
    return {"reference": person.reference, "made_at": at.isoformat(), "left_out": left_out,
            **found}  # fmt: skip


def _names(held: dict[str, Any]) -> Iterator[str]:
    """The names of other persons that a room knows only as words."""
    for part in held.values():
        yield from part.get("_names", [])
