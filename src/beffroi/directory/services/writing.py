"""What every write of the directory shares: the right, the journal, the revision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Model

from beffroi.audit.enums import ActKind
from beffroi.audit.services import record
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import NotAllowed
from beffroi.directory.models import Revision
from beffroi.directory.permissions import can_edit_directory


def bump_revision() -> None:
    """This function will move on the stamp of all that the public reads."""
    if not Revision.objects.filter(pk="public").update(number=F("number") + 1):
        Revision.objects.create(pk="public", number=1)


def require_editor(by: Actor) -> None:
    """This function will let an editor pass. Raises: NotAllowed for anybody else."""
    if not can_edit_directory(by):
        raise NotAllowed("Seule la rédaction de l’annuaire peut faire cela.")


def kind_of(thing: Model) -> str:
    """This function will give the word under which the journal files this thing."""
    return type(thing).__name__.lower()


def ref_of(thing: Model) -> str:
    """This function will give the lasting name of a thing in the journal."""
    return str(getattr(thing, "key", "") or getattr(thing, "code", "") or thing.pk)


def written(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    on: Model,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will journal an act on the directory and move the revision on.

    What a command loads is journalled once by the command, not fact by fact.
    """
    if by.kind != ActorKind.SYSTEM:
        record(
            by=by, kind=ActKind.WRITE, verb=verb, object_kind=kind_of(on), object_ref=ref_of(on),
            at=at, reason=reason, detail=detail,
        )  # fmt: skip
    bump_revision()
