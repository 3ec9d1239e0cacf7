"""A year of handing over: a grocery and its store, tickets, gifts, a donnerie, plots; all invented."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from beffroi.acts.supplies import counter_queries as counters
from beffroi.acts.supplies import queries
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.enums import SiteKind, Source, StubKind
from beffroi.acts.supplies.services import (
    AccessDraft,
    ArticleDraft,
    BatchDraft,
    LotDraft,
    OpeningDraft,
    RuleDraft,
    SiteDraft,
    Terms,
)
from beffroi.core.actors import system_actor
from beffroi.core.dates import add_months, is_legal_holiday
from beffroi.core.errors import Refusal
from beffroi.demo.names import made_up
from beffroi.directory import place_queries

_HOUSE = system_actor("démonstration")
#: Name, kind, line of the plan, action of the catalogue.
_SITES = (
    ("L’Étal de quartier", SiteKind.GROCERY, "13", "4.4.01"),
    ("Réserve de la rue haute", SiteKind.STORE, "", ""),
    ("La Ronde des objets", SiteKind.GIVEAWAY, "30", "6.3.04"),
    ("Guichet Article 27", SiteKind.TICKETS, "15", "5.1.02"),
    ("Saint-Nicolas", SiteKind.GIFTS, "", ""),
    ("Potager des Tilleuls", SiteKind.GARDEN, "14", "4.4.03"),
    ("Prêt de matériel", SiteKind.LOANS, "", ""),
)
#: Name, unit, grams, points, price in a shop, days it keeps (0: no date), allergens.
_ARTICLES = (
    ("Lait demi-écrémé", "litre", 1030, "1.00", "1.15", 60, "lait"),
    ("Pâtes", "paquet de 500 g", 500, "0.80", "0.99", 300, "gluten"),
    ("Riz", "kilo", 1000, "1.50", "2.10", 300, ""),
    ("Tomates pelées", "boîte", 400, "0.60", "0.89", 400, ""),
    ("Pois chiches", "boîte", 400, "0.60", "0.95", 400, ""),
    ("Huile de tournesol", "litre", 920, "2.00", "2.79", 300, ""),
    ("Farine", "kilo", 1000, "0.80", "1.05", 200, "gluten"),
    ("Œufs", "boîte de 6", 360, "1.40", "1.95", 21, "œufs"),
    ("Pommes", "kilo", 1000, "1.20", "1.89", 14, ""),
    ("Yaourts nature", "lot de 4", 500, "0.90", "1.25", 20, "lait"),
    ("Langes", "paquet", 1200, "4.00", "7.95", 0, ""),
    ("Savon", "pièce", 125, "0.50", "0.85", 0, ""),
)


def _moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _mark(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def load_supplies(now: datetime) -> int:
    """This function will write the year of the counters once, and say how many there are."""
    if queries.is_begun():
        return len(_SITES)
    today, chance = timezone.localdate(now), random.Random(27)  # noqa: S311 — nothing is secret here
    begins = add_months(today, -11)
    places = list(place_queries.places(houses_only=True)[:7])
    sites: dict[str, Any] = {}
    for rank, (name, kind, line, action) in enumerate(_SITES):
        draft = SiteDraft(
            name, begins, places[rank % len(places)].pk if places else None,
            lines=(line,) if line else (), actions=(action,) if action else (),
        )  # fmt: skip
        sites[kind] = supplies.create_site(
            kind=kind, team="houses", draft=draft, by=_HOUSE, at=_moment(begins, 8)
        )
    _grocery(sites[SiteKind.GROCERY].pk, sites[SiteKind.STORE].pk, begins, today, chance)
    _tickets(sites[SiteKind.TICKETS].pk, begins, today, chance)
    _gifts(sites[SiteKind.GIFTS].pk, today, now, chance)
    _openings(sites[SiteKind.GIVEAWAY].pk, begins, today, chance)
    _garden(sites[SiteKind.GARDEN].pk, begins, now)
    _loans(sites[SiteKind.LOANS].pk, today)
    return len(_SITES)


def _grocery(shop: int, store: int, begins: date, today: date, chance: random.Random) -> None:
    given: dict[str, Any] = {"by": _HOUSE, "at": _moment(begins, 9)}
    rule = RuleDraft(begins, Decimal(40), Decimal("0.5"), Decimal("0.3"), Decimal(40))
    supplies.set_rule(site=shop, draft=rule, **given)
    articles = [
        supplies.create_article(
            draft=ArticleDraft(name, unit, grams, Decimal(points), Decimal(price), f"54100{rank:08d}", allergens),
            **given,
        ).pk
        for rank, (name, unit, grams, points, price, _keeps, allergens) in enumerate(_ARTICLES)
    ]  # fmt: skip
    months = [add_months(today, -back) for back in (5, 3, 1)]
    for day in months:
        for rank, article in enumerate(articles):
            keeps = _ARTICLES[rank][5]
            # What keeps a few days comes in small; the last delivery has some left, and a few old.
            draft = LotDraft(
                article, 90 if keeps == 0 or keeps > 30 else 40,
                chance.choice([Source.PURCHASE, Source.FOOD_BANK, Source.GIFT]),
                f"L{day:%m%d}{rank:02d}", day + timedelta(days=keeps) if keeps else None, day,
            )  # fmt: skip
            supplies.receive(site=shop, draft=draft, by=_HOUSE, at=_moment(day, 8))
    _fresh(shop, store, articles, today)
    _passages(shop, articles, today, chance)
    _after(shop, articles, today)


def _fresh(shop: int, store: int, articles: Sequence[int], today: date) -> None:
    """Yesterday’s delivery to the store: some of it has passed to the grocery."""
    at = _moment(today - timedelta(days=1), 8)
    for rank in (0, 7, 9):
        draft = LotDraft(
            articles[rank], 60, Source.FOOD_BANK, f"F{rank:02d}", today + timedelta(days=4 + rank),
            giver="Banque alimentaire",
        )  # fmt: skip
        lot = supplies.receive(site=store, draft=draft, by=_HOUSE, at=at)
        supplies.pass_on(lot=lot.pk, site=shop, quantity=24, by=_HOUSE, at=at)


def _passages(shop: int, articles: Sequence[int], today: date, chance: random.Random) -> None:
    cards = []
    begins = add_months(today, -5)
    for one in made_up(16, seed=41):
        adults, children = chance.choice([(1, 0), (1, 2), (2, 0), (2, 3), (1, 1)])
        until = add_months(begins, chance.choice([4, 6, 6, 12]))
        draft = AccessDraft(f"CSSS {begins:%d/%m/%Y}", begins, until, adults, children)
        opened = supplies.open_card(
            site=shop, name=f"{one.last_name} {one.first_name}", draft=draft, by=_HOUSE,
            at=_moment(begins, 9), phone=f"0470 00 {chance.randint(10, 99)} {chance.randint(10, 99)}",
        )  # fmt: skip
        cards.append(opened.pk)
    days = [begins + timedelta(days=n) for n in range(1, (today - begins).days, 4)]
    for day in (day for day in days if day.weekday() < 5 and not is_legal_holiday(day)):
        for card in chance.sample(cards, 2):
            basket = {article: chance.randint(1, 3) for article in chance.sample(articles, 2)}
            at = _moment(day, chance.randint(9, 15), chance.randint(0, 59))
            try:
                supplies.hand_over(card=card, basket=basket, mark=_mark(chance), by=_HOUSE, at=at)
            except Refusal:
                continue  # The access is over, or the shelf is empty: as in life, nothing is handed.


def _after(shop: int, articles: Sequence[int], today: date) -> None:
    """One passage cancelled, a lot recalled, a shelf counted last week."""
    last = queries.passages_of(site=shop).first()
    given: dict[str, Any] = {"by": _HOUSE, "at": _moment(today - timedelta(days=1), 17)}
    if last is not None:
        supplies.cancel_passage(passage=last.pk, why="Scanné sur la mauvaise carte", **given)
    day = add_months(today, -3)
    supplies.recall_lot(
        article=articles[4], number=f"L{day:%m%d}04", why="Morceaux de verre possibles", **given
    )
    old = list(queries.expiring([shop], today - timedelta(days=2)))
    for lot in old[:-1]:
        supplies.discard(lot=lot.pk, **given)
    lots = [one for one in queries.lots_of(shop) if one.recall_id is None][:8]
    found = {one.pk: max(0, one.left - (rank == 2)) for rank, one in enumerate(lots)}
    supplies.count_stock(site=shop, found=found, why="Une unité cassée, sans doute", **given)


def _tickets(site: int, begins: date, today: date, chance: random.Random) -> None:
    halves = (("Premier semestre", "Plan de cohésion sociale", begins), ("Second semestre", "Fonds propres du CPAS", add_months(begins, 6)))  # fmt: skip
    for name, funding, day in halves:
        draft = BatchDraft(
            name, day, 120, Decimal(5), Decimal("1.25"), Decimal("3.75"), funding,
            add_months(day, 12),
        )  # fmt: skip
        batch = supplies.receive_batch(site=site, draft=draft, by=_HOUSE, at=_moment(day, 9))
        for _n in range(14):
            when = day + timedelta(days=chance.randint(1, 150))
            if when >= today:
                continue
            many, at = chance.randint(1, 5), _moment(when, 11)
            who = f"n° {chance.randint(1, 90)}"
            row = supplies.hand_tickets(
                batch=batch.pk, quantity=many, mark=_mark(chance), who=who, by=_HOUSE, at=at
            )
            if chance.random() < 0.8:
                kind = StubKind.USED if chance.random() < 0.85 else StubKind.RETURNED
                supplies.settle_tickets(
                    handout=row.pk, kind=kind, quantity=chance.randint(1, many), by=_HOUSE,
                    at=min(at + timedelta(days=12), _moment(today, 8)), event="Théâtre de la ville",
                )  # fmt: skip


def _gifts(site: int, today: date, now: datetime, chance: random.Random) -> None:
    campaign = supplies.open_campaign(
        site=site, name=f"Saint-Nicolas {today.year}", from_date=today - timedelta(days=20),
        until_date=today + timedelta(days=20), bands=((0, 2), (3, 5), (6, 8), (9, 12)), by=_HOUSE,
        at=now,
    )  # fmt: skip
    for _n in range(24):
        supplies.enrol_child(campaign=campaign.pk, age=chance.randint(0, 12), by=_HOUSE, at=now)
    bands = counters.campaigns_of(site)[0].bands.all()
    for band in bands:
        supplies.prepare_gifts(band=band.pk, quantity=4, by=_HOUSE, at=now)
    for number in range(1, 7):
        supplies.hand_gift(campaign=campaign.pk, number=number, by=_HOUSE, at=now)


def _openings(site: int, begins: date, today: date, chance: random.Random) -> None:
    day = begins + timedelta(days=(2 - begins.weekday()) % 7)
    while day < today:
        if not is_legal_holiday(day):
            came, went = chance.randint(10, 60), chance.randint(15, 55)
            draft = OpeningDraft(
                day, came, came * chance.randint(200, 700), went, went * chance.randint(200, 700),
                chance.randint(8, 25),
            )  # fmt: skip
            supplies.write_opening(site=site, draft=draft, by=_HOUSE, at=_moment(day, 17))
        day += timedelta(days=7)


def _garden(site: int, begins: date, now: datetime) -> None:
    first = _moment(begins, 14)
    for number in range(1, 9):
        surface = Decimal(20) + number % 3 * Decimal("2.50")
        supplies.add_plot(site=site, number=f"P{number}", surface=surface, by=_HOUSE, at=first)
    names = [one.first_name for one in made_up(11, seed=52)]
    for rank, name in enumerate(names):
        at = first + timedelta(hours=rank)
        asked = supplies.ask_plot(site=site, name=name, by=_HOUSE, at=at)
        if rank < 7:
            terms = Terms(begins, Decimal(20))
            supplies.take_plot(gardener=asked.pk, terms=terms, by=_HOUSE, at=at)
    supplies.settle_garden(site=site, by=_HOUSE, at=now - timedelta(days=3))


def _loans(site: int, today: date) -> None:
    names = ("Sonorisation", "Tente pliante", "Percolateur", "Débroussailleuse")
    items = [
        supplies.add_item(
            site=site, name=name, number=f"{rank:03d}", by=_HOUSE, at=_moment(today, 8)
        )
        for rank, name in enumerate(names, 1)
    ]
    for item, ago, days in ((items[0], 12, 5), (items[1], 2, 9)):
        day = today - timedelta(days=ago)
        supplies.lend(
            item=item.pk, due_date=day + timedelta(days=days), who="Comité de quartier", phone="",
            by=_HOUSE, at=_moment(day, 9),
        )  # fmt: skip
