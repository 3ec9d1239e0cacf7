"""Gifts by number: bands of ages, cards, parcels; and the openings of a donnerie, without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.models import Campaign, GiftBand, GiftCard, Opening, Site
from beffroi.acts.supplies.services.common import (
    kept_site,
    must_count,
    must_say,
    set_up_site,
    trace,
    wrong,
)
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState

_OLDEST = 25


@dataclass(frozen=True)
class OpeningDraft:
    """What an opening of a donnerie counted: things, and grams."""

    date: date
    items_in: int = 0
    grams_in: int = 0
    items_out: int = 0
    grams_out: int = 0
    visits: int = 0


@transaction.atomic
def open_campaign(
    *, site: int, name: str, from_date: date, until_date: date, bands: Sequence[tuple[int, int]],
    by: Actor, at: datetime,
) -> Campaign:  # fmt: skip
    """This function will open a campaign for children of some ages, in bands that do not overlap.

    Raises: NotAllowed; InvalidInput.
    """
    found = set_up_site(site, by, SiteKind.GIFTS)
    said = must_say(name, _("Donnez un nom à la campagne."), "name")
    if until_date < from_date:
        raise wrong("until_date", _("La fin vient avant le début."))
    ordered = sorted(bands)
    overlaps = any(a[1] >= b[0] for a, b in zip(ordered, ordered[1:], strict=False))
    if not ordered or overlaps or any(not 0 <= a <= b <= _OLDEST for a, b in ordered):
        raise wrong("bands", _("Écrivez des tranches qui se suivent, par exemple 0-2, 3-5, 6-12."))
    made = Campaign.objects.create(
        site=found, name=said[:80], from_date=from_date, until_date=until_date
    )
    for first, last in ordered:
        GiftBand.objects.create(campaign=made, from_age=first, until_age=last)
    trace("supply.open_campaign", by=by, at=at, site=found, thing=("supply_campaign", made.pk))
    return made


def _campaign(pk: int, by: Actor, today: date) -> Campaign:
    row = Campaign.objects.select_for_update(of=("self",), no_key=True).select_related("site__team")
    found = row.filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("Cette campagne n’existe pas."))
    kept_site(found.site_id, by, SiteKind.GIFTS)
    if not found.from_date <= today <= found.until_date:
        raise WrongState(
            _("La campagne va du %(a)s au %(b)s.")
            % {"a": f"{found.from_date:%d/%m/%Y}", "b": f"{found.until_date:%d/%m/%Y}"}
        )
    return found


@transaction.atomic
def enrol_child(*, campaign: int, age: int, by: Actor, at: datetime) -> GiftCard:
    """This function will give the next number to a child of an age; nothing else is kept.

    Raises: NotAllowed; InvalidInput when no band holds that age; WrongState outside the dates.
    """
    found = _campaign(campaign, by, timezone.localdate(at))
    band = found.bands.filter(from_age__lte=age, until_age__gte=age).first()
    if band is None:
        raise wrong("age", _("La campagne ne prévoit pas de cadeau à cet âge."))
    last = found.cards.order_by().aggregate(n=Max("number"))["n"] or 0
    made = GiftCard.objects.create(campaign=found, band=band, number=last + 1, enrolled_at=at)
    trace("supply.enrol_child", by=by, at=at, site=found.site, thing=("supply_campaign", campaign))
    return made


@transaction.atomic
def prepare_gifts(*, band: int, quantity: int, by: Actor, at: datetime) -> GiftBand:
    """This function will add parcels that are ready for a band, or take back those that are not.

    Raises: NotAllowed; InvalidInput; WrongState when fewer are left than are taken back.
    """
    row = GiftBand.objects.select_related("campaign").filter(pk=band).first()
    if row is None:
        raise NotAllowed(_("Cette tranche d’âge n’existe pas."))
    found = _campaign(row.campaign_id, by, timezone.localdate(at))
    must_count(abs(quantity))
    rows = GiftBand.objects.filter(pk=band, prepared__gte=F("handed") - quantity)
    if not rows.update(prepared=F("prepared") + quantity):
        row.refresh_from_db()
        raise WrongState(_("Il ne reste que %(n)d colis prêts.") % {"n": row.left})
    trace("supply.prepare_gifts", by=by, at=at, site=found.site, detail={"n": quantity})
    row.refresh_from_db()
    return row


@transaction.atomic
def hand_gift(*, campaign: int, number: int, by: Actor, at: datetime) -> GiftCard:
    """This function will hand the parcel of a number over, once.

    Raises: NotAllowed; InvalidInput; WrongState when it was handed, or when no parcel is ready.
    """
    today = timezone.localdate(at)
    found = _campaign(campaign, by, today)
    card = found.cards.select_related("band").filter(number=number).first()
    if card is None:
        raise wrong("number", _("Aucune carte de cette campagne ne porte ce numéro."))
    if not GiftCard.objects.filter(pk=card.pk, handed_date=None).update(handed_date=today):
        raise WrongState(
            _("Le cadeau du numéro %(n)d est déjà remis.") % {"n": number},
            todo=_("Vérifiez le numéro sur la carte."),
        )
    ready = GiftBand.objects.filter(pk=card.band_id, handed__lt=F("prepared"))
    if not ready.update(handed=F("handed") + 1):
        raise WrongState(
            _("Aucun colis n’est prêt pour %(band)s.") % {"band": card.band},
            todo=_("Préparez-en un et écrivez-le ici, puis remettez-le."),
        )
    trace("supply.hand_gift", by=by, at=at, site=found.site, thing=("supply_campaign", campaign))
    card.refresh_from_db()
    return card


@transaction.atomic
def write_opening(*, site: int, draft: OpeningDraft, by: Actor, at: datetime) -> Opening:
    """This function will write what an opening of a donnerie counted.

    Raises: NotAllowed; InvalidInput.
    """
    kept = kept_site(site, by, SiteKind.GIVEAWAY)
    if draft.date > timezone.localdate(at):
        raise wrong("date", _("Ce jour n’est pas encore venu."))
    counted = {key: value for key, value in vars(draft).items() if key != "date"}
    for key, value in counted.items():
        if not 0 <= value <= 100_000_000:
            raise wrong(key, _("Écrivez zéro ou plus."))
    made = Opening.objects.create(site=kept, date=draft.date, at=at, **counted)
    trace("supply.write_opening", by=by, at=at, site=kept, thing=("supply_opening", made.pk))
    return made


@transaction.atomic
def take_back_opening(*, opening: int, why: str, by: Actor, at: datetime) -> None:
    """This function will take back an opening written by mistake; the row stays, with why.

    Raises: NotAllowed; InvalidInput; WrongState when it was done already.
    """
    said = must_say(why, _("Dites pourquoi cette ouverture est reprise."))
    row = Opening.objects.select_related("site__team").filter(pk=opening).first()
    if row is None:
        raise NotAllowed(_("Cette ouverture n’existe pas."))
    site: Site = kept_site(row.site_id, by, SiteKind.GIVEAWAY)
    rows = Opening.objects.filter(pk=opening, taken_back_at__isnull=True)
    if not rows.update(taken_back_at=at, why=said[:200]):
        raise WrongState(_("Cette ouverture est déjà reprise."))
    trace("supply.take_back_opening", by=by, at=at, site=site, thing=("supply_opening", opening))
