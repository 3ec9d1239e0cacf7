"""What every service of this room shares: whose site, what must be said, the trace of an act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from beffroi.acts.supplies.models import Site
from beffroi.acts.supplies.permissions import can_keep, can_set_up
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.core.errors import must_say as must_say
from beffroi.people import queries as people
from beffroi.people.permissions import barred_persons

#: As many units as one act may take in or out.
MOST_UNITS = 100_000


def kept_site(pk: int, by: Actor, *kinds: str) -> Site:
    """This function will give a site of one of `kinds` whose counter the actor holds.

    Raises: NotAllowed.
    """
    found = Site.objects.select_related("team").filter(pk=pk, kind__in=kinds).first()
    if found is None or not can_keep(by, found):
        raise NotAllowed(_("Ce site n’est pas de votre équipe."))
    return found


def set_up_site(pk: int, by: Actor, *kinds: str) -> Site:
    """This function will give a site the actor may change, held. Raises: NotAllowed."""
    rows = (
        Site.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team")
        .filter(pk=pk)
    )
    found = (rows.filter(kind__in=kinds) if kinds else rows).first()
    if found is None or not can_set_up(by, found.team.key):
        raise NotAllowed(_("Ce site se règle par votre responsable ou par la cheffe de projet."))
    return found


def wrong(field: str, words: str) -> InvalidInput:
    """This function will give the refusal of what one field holds."""
    return InvalidInput(words, fields={field: words})


def must_count(number: int, field: str = "quantity", least: int = 1) -> int:
    """This function will give a number of units that can be. Raises: InvalidInput."""
    if not least <= number <= MOST_UNITS:
        words = _("Écrivez un nombre entier de %(a)d à %(b)d.")
        raise wrong(field, words % {"a": least, "b": MOST_UNITS})
    return number


def must_not_be_close(person: int | None, by: Actor) -> None:
    """This function will refuse what concerns the actor or somebody close to her.

    Raises: NotAllowed.
    """
    if person is not None and person in barred_persons(by):
        raise NotAllowed(_("Une collègue s’en charge : cette personne vous est proche."))


def person_of(reference: str, by: Actor) -> int | None:
    """This function will give the person of the house named by a reference, if one is given.

    Raises: InvalidInput when nobody has it, or when she is close to the actor.
    """
    if not reference.strip():
        return None
    found = people.id_of(reference)
    if found is None or found in barred_persons(by):
        raise wrong("person_ref", _("Aucune personne n’a cette référence."))
    return found


def trace(
    verb: str, *, by: Actor, at: datetime, site: Site, thing: tuple[str, Any] | None = None,
    kind: ActKind = ActKind.WRITE, detail: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """This function will journal an act on a site or on a thing of it, in the transaction."""
    what, ref = thing or ("supply_site", site.pk)
    audit.record(
        by=by.as_of_team(site.team.key), kind=kind, verb=verb, object_kind=what,
        object_ref=str(ref), at=at, detail=detail,
    )  # fmt: skip
