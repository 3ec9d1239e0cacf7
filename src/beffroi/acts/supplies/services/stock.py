"""The stock: lots come in, go out, are counted; what is left is the sum of the movements.

Each movement is one conditional update of the lot and one row, in one transaction: a stock under
zero cannot be written, whoever else is at the shelf.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.supplies.enums import KEEPS_STOCK, MoveKind, Source
from beffroi.acts.supplies.models import Article, CountedLot, Lot, Movement, Recall, StockCount
from beffroi.acts.supplies.services.common import kept_site, must_count, must_say, trace, wrong
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, Refusal, WrongState


class NotEnough(Refusal):
    """There is less on the shelf than what is asked for."""

    def __init__(self, article: str, left: int) -> None:
        super().__init__(
            _("Il n’y a plus assez de « %(article)s ».") % {"article": article},
            _("Il en reste %(left)d.") % {"left": left},
            _("Prenez-en moins, ou comptez le rayon si vous en voyez davantage."),
        )


@dataclass(frozen=True)
class LotDraft:
    """What comes in at once."""

    article: int
    quantity: int
    source: str = Source.PURCHASE
    number: str = ""
    expires_date: date | None = None
    received_date: date | None = None
    giver: str = ""


def move(lot: Lot, kind: str, quantity: int, *, by: Actor, at: datetime, why: str = "") -> None:
    """This function will put in (+) or take out (−) units of a lot, whose row the caller holds.

    Raises: NotEnough when fewer are left.
    """
    rows = Lot.objects.filter(pk=lot.pk)
    if quantity < 0:
        rows = rows.filter(left__gte=-quantity)
    if not rows.update(left=F("left") + quantity):
        lot.refresh_from_db(fields=["left"])
        raise NotEnough(lot.article.name, lot.left)
    Movement.objects.create(
        lot=lot, kind=kind, quantity=quantity, why=why[:200], date=timezone.localdate(at), at=at,
        by_ref=by.ref, by_label=by.label,
    )  # fmt: skip
    lot.left += quantity


def held_article(pk: int, *, current: bool = True) -> Article:
    """This function will give an article, its row held: a lot and its recall never cross.

    Raises: InvalidInput.
    """
    found = Article.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if found is None or (current and not found.is_current):
        raise wrong("article", _("Choisissez un article de la liste."))
    return found


def _held_lot(pk: int, by: Actor) -> Lot:
    rows = Lot.objects.select_for_update(of=("self",), no_key=True).select_related(
        "article", "site__team"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("Ce lot n’existe pas."))
    kept_site(found.site_id, by, *KEEPS_STOCK)
    return found


@transaction.atomic
def receive(*, site: int, draft: LotDraft, by: Actor, at: datetime) -> Lot:
    """This function will take in a lot.

    Raises: NotAllowed; InvalidInput; WrongState when that number is recalled.
    """
    kept, today = kept_site(site, by, *KEEPS_STOCK), timezone.localdate(at)
    article = held_article(draft.article)
    quantity, received = must_count(draft.quantity), draft.received_date or today
    if draft.source not in Source.values:
        raise wrong("source", _("Dites d’où vient ce lot."))
    if received > today:
        raise wrong("received_date", _("Ce jour n’est pas encore venu."))
    if draft.expires_date and draft.expires_date < received:
        raise wrong("expires_date", _("Ce lot est déjà périmé : il ne peut pas entrer."))
    number = draft.number.strip().upper()[:40]
    _must_not_be_recalled(article, number)
    made = Lot.objects.create(
        site=kept, article=article, number=number, received_date=received, source=draft.source,
        expires_date=draft.expires_date, giver=draft.giver.strip()[:120],
    )  # fmt: skip
    move(made, MoveKind.RECEIVED, quantity, by=by, at=at)
    thing = ("supply_lot", made.pk)
    trace("supply.receive", by=by, at=at, site=kept, thing=thing, detail={"quantity": quantity})
    return made


def _must_not_be_recalled(article: Article, number: str) -> None:
    """Raises: WrongState."""
    known = Recall.objects.filter(article=article, number=number).first() if number else None
    if known is not None:
        raise WrongState(
            _("Le lot %(number)s de « %(article)s » est rappelé.")
            % {"number": number, "article": article.name},
            known.why,
            _("Mettez-le à part et prévenez le fournisseur."),
        )


@transaction.atomic
def lose(*, lot: int, quantity: int, why: str, by: Actor, at: datetime) -> Lot:
    """This function will take out what was lost or broken.

    Raises: NotAllowed; InvalidInput; NotEnough.
    """
    said = must_say(why, _("Dites ce qui est arrivé."))
    found, many = _held_lot(lot, by), must_count(quantity)
    move(found, MoveKind.LOST, -many, by=by, at=at, why=said)
    trace("supply.lose", by=by, at=at, site=found.site, thing=("supply_lot", lot))
    return found


@transaction.atomic
def discard(*, lot: int, by: Actor, at: datetime) -> Lot:
    """This function will take out all that is left of a lot that is expired or recalled.

    Raises: NotAllowed; WrongState when it is neither, or when nothing is left.
    """
    found = _held_lot(lot, by)
    if not (found.recall_id or found.is_expired_on(timezone.localdate(at))) or not found.left:
        raise WrongState(
            _("Ce lot n’est ni périmé ni rappelé, ou il est déjà vide."),
            todo=_("Pour le reste, notez une perte et dites ce qui est arrivé."),
        )
    why = _("Rappelé") if found.recall_id else ""
    move(found, MoveKind.EXPIRED, -found.left, by=by, at=at, why=why)
    trace("supply.discard", by=by, at=at, site=found.site, thing=("supply_lot", lot))
    return found


@transaction.atomic
def pass_on(*, lot: int, site: int, quantity: int, by: Actor, at: datetime) -> Lot:
    """This function will pass units of a lot to another site, where they are a lot of their own.

    Raises: NotAllowed; InvalidInput; WrongState when it is recalled; NotEnough.
    """
    article = Lot.objects.filter(pk=lot).values_list("article", flat=True).first()
    if article is not None:
        held_article(article, current=False)
    found, many = _held_lot(lot, by), must_count(quantity)
    there = kept_site(site, by, *KEEPS_STOCK)
    if there.pk == found.site_id:
        raise wrong("site", _("Choisissez un autre site."))
    _must_not_be_recalled(found.article, found.number)
    move(found, MoveKind.MOVED, -many, by=by, at=at, why=there.name)
    made = Lot.objects.create(
        site=there, article=found.article, number=found.number, source=found.source,
        received_date=timezone.localdate(at), expires_date=found.expires_date, giver=found.giver,
        came_from=found, recall=found.recall,
    )  # fmt: skip
    move(made, MoveKind.RECEIVED, many, by=by, at=at, why=found.site.name)
    detail = {"to": there.pk, "quantity": many}
    thing = ("supply_lot", lot)
    trace("supply.pass_on", by=by, at=at, site=found.site, thing=thing, detail=detail)
    return made


@transaction.atomic
def count_stock(
    *, site: int, found: Mapping[int, int], why: str, by: Actor, at: datetime
) -> StockCount:
    """This function will write an inventory, and correct each lot to what was found of it.

    `found` gives units by lot; a lot that is not named was not counted.
    Raises: NotAllowed; InvalidInput.
    """
    kept = kept_site(site, by, *KEEPS_STOCK)
    rows = Lot.objects.select_for_update(of=("self",), no_key=True).filter(site=kept, pk__in=found)
    lots = list(rows.select_related("article").order_by("pk"))
    if not lots or len(lots) != len(found):
        raise wrong("why", _("Comptez au moins un lot de ce site."))
    differs = any(lot.left != found[lot.pk] for lot in lots)
    words = _("Il y a des différences : dites d’où elles viennent, ou que vous ne savez pas.")
    said = must_say(why, words) if differs else why.strip()
    made = StockCount.objects.create(site=kept, at=at)
    for lot in lots:
        units = must_count(found[lot.pk], f"lot_{lot.pk}", least=0)
        CountedLot.objects.create(stock_count=made, lot=lot, expected=lot.left, found=units)
        if units != lot.left:
            move(lot, MoveKind.CORRECTED, units - lot.left, by=by, at=at, why=said)
    trace("supply.count", by=by, at=at, site=kept, detail={"lots": len(lots)})
    return made
