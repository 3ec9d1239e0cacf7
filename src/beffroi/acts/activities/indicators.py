"""What this room counts, for a period and a scope: each measure says whether it may be added up.

A period is (first day, last day), both included. Only closed sessions count. Presences are sums of
the frozen counts of sessions; people are counted from who was there, once each for the whole scope,
whichever names the person of the house was merged under. Anonymous presences stand beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Min, Q, QuerySet, Sum, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import KeyKind, Presence, SessionState
from beffroi.acts.activities.models import Attendance, Session, VolunteerTime
from beffroi.people import queries as people

Period = tuple[date, date]


class Additivity(StrEnum):
    """What may be done with two counts: add them up, or only count again for both together."""

    ADDITIVE = "additive"
    UNIQUE = "unique_over_period"


@dataclass(frozen=True)
class Measure:
    """A count this room can give."""

    key: str
    label: str | Promise
    unit: str | Promise
    additivity: Additivity


MEASURES: dict[str, Measure] = {
    one.key: one
    for one in (
        Measure("sessions_held", _("Séances tenues"), _("séances"), Additivity.ADDITIVE),
        Measure("hours", _("Heures d’activité"), _("heures"), Additivity.ADDITIVE),
        Measure("presences", _("Présences, nommées et sans nom"), _("présences"), Additivity.ADDITIVE),
        Measure("anonymous_presences", _("Présences sans nom"), _("présences"), Additivity.ADDITIVE),
        Measure("volunteer_hours", _("Heures bénévoles"), _("heures"), Additivity.ADDITIVE),
        Measure("participants_unique", _("Personnes différentes"), _("personnes"), Additivity.UNIQUE),
        Measure("participants_new", _("Nouvelles personnes"), _("personnes"), Additivity.UNIQUE),
    )
}  # fmt: skip
#: Kept in minutes, given in hours.
_IN_HOURS = ("hours", "volunteer_hours")
_SUMS: dict[str, Any] = {
    "sessions_held": Count("pk"),
    "hours": Sum("minutes"),
    "presences": Sum(F("named_count") + F("anonymous_count")),
    "anonymous_presences": Sum("anonymous_count"),
}


@dataclass(frozen=True)
class Scope:
    """Which acts: those of lines of the plan, of actions, of places, of activities; all without any.

    Named together, each narrows the others.
    """

    lines: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    places: frozenset[UUID] = frozenset()
    activities: frozenset[int] = frozenset()

    @property
    def keys(self) -> tuple[tuple[KeyKind, frozenset[str]], ...]:
        """This property gives the keys asked, by kind, without the kinds that are not."""
        asked = ((KeyKind.LINE, self.lines), (KeyKind.ACTION, self.actions))
        return tuple((kind, keys) for kind, keys in asked if keys)


def sessions_in(period: Period | None, scope: Scope) -> QuerySet[Session]:
    """This function will give the closed sessions of a period and a scope: the acts of a figure."""
    rows = Session.objects.filter(state=SessionState.HELD).order_by()
    if period is not None:
        rows = rows.filter(date__gte=period[0], date__lte=period[1])
    if scope.places:
        rows = rows.filter(place__in=scope.places)
    if scope.activities:
        rows = rows.filter(activity__in=scope.activities)
    for kind, keys in scope.keys:
        rows = rows.filter(pk__in=_counted_to(kind, keys).values("pk"))
    return rows


def _counted_to(kind: KeyKind, keys: frozenset[str]) -> QuerySet[Session]:
    return Session.objects.filter(_key_holds("date"), activity__keys__kind=kind, activity__keys__key__in=keys).order_by()  # fmt: skip


def _key_holds(day: str, path: str = "") -> Q:
    """The key of an activity holds on the day of the session."""
    keys = f"{path}activity__keys__"
    return Q(**{f"{keys}since_date__lte": F(day)}) & (
        Q(**{f"{keys}until_date__isnull": True}) | Q(**{f"{keys}until_date__gte": F(day)})
    )


def _identity(path: str = "participant") -> Case:
    """One number for each person: of the person kept after merges, or of the participant alone."""
    person = f"{path}__person"
    merged = [
        When(**{person: pk}, then=Value(kept * 2))
        for pk, kept in people.kept_for_absorbed().items()
    ]
    return Case(
        *merged,
        When(**{f"{person}__isnull": False}, then=F(f"{person}_id") * 2),
        default=F(f"{path}_id") * 2 + 1,
    )


def times_in(period: Period, scope: Scope) -> QuerySet[VolunteerTime]:
    """This function will give the hours of volunteers of a period and a scope: acts of a figure."""
    rows = VolunteerTime.objects.filter(
        taken_back_at__isnull=True, date__gte=period[0], date__lte=period[1]
    ).order_by()
    if scope.places:
        rows = rows.filter(activity__place__in=scope.places)
    if scope.activities:
        rows = rows.filter(activity__in=scope.activities)
    for kind, keys in scope.keys:
        held = VolunteerTime.objects.filter(
            _key_holds("date"), activity__keys__kind=kind, activity__keys__key__in=keys
        )
        rows = rows.filter(pk__in=held.order_by().values("pk"))
    return rows


def _present(sessions: QuerySet[Session]) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        session__in=sessions.values("pk"), state=Presence.PRESENT
    ).order_by()


def _number(measure: str, found: Any) -> Decimal:
    value = Decimal(found or 0)
    return (value / 60).quantize(Decimal("0.01")) if measure in _IN_HOURS else value


def figure(measure: str, period: Period, scope: Scope = Scope()) -> Decimal:
    """This function will count one measure for a period and a scope, in its unit.

    Raises: KeyError for a measure that is not of this room.
    """
    if measure in _SUMS:
        found = sessions_in(period, scope).aggregate(n=_SUMS[measure])["n"]
        return _number(measure, found)
    if measure == "volunteer_hours":
        return _number(measure, times_in(period, scope).aggregate(n=Sum("minutes"))["n"])
    if MEASURES[measure].key == "participants_unique":
        rows = _present(sessions_in(period, scope))
        return Decimal(rows.aggregate(n=Count(_identity(), distinct=True))["n"])
    ever = _present(sessions_in((date.min, period[1]), scope))
    firsts = ever.values(who=_identity()).annotate(first=Min("session__date"))
    return Decimal(firsts.filter(first__gte=period[0]).count())


def figures(period: Period, scope: Scope = Scope()) -> dict[str, Decimal]:
    """This function will count every measure of this room for a period and a scope."""
    sums = sessions_in(period, scope).aggregate(**_SUMS)
    found = {name: _number(name, value) for name, value in sums.items()}
    others = [name for name in MEASURES if name not in found]
    return found | {name: figure(name, period, scope) for name in others}


def by_key(kind: KeyKind, period: Period) -> dict[str, dict[str, Decimal]]:
    """This function will count every measure of a period for each line, or each action, at once.

    People are counted once in each key; over keys they may not be added up.
    """
    keyed = Session.objects.filter(
        _key_holds("date"), state=SessionState.HELD, activity__keys__kind=kind,
        date__gte=period[0], date__lte=period[1],
    ).order_by()  # fmt: skip
    found: dict[str, dict[str, Decimal]] = {}
    for row in keyed.values(key=F("activity__keys__key")).annotate(**_SUMS):
        found[row["key"]] = {name: _number(name, row[name]) for name in _SUMS}  # type: ignore[literal-required]
    for key, minutes in _volunteers_by_key(kind, period):
        found.setdefault(key, {})["volunteer_hours"] = _number("volunteer_hours", minutes)
    for key, counts in _people_by_key(kind, period).items():
        found.setdefault(key, {}).update(counts)
    return {
        key: {name: counts.get(name, Decimal(0)) for name in MEASURES}
        for key, counts in found.items()
    }


def _volunteers_by_key(kind: KeyKind, period: Period) -> list[tuple[str, int]]:
    rows = times_in(period, Scope()).filter(_key_holds("date"), activity__keys__kind=kind)
    return list(rows.values_list("activity__keys__key").annotate(n=Sum("minutes")))


def _people_by_key(kind: KeyKind, period: Period) -> Mapping[str, dict[str, Decimal]]:
    rows = (
        Attendance.objects.filter(
            _key_holds("session__date", "session__"), state=Presence.PRESENT,
            session__state=SessionState.HELD, session__date__lte=period[1],
            session__activity__keys__kind=kind,
        )
        .order_by()
        .values_list(F("session__activity__keys__key"), _identity())
        .annotate(first=Min("session__date"), n=Count("pk", filter=Q(session__date__gte=period[0])))
    )  # fmt: skip
    found: dict[str, dict[str, Decimal]] = {}
    for key, _who, first, count in rows.iterator(chunk_size=5000):
        if not count:
            continue
        counts = found.setdefault(
            key, {"participants_unique": Decimal(0), "participants_new": Decimal(0)}
        )
        counts["participants_unique"] += 1
        counts["participants_new"] += first >= period[0]
    return found
