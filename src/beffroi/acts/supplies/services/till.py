"""A passage at the till: one basket, one household, in one transaction; first expiring first out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.supplies.enums import MoveKind, SiteKind
from beffroi.acts.supplies.models import Access, Article, Card, Lot, Passage, PassageLine
from beffroi.acts.supplies.pricing import asked, to_cent, total
from beffroi.acts.supplies.queries import access_on, points_used
from beffroi.acts.supplies.services.access import held_card
from beffroi.acts.supplies.services.common import (
    kept_site,
    must_count,
    must_not_be_close,
    must_say,
    trace,
    wrong,
)
from beffroi.acts.supplies.services.stock import NotEnough, move
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, Refusal, WrongState


class AccessOver(Refusal):
    """The household has no access on that day."""

    def __init__(self, card: Card) -> None:
        last = card.accesses.order_by("-until_date").first()
        why = _("Aucun accès ne court aujourd’hui.")
        if last is not None and last.ended_at is None:
            why = _("Son dernier accès va du %(a)s au %(b)s.") % {
                "a": f"{last.since_date:%d/%m/%Y}", "b": f"{last.until_date:%d/%m/%Y}",
            }  # fmt: skip
        super().__init__(
            _("La carte %(card)s n’ouvre pas l’épicerie aujourd’hui.") % {"card": card.number},
            why,
            _("Appelez le service social : lui seul peut rouvrir l’accès."),
        )


class CapReached(Refusal):
    """The basket asks for more points than are left this month."""

    def __init__(self, points: Decimal, left: Decimal) -> None:
        def said(amount: Decimal) -> str:
            return f"{amount:.2f}".replace(".", ",")

        super().__init__(
            _("Ce panier dépasse le plafond du mois."),
            _("Il demande %(points)s points, il en reste %(left)s.")
            % {"points": said(points), "left": said(left)},
            _("Retirez pour %(over)s points, ou gardez-les pour le mois prochain.")
            % {"over": said(points - left)},
        )


@dataclass(frozen=True)
class _Taken:
    """Units that go out of one lot."""

    lot: Lot
    quantity: int


def _take(site: int, basket: Mapping[int, int], today: date) -> list[_Taken]:
    """Which lots give the units of a basket, the rows held. Raises: NotEnough; WrongState.

    Rows are held in the order of their keys, whatever the order of the basket: two tills that want
    the same things never wait for each other in a circle.
    """
    held = Lot.objects.select_for_update(of=("self",), no_key=True).filter(
        site=site, article__in=basket
    )
    lots = list(held.filter(left__gt=0).select_related("article").order_by("pk"))
    names = dict(Article.objects.filter(pk__in=basket).values_list("pk", "name"))
    taken: list[_Taken] = []
    for key, wanted in basket.items():
        own = [lot for lot in lots if lot.article_id == key]
        good = [lot for lot in own if lot.recall_id is None and not lot.is_expired_on(today)]
        good.sort(key=lambda lot: (lot.expires_date or date.max, lot.received_date, lot.pk))
        missing = wanted
        for lot in good:
            units = min(lot.left, missing)
            if units:
                taken.append(_Taken(lot, units))
                missing -= units
        if missing:
            if own and not good:
                raise _blocked(own)
            raise NotEnough(names.get(key, "?"), wanted - missing)
    return taken


def _blocked(lots: list[Lot]) -> WrongState:
    """What lies on the shelf may not be handed over."""
    recalled = next((lot for lot in lots if lot.recall_id), None)
    lot = recalled or lots[0]
    what = _("Le lot %(n)s de « %(a)s » est rappelé.") if recalled else _("« %(a)s » est périmé.")
    return WrongState(
        what % {"n": lot.number, "a": lot.article.name},
        _("Il ne peut plus être remis à personne."),
        _("Retirez-le du rayon et du panier."),
    )


@transaction.atomic
def _pass(card: int, basket: Mapping[int, int], mark: UUID, by: Actor, at: datetime) -> Passage:
    found, today = held_card(card, by), timezone.localdate(at)
    kept_site(found.site_id, by, SiteKind.GROCERY)
    known = Passage.objects.filter(mark=mark, card=found).first()
    if known is not None:
        return known
    access = access_on(found, today)
    if access is None:
        raise AccessOver(found)
    wanted = {key: must_count(units, "basket") for key, units in basket.items() if units}
    if not wanted:
        raise wrong("basket", _("Le panier est vide : touchez ce qui est pris."))
    taken = _take(found.site_id, wanted, today)
    points = total((one.lot.article.points, one.quantity) for one in taken)
    left = to_cent(access.cap - points_used(found, today))
    if points > left:
        raise CapReached(points, left)
    return _write(found, access, taken, mark, by, at)


def _write(
    card: Card, access: Access, taken: list[_Taken], mark: UUID, by: Actor, at: datetime
) -> Passage:
    value = total((one.lot.article.price, one.quantity) for one in taken)
    made = Passage.objects.create(
        access=access, card=card, site_id=card.site_id, mark=mark, date=timezone.localdate(at),
        at=at, people=access.people, value=value, paid=asked(value, access.percent),
        points=total((one.lot.article.points, one.quantity) for one in taken),
        grams=sum(one.lot.article.grams * one.quantity for one in taken),
    )  # fmt: skip
    lines = []
    for one in sorted(taken, key=lambda one: one.lot.pk):
        article = one.lot.article
        move(one.lot, MoveKind.OUT, -one.quantity, by=by, at=at)
        lines.append(
            PassageLine(
                passage=made, article=article, lot=one.lot, quantity=one.quantity,
                points=to_cent(article.points * one.quantity),
                value=to_cent(article.price * one.quantity),
            )
        )  # fmt: skip
    PassageLine.objects.bulk_create(lines)
    trace("supply.pass", by=by, at=at, site=card.site, thing=("supply_passage", made.pk))
    return made


def hand_over(
    *, card: int, basket: Mapping[int, int], mark: UUID, by: Actor, at: datetime
) -> Passage:
    """This function will hand a basket (units by article) over to the household of a card.

    The same `mark` gives the same passage again: a page sent twice counts once.
    Raises: NotAllowed; InvalidInput; AccessOver; CapReached; NotEnough; WrongState.
    """
    try:
        return _pass(card, basket, mark, by, at)
    except IntegrityError:
        known = Passage.objects.filter(mark=mark, card=card).first()
        if known is None:
            raise
        return known


@transaction.atomic
def cancel_passage(*, passage: int, why: str, by: Actor, at: datetime) -> Passage:
    """This function will cancel a passage: its units go back to their lots, its points too.

    Raises: NotAllowed; InvalidInput; WrongState when it is cancelled already.
    """
    said = must_say(why, _("Dites pourquoi le passage est annulé."))
    row = Passage.objects.select_related("site__team", "card").filter(pk=passage).first()
    if row is None:
        raise NotAllowed(_("Ce passage n’existe pas."))
    kept_site(row.site_id, by, SiteKind.GROCERY)
    must_not_be_close(row.card.person_id, by)
    Card.objects.select_for_update(no_key=True).filter(pk=row.card_id).first()
    rows = Passage.objects.filter(pk=passage, cancelled_at__isnull=True)
    if not rows.update(cancelled_at=at, cancel_why=said[:200]):
        raise WrongState(_("Ce passage est déjà annulé."))
    lines = row.lines.select_related("lot__article").select_for_update(of=("lot",), no_key=True)
    for line in lines.order_by("lot_id"):
        move(line.lot, MoveKind.BACK, line.quantity, by=by, at=at)
    trace("supply.cancel_passage", by=by, at=at, site=row.site, thing=("supply_passage", passage))
    row.refresh_from_db()
    return row
