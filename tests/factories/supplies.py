"""Sites, articles, lots, cards: each made through the services."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from beffroi.accounts.enums import Role
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.models import Article, Card, Lot, Passage, Site
from beffroi.acts.supplies.services import (
    AccessDraft,
    ArticleDraft,
    BatchDraft,
    LotDraft,
    RuleDraft,
    SiteDraft,
)
from beffroi.core.actors import Actor, system_actor
from tests.factories.requests import agent, team

#: A Tuesday morning, 9.30 in Brussels.
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HOUSE = system_actor("tests")
_numbers = count(1)


def later(days: float = 1) -> datetime:
    """This function will give a moment after 9.30 that Tuesday, in days."""
    return NOW + timedelta(days=days)


def keeper(team_key: str = "houses") -> Actor:
    """Somebody who holds the counters of a team."""
    return agent(Role.ANIMATOR, team_key)


def leader(team_key: str = "houses") -> Actor:
    """Who leads that team, and sets its sites up."""
    return agent(Role.TEAM_LEADER, team_key)


def lead() -> Actor:
    """Who leads the plan, and holds no counter."""
    return agent(Role.PCS_LEAD, "pcs")


def worker() -> Actor:
    """A social worker, who brings the decisions of the CPAS."""
    return agent(Role.SOCIAL_WORKER, "aid")


def site(kind: str = "grocery", team_key: str = "houses", **more: Any) -> Site:
    """A counter of a team."""
    team(team_key)
    given = {"name": f"Site {next(_numbers)}", "starts_on": date(2026, 1, 1)} | more
    return supplies.create_site(
        kind=kind, team=team_key, draft=SiteDraft(**given), by=HOUSE, at=NOW
    )


def article(**more: Any) -> Article:
    """A tin of 400 g, worth 2 points and 1,50 € in a shop."""
    given = {
        "name": f"Boîte {next(_numbers)}", "unit": "boîte", "grams": 400, "points": Decimal(2),
        "price": Decimal("1.50"),
    } | more  # fmt: skip
    return supplies.create_article(draft=ArticleDraft(**given), by=HOUSE, at=NOW)


def lot(of: Site, what: Article | None = None, quantity: int = 10, **more: Any) -> Lot:
    """A lot that came in."""
    at = more.pop("at", NOW)
    draft = LotDraft((what or article()).pk, quantity, **more)
    return supplies.receive(site=of.pk, draft=draft, by=HOUSE, at=at)


def rule(of: Site, **more: Any) -> Any:
    """Forty points for one, half for another adult, three tenths for a child; 40 % are paid."""
    given = {
        "since_date": date(2026, 1, 1), "points": Decimal(40), "adult_weight": Decimal("0.5"),
        "child_weight": Decimal("0.3"), "percent": Decimal(40),
    } | more  # fmt: skip
    return supplies.set_rule(site=of.pk, draft=RuleDraft(**given), by=HOUSE, at=NOW)


def access(**more: Any) -> AccessDraft:
    """A decision that opens a grocery for six months, forty points a month."""
    given = {
        "decision": "CSSS 12/11/2026", "since_date": date(2026, 11, 1),
        "until_date": date(2027, 4, 30), "cap": Decimal(40), "percent": Decimal(40),
    } | more  # fmt: skip
    return AccessDraft(**given)


def card(
    of: Site, name: str = "", phone: str = "", person_ref: str = "", by: Actor = HOUSE, **more: Any
) -> Card:
    """A household that may come."""
    return supplies.open_card(
        site=of.pk, name=name or f"Ménage {next(_numbers)}", phone=phone, person_ref=person_ref,
        draft=access(**more), by=by, at=NOW,
    )  # fmt: skip


def passage(of: Card, basket: dict[int, int], at: datetime = NOW) -> Passage:
    """A basket handed over."""
    return supplies.hand_over(card=of.pk, basket=basket, mark=uuid4(), by=HOUSE, at=at)


def batch(of: Site, quantity: int = 100, **more: Any) -> Any:
    """Tickets of 5 €, of which the person pays 2."""
    given = {
        "name": "Automne", "received_date": TODAY, "quantity": quantity, "nominal": Decimal(5),
        "user_price": Decimal(2), "own_share": Decimal(3), "funding": "Plan de cohésion sociale",
        "valid_until": date(2027, 6, 30),
    } | more  # fmt: skip
    return supplies.receive_batch(site=of.pk, draft=BatchDraft(**given), by=HOUSE, at=NOW)


def addresses(team_key: str, **who: Any) -> dict[str, dict[str, object]]:
    """The real parameters of each address under /desk/distributions/ that takes some."""
    shop, tin = site(team_key=team_key), article()
    lot(shop, tin, number="L1")
    by = agent(Role.SOCIAL_WORKER, team_key)
    home = card(shop, since_date=date(2020, 1, 1), by=by, **who)
    done = passage(home, {tin.pk: 1})
    recall = supplies.recall_lot(article=tin.pk, number="L1", why="x", by=HOUSE, at=NOW)
    of, one, slip = {"pk": shop.pk}, {"pk": home.pk}, {"pk": done.pk}
    return {
        "supplies_site": of, "supplies_site_edit": of, "supplies_count": of,
        "supplies_act": {**of, "act": "recevoir"}, "supplies_article": {"pk": tin.pk},
        "supplies_recall": {"pk": recall.pk}, "supplies_cards": of, "supplies_card_new": of,
        "supplies_card": one, "supplies_card_act": {**one, "act": "acces"}, "supplies_till": of,
        "supplies_till_card": one, "supplies_passage": slip,
        "supplies_passage_act": {**slip, "act": "annuler"},
    }  # fmt: skip
