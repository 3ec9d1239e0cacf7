"""How long what is noted in the field is kept, and how it ends: figures stay, people do not."""

from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.utils import timezone

from beffroi.acts.fieldwork.enums import SurfaceState
from beffroi.acts.fieldwork.models import (
    CodeMark,
    Contact,
    CrewMember,
    KitMove,
    Observation,
    ObservationMove,
    Outing,
    OutingMove,
    Photo,
    Surface,
    SurfaceMove,
)
from beffroi.audit.retention import Rule, declare
from beffroi.documents import services as documents

#: The year of the report that counts them, and the year in which it is looked at.
_CODES = timedelta(days=2 * 365)
_AUTHORS = timedelta(days=5 * 365)
_OWNERS = timedelta(days=5 * 365)
_PHOTOS = timedelta(days=2 * 365)


def forget_codes(at: datetime) -> int:
    """This function will remove what counted codes two years ago; the contacts stay, uncounted."""
    return CodeMark.objects.filter(contact__met_at__lte=at - _CODES).delete()[0]


@transaction.atomic
def empty_outings(at: datetime) -> int:
    """This function will forget who was out five years ago, and what was written in words."""
    day = timezone.localdate(at - _AUTHORS)
    old = Outing.objects.filter(date__lte=day)
    keys = old.values("pk")
    CrewMember.objects.filter(outing__in=keys, is_out=False).delete()
    moves = OutingMove.objects.filter(outing__in=keys)
    moves.exclude(why="").update(why="–")
    moves.update(by_ref="", by_label="")
    KitMove.objects.filter(outing__in=keys).update(by_ref="", by_label="")
    contacts = Contact.objects.filter(outing__in=keys)
    contacts.exclude(why="").update(why="–")
    contacts.update(by_ref="", by_label="", place="")
    return old.exclude(by_ref="", by_label="", note="").update(by_ref="", by_label="", note="")


@transaction.atomic
def empty_observations(at: datetime) -> int:
    """This function will forget who noted a fault five years ago, and what was said of it."""
    old = Observation.objects.filter(date__lte=timezone.localdate(at - _AUTHORS))
    moves = ObservationMove.objects.filter(observation__in=old.values("pk"))
    moves.update(by_ref="", by_label="", note="")
    return old.exclude(by_ref="", by_label="", note="").update(by_ref="", by_label="", note="")


@transaction.atomic
def empty_surfaces(at: datetime) -> int:
    """This function will forget, five years after, the owners of surfaces that wait for nothing."""
    day = timezone.localdate(at - _OWNERS)
    old = Surface.objects.filter(anonymised_at__isnull=True, asked_on__lte=day)
    old = old.exclude(state=SurfaceState.ASKED).exclude(done_on__gt=day)
    keys = list(old.values_list("pk", flat=True))
    SurfaceMove.objects.filter(surface__in=keys).update(by_ref="", by_label="", note="")
    return Surface.objects.filter(pk__in=keys).update(
        address="", what="", request_ref="", consent_by="", consent_proof="", by_ref="",
        by_label="", anonymised_at=at,
    )  # fmt: skip


@transaction.atomic
def forget_photos(at: datetime) -> int:
    """This function will remove, with their files, the photographs of two years ago."""
    old = Photo.objects.filter(at__lte=at - _PHOTOS).select_related("attachment")
    gone = list(old)
    for photo in gone:
        kept = photo.attachment
        photo.delete()
        documents.delete_file(kept)
    return len(gone)


_WHO = ("by_ref", "by_label")
_FREE = ("Area", "AreaKey", "Spot", "KitKind")
_STEPS = (("OutingMove", "Outing", (*_WHO, "why")), ("ObservationMove", "Observation", (*_WHO, "note")), ("SurfaceMove", "Surface", (*_WHO, "note")))  # fmt: skip
_OWN = (
    Rule("fieldwork.Outing", personal=(*_WHO, "note"), keep="5 ans", end=empty_outings),
    Rule(
        "fieldwork.CrewMember", personal=("agent",), keep="avec la sortie",
        with_parent="fieldwork.Outing",
    ),
    Rule(
        "fieldwork.Contact", personal=(*_WHO, "place", "why"), keep="avec la sortie",
        with_parent="fieldwork.Outing",
    ),
    Rule(
        "fieldwork.KitMove", personal=_WHO, keep="avec la sortie", with_parent="fieldwork.Outing"
    ),
    Rule("fieldwork.CodeMark", personal=("digest",), keep="2 ans", end=forget_codes),
    Rule("fieldwork.Observation", personal=(*_WHO, "note"), keep="5 ans", end=empty_observations),
    Rule(
        "fieldwork.Surface", personal=(*_WHO, "address", "what", "request_ref", "consent_by", "consent_proof"),
        keep="5 ans après l’intervention", end=empty_surfaces,
    ),
    Rule("fieldwork.Photo", personal=("attachment", "by_label"), keep="2 ans", end=forget_photos),
)  # fmt: skip

declare(
    *_OWN,
    *chain(
        (Rule(f"fieldwork.{name}") for name in _FREE),
        (
            Rule(
                f"fieldwork.{name}", personal=personal, keep="avec ce qu’elle suit",
                with_parent=f"fieldwork.{parent}",
            )
            for name, parent, personal in _STEPS
        ),
    ),
)  # fmt: skip
