"""What this room counts: nights, guests, beds, visits, refusals; each says how it adds up.

Only closed nights and days count, by the last row of their counts. Guests are counted once for the
whole scope, whichever aliases were joined and however often the person of the house was merged:
who sleeps and who comes by day are counted again together, never added. A scope asks for `line:12`,
`action:2.4.01`, `house:<number>` or `site:<key of a place>`.
"""

from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, Min, Model, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from beffroi.acts.stays.enums import SLEEPS, OpeningState, RefusalReason, Sex
from beffroi.acts.stays.models import Guest, House, HouseKey, Opening, Refusal, Stay, Visit
from beffroi.acts.stays.permissions import openings_visible_to
from beffroi.acts.stays.workflow import COUNTS
from beffroi.core.actors import Actor
from beffroi.core.counting import KeyKind, holds_on, refs_by_kind
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope
from beffroi.core.text import whole_numbers
from beffroi.people import queries as people

_ROOM = "stays."
_M = TypeVar("_M", bound=Model)
_Who = frozenset[Hashable]
_SLEEPS, _DAYS = Q(house__kind__in=SLEEPS), ~Q(house__kind__in=SLEEPS)


def openings_in(scope: Scope) -> QuerySet[Opening]:
    """This function will give the closed nights and days of a scope: the acts of a figure."""
    return within(Opening.objects.order_by(), scope)


def within(rows: QuerySet[_M], scope: Scope, path: str = "") -> QuerySet[_M]:
    """This function will keep the rows whose opening, by `path`, is closed and in the scope.

    Whether a house counts to a line is asked of its few keys, row by row: nothing is joined, so
    that a database that knows nothing yet of its tables stays quick.
    """
    rows = rows.filter(**{
        f"{path}state": OpeningState.CLOSED, f"{path}date__range": (scope.since, scope.until),
    })  # fmt: skip
    asked = refs_by_kind(scope)
    if asked is None:
        return rows
    one_of = Q(pk__in=[])
    day = OuterRef(f"{path}date")
    for kind, keys in asked.items():
        if kind in KeyKind.values:
            held = HouseKey.objects.filter(
                Q(until_date__isnull=True) | Q(until_date__gte=day), since_date__lte=day,
                house=OuterRef(f"{path}house"), kind=kind, key__in=keys,
            )  # fmt: skip
            one_of |= Q(Exists(held))
        elif kind == "house":
            one_of |= Q(**{f"{path}house__in": whole_numbers(keys)})
        elif kind == "site":
            one_of |= Q(**{f"{path}house__place__in": _uuids(keys)})
    return rows.filter(one_of)


def _uuids(keys: frozenset[str]) -> list[UUID]:
    """The keys that can be those of a place; the others name none."""
    found = []
    for key in keys:
        with suppress(ValueError):
            found.append(UUID(key))
    return found


# --- sums of frozen counts

_SUMS: dict[str, Any] = {
    "nights": Sum("slept"),
    "nights_unnamed": Sum("slept_unnamed"),
    "dog_nights": Sum("dogs"),
    "nights_open": Count("pk", filter=_SLEEPS),
    "day_visits": Sum("visits"),
    "visits_unnamed": Sum("visits_unnamed"),
    "days_open": Count("pk", filter=_DAYS),
    "refusals": Sum("refused"),
    "refusals_full": Sum("refused_full"),
    "meals": Sum("meals"),
    "showers": Sum("showers"),
    "laundries": Sum("laundries"),
}
#: What one opening adds to each sum.
_AMOUNTS: dict[str, Callable[[Opening], int]] = {
    "nights": lambda one: one.slept,
    "nights_unnamed": lambda one: one.slept_unnamed,
    "dog_nights": lambda one: one.dogs,
    "nights_open": lambda one: int(one.house.sleeps),
    "day_visits": lambda one: one.visits,
    "visits_unnamed": lambda one: one.visits_unnamed,
    "days_open": lambda one: int(not one.house.sleeps),
    "refusals": lambda one: one.refused,
    "refusals_full": lambda one: one.refused_full,
    "meals": lambda one: one.meals,
    "showers": lambda one: one.showers,
    "laundries": lambda one: one.laundries,
}


def _sum(name: str) -> Callable[[Scope], Decimal]:
    return lambda scope: Decimal(openings_in(scope).aggregate(n=_SUMS[name])["n"] or 0)


def _bed_nights(scope: Scope) -> Decimal:
    """Beds that stood, night after night, in the closed nights of a scope."""
    return Decimal(openings_in(scope).aggregate(n=Sum("beds"))["n"] or 0)


def _refused(reason: str) -> Callable[[Scope], Decimal]:
    def count(scope: Scope) -> Decimal:
        rows = Refusal.objects.filter(reason=reason, taken_back_at__isnull=True)
        return Decimal(within(rows, scope, "opening__").count())

    return count


# --- people

_Firsts = dict[int, tuple[date, bool]]


def _stays(scope: Scope) -> _Firsts:
    rows = Stay.objects.filter(state__in=COUNTS, guest__isnull=False)
    return _firsts(rows, scope)


def _visits(scope: Scope) -> _Firsts:
    rows = Visit.objects.filter(taken_back_at__isnull=True, guest__isnull=False)
    return _firsts(rows, scope)


def _firsts(rows: QuerySet[Any], scope: Scope) -> _Firsts:
    """Each guest with the first date she came in the scope, ever, and whether within its period."""
    ever = within(rows, replace(scope, since=date.min), "opening__")
    found = ever.order_by().values_list("guest")
    inside = Count("pk", filter=Q(opening__date__gte=scope.since))
    dated = found.annotate(first=Min("opening__date"), n=inside)
    return {guest: (first, n > 0) for guest, first, n in dated}


def identities(guests: Any) -> dict[int, tuple[Hashable, str]]:
    """This function will say who each guest is, as every room names a person, and her sex.

    A guest who was joined to another is that one.
    """
    kept = people.kept_for_absorbed()
    rows = Guest.objects.filter(pk__in=list(guests)).values_list(
        "pk", "sex", "person", "joined_to", "joined_to__person", "joined_to__sex"
    )
    found: dict[int, tuple[Hashable, str]] = {}
    for pk, sex, person, root, root_person, root_sex in rows:
        who = root_person if root else person
        identity = ("person", kept.get(who, who)) if who else ("stays.guest", root or pk)
        found[pk] = (identity, (root_sex or sex) if root else sex)
    return found


def _who(*ways: Callable[[Scope], _Firsts], sex: tuple[str, ...] = ()) -> Callable[[Scope], _Who]:
    """Who came in the period; with `sex`, only who is of one of these."""

    def people_in(scope: Scope) -> _Who:
        there = {pk for way in ways for pk, (_first, inside) in way(scope).items() if inside}
        known = identities(there).values()
        return frozenset(one for one, said in known if not sex or said in sex)

    return people_in


def _new(*ways: Callable[[Scope], _Firsts]) -> Callable[[Scope], Decimal]:
    """How many came for the first time ever, in the scope, within the period."""

    def count(scope: Scope) -> Decimal:
        rows = [(pk, first) for way in ways for pk, (first, _in) in way(scope).items()]
        known = identities({pk for pk, _first in rows})
        firsts: dict[Hashable, date] = {}
        for pk, first in rows:
            who = known[pk][0]
            firsts[who] = min(first, firsts.get(who, first))
        return Decimal(sum(scope.since <= first <= scope.until for first in firsts.values()))

    return count


# --- at once, for many lines


def _at_once(scope: Scope) -> dict[tuple[str, str], Decimal]:
    """Every sum for each line, or each action, in one query for a kind; houses one by one."""
    found: dict[tuple[str, str], Decimal] = {}
    for kind, keys in (refs_by_kind(scope) or {}).items():
        if kind in KeyKind.values:
            rows = Opening.objects.filter(
                holds_on("date", "house__keys"), state=OpeningState.CLOSED,
                date__range=(scope.since, scope.until), house__keys__kind=kind,
                house__keys__key__in=keys,
            ).order_by()  # fmt: skip
            counted = rows.values(named=F("house__keys__key")).annotate(**_renamed())
            for row in map(dict[str, Any], counted):
                ref = f"{kind}:{row['named']}"
                found |= {(f"{_ROOM}{name}", ref): Decimal(row[f"n_{name}"] or 0) for name in _SUMS}
            continue
        for key in keys:
            alone = replace(scope, refs=frozenset({f"{kind}:{key}"}))
            sums = openings_in(alone).aggregate(**_renamed())
            found |= {
                (f"{_ROOM}{name}", f"{kind}:{key}"): Decimal(sums[f"n_{name}"] or 0)
                for name in _SUMS
            }
    return found


def _renamed() -> dict[str, Any]:
    """The sums under names that no field of an opening has."""
    return {f"n_{name}": what for name, what in _SUMS.items()}


# --- what is behind a figure


def _behind(name: str) -> Callable[[Scope, Actor], list[CountedAct]]:
    def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
        rows = openings_in(scope).filter(pk__in=openings_visible_to(actor).values("pk"))
        given = ((row, _AMOUNTS[name](row)) for row in _in_order(rows))
        return [_act(row, amount) for row, amount in given if amount]

    return acts


def _refusals_behind(reason: str) -> Callable[[Scope, Actor], list[CountedAct]]:
    def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
        counted = Count(
            "refusals", filter=Q(refusals__reason=reason, refusals__taken_back_at__isnull=True)
        )
        rows = openings_in(scope).filter(pk__in=openings_visible_to(actor).values("pk"))
        sums = dict(rows.annotate(n=counted).values_list("pk", "n"))
        return [_act(row, sums[row.pk]) for row in _in_order(rows) if sums[row.pk]]

    return acts


def _in_order(rows: QuerySet[Opening]) -> QuerySet[Opening]:
    return rows.select_related("house").order_by("date", "pk")


def _act(row: Opening, amount: int) -> CountedAct:
    return CountedAct(
        row.date, str(row.house), Decimal(amount), "desk:stay_opening", (("pk", str(row.pk)),)
    )


def _choices() -> list[Choice]:
    return [Choice(f"house:{one.pk}", one.name) for one in House.objects.order_by("name")]


def _added(name: str, label: Any, unit: Any, how: Any) -> Measure:
    return Measure(
        f"{_ROOM}{name}", label, unit, Additivity.ADDITIVE, how, _choices, count=_sum(name),
        acts=_behind(name), at_once=_at_once, of_things=name in ("nights_open", "days_open"),
    )  # fmt: skip


def _refusal(name: str, reason: str, label: Any) -> Measure:
    return Measure(
        f"{_ROOM}{name}", label, _("refus"), Additivity.ADDITIVE,
        _("Les refus notés pour cette raison, sans nom : la même personne peut y être deux fois."),
        _choices, count=_refused(reason), acts=_refusals_behind(reason), is_sensitive=True,
    )  # fmt: skip


def _people(name: str, label: Any, how: Any, people_in: Callable[[Scope], _Who],
            beside: str = "") -> Measure:  # fmt: skip
    return Measure(
        f"{_ROOM}{name}",
        label,
        _("personnes"),
        Additivity.UNIQUE,
        how,
        _choices,
        people=people_in,
        beside=f"{_ROOM}{beside}" if beside else "",
    )


def _newcomers(name: str, label: Any, how: Any, *ways: Callable[[Scope], _Firsts]) -> Measure:
    return Measure(
        f"{_ROOM}{name}", label, _("personnes"), Additivity.UNIQUE, how, _choices, count=_new(*ways)
    )


_ONCE = _(
    "Chaque hôte compte une fois pour toute la période, sous tous ses surnoms réunis ; ce nombre ne "
    "s’additionne ni d’une maison à l’autre ni d’une période à l’autre."
)

MEASURES = (
    _added("nights", _("Nuits"), _("nuits"), _("Une personne, un lit, une nuit close : une nuit.")),
    _added(
        "nights_unnamed", _("Nuits sans surnom"), _("nuits"),
        _("Les nuits de qui n’a donné aucun surnom : dans les nuits, jamais dans les personnes."),
    ),
    _people(
        "guests", _("Personnes hébergées"), _ONCE, _who(_stays), "nights_unnamed",
    ),
    _people("guests_men", _("Hommes hébergés"), _ONCE, _who(_stays, sex=(Sex.MAN,))),
    _people("guests_women", _("Femmes hébergées"), _ONCE, _who(_stays, sex=(Sex.WOMAN,))),
    _people(
        "guests_other", _("Personnes hébergées, autre sexe ou non communiqué"), _ONCE,
        _who(_stays, sex=(Sex.OTHER, Sex.UNSAID)),
    ),
    _newcomers(
        "guests_new", _("Nouvelles personnes hébergées"),
        _("Les personnes dont la toute première nuit tombe dans la période."), _stays,
    ),
    Measure(
        f"{_ROOM}occupancy", _("Occupation des lits"), _("% des lits"), Additivity.RATIO,
        _("Les nuits, divisées par les lits montés chaque nuit close, plan grand froid compris."),
        _choices, numerator=_sum("nights"), denominator=_bed_nights, factor=100,
        acts=_behind("nights"),
    ),
    Measure(
        f"{_ROOM}mean_beds", _("Lits occupés par nuit, en moyenne"), _("lits"), Additivity.RATIO,
        _("Les nuits, divisées par le nombre de nuits closes."),
        _choices, numerator=_sum("nights"), denominator=_sum("nights_open"),
        acts=_behind("nights"),
    ),
    _added("nights_open", _("Nuits d’ouverture"), _("nuits"), _("Les nuits closes.")),
    _added("dog_nights", _("Nuits avec un chien"), _("nuits"), _("Les nuits dont l’hôte avait son chien.")),
    _added(
        "day_visits", _("Passages de jour"), _("passages"),
        _("Une personne, une journée close : un passage ; plus ceux comptés sans surnom."),
    ),
    _people(
        "day_visitors", _("Personnes accueillies le jour"), _ONCE, _who(_visits), "visits_unnamed",
    ),
    _added(
        "visits_unnamed", _("Passages sans surnom"), _("passages"),
        _("Dans les passages, jamais dans les personnes."),
    ),
    _newcomers(
        "day_visitors_new", _("Nouvelles personnes le jour"),
        _("Les personnes dont le tout premier passage tombe dans la période."), _visits,
    ),
    _people(
        "people", _("Personnes accueillies, la nuit ou le jour"),
        _("Qui dort et qui vient le jour, comptés à nouveau ensemble : une personne connue des deux "
          "maisons compte une fois. Ce n’est pas la somme des hébergés et des accueillis."),
        _who(_stays, _visits),
    ),
    _added("days_open", _("Journées d’ouverture"), _("jours"), _("Les journées closes.")),
    _added("refusals", _("Refus d’accueil"), _("refus"), _("Tous les refus notés, sans nom.")),
    _added(
        "refusals_full", _("Refus faute de place"), _("refus"),
        _("Les refus parce que tous les lits étaient pris."),
    ),
    _refusal("refusals_excluded", RefusalReason.EXCLUDED, _("Refus pour une exclusion en cours")),
    _refusal("refusals_state", RefusalReason.STATE, _("Refus pour un état qui met en danger")),
    _refusal("refusals_other", RefusalReason.OTHER, _("Refus pour une autre raison")),
    _added("meals", _("Repas"), _("repas"), _("Les repas comptés, nuits et journées closes.")),
    _added("showers", _("Douches"), _("douches"), _("Les douches comptées, nuits et journées closes.")),
    _added("laundries", _("Lessives"), _("lessives"), _("Les machines de lessive comptées.")),
)  # fmt: skip
