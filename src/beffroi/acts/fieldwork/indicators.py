"""What this room counts, for a period and a scope.

Outings and hours count once the outing is closed; contacts and kits from any outing that was not
cancelled, unless they were taken back. People met are people of contacts, never different people:
nobody is asked who she is. A scope asks for `line:12`, `action:3.2.03`, `area:<number>`,
`team:<key>` or `kind:<kind of outing>`; the key of an area holds on the day of the act.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, F, Model, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beffroi.acts.fieldwork import permissions
from beffroi.acts.fieldwork.enums import ObservationState, OutingKind, OutingState, SurfaceState
from beffroi.acts.fieldwork.models import (
    Area,
    CodeMark,
    Contact,
    KitMove,
    Observation,
    Outing,
    Surface,
)
from beffroi.core.actors import Actor
from beffroi.core.counting import KeyKind, holds_on, refs_by_kind
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope
from beffroi.core.text import whole_numbers

_M = TypeVar("_M", bound=Model)
_ROOM = "fieldwork."


def _within(rows: QuerySet[_M], scope: Scope, day: str, area: str) -> QuerySet[_M]:
    """The rows whose day is in the period and whose area is asked for."""
    rows = rows.filter(**{f"{day}__range": (scope.since, scope.until)}).order_by()
    asked = refs_by_kind(scope)
    if asked is None:
        return rows
    one_of = Q(pk__in=[])
    for kind, keys in asked.items():
        if kind in KeyKind.values:
            path = f"{area}__keys"
            counted = rows.model._default_manager.filter(
                holds_on(day, path), **{f"{path}__kind": kind, f"{path}__key__in": keys}
            )
            one_of |= Q(pk__in=counted.order_by().values("pk"))
        elif kind == "area":
            one_of |= Q(**{f"{area}__in": whole_numbers(keys)})
        elif kind == "team":
            one_of |= Q(**{f"{area}__team__key__in": keys})
        elif kind == "kind":
            one_of |= Q(**{f"{area}__kind__in": keys})
    return rows.filter(one_of)


def outings_in(scope: Scope) -> QuerySet[Outing]:
    """This function will give the closed outings of a scope: the acts of a figure."""
    return _within(Outing.objects.filter(state=OutingState.CLOSED), scope, "date", "area")


def contacts_in(scope: Scope) -> QuerySet[Contact]:
    """This function will give the contacts of a scope that stand."""
    rows = Contact.objects.filter(taken_back_at__isnull=True)
    rows = rows.exclude(outing__state=OutingState.CANCELLED)
    return _within(rows, scope, "outing__date", "outing__area")


def kits_in(scope: Scope) -> QuerySet[KitMove]:
    """This function will give what was handed over and came back in a scope."""
    rows = KitMove.objects.filter(taken_back_at__isnull=True)
    rows = rows.exclude(outing__state=OutingState.CANCELLED)
    return _within(rows, scope, "outing__date", "outing__area")


def observations_in(scope: Scope) -> QuerySet[Observation]:
    """This function will give the faults that were seen in a scope."""
    return _within(Observation.objects.all(), scope, "date", "area")


def mended_in(scope: Scope) -> QuerySet[Observation]:
    """This function will give the faults that were mended in a scope."""
    rows = Observation.objects.filter(state=ObservationState.MENDED)
    return _within(rows, scope, "mended_on", "area")


def surfaces_in(scope: Scope) -> QuerySet[Surface]:
    """This function will give the surfaces that were cleaned in a scope."""
    return _within(Surface.objects.filter(state=SurfaceState.DONE), scope, "done_on", "area")


def _oriented(scope: Scope) -> QuerySet[Contact]:
    return contacts_in(scope).exclude(orientation="").filter(is_refused=False)


def _codes(scope: Scope) -> Decimal:
    """Different codes of a year; the code of another year is another code."""
    rows = CodeMark.objects.filter(contact__in=contacts_in(scope).values("pk")).order_by()
    return Decimal(rows.values("digest").distinct().count())


@dataclass(frozen=True)
class _Act:
    """How one kind of act is read: its rows, its day, its area, and its page."""

    rows: Callable[[Scope], QuerySet[Any]]
    day: str
    area: str
    seen: Callable[[Actor], QuerySet[Any]]
    page: str
    key: str = "pk"

    def behind(self, amount: Any, per: Decimal) -> Callable[[Scope, Actor], list[CountedAct]]:
        """This method gives the acts of a figure to whom may see them."""

        def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
            rows = self.rows(scope).filter(pk__in=self.seen(actor).values("pk"))
            found = rows.annotate(adds=amount).values_list(
                self.day, f"{self.area}__name", "adds", self.key
            )
            return [
                CountedAct(day, name, Decimal(adds or 0) / per, self.page, (("pk", str(pk)),))
                for day, name, adds, pk in found.order_by(self.day, "pk")
            ]

        return acts


def _kits_seen(actor: Actor) -> QuerySet[KitMove]:
    return KitMove.objects.filter(outing__in=permissions.outings_visible_to(actor).values("pk"))


_OUTING = _Act(outings_in, "date", "area", permissions.outings_visible_to, "desk:terrain_outing")
_CONTACT = _Act(contacts_in, "outing__date", "outing__area", permissions.contacts_visible_to, "desk:terrain_outing", "outing_id")  # fmt: skip
_ORIENTED = replace(_CONTACT, rows=_oriented)
_KIT = _Act(kits_in, "outing__date", "outing__area", _kits_seen, "desk:terrain_outing", "outing_id")
_SEEN = _Act(observations_in, "date", "area", permissions.observations_visible_to, "desk:terrain_fault")  # fmt: skip
_MENDED = replace(_SEEN, rows=mended_in, day="mended_on")
_SURFACE = _Act(surfaces_in, "done_on", "area", permissions.surfaces_visible_to, "desk:terrain_surface")  # fmt: skip
_ONE = F("pk") * 0 + 1


def _choices() -> list[Choice]:
    areas = Area.objects.select_related("team").order_by("team__name", "name", "pk")
    kinds = [Choice(f"kind:{kind}", str(label)) for kind, label in OutingKind.choices]
    return [Choice(f"area:{one.pk}", f"{one.team} : {one}") for one in areas] + kinds


@dataclass(frozen=True)
class _Sum:
    """A figure that adds up: of which acts, what each adds, in what it is given."""

    act: _Act
    adds: Any = _ONE
    per: Decimal = Decimal(1)

    def number(self, value: Any) -> Decimal:
        """This method gives a sum in its unit."""
        found = Decimal(value or 0)
        return found if self.per == 1 else (found / self.per).quantize(Decimal("0.01"))

    def count(self, scope: Scope) -> Decimal:
        """This method counts a scope."""
        return self.number(self.act.rows(scope).aggregate(n=Sum(self.adds))["n"])

    def by_key(self, kind: str, scope: Scope) -> dict[str, Decimal]:
        """This method counts every line, or every action, in one query."""
        keys = f"{self.act.area}__keys"
        whole = self.act.rows(replace(scope, refs=None))
        rows = whole.filter(holds_on(self.act.day, keys), **{f"{keys}__kind": kind})
        found = rows.values_list(F(f"{keys}__key")).annotate(n=Sum(self.adds))
        return {key: self.number(value) for key, value in found}


_SUMS: dict[str, _Sum] = {
    "outings": _Sum(_OUTING), "hours": _Sum(_OUTING, F("minutes"), Decimal(60)),
    "contacts": _Sum(_CONTACT), "people_met": _Sum(_CONTACT, F("people")),
    "orientations": _Sum(_ORIENTED), "kits_out": _Sum(_KIT, F("given")),
    "kits_back": _Sum(_KIT, F("back")), "observations": _Sum(_SEEN), "mended": _Sum(_MENDED),
    "interventions": _Sum(_SURFACE), "square_metres": _Sum(_SURFACE, F("square_metres")),
}  # fmt: skip
_NEEDLES_OUT = _Sum(_KIT, F("given") * F("kind__needles"))
_NEEDLES_BACK = _Sum(_KIT, F("back") * F("kind__needles"))


def _at_once(scope: Scope) -> dict[tuple[str, str], Decimal]:
    """Every sum for each line, or each action, in one query a sum; other references one by one."""
    found: dict[tuple[str, str], Decimal] = {}
    for kind, keys in (refs_by_kind(scope) or {}).items():
        for name, one in _SUMS.items():
            counted = one.by_key(kind, scope) if kind in KeyKind.values else {
                key: one.count(replace(scope, refs=frozenset({f"{kind}:{key}"}))) for key in keys
            }  # fmt: skip
            for key in keys & counted.keys():
                found[f"{_ROOM}{name}", f"{kind}:{key}"] = counted[key]
    return found


def figures(scope: Scope) -> dict[str, Decimal]:
    """This function will count every sum of this room for one scope, by its short name."""
    return {name: one.count(scope) for name, one in _SUMS.items()}


def by_area(scope: Scope) -> dict[int, dict[str, Decimal]]:
    """This function will count every sum for each area of a period, in one query a sum."""
    found: dict[int, dict[str, Decimal]] = {}
    for name, one in _SUMS.items():
        rows = one.act.rows(scope).values_list(one.act.area).annotate(n=Sum(one.adds))
        for area, value in rows:
            found.setdefault(area, {})[name] = one.number(value)
    return found


def metres_by_month(year: int, actor: Actor) -> list[tuple[int, int, Decimal]]:
    """This function will give, for each month of a year, the surfaces done and their m², among the
    areas the actor sees."""
    rows = surfaces_in(Scope(date(year, 1, 1), date(year, 12, 31)))
    rows = rows.filter(area__in=permissions.areas_visible_to(actor).values("pk"))
    found = {
        month: (number, metres)
        for month, number, metres in rows.values_list("done_on__month").annotate(
            number=Count("pk"), metres=Sum("square_metres")
        )
    }
    return [(month, *found.get(month, (0, Decimal(0)))) for month in range(1, 13)]


#: What counts nobody: anybody may be told it as it is.
_OF_THINGS = ("outings", "hours", "observations", "mended", "interventions", "square_metres")


def _added(name: str, label: str | Promise, unit: str | Promise, how: str | Promise) -> Measure:
    one = _SUMS[name]
    return Measure(
        f"{_ROOM}{name}", label, unit, Additivity.ADDITIVE, how, _choices, count=one.count,
        acts=one.act.behind(one.adds, one.per), at_once=_at_once,
        is_sensitive=name in ("kits_out", "kits_back"), of_things=name in _OF_THINGS,
    )  # fmt: skip


MEASURES = (
    _added(
        "outings", _("Sorties"), _("sorties"), _("Les sorties closes dans la période."),
    ),
    _added(
        "hours", _("Heures de sortie"), _("heures"),
        _("La durée des sorties closes, comptée une fois par sortie quel que soit le nombre d’agents."),
    ),
    _added(
        "contacts", _("Contacts"), _("contacts"),
        _("Les rencontres notées pendant les sorties, celles reprises exceptées."),
    ),
    _added(
        "people_met", _("Personnes rencontrées, à chaque contact"), _("contacts avec une personne"),
        _(
            "Le nombre de personnes à chaque contact, sans nom. Quelqu’un rencontré dix fois compte "
            "dix fois : ce n’est pas un nombre de personnes différentes."
        ),
    ),
    _added(
        "orientations", _("Orientations"), _("orientations"),
        _("Les contacts où quelqu’un a été orienté vers un service et l’a accepté."),
    ),
    Measure(
        f"{_ROOM}codes_unique", _("Codes différents"), _("codes"), Additivity.UNIQUE,
        _(
            "Les codes choisis par les personnes en prévention des assuétudes, chacun une fois. Un "
            "code ne se suit pas d’une année à l’autre : une période à cheval sur deux années compte "
            "chaque code dans chacune."
        ),
        _choices, count=_codes, is_sensitive=True, beside=f"{_ROOM}people_met",
    ),
    _added(
        "kits_out", _("Matériel remis"), _("exemplaires"),
        _("Les exemplaires de matériel remis, avec ou sans contact noté."),
    ),
    _added(
        "kits_back", _("Matériel repris"), _("exemplaires"),
        _("Les exemplaires repris ou ramassés : un compte à part de ce qui est remis."),
    ),
    Measure(
        f"{_ROOM}return_rate", _("Taux de retour des seringues"), _("%"), Additivity.RATIO,
        _(
            "Les seringues reprises pour cent seringues remises, chaque exemplaire compté pour le "
            "nombre de seringues qu’il contient."
        ),
        _choices, numerator=_NEEDLES_BACK.count, denominator=_NEEDLES_OUT.count, factor=100,
        is_sensitive=True,
    ),
    _added(
        "observations", _("Constats dans l’espace public"), _("constats"),
        _("Les défauts vus dans la période, chacun une fois même s’il est vu plusieurs fois."),
    ),
    _added(
        "mended", _("Constats réparés"), _("constats"),
        _("Les défauts réparés dans la période, au jour de la réparation."),
    ),
    _added(
        "interventions", _("Surfaces nettoyées"), _("interventions"),
        _("Les surfaces faites dans la période, au jour de l’intervention."),
    ),
    _added(
        "square_metres", _("Mètres carrés nettoyés"), _("m²"),
        _("La somme des mètres carrés des surfaces faites, au centième."),
    ),
)  # fmt: skip
