"""Sites, what they count to, and the articles that all share: what a project lead sets up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.accounts import queries as accounts
from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.models import Article, Site
from beffroi.acts.supplies.permissions import can_set_up, can_set_up_somewhere
from beffroi.acts.supplies.services.common import set_up_site, trace, wrong
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.counting import count_to
from beffroi.core.errors import InvalidInput, NotAllowed

_T = TypeVar("_T")


@dataclass(frozen=True)
class SiteDraft:
    """What a site is made of."""

    name: str
    starts_on: date
    place: UUID | None = None
    ends_on: date | None = None
    offer_days: int = 14
    lines: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArticleDraft:
    """What an article is made of: grams, points and euros for one unit."""

    name: str
    unit: str
    grams: int
    points: Decimal
    price: Decimal
    code: str = ""
    allergens: str = ""
    is_current: bool = True


def _checked(draft: SiteDraft) -> dict[str, Any]:
    faults = {}
    if not draft.name.strip():
        faults["name"] = _("Donnez un nom au site.")
    if draft.ends_on and draft.ends_on < draft.starts_on:
        faults["ends_on"] = _("La fin vient avant le début.")
    if not 1 <= draft.offer_days <= 90:
        faults["offer_days"] = _("Laissez de 1 à 90 jours pour répondre.")
    if faults:
        raise InvalidInput(" ".join(faults.values()), fields=faults)
    return {
        "name": draft.name.strip()[:120], "place_id": draft.place, "starts_on": draft.starts_on,
        "ends_on": draft.ends_on, "offer_days": draft.offer_days,
    }  # fmt: skip


@transaction.atomic
def create_site(*, kind: str, team: str, draft: SiteDraft, by: Actor, at: datetime) -> Site:
    """This function will open a counter of a kind, held by a team.

    Raises: NotAllowed; InvalidInput.
    """
    row = accounts.team_by_key(team)
    if not can_set_up(by, team):
        raise NotAllowed(_("Vous ne réglez pas les sites de cette équipe."))
    if row is None:
        raise wrong("team", _("Choisissez l’équipe qui tient le site."))
    if kind not in SiteKind.values:
        raise wrong("kind", _("Choisissez la sorte de site."))
    made = Site.objects.create(kind=kind, team=row, **_checked(draft))
    count_to(made.keys, lines=draft.lines, actions=draft.actions, since=draft.starts_on)
    trace("supply.create_site", by=by, at=at, site=made)
    return made


@transaction.atomic
def change_site(*, site: int, draft: SiteDraft, by: Actor, at: datetime) -> Site:
    """This function will change what a site is; what was counted before today stays where it was.

    Raises: NotAllowed; InvalidInput.
    """
    found = set_up_site(site, by)
    Site.objects.filter(pk=found.pk).update(**_checked(draft))
    found.refresh_from_db()
    count_to(found.keys, lines=draft.lines, actions=draft.actions, since=timezone.localdate(at))
    trace("supply.change_site", by=by, at=at, site=found)
    return found


def _article(draft: ArticleDraft) -> dict[str, Any]:
    faults = {}
    if not draft.name.strip():
        faults["name"] = _("Donnez un nom à l’article.")
    if not draft.unit.strip():
        faults["unit"] = _("Dites comment on le compte : boîte, litre, paquet de 500 g.")
    if not 0 <= draft.grams <= 1_000_000:
        faults["grams"] = _("Écrivez le poids d’une unité, en grammes.")
    for field in ("points", "price"):
        if not 0 <= getattr(draft, field) < 100_000:
            faults[field] = _("Écrivez zéro ou plus.")
    if faults:
        raise InvalidInput(" ".join(faults.values()), fields=faults)
    return {
        "name": draft.name.strip()[:120], "unit": draft.unit.strip()[:30], "grams": draft.grams,
        "points": draft.points, "price": draft.price, "code": "".join(draft.code.split())[:20],
        "allergens": draft.allergens.strip()[:200], "is_current": draft.is_current,
    }  # fmt: skip


def _must_set_up(by: Actor) -> None:
    if not can_set_up_somewhere(by):
        raise NotAllowed(_("Les articles se règlent par votre responsable ou la cheffe de projet."))


def _once(act: Callable[[], _T]) -> _T:
    try:
        with transaction.atomic():
            return act()
    except IntegrityError as error:
        raise wrong("name", _("Un article porte déjà ce nom ou ce code-barres.")) from error


def _trace_article(verb: str, pk: int, by: Actor, at: datetime) -> None:
    audit.record(
        by=by, kind=ActKind.WRITE, verb=verb, object_kind="supply_article", object_ref=str(pk),
        at=at,
    )  # fmt: skip


@transaction.atomic
def create_article(*, draft: ArticleDraft, by: Actor, at: datetime) -> Article:
    """This function will write an article that every site may keep.

    Raises: NotAllowed; InvalidInput.
    """
    _must_set_up(by)
    given = _article(draft)
    made: Article = _once(lambda: Article.objects.create(**given))
    _trace_article("supply.create_article", made.pk, by, at)
    return made


@transaction.atomic
def change_article(*, article: int, draft: ArticleDraft, by: Actor, at: datetime) -> Article:
    """This function will change an article; baskets that were taken keep their points and price.

    Raises: NotAllowed; InvalidInput.
    """
    _must_set_up(by)
    given = _article(draft)
    if not _once(lambda: Article.objects.filter(pk=article).update(**given)):
        raise NotAllowed(_("Cet article n’existe pas."))
    _trace_article("supply.change_article", article, by, at)
    return Article.objects.get(pk=article)
