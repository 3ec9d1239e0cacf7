"""Things that are lent: out, late, back."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.models import Item, Loan
from beffroi.acts.supplies.services.common import kept_site, must_say, trace, wrong
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed, WrongState


@transaction.atomic
def add_item(*, site: int, name: str, number: str, by: Actor, at: datetime) -> Item:
    """This function will write down a thing that may be lent. Raises: NotAllowed; InvalidInput."""
    kept = kept_site(site, by, SiteKind.LOANS)
    said = must_say(name, _("Nommez le matériel."), "name")
    made = Item.objects.create(site=kept, name=said[:120], number=number.strip()[:20])
    trace("supply.add_item", by=by, at=at, site=kept, thing=("supply_item", made.pk))
    return made


def _item(pk: int, by: Actor) -> Item:
    row = Item.objects.select_related("site__team").filter(pk=pk, is_current=True).first()
    if row is None:
        raise NotAllowed(_("Ce matériel n’existe pas."))
    kept_site(row.site_id, by, SiteKind.LOANS)
    return row


@transaction.atomic
def lend(*, item: int, due_date: date, who: str, phone: str, by: Actor, at: datetime) -> Loan:
    """This function will lend a thing until a day.

    Raises: NotAllowed; InvalidInput; WrongState when it is out.
    """
    row, today = _item(item, by), timezone.localdate(at)
    said = must_say(who, _("Écrivez chez qui il part."), "who")
    if due_date < today:
        raise wrong("due_date", _("Ce jour est déjà passé."))
    try:
        with transaction.atomic():
            made = Loan.objects.create(
                item=row, who=said[:120], phone=phone.strip()[:40], out_date=today,
                due_date=due_date,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState(
            _("« %(item)s » est déjà sorti.") % {"item": row},
            todo=_("Notez d’abord son retour."),
        ) from error
    trace("supply.lend", by=by, at=at, site=row.site, thing=("supply_item", item))
    return made


@transaction.atomic
def bring_back(*, loan: int, note: str, by: Actor, at: datetime) -> Loan:
    """This function will note that a thing is back. Raises: NotAllowed; WrongState."""
    row = Loan.objects.filter(pk=loan).first()
    if row is None:
        raise NotAllowed(_("Ce prêt n’existe pas."))
    item = _item(row.item_id, by)
    rows = Loan.objects.filter(pk=loan, back_date__isnull=True)
    if not rows.update(back_date=timezone.localdate(at), note=note.strip()[:200]):
        raise WrongState(_("Ce matériel est déjà rentré."))
    trace("supply.bring_back", by=by, at=at, site=item.site, thing=("supply_item", item.pk))
    row.refresh_from_db()
    return row
