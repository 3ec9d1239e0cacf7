"""Photographs of things: kept in quarantine, cleared when somebody looked, removed at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork.enums import Stage
from beffroi.acts.fieldwork.models import Photo
from beffroi.acts.fieldwork.permissions import can_go_out
from beffroi.acts.fieldwork.services.common import trace
from beffroi.acts.fieldwork.services.sights import own_observation
from beffroi.acts.fieldwork.services.surfaces import own_surface
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents
from beffroi.documents.enums import ScanState

_IMAGES = ("image/jpeg", "image/png", "image/webp")
#: A thing has no more photographs than that.
MOST_PHOTOS = 8


@transaction.atomic
def add_photo(
    *, name: str, content: bytes, by: Actor, at: datetime, observation: int | None = None,
    surface: int | None = None, stage: str = Stage.BEFORE,
) -> Photo:  # fmt: skip
    """This function will keep a photograph of a fault or of a surface, cleaned and shown nowhere.

    Raises: NotAllowed; FileRefused; InvalidInput for what is no picture; WrongState past eight.
    """
    seen = own_observation(observation, by) if observation is not None else None
    wall = own_surface(surface, by) if surface is not None else None
    thing = seen or wall
    if thing is None or stage not in Stage.values:
        raise InvalidInput(_("Dites de quoi est cette photo."))
    if thing.photos.count() >= MOST_PHOTOS:
        raise WrongState(_("Il y a déjà huit photos : retirez-en une d’abord."))
    kept = documents.receive_file(name=name, content=content, received_from=by.label, at=at)
    if kept.content_type not in _IMAGES:
        words = _("Choisissez une image (JPEG, PNG ou WebP).")
        raise InvalidInput(words, fields={"file": words})
    made = Photo.objects.create(
        attachment=kept, observation=seen, surface=wall, stage=stage, at=at, by_label=by.label
    )
    trace("photo.add", made, by=by, at=at, team=thing.area.team.key)
    return made


def _own(pk: int, by: Actor) -> tuple[Photo, str]:
    rows = Photo.objects.select_for_update(of=("self",), no_key=True).select_related(
        "attachment", "observation__area__team", "surface__area__team"
    )
    found = rows.filter(pk=pk).first()
    thing = (found.observation or found.surface) if found else None
    if found is None or thing is None or not can_go_out(by, thing.area.team.key):
        raise NotAllowed(_("Cette photo n’est pas de votre équipe."))
    return found, thing.area.team.key


@transaction.atomic
def clear_photo(*, photo: int, by: Actor, at: datetime) -> Photo:
    """This function will say that neither a person nor a plate is on a photograph.

    Raises: NotAllowed; WrongState while the file is not checked.
    """
    found, team = _own(photo, by)
    if found.attachment.state != ScanState.CLEAN:
        raise WrongState(_("Ce fichier n’est pas encore vérifié : réessayez plus tard."))
    Photo.objects.filter(pk=found.pk).update(is_cleared=True)
    trace("photo.clear", found, by=by, at=at, team=team)
    found.refresh_from_db()
    return found


@transaction.atomic
def remove_photo(*, photo: int, by: Actor, at: datetime) -> None:
    """This function will remove a photograph and its file, for good. Raises: NotAllowed."""
    found, team = _own(photo, by)
    trace("photo.remove", found, by=by, at=at, team=team)
    kept = found.attachment
    found.delete()
    documents.delete_file(kept)
