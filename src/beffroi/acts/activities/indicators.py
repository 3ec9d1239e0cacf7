"""What this room counts, for a period and a scope: each measure says whether it may be added up.

Only closed sessions count. Presences are sums of the frozen counts of sessions; people are counted
from who was there, once each for the whole scope, whichever names the person of the house was
merged under. Presences without a name stand beside. A scope asks for `line:12`, `action:5.5.01`,
`activity:<number>` or `place:<key>`.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Count, F, Min, Model, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities.enums import Presence, SessionState
from beffroi.acts.activities.models import (
    Activity,
    Attendance,
    CashLine,
    Incident,
    Session,
    VolunteerTime,
)
from beffroi.acts.activities.permissions import (
    activities_visible_to,
    cash_visible_to,
    incidents_visible_to,
    sessions_visible_to,
)
from beffroi.core.actors import Actor
from beffroi.core.counting import KeyKind, holds_on, refs_by_kind
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope
from beffroi.core.text import whole_numbers
from beffroi.people import queries as people

_M = TypeVar("_M", bound=Model)
_ROOM = "activities."
#: Kept in minutes, given in hours.
_IN_HOURS = ("hours", "volunteer_hours")
_OF_THINGS = ("sessions_held", "hours")
_SUMS: dict[str, Any] = {
    "sessions_held": Count("pk"),
    "hours": Sum("minutes"),
    "sessions_at_home": Count("pk", filter=Q(is_home=True)),
    "presences": Sum(F("named_count") + F("anonymous_count")),
    "anonymous_presences": Sum("anonymous_count"),
}
_PEOPLE = ("participants_unique", "participants_new")


def sessions_in(scope: Scope) -> QuerySet[Session]:
    """This function will give the closed sessions of a scope: the acts of a figure."""
    rows = Session.objects.filter(state=SessionState.HELD, date__range=(scope.since, scope.until))
    return _within(rows.order_by(), scope, place="place")


def times_in(scope: Scope) -> QuerySet[VolunteerTime]:
    """This function will give the hours that volunteers gave in a scope: the acts of a figure."""
    rows = VolunteerTime.objects.filter(
        taken_back_at__isnull=True, date__range=(scope.since, scope.until)
    )
    return _within(rows.order_by(), scope, place="activity__place")


def _within(
    rows: QuerySet[_M], scope: Scope, *, place: str, activity: str = "activity"
) -> QuerySet[_M]:
    asked = refs_by_kind(scope)
    if asked is None:
        return rows
    one_of = Q(pk__in=[])
    for kind, keys in asked.items():
        if kind in KeyKind.values:
            counted = rows.model._default_manager.filter(
                holds_on("date", f"{activity}__keys"),
                **{f"{activity}__keys__kind": kind, f"{activity}__keys__key__in": keys},
            )
            one_of |= Q(pk__in=counted.order_by().values("pk"))
        elif kind == "activity":
            one_of |= Q(**{f"{activity}__in": whole_numbers(keys)})
        elif kind == "place":
            one_of |= Q(**{f"{place}__in": _uuids(keys)})
    return rows.filter(one_of)


def _uuids(keys: Iterable[str]) -> list[UUID]:
    """The keys that can be those of a place; the others name none."""
    found = []
    for key in keys:
        with suppress(ValueError):
            found.append(UUID(key))
    return found


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


def _present(scope: Scope) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        session__in=sessions_in(scope).values("pk"), state=Presence.PRESENT
    ).order_by()


def _number(name: str, found: Any) -> Decimal:
    value = Decimal(found or 0)
    return (value / 60).quantize(Decimal("0.01")) if name in _IN_HOURS else value


def _sum(name: str) -> Callable[[Scope], Decimal]:
    return lambda scope: _number(name, sessions_in(scope).aggregate(n=_SUMS[name])["n"])


def _volunteer_hours(scope: Scope) -> Decimal:
    return _number("volunteer_hours", times_in(scope).aggregate(n=Sum("minutes"))["n"])


def _unique(scope: Scope) -> Decimal:
    return Decimal(_present(scope).aggregate(n=Count(_identity(), distinct=True))["n"])


def _new(scope: Scope) -> Decimal:
    ever = _present(replace(scope, since=date.min))
    firsts = ever.values(who=_identity()).annotate(first=Min("session__date"))
    return Decimal(firsts.filter(first__gte=scope.since).count())


def _who(scope: Scope) -> frozenset[Hashable]:
    """Who was there: people of the house as every room names them, participants by their own."""
    numbers = _present(scope).values_list(_identity(), flat=True).distinct()
    kinds = ("person", "participant")
    return frozenset((kinds[number % 2], number // 2) for number in numbers)


def _at_once(scope: Scope) -> dict[tuple[str, str], Decimal]:
    """Every measure for each line, or each action, in four queries; activities one by one."""
    found: dict[tuple[str, str], Decimal] = {}
    for kind, keys in (refs_by_kind(scope) or {}).items():
        counted = _by_key(kind, scope) if kind in KeyKind.values else {}
        for key in keys:
            ref = f"{kind}:{key}"
            alone = replace(scope, refs=frozenset({ref}))
            counts = counted.get(key, {}) if kind in KeyKind.values else figures(alone)
            found |= {(f"{_ROOM}{name}", ref): number for name, number in counts.items()}
    return found


def figures(scope: Scope) -> dict[str, Decimal]:
    """This function will count every measure of this room for one scope."""
    sums = sessions_in(scope).aggregate(**_SUMS)
    return {name: _number(name, value) for name, value in sums.items()} | {
        "volunteer_hours": _volunteer_hours(scope),
        "participants_unique": _unique(scope),
        "participants_new": _new(scope),
    }


def _by_key(kind: str, scope: Scope) -> dict[str, dict[str, Decimal]]:
    keyed = Session.objects.filter(
        holds_on("date", "activity__keys"), state=SessionState.HELD, activity__keys__kind=kind,
        date__range=(scope.since, scope.until),
    ).order_by()  # fmt: skip
    found: dict[str, dict[str, Decimal]] = {}
    for row in keyed.values(named=F("activity__keys__key")).annotate(**_SUMS):
        found[row["named"]] = {name: _number(name, row[name]) for name in _SUMS}  # type: ignore[literal-required]
    times = times_in(replace(scope, refs=None)).filter(
        holds_on("date", "activity__keys"), activity__keys__kind=kind
    )
    for key, minutes in times.values_list("activity__keys__key").annotate(n=Sum("minutes")):
        found.setdefault(key, {})["volunteer_hours"] = _number("volunteer_hours", minutes)
    for key, counts in _people_by_key(kind, scope).items():
        found.setdefault(key, {}).update(counts)
    return found


def _people_by_key(kind: str, scope: Scope) -> Mapping[str, dict[str, Decimal]]:
    inside = Count("pk", filter=Q(session__date__gte=scope.since))
    rows = (
        Attendance.objects.filter(
            holds_on("session__date", "session__activity__keys"), state=Presence.PRESENT,
            session__state=SessionState.HELD, session__date__lte=scope.until,
            session__activity__keys__kind=kind,
        )
        .order_by()
        .values_list(F("session__activity__keys__key"), _identity())
        .annotate(first=Min("session__date"), n=inside)
    )  # fmt: skip
    found: dict[str, dict[str, Decimal]] = {}
    for key, _one, first, count in rows.iterator(chunk_size=5000):
        if not count:
            continue
        counts = found.setdefault(key, dict.fromkeys(_PEOPLE, Decimal(0)))
        counts["participants_unique"] += 1
        counts["participants_new"] += first >= scope.since
    return found


def _sessions_behind(name: str) -> Callable[[Scope, Actor], list[CountedAct]]:
    def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
        rows = sessions_in(scope).filter(pk__in=sessions_visible_to(actor).values("pk"))
        return [
            CountedAct(
                row.date, str(row.activity), _amount(row, name), "desk:activity_session",
                (("pk", str(row.pk)),),
            )
            for row in rows.select_related("activity").order_by("date", "pk")
        ]  # fmt: skip

    return acts


def _amount(session: Session, name: str) -> Decimal:
    amounts = {
        "sessions_held": Decimal(1), "hours": Decimal(session.minutes or 0) / 60,
        "presences": Decimal(session.presences),
        "anonymous_presences": Decimal(session.anonymous_count or 0),
        "sessions_at_home": Decimal(session.is_home),
    }  # fmt: skip
    return amounts[name]


def _times_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    """The hours that volunteers gave, to whom the activity is shown."""
    rows = times_in(scope).filter(activity__in=activities_visible_to(actor).values("pk"))
    return [
        CountedAct(
            row.date, str(row.activity), Decimal(row.minutes) / 60, "desk:activity_volunteers"
        )
        for row in rows.select_related("activity").order_by("date", "pk")
    ]


def _choices() -> list[Choice]:
    return [
        Choice(f"activity:{one.pk}", str(one)) for one in Activity.objects.order_by("name", "pk")
    ]


def _added(name: str, label: Any, unit: Any, how: Any) -> Measure:
    return Measure(
        f"{_ROOM}{name}", label, unit, Additivity.ADDITIVE, how, _choices, count=_sum(name),
        acts=_sessions_behind(name), at_once=_at_once, of_things=name in _OF_THINGS,
    )  # fmt: skip


def fees_in(scope: Scope) -> QuerySet[CashLine]:
    """This function will give what came in and went back in a scope, in euros."""
    rows = CashLine.objects.filter(date__range=(scope.since, scope.until)).order_by()
    return _within(rows, scope, place="place", activity="fee__activity")


def incidents_in(scope: Scope) -> QuerySet[Incident]:
    """This function will give the incidents of a scope."""
    rows = Incident.objects.filter(date__range=(scope.since, scope.until)).order_by()
    return _within(rows, scope, place="activity__place")


def _fees(scope: Scope) -> Decimal:
    return Decimal(fees_in(scope).aggregate(n=Sum("amount"))["n"] or 0).quantize(Decimal("0.01"))


def _incidents(scope: Scope) -> Decimal:
    return Decimal(incidents_in(scope).count())


def _beside_at_once(scope: Scope) -> dict[tuple[str, str], Decimal]:
    """Fees and incidents for each line, or each action, in two queries; the others one by one."""
    found: dict[tuple[str, str], Decimal] = {}
    whole = replace(scope, refs=None)
    for kind, keys in (refs_by_kind(scope) or {}).items():
        for name, rows, path, adds, count in (
            ("fees", fees_in(whole), "fee__activity__keys", Sum("amount"), _fees),
            ("incidents", incidents_in(whole), "activity__keys", Count("pk"), _incidents),
        ):
            if kind in KeyKind.values:
                held = rows.filter(holds_on("date", path), **{f"{path}__kind": kind})
                counted = dict(held.values_list(F(f"{path}__key")).annotate(n=adds))
            else:
                counted = {
                    key: count(replace(scope, refs=frozenset({f"{kind}:{key}"}))) for key in keys
                }
            for key in keys & counted.keys():
                found[f"{_ROOM}{name}", f"{kind}:{key}"] = Decimal(counted[key])
    return found


def _fees_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    """The receipts, without a name, to whom keeps that cash."""
    rows = fees_in(scope).filter(pk__in=cash_visible_to(actor).values("pk"))
    return [
        CountedAct(row.date, row.receipt, row.amount, "desk:activity_cash")
        for row in rows.order_by("receipt")
    ]


def _incidents_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    rows = incidents_in(scope).filter(pk__in=incidents_visible_to(actor).values("pk"))
    return [
        CountedAct(
            row.date, str(row.activity), Decimal(1), "desk:activity_incident",
            (("pk", str(row.pk)),),
        )
        for row in rows.select_related("activity").order_by("date", "pk")
    ]  # fmt: skip


MEASURES = (
    _added(
        "sessions_held", _("Séances tenues"), _("séances"),
        _("Les séances clôturées dans la période."),
    ),
    _added(
        "hours", _("Heures d’activité"), _("heures"),
        _("La durée des séances clôturées, de leur début à leur fin."),
    ),
    _added(
        "sessions_at_home", _("Séances à domicile"), _("séances"),
        _("Les séances clôturées qui ont eu lieu chez quelqu’un ; où, n’est gardé nulle part."),
    ),
    _added(
        "presences", _("Présences, nommées et sans nom"), _("présences"),
        _("Les personnes pointées présentes, plus celles comptées sans nom, à chaque séance."),
    ),
    _added(
        "anonymous_presences", _("Présences sans nom"), _("présences"),
        _("Les présences comptées sans nom : jamais dans le nombre de personnes."),
    ),
    Measure(
        f"{_ROOM}volunteer_hours", _("Heures bénévoles"), _("heures"), Additivity.ADDITIVE,
        _("Les heures que les bénévoles ont données, celles reprises exceptées."),
        _choices, count=_volunteer_hours, acts=_times_behind, at_once=_at_once, of_things=True,
    ),
    Measure(
        f"{_ROOM}fees", _("Participations aux frais"), _("€"), Additivity.ADDITIVE,
        _("Ce qui est encaissé en espèces ou par carte, moins ce qui est remboursé ; ce qui reste dû n’y est pas."),
        _choices, count=_fees, acts=_fees_behind, at_once=_beside_at_once,
    ),
    Measure(
        f"{_ROOM}incidents", _("Incidents"), _("incidents"), Additivity.ADDITIVE,
        _("Les incidents notés dans la période, quelle que soit leur gravité."),
        _choices, count=_incidents, acts=_incidents_behind, at_once=_beside_at_once,
    ),
    Measure(
        f"{_ROOM}participants_unique", _("Personnes différentes"), _("personnes"),
        Additivity.UNIQUE,
        _(
            "Chaque personne pointée compte une fois pour toute la période ; ce nombre ne "
            "s’additionne pas d’une ligne à l’autre. Les présences sans nom sont à côté."
        ),
        _choices, count=_unique, people=_who, at_once=_at_once,
        beside=f"{_ROOM}anonymous_presences",
    ),
    Measure(
        f"{_ROOM}participants_new", _("Nouvelles personnes"), _("personnes"), Additivity.UNIQUE,
        _("Les personnes dont la première présence tombe dans la période."),
        _choices, count=_new, at_once=_at_once,
    ),
)  # fmt: skip
