"""What is on the shelf, what expires, what a card may still take: every question asked twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.models import (
    Access,
    Article,
    Card,
    Lot,
    Movement,
    Passage,
    PassageLine,
    PointRule,
    Recall,
    Site,
    StockCount,
    SupplyKey,
)
from beffroi.acts.supplies.pricing import asked, month_of, to_cent, total
from beffroi.core.counting import in_force

if TYPE_CHECKING:
    from beffroi.directory.models import Place

SOON = timedelta(days=7)


@dataclass(frozen=True)
class OnSale:
    """An article as the till offers it."""

    pk: int
    name: str
    unit: str
    code: str
    points: Decimal
    allergens: str
    left: int
    wanted: int = 0

    @property
    def all_points(self) -> Decimal:
        """This property gives the points of the units wanted."""
        return to_cent(self.points * self.wanted)


@dataclass(frozen=True)
class Till:
    """A card at the till: its access, its points, and a basket that is not yet handed over."""

    card: Card
    access: Access | None
    used: Decimal
    articles: tuple[OnSale, ...]
    points: Decimal
    value: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """This property gives the points left this month before the basket."""
        return to_cent(self.access.cap - self.used) if self.access else Decimal(0)

    @property
    def after(self) -> Decimal:
        """This property gives the points left after the basket; below zero, it is too much."""
        return self.left - self.points


def listed(sites: QuerySet[Site], day: date) -> QuerySet[Site]:
    """This function will give sites with what waits there: lots to clear and lots that expire."""
    some = Q(lots__left__gt=0, lots__recall__isnull=True)
    return sites.prefetch_related(
        Prefetch("keys", SupplyKey.objects.filter(until_date__isnull=True))
    ).annotate(
        soon=Count("lots", some & Q(lots__expires_date__range=(day, day + SOON))),
        gone=Count(
            "lots", Q(lots__left__gt=0) & (Q(lots__recall__isnull=False) | Q(lots__expires_date__lt=day))
        ),
    )  # fmt: skip


def keys_on(site: int, day: date) -> list[SupplyKey]:
    """This function will give what a site counts to on a day."""
    rows = SupplyKey.objects.filter(site=site, since_date__lte=day)
    return list(rows.filter(Q(until_date__isnull=True) | Q(until_date__gte=day)))


def articles(*, current: bool = True) -> QuerySet[Article]:
    """This function will give the articles, in use or all, by name."""
    return Article.objects.filter(is_current=True) if current else Article.objects.order_by("-is_current", "name")  # fmt: skip


def lots_of(site: int) -> QuerySet[Lot]:
    """This function will give the lots of a site that are not empty, first expiring first."""
    rows = Lot.objects.filter(site=site, left__gt=0).select_related("article", "recall")
    return rows.order_by("article__name", F("expires_date").asc(nulls_last=True), "pk")


def expiring(sites: Iterable[int], until: date) -> QuerySet[Lot]:
    """This function will give what expires on these sites until a day, the expired included."""
    rows = Lot.objects.filter(site__in=list(sites), left__gt=0, expires_date__lte=until)
    return rows.select_related("article", "site").order_by("expires_date", "pk")


def movements_of(site: int, most: int = 30) -> QuerySet[Movement]:
    """This function will give the last movements of a site."""
    rows = Movement.objects.filter(lot__site=site).select_related("lot__article")
    return rows.order_by("-at", "-pk")[:most]


def last_count(site: int) -> StockCount | None:
    """This function will give the last inventory of a site, with its lots."""
    rows = StockCount.objects.filter(site=site).prefetch_related("lines__lot__article")
    return rows.first()


def recalls() -> QuerySet[Any]:
    """This function will give the recalls, with what is blocked and how many passages got some."""
    return Recall.objects.select_related("article").annotate(
        blocked=Sum("lots__left"),
    )


def handed_of_recall(recall: int) -> tuple[int, int]:
    """This function will give the units of a recalled lot that went out, and to how many passages."""
    rows = PassageLine.objects.filter(lot__recall=recall, passage__cancelled_at__isnull=True)
    found = rows.order_by().aggregate(
        units=Sum("quantity"), passages=Count("passage", distinct=True)
    )
    return int(found["units"] or 0), int(found["passages"])


def rule_on(site: int, day: date) -> PointRule | None:
    """This function will give the rule of points in force on a day."""
    return PointRule.objects.filter(site=site, since_date__lte=day).order_by("-since_date").first()


def rules_of(site: int) -> QuerySet[PointRule]:
    """This function will give the rules of points of a grocery, the newest first."""
    return PointRule.objects.filter(site=site)


def access_on(card: Card, day: date) -> Access | None:
    """This function will give the access of a card that runs on a day."""
    rows = card.accesses.filter(ended_at__isnull=True, since_date__lte=day, until_date__gte=day)
    return rows.order_by("-since_date").first()


def points_used(card: Card, day: date) -> Decimal:
    """This function will give the points a card took in the month of a day."""
    rows = Passage.objects.filter(
        card=card, date__range=month_of(day), cancelled_at__isnull=True
    ).order_by()
    return to_cent(Decimal(rows.aggregate(n=Sum("points"))["n"] or 0))


def accesses_of(card: int) -> QuerySet[Access]:
    """This function will give the accesses of a card, the newest first."""
    return Access.objects.filter(card=card)


def last_access(cards: Iterable[Card]) -> dict[int, Access]:
    """This function will give the last access of each card, in one query."""
    rows = Access.objects.filter(card__in=list(cards)).order_by("until_date", "pk")
    return {one.card_id: one for one in rows}


def passages_of(*, site: int | None = None, card: int | None = None, day: date | None = None) -> QuerySet[Passage]:  # fmt: skip
    """This function will give passages of a site, of a card or of a day, the last first."""
    rows = Passage.objects.select_related("card", "site__team")
    asked_for = {"site": site, "card": card, "date": day}
    return rows.filter(**{key: value for key, value in asked_for.items() if value is not None})


def lines_of(passage: int) -> QuerySet[PassageLine]:
    """This function will give what was in a basket, lot by lot."""
    return PassageLine.objects.filter(passage=passage).select_related("article", "lot")


def on_sale(site: int, day: date, basket: Mapping[int, int]) -> tuple[OnSale, ...]:
    """This function will give what may be handed over on a day, and what a basket holds of it."""
    good = Q(recall__isnull=True, left__gt=0) & (
        Q(expires_date__isnull=True) | Q(expires_date__gte=day)
    )
    rows = Lot.objects.filter(good, site=site).order_by().values("article").annotate(n=Sum("left"))
    left = {row["article"]: int(row["n"]) for row in rows}
    shown = Article.objects.filter(pk__in={*left, *basket}).order_by("name", "pk")
    return tuple(
        OnSale(
            one.pk, one.name, one.unit, one.code, one.points, one.allergens, left.get(one.pk, 0),
            basket.get(one.pk, 0),
        )
        for one in shown
    )  # fmt: skip


def till(card: Card, day: date, basket: Mapping[int, int]) -> Till:
    """This function will give a card at the till on a day, with a basket not yet handed over."""
    offered = on_sale(card.site_id, day, basket)
    access = access_on(card, day)
    prices = dict(Article.objects.filter(pk__in=basket).values_list("pk", "price"))
    value = total((prices[key], units) for key, units in basket.items() if key in prices)
    return Till(
        card, access, points_used(card, day), offered,
        total((one.points, one.wanted) for one in offered), value,
        asked(value, access.percent) if access else Decimal(0),
    )  # fmt: skip


def article_coded(code: str) -> int | None:
    """This function will give the article of a barcode, or of a whole name, if there is one."""
    said = " ".join(code.split())
    if not said:
        return None
    named = Q(code=said.replace(" ", "")) | Q(name__iexact=said)
    rows = Article.objects.filter(named, is_current=True)
    return rows.values_list("pk", flat=True).first()


def is_begun() -> bool:
    """This function will say whether any site exists."""
    return Site.objects.exists()


def stores_beside(sites: QuerySet[Site], site: int) -> list[tuple[int, str]]:
    """This function will give the other sites that keep stock, to pass lots on to."""
    kinds = (SiteKind.GROCERY, SiteKind.STORE)
    rows = sites.filter(kind__in=kinds, ends_on__isnull=True).exclude(pk=site)
    return [(one.pk, one.name) for one in rows]


def places_counted(day: date) -> list[tuple[str, str, "Place"]]:
    """This function will give to what each site with a place counts on `day`: kind, key, place."""
    open_then = Q(site__ends_on__isnull=True) | Q(site__ends_on__gte=day)
    rows = SupplyKey.objects.filter(open_then, in_force(day), site__place__isnull=False)
    return [(row.kind, row.key, row.site.place) for row in rows.select_related("site__place")]  # type: ignore[misc]
