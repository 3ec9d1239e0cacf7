"""The counts of activities, in the words of measures: acts that say for which line they count."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from beffroi.acts.activities import indicators as room
from beffroi.acts.activities import permissions
from beffroi.acts.activities.enums import KeyKind
from beffroi.core.actors import Actor
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope

_PREFIX = "activities."
_HOW = {
    "sessions_held": _("Les séances clôturées dans la période."),
    "hours": _("La durée des séances clôturées, de leur début à leur fin."),
    "presences": _("Les personnes pointées présentes, plus celles comptées sans nom, à chaque séance."),
    "anonymous_presences": _("Les présences comptées sans nom : jamais dans le nombre de personnes."),
    "volunteer_hours": _("Les heures que les bénévoles ont données, celles reprises exceptées."),
    "participants_unique": _(
        "Chaque personne pointée compte une fois pour toute la période ; ce nombre ne s’additionne "
        "pas d’une ligne à l’autre. Les présences sans nom sont à côté."
    ),
    "participants_new": _("Les personnes dont la première présence tombe dans la période."),
}  # fmt: skip
_KINDS = {"line", "action", "activity"}


def activity_measures() -> Iterable[Measure]:
    """This function will give the measures of activities."""
    return tuple(map(_measure, room.MEASURES.values()))


def _scope(scope: Scope) -> room.Scope:
    """The scope as the room takes it. Raises: ValueError for references of two kinds."""
    if scope.refs is None:
        return room.Scope()
    parts = {tuple(ref.split(":", 1)) for ref in scope.refs}
    kinds = {kind for kind, _key in parts}
    if len(kinds) != 1 or not kinds <= _KINDS:
        raise ValueError(f"one kind of reference is expected, not {sorted(scope.refs)}")
    kind, keys = kinds.pop(), frozenset(key for _kind, key in parts)
    if kind == "activity":
        return room.Scope(activities=frozenset(map(int, keys)))
    return room.Scope(lines=keys) if kind == "line" else room.Scope(actions=keys)


def _measure(offered: room.Measure) -> Measure:
    def count(scope: Scope) -> Decimal:
        if scope.refs == frozenset():
            return Decimal(0)
        number: Decimal = room.figure(offered.key, (scope.since, scope.until), _scope(scope))
        return number

    is_sum = offered.additivity == "additive"
    return Measure(
        f"{_PREFIX}{offered.key}", offered.label, offered.unit,
        Additivity.ADDITIVE if is_sum else Additivity.UNIQUE, _HOW.get(offered.key, ""),
        list[Choice], count=count, acts=_acts(offered.key) if is_sum else None,
        at_once=_at_once,
        beside="activities.anonymous_presences" if offered.key == "participants_unique" else "",
    )  # fmt: skip


def _at_once(scope: Scope) -> dict[tuple[str, str], Decimal]:
    period = (scope.since, scope.until)
    found: dict[tuple[str, str], Decimal] = {}
    kinds = {ref.partition(":")[0] for ref in scope.refs or ()}
    for kind in (kind for kind in KeyKind if kind in kinds):
        for name, counts in room.by_key(kind, period).items():
            found |= {(f"{_PREFIX}{k}", f"{kind}:{name}"): n for k, n in counts.items()}
    for ref in (scope.refs or frozenset()) if "activity" in kinds else ():
        if ref.startswith("activity:"):
            alone = Scope(scope.since, scope.until, frozenset({ref}))
            counts = room.figures(period, _scope(alone))
            found |= {(f"{_PREFIX}{key}", ref): number for key, number in counts.items()}
    return found


def _acts(key: str) -> Callable[[Scope, Actor], list[CountedAct]]:
    def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
        rows = room.sessions_in((scope.since, scope.until), _scope(scope))
        seen = permissions.sessions_visible_to(actor)
        rows = rows.filter(pk__in=seen.values("pk")).select_related("activity")
        return [
            CountedAct(
                row.date,
                str(row.activity),
                _amount(row, key),
                "desk:activity_session",
                (("pk", str(row.pk)),),
            )  # fmt: skip
            for row in rows.order_by("date", "pk")
        ]

    return _times if key == "volunteer_hours" else acts


def _times(scope: Scope, actor: Actor) -> list[CountedAct]:
    """The hours that volunteers gave, to whom the activity is shown."""
    rows = room.times_in((scope.since, scope.until), _scope(scope))
    seen = permissions.activities_visible_to(actor)
    rows = rows.filter(activity__in=seen.values("pk")).select_related("activity")
    return [
        CountedAct(
            row.date, str(row.activity), Decimal(row.minutes) / 60, "desk:activity_volunteers"
        )
        for row in rows.order_by("date", "pk")
    ]


def _amount(session: Any, key: str) -> Decimal:
    amounts = {
        "sessions_held": Decimal(1), "hours": Decimal(session.minutes or 0) / 60,
        "presences": Decimal(session.named_count + session.anonymous_count),
        "anonymous_presences": Decimal(session.anonymous_count),
    }  # fmt: skip
    return amounts[key]
