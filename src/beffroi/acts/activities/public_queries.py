"""What may be told to anybody: the next sessions that are announced; and presences by house.

Presences by house and quarter are counts as they are: whoever prints them protects them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, Sum
from django.db.models.functions import ExtractQuarter

from beffroi.acts.activities.enums import Enrolment, SessionState
from beffroi.acts.activities.models import Session
from beffroi.core.counting import KeyKind, holds_on


@dataclass(frozen=True)
class NextDate:
    """A session to come that is announced: what, where, when, and to which lines it counts."""

    session: int
    activity: int
    name: str
    purpose: str
    place: UUID
    place_name: str
    place_key: str
    place_locality: str
    place_postal_code: str
    starts_at: datetime
    ends_at: datetime
    #: One enrols for it; otherwise one comes.
    enrols: bool
    lines: frozenset[str]
    actions: frozenset[str]


def presences_by_place(
    lines: Collection[str], since: date, until: date
) -> dict[str, dict[tuple[str, int], int]]:
    """This function will count presences, named or not, of lines by house and quarter (1 to 4).

    Both days are included; only closed sessions count.
    """
    rows = Session.objects.filter(
        holds_on("date", "activity__keys"), state=SessionState.HELD, date__range=(since, until),
        activity__keys__kind=KeyKind.LINE, activity__keys__key__in=list(lines),
    ).order_by()  # fmt: skip
    counted = rows.values_list(
        F("activity__keys__key"), F("place__name"), ExtractQuarter("date")
    ).annotate(n=Sum(F("named_count") + F("anonymous_count")))
    found: dict[str, dict[tuple[str, int], int]] = {}
    for line, place, quarter, count in counted:
        found.setdefault(line, {})[place, quarter] = count or 0
    return found


def next_dates(
    lines: Collection[str], actions: Collection[str], at: datetime, until: datetime, most: int = 60
) -> list[NextDate]:
    """This function will give the sessions to come of lines and actions, announced to the public.

    They start after `at` and before `until`, the first first; none is at somebody’s home.
    """
    counts = Q(activity__keys__kind=KeyKind.LINE, activity__keys__key__in=list(lines)) | Q(
        activity__keys__kind=KeyKind.ACTION, activity__keys__key__in=list(actions)
    )
    rows = Session.objects.filter(
        holds_on("date", "activity__keys"), counts, state=SessionState.PLANNED,
        activity__is_public=True, is_home=False, starts_at__gt=at, starts_at__lt=until,
    ).order_by("starts_at", "pk")  # fmt: skip
    keyed = rows.values_list("pk", F("activity__keys__kind"), F("activity__keys__key"))
    keys: dict[int, set[tuple[str, str]]] = {}
    for pk, kind, key in keyed[: most * 4]:
        if pk in keys or len(keys) < most:
            keys.setdefault(pk, set()).add((kind, key))
    sessions = Session.objects.filter(pk__in=list(keys)).order_by("starts_at", "pk")
    return [_date(row, keys[row.pk]) for row in sessions.select_related("activity", "place")]


def _date(row: Session, keys: set[tuple[str, str]]) -> NextDate:
    one = row.activity
    return NextDate(
        row.pk, one.pk, one.name, one.purpose, row.place_id, row.place.name, row.place.key,
        row.place.locality, row.place.postal_code, row.starts_at, row.ends_at, one.enrolment != Enrolment.NONE,
        frozenset(key for kind, key in keys if kind == KeyKind.LINE),
        frozenset(key for kind, key in keys if kind == KeyKind.ACTION),
    )  # fmt: skip
