"""What this room counts, for a period and a scope: passages, kilograms, tickets, gifts, plots.

An act counts to what its site counted to on its day; plots and who waits, on the last day of the
period. A cancelled passage and an opening that was taken back count nowhere. Households are counted
again for each scope; two cards of one person of the house are one household. A scope asks for
`line:14`, `action:4.4.01` or `site:<number>`.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies import figures
from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.models import Site
from beffroi.acts.supplies.permissions import sites_visible_to
from beffroi.core.actors import Actor
from beffroi.core.counting import KeyKind, refs_by_kind
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope

_ROOM = "supplies."


def _sum(name: str) -> Callable[[Scope], Decimal]:
    return lambda scope: figures.added(name, scope)


def _homes(scope: Scope) -> dict[tuple[str, int], int]:
    return figures.households_of(figures.passages_by_time(scope).iterator(chunk_size=5000))


def _households(scope: Scope) -> Decimal:
    return Decimal(len(_homes(scope)))


def _served(scope: Scope) -> Decimal:
    return Decimal(sum(_homes(scope).values()))


def _open_days(scope: Scope) -> Decimal:
    return Decimal(figures.open_days_in(scope).count())


def _who_gardens(scope: Scope) -> frozenset[Hashable]:
    rows = figures.holdings_in(scope).values_list("gardener", "gardener__person")
    return figures.gardeners_of(rows)


def _gardeners(scope: Scope) -> Decimal:
    return Decimal(len(_who_gardens(scope)))


def _plots_held(scope: Scope) -> Decimal:
    return Decimal(figures.held_on_last_day(scope).count())


def _surface_held(scope: Scope) -> Decimal:
    found = figures.held_on_last_day(scope).aggregate(n=Sum("plot__surface"))["n"]
    return Decimal(found or 0).quantize(Decimal("0.01"))


def _waiting(scope: Scope) -> Decimal:
    return Decimal(figures.waiting_on_last_day(scope).count())


def _at_once(scope: Scope) -> dict[tuple[str, str], Decimal]:
    """Every measure for each line, or each action, in ten queries; sites one by one."""
    found: dict[tuple[str, str], Decimal] = {}
    for kind, keys in (refs_by_kind(scope) or {}).items():
        counted: dict[str, dict[str, Decimal]] = {}
        if kind in KeyKind.values:
            counted = figures.sums_by_key(kind, scope)
            for key, counts in figures.people_by_key(kind, scope).items():
                counted.setdefault(key, {}).update(counts)
        for key in keys:
            ref = f"{kind}:{key}"
            alone = replace(scope, refs=frozenset({ref}))
            counts = counted.get(key, {}) if kind in KeyKind.values else all_figures(alone)
            found |= {(f"{_ROOM}{name}", ref): amount for name, amount in counts.items()}
    return found


def all_figures(scope: Scope) -> dict[str, Decimal]:
    """This function will count every measure of this room for one scope."""
    return {
        one.key.removeprefix(_ROOM): one.count(scope) for one in MEASURES if one.count is not None
    }


def _choices(*kinds: str) -> Callable[[], list[Choice]]:
    def choices() -> list[Choice]:
        rows = Site.objects.filter(kind__in=kinds).order_by("name", "pk")
        return [Choice(f"site:{one.pk}", str(one)) for one in rows]

    return choices


def _site_of(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = getattr(row, step)
    return row


def _behind(name: str) -> Callable[[Scope, Actor], list[CountedAct]]:
    """The acts behind a sum, of the sites this actor sees; never a name."""
    family = figures.FAMILY_OF[name]

    def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
        rows = figures.acts_in(family, scope).select_related(family.site)
        rows = rows.filter(**{f"{family.site}__in": sites_visible_to(actor).values("pk")})
        found = []
        for row in rows.order_by(family.day, "pk"):
            site, field = _site_of(row, family.site), family.fields[name]
            amount = figures.number(name, getattr(row, field) if field else 1)
            own_page = name in figures.FAMILIES[0].sums
            url, key = ("supplies_passage", row.pk) if own_page else ("supplies_site", site.pk)
            day = getattr(row, family.day)
            found.append(
                CountedAct(day, site.name, amount, f"desk:{url}", (("pk", str(key)),))
            )  # fmt: skip
        return found

    return acts


def _plots_behind(amount: Callable[[Any], Decimal]) -> Callable[[Scope, Actor], list[CountedAct]]:
    def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
        rows = figures.held_on_last_day(scope).select_related("plot__site")
        rows = rows.filter(plot__site__in=sites_visible_to(actor).values("pk"))
        return [
            CountedAct(
                row.since_date, f"{row.plot.site}, {row.plot.number}", amount(row.plot),
                "desk:supplies_site", (("pk", str(row.plot.site_id)),),
            )
            for row in rows.order_by("since_date", "pk")
        ]  # fmt: skip

    return acts


def _waiting_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    rows = figures.waiting_on_last_day(scope).select_related("site")
    rows = rows.filter(site__in=sites_visible_to(actor).values("pk"))
    return [
        CountedAct(
            row.asked_date, str(_("%(site)s, rang %(rank)d")) % {"site": row.site, "rank": row.rank},
            Decimal(1), "desk:supplies_site", (("pk", str(row.site_id)),),
        )
        for row in rows.order_by("asked_date", "pk")
    ]  # fmt: skip


def _days_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    names = dict(sites_visible_to(actor).values_list("pk", "name"))
    return [
        CountedAct(day, names[site], Decimal(1), "desk:supplies_site", (("pk", str(site)),))
        for site, day in figures.open_days_in(scope)
        if site in names
    ]


#: What counts nobody: anybody may be told it as it is. The kilos of few baskets are not among them.
_OF_THINGS = ("donnerie_openings", "donnerie_items", "donnerie_kg")


def _added(name: str, label: Any, unit: Any, how: Any, kind: str) -> Measure:
    return Measure(
        f"{_ROOM}{name}", label, unit, Additivity.ADDITIVE, how, _choices(kind), count=_sum(name),
        acts=_behind(name), at_once=_at_once, of_things=name in _OF_THINGS,
    )  # fmt: skip


_SHOP, _GARDEN = SiteKind.GROCERY, SiteKind.GARDEN

MEASURES: tuple[Measure, ...] = (
    _added("passages", _("Passages à l’épicerie"), _("passages"),
           _("Les paniers remis dans la période, ceux annulés exceptés."), _SHOP),
    _added("kg_out", _("Kilos remis à l’épicerie"), _("kg"),
           _("Le poids des articles remis, d’après le poids d’une unité le jour du passage."), _SHOP),
    _added("points_out", _("Points dépensés"), _("points"),
           _("Les points des paniers remis."), _SHOP),
    _added("turnover", _("Chiffre de l’épicerie"), _("€"),
           _("Ce que les ménages ont payé pour les paniers remis."), _SHOP),
    Measure(
        f"{_ROOM}open_days", _("Jours d’ouverture de l’épicerie"), _("jours"), Additivity.ADDITIVE,
        _("Les jours où l’épicerie a remis au moins un panier, épicerie par épicerie."),
        _choices(_SHOP), count=_open_days, acts=_days_behind, at_once=_at_once, of_things=True,
    ),
    Measure(
        f"{_ROOM}households", _("Ménages servis"), _("ménages"), Additivity.UNIQUE,
        _("Chaque ménage qui est passé compte une fois pour toute la période ; deux cartes de la "
          "même personne connue de la maison sont un ménage."),
        _choices(_SHOP), count=_households, at_once=_at_once,
    ),
    Measure(
        f"{_ROOM}people_served", _("Personnes des ménages servis"), _("personnes"),
        Additivity.UNIQUE,
        _("Chaque ménage compte une fois, avec le nombre de personnes de son dernier passage dans "
          "la période. Ce nombre ne s’additionne pas."),
        _choices(_SHOP), count=_served, at_once=_at_once,
    ),
    _added("tickets_handed", _("Tickets remis"), _("tickets"),
           _("Les tickets remis dans la période, utilisés ou non."), SiteKind.TICKETS),
    _added("tickets_used", _("Tickets utilisés"), _("tickets"),
           _("Les tickets dont la souche est revenue dans la période."), SiteKind.TICKETS),
    _added("gifts_handed", _("Cadeaux remis"), _("cadeaux"),
           _("Un cadeau par numéro, le jour où il est remis ; aucun enfant n’est nommé."),
           SiteKind.GIFTS),
    _added("donnerie_openings", _("Ouvertures de la donnerie"), _("ouvertures"),
           _("Les ouvertures écrites, celles reprises exceptées."), SiteKind.GIVEAWAY),
    _added("donnerie_items", _("Objets donnés"), _("objets"),
           _("Les objets partis de la donnerie ; ni qui donne ni qui prend n’est nommé."),
           SiteKind.GIVEAWAY),
    _added("donnerie_kg", _("Kilos donnés"), _("kg"),
           _("Le poids de ce qui est parti de la donnerie."), SiteKind.GIVEAWAY),
    Measure(
        f"{_ROOM}plots_held", _("Parcelles cultivées"), _("parcelles"), Additivity.STOCK,
        _("Les parcelles confiées à quelqu’un au soir du dernier jour."),
        _choices(_GARDEN), count=_plots_held, acts=_plots_behind(lambda _plot: Decimal(1)), at_once=_at_once,
    ),
    Measure(
        f"{_ROOM}m2_held", _("Surface cultivée"), _("m²"), Additivity.STOCK,
        _("La surface des parcelles confiées à quelqu’un au soir du dernier jour."),
        _choices(_GARDEN), count=_surface_held, acts=_plots_behind(lambda plot: plot.surface), at_once=_at_once,
    ),
    Measure(
        f"{_ROOM}gardeners", _("Jardinières et jardiniers"), _("personnes"), Additivity.UNIQUE,
        _("Chaque personne qui a tenu une parcelle un jour de la période compte une fois."),
        _choices(_GARDEN), count=_gardeners, people=_who_gardens, at_once=_at_once,
    ),
    Measure(
        f"{_ROOM}waiting", _("Demandes de parcelle en attente"), _("demandes"), Additivity.STOCK,
        _("Qui attend une parcelle, ou en a reçu la proposition, au soir du dernier jour."),
        _choices(_GARDEN), count=_waiting, acts=_waiting_behind, at_once=_at_once,
    ),
)  # fmt: skip
