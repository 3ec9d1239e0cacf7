"""A recall: what is left of a lot number is blocked at once, and those who got it can be called."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beffroi.acts.supplies.models import Lot, PassageLine, Recall
from beffroi.acts.supplies.permissions import can_recall, own_teams
from beffroi.acts.supplies.services.common import must_say, wrong
from beffroi.acts.supplies.services.stock import held_article
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor, ActorKind
from beffroi.core.errors import InvalidInput, NotAllowed
from beffroi.people.permissions import barred_persons


@dataclass(frozen=True)
class ToCall:
    """A household that got some of a recalled lot."""

    card: str
    name: str
    phone: str
    last_date: date
    units: int


def _must_recall(by: Actor) -> None:
    if not can_recall(by):
        raise NotAllowed(_("Vous ne tenez aucun stock."))


def _trace(verb: str, recall: Recall, by: Actor, at: datetime, kind: ActKind) -> None:
    audit.record(
        by=by, kind=kind, verb=verb, object_kind="supply_recall", object_ref=str(recall.pk), at=at
    )


@transaction.atomic
def recall_lot(*, article: int, number: str, why: str, by: Actor, at: datetime) -> Recall:
    """This function will block what is left of a lot number, on every site and for ever.

    Raises: NotAllowed; InvalidInput when no such lot came in, or when it is recalled already.
    """
    _must_recall(by)
    said = must_say(why, _("Dites pourquoi le lot est rappelé."))
    named = must_say(number, _("Écrivez le numéro du lot."), "number").upper()[:40]
    row = held_article(article, current=False)
    lots = Lot.objects.select_for_update(no_key=True).filter(article=row, number=named)
    keys = list(lots.order_by("pk").values_list("pk", flat=True))
    if not keys:
        words = _("Aucun lot de cet article ne porte ce numéro. Vérifiez l’emballage.")
        raise wrong("number", words)
    try:
        with transaction.atomic():
            made = Recall.objects.create(article=row, number=named, why=said[:300], at=at)
    except IntegrityError as error:
        words = _("Ce lot est déjà rappelé.")
        raise InvalidInput(words, fields={"number": words}) from error
    Lot.objects.filter(pk__in=keys).update(recall=made)
    _trace("supply.recall", made, by, at, ActKind.WRITE)
    return made


@transaction.atomic
def read_recall(*, recall: int, by: Actor, at: datetime) -> list[ToCall]:
    """This function will give the households to call, by name, and journal that they were read.

    Only those of the counters the actor holds. Raises: NotAllowed.
    """
    _must_recall(by)
    found = Recall.objects.filter(pk=recall).first()
    if found is None:
        raise NotAllowed(_("Ce rappel n’existe pas."))
    lines = PassageLine.objects.filter(lot__recall=found, passage__cancelled_at__isnull=True)
    if by.kind is not ActorKind.SYSTEM:
        lines = lines.filter(passage__site__team__key__in=own_teams(by))
    calls, close = dict[int, ToCall](), barred_persons(by)
    for line in lines.select_related("passage__card").order_by("passage__date", "pk"):
        card = line.passage.card
        units = calls[card.pk].units if card.pk in calls else 0
        named = (card.number, card.name, card.phone)
        if card.person_id in close:
            named = ("", _("Un ménage qu’une collègue appelle"), "")
        calls[card.pk] = ToCall(*named, line.passage.date, units + line.quantity)
    _trace("supply.read_recall", found, by, at, ActKind.READ)
    return sorted(calls.values(), key=lambda one: (one.name, one.card))
