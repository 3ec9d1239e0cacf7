"""How the acts of this room are added up: by family of acts, for one scope or many keys at once."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, F, Model, Q, QuerySet, Sum

from beffroi.acts.supplies.enums import StubKind
from beffroi.acts.supplies.models import (
    Gardener,
    GiftCard,
    Handout,
    Holding,
    Opening,
    Passage,
    Stub,
)
from beffroi.core.counting import KeyKind, holds_on, refs_by_kind
from beffroi.core.measures import Scope
from beffroi.core.text import whole_numbers
from beffroi.people import queries as people

#: Kept in grams, given in kilograms.
IN_KILOGRAMS = frozenset({"kg_out", "donnerie_kg"})


@dataclass(frozen=True)
class Family:
    """Acts of one kind that add up: their day, the way to their site, and what each adds."""

    model: type[Model]
    site: str
    day: str
    counts: Q
    sums: Mapping[str, Any]
    #: The field that each sum adds; nothing for a count of the acts themselves.
    fields: Mapping[str, str]


def _family(model: type[Model], site: str, day: str, counts: Q, **fields: str) -> Family:
    sums = {name: Sum(field) if field else Count("pk") for name, field in fields.items()}
    return Family(model, site, day, counts, sums, fields)


FAMILIES = (
    _family(
        Passage, "site", "date", Q(cancelled_at__isnull=True),
        passages="", kg_out="grams", points_out="points", turnover="paid",
    ),
    _family(Handout, "batch__site", "date", Q(), tickets_handed="quantity"),
    _family(
        Stub, "handout__batch__site", "date", Q(kind=StubKind.USED), tickets_used="quantity"
    ),
    _family(GiftCard, "campaign__site", "handed_date", Q(handed_date__isnull=False), gifts_handed=""),
    _family(
        Opening, "site", "date", Q(taken_back_at__isnull=True),
        donnerie_openings="", donnerie_items="items_out", donnerie_kg="grams_out",
    ),
)  # fmt: skip
FAMILY_OF = {name: family for family in FAMILIES for name in family.sums}


def _holds_then(day: date) -> Callable[[str], Q]:
    """A key holds on a day that is the same for all: the last of the period."""

    def held(path: str) -> Q:
        return Q(**{f"{path}__since_date__lte": day}) & (
            Q(**{f"{path}__until_date__isnull": True}) | Q(**{f"{path}__until_date__gte": day})
        )

    return held


def _within(
    rows: QuerySet[Any], site: str, scope: Scope, held: Callable[[str], Q]
) -> QuerySet[Any]:
    asked = refs_by_kind(scope)
    if asked is None:
        return rows
    one_of = Q(pk__in=[])
    path = f"{site}__keys"
    for kind, keys in asked.items():
        if kind in KeyKind.values:
            named = Q(**{f"{path}__kind": kind, f"{path}__key__in": keys})
            counted = rows.model._default_manager.filter(held(path), named)
            one_of |= Q(pk__in=counted.order_by().values("pk"))
        elif kind == "site":
            one_of |= Q(**{f"{site}__in": whole_numbers(keys)})
    return rows.filter(one_of)


def acts_in(family: Family, scope: Scope) -> QuerySet[Any]:
    """This function will give the acts of a family in a scope."""
    period = {f"{family.day}__range": (scope.since, scope.until)}
    rows = family.model._default_manager.filter(family.counts, **period).order_by()
    return _within(rows, family.site, scope, partial(holds_on, family.day))


def number(name: str, found: Any) -> Decimal:
    """This function will give a sum in the unit of its measure."""
    value = Decimal(found or 0)
    if name in IN_KILOGRAMS:
        return (value / 1000).quantize(Decimal("0.001"))
    return value.quantize(Decimal("0.01")) if name in ("points_out", "turnover") else value


def added(name: str, scope: Scope) -> Decimal:
    """This function will add up one measure for a scope."""
    family = FAMILY_OF[name]
    return number(name, acts_in(family, scope).aggregate(n=family.sums[name])["n"])


def _one(kind: str, row: int, person: int | None, kept: Mapping[int, int]) -> tuple[str, int]:
    return (kind, row) if person is None else ("person", kept.get(person, person))


def open_days_in(scope: Scope) -> QuerySet[Any]:
    """This function will give (site, day) of each day on which a grocery handed something over."""
    rows = acts_in(FAMILY_OF["passages"], scope).values_list("site", "date")
    days: QuerySet[Any] = rows.distinct().order_by("date", "site")
    return days


def households_of(rows: Iterable[tuple[int, int | None, int]]) -> dict[tuple[str, int], int]:
    """This function will give each household once, with its size at its last passage.

    `rows` are (card, person, people), the oldest first.
    """
    kept = people.kept_for_absorbed()
    return {_one("card", card, person, kept): size for card, person, size in rows}


def passages_by_time(scope: Scope) -> Any:
    """This function will give (card, person, people) of the passages of a scope, oldest first."""
    rows = acts_in(FAMILY_OF["passages"], scope).order_by("at", "pk")
    return rows.values_list("card", "card__person", "people")


def holdings_in(scope: Scope) -> QuerySet[Holding]:
    """This function will give the plots that were held on some day of a scope.

    A holding counts to what its garden counted to on the last day of the period.
    """
    rows = Holding.objects.filter(since_date__lte=scope.until).order_by()
    rows = rows.filter(Q(until_date__isnull=True) | Q(until_date__gte=scope.since))
    return _within(rows, "plot__site", scope, _holds_then(scope.until))


def gardeners_of(rows: Iterable[tuple[int, int | None]]) -> frozenset[Hashable]:
    """This function will give each gardener once; `rows` are (gardener, person)."""
    kept = people.kept_for_absorbed()
    return frozenset(_one("gardener", row, person, kept) for row, person in rows)


def held_on_last_day(scope: Scope) -> QuerySet[Holding]:
    """This function will give the plots held at the end of the last day of a scope."""
    last = replace(scope, since=scope.until)
    still = Q(until_date__isnull=True) | Q(until_date__gt=scope.until)
    return holdings_in(last).filter(still)


def waiting_on_last_day(scope: Scope) -> QuerySet[Gardener]:
    """This function will give who waits for a plot at the end of the last day of a scope."""
    rows = Gardener.objects.filter(asked_date__lte=scope.until).order_by()
    rows = rows.filter(Q(settled_date__isnull=True) | Q(settled_date__gt=scope.until))
    return _within(rows, "site", scope, _holds_then(scope.until))


def keyed(rows: QuerySet[Any], site: str, kind: str, held: Callable[[str], Q]) -> QuerySet[Any]:
    """This function will give acts once for each key of a kind that held, with it as `named`."""
    path = f"{site}__keys"
    kept = rows.filter(held(path), **{f"{path}__kind": kind})
    named: QuerySet[Any] = kept.annotate(named=F(f"{path}__key"))
    return named


def sums_by_key(kind: str, scope: Scope) -> dict[str, dict[str, Decimal]]:
    """This function will add up every measure for each line, or each action, family by family."""
    found: dict[str, dict[str, Decimal]] = {}
    every = replace(scope, refs=None)
    for family in FAMILIES:
        rows = keyed(acts_in(family, every), family.site, kind, partial(holds_on, family.day))
        for row in rows.values("named").annotate(**family.sums):
            counts = found.setdefault(row["named"], {})
            counts |= {name: number(name, row[name]) for name in family.sums}
    days = keyed(acts_in(FAMILY_OF["passages"], every), "site", kind, partial(holds_on, "date"))
    for key, _site, _day in days.values_list("named", "site", "date").distinct():
        counts = found.setdefault(key, {})
        counts["open_days"] = counts.get("open_days", Decimal(0)) + 1
    then = _holds_then(scope.until)
    plots = keyed(held_on_last_day(every), "plot__site", kind, then)
    for row in plots.values("named").annotate(n=Count("pk"), m2=Sum("plot__surface")):
        found.setdefault(row["named"], {}).update(plots_held=Decimal(row["n"]), m2_held=row["m2"])
    waiting = keyed(waiting_on_last_day(every), "site", kind, then)
    for row in waiting.values("named").annotate(n=Count("pk")):
        found.setdefault(row["named"], {})["waiting"] = Decimal(row["n"])
    return found


def people_by_key(kind: str, scope: Scope) -> dict[str, dict[str, Decimal]]:
    """This function will count households and gardeners once in each line, or each action."""
    every = replace(scope, refs=None)
    by_day = partial(holds_on, "date")
    passages = keyed(acts_in(FAMILY_OF["passages"], every), "site", kind, by_day)
    homes: dict[str, list[Any]] = {}
    rows = passages.order_by("at", "pk").values_list("named", "card", "card__person", "people")
    for key, *row in rows.iterator(chunk_size=5000):
        homes.setdefault(key, []).append(row)
    gardens: dict[str, list[Any]] = {}
    held = keyed(holdings_in(every), "plot__site", kind, _holds_then(scope.until))
    for key, *row in held.values_list("named", "gardener", "gardener__person"):
        gardens.setdefault(key, []).append(row)
    found: dict[str, dict[str, Decimal]] = {}
    for key, some in homes.items():
        sizes = households_of(some)
        served = Decimal(sum(sizes.values()))
        found[key] = {"households": Decimal(len(sizes)), "people_served": served}
    for key, some in gardens.items():
        found.setdefault(key, {})["gardeners"] = Decimal(len(gardeners_of(some)))
    return found
