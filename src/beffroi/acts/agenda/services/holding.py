"""Takes the time of a worker and a room: at one moment, one thing."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.agenda.models import Hold, MeetingRoom
from beffroi.core.errors import InvalidInput


class NotFree(InvalidInput):
    """The worker or the room is already taken at this moment."""

    def __init__(self, who: str, starts_at: datetime, ends_at: datetime, field: str) -> None:
        start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
        words = _("%(who)s n’est pas libre le %(day)s de %(start)s à %(end)s.") % {
            "who": who, "day": f"{start:%d/%m}", "start": f"{start:%H:%M}", "end": f"{end:%H:%M}",
        }  # fmt: skip
        super().__init__(words, fields={field: words}, todo=_("Choisissez un autre moment."))


def take_time(
    *, worker: int, room: int | None, starts_at: datetime, ends_at: datetime, **what: Any
) -> Hold:
    """This function will take this time, for `appointment` or `duty`, in the transaction under way.

    The rows of the worker and of the room are held first, in this order: whoever comes second
    waits, then reads that the time is taken. On SQLite the whole transaction writes alone.

    Raises: NotFree.
    """
    agents = get_user_model()._default_manager.select_for_update(no_key=True)
    name = "".join(str(agent) for agent in agents.filter(pk=worker))
    rooms = MeetingRoom.objects.select_for_update(no_key=True)
    room_name = "".join(str(one) for one in rooms.filter(pk=room)) if room else ""
    taken = Hold.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    if taken.filter(worker_id=worker).exists():
        raise NotFree(name, starts_at, ends_at, "starts_at")
    if room and taken.filter(room_id=room).exists():
        raise NotFree(room_name, starts_at, ends_at, "room")
    try:
        with transaction.atomic():
            return Hold.objects.create(
                worker_id=worker, room_id=room, starts_at=starts_at, ends_at=ends_at, **what
            )
    except IntegrityError as error:
        raise NotFree(name, starts_at, ends_at, "starts_at") from error


def release(**what: Any) -> None:
    """This function will give back the time that `appointment` or `duty` took."""
    Hold.objects.filter(**what).delete()
