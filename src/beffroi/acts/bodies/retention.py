"""How long matters, minutes and mandates are kept, and how they end."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from beffroi.acts.bodies.enums import SittingState
from beffroi.acts.bodies.models import (
    AgendaItem,
    Ballot,
    ConcernedPerson,
    Item,
    Mandate,
    MinutesPart,
    Result,
    Sitting,
    UrgentDecision,
)
from beffroi.acts.bodies.services.moves import trace_item, trace_sitting
from beffroi.audit.retention import Rule, declare, minutes_kept, minutes_limit, years
from beffroi.core.actors import system_actor

#: After the decision, and after the end of a mandate.
_KEEP_ITEM = _KEEP_PARTY = years(10)


def empty_items(at: datetime) -> int:
    """This function will empty the matters ended ten years ago; number, dates and votes stay."""
    limit = at - _KEEP_ITEM
    due = Item.objects.filter(ended_at__lte=limit, emptied_at__isnull=True)
    return sum(_empty_item(item, at) for item in due)


@transaction.atomic
def _empty_item(item: Item, at: datetime) -> bool:
    trace_item(item, "council_item.empty", by=system_actor("retention"), at=at)
    gone = {
        "title": "—",
        "summary": [],
        "person_ref": "",
        "subject_ref": f"-{item.pk}",
        "submitted_by": "",
    }
    if not Item.objects.filter(pk=item.pk, emptied_at__isnull=True).update(emptied_at=at, **gone):
        return False
    ConcernedPerson.objects.filter(item=item).delete()
    item.recusals.all().delete()
    AgendaItem.objects.filter(item=item, is_addition=True).update(addition_reason="—")
    Result.objects.filter(agenda_item__item=item).update(text="", by_label="")
    UrgentDecision.objects.filter(ratification=item).update(
        person_ref="", subject_ref="", reason="", emptied_at=at
    )
    return True


def empty_minutes(at: datetime) -> int:
    """This function will empty the minutes as old as the house says, thirty years unless it changes.

    How each member voted goes with them; totals stay.
    """
    limit = minutes_limit(at)
    if limit is None:
        return 0
    over = (SittingState.APPROVED, SittingState.NO_QUORUM, SittingState.CANCELLED)
    due = Sitting.objects.filter(starts_at__lte=limit, state__in=over, emptied_at__isnull=True)
    return sum(_empty_minutes(sitting, at) for sitting in due)


@transaction.atomic
def _empty_minutes(sitting: Sitting, at: datetime) -> bool:
    if not Sitting.objects.filter(pk=sitting.pk, emptied_at__isnull=True).update(
        emptied_at=at, urgency_reason=""
    ):
        return False
    MinutesPart.objects.filter(sitting=sitting).update(title="—", text="")
    sitting.moves.update(by_label="", why="")
    sitting.presences.all().delete()
    Ballot.objects.filter(result__agenda_item__sitting=sitting).delete()
    trace_sitting(sitting, "minutes.empty", by=system_actor("retention"), at=at)
    return True


def forget_parties(at: datetime) -> int:
    """This function will take the political group out of mandates that ended ten years ago."""
    limit = timezone.localdate(at - _KEEP_PARTY)
    return Mandate.objects.filter(until_date__lte=limit).exclude(party="").update(party="")


def _with(parent: str, model: str, keep: str, *personal: str) -> Rule:
    return Rule(f"bodies.{model}", personal=personal, keep=keep, with_parent=f"bodies.{parent}")


_ITEM, _MINUTES = "10 ans après la décision", minutes_kept()
declare(
    Rule("bodies.Body"),
    Rule("bodies.Attribution"),
    Rule(
        "bodies.Mandate", personal=("agent", "party"), end=forget_parties,
        keep="le mandat reste ; le groupe politique, 10 ans après sa fin",
    ),
    Rule(
        "bodies.Item", end=empty_items, keep=_ITEM,
        personal=("title", "summary", "person_ref", "subject_ref", "submitted_by"),
    ),
    _with("Item", "ConcernedPerson", _ITEM, "person_ref"),
    _with("Item", "Recusal", _ITEM, "mandate", "by_label"),
    _with("Item", "UrgentDecision", _ITEM, "person_ref", "subject_ref", "reason"),
    _with("Item", "Result", _ITEM, "text", "by_label"),
    _with("Item", "AgendaItem", _ITEM, "addition_reason"),
    # Who presided and who kept the pen are mandates, and mandates stay.
    Rule("bodies.Sitting", end=empty_minutes, keep=_MINUTES, personal=("urgency_reason",)),
    _with("Sitting", "SittingMove", _MINUTES, "by_label", "why"),
    _with("Sitting", "Presence", _MINUTES, "mandate"),
    _with("Sitting", "Ballot", _MINUTES, "mandate"),
    _with("Sitting", "MinutesPart", _MINUTES, "title", "text"),
)  # fmt: skip
