"""Reading: who opens a sitting, an item, its minutes or an extract leaves a row in the journal."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.bodies import queries
from beffroi.acts.bodies.enums import ItemState, SittingState
from beffroi.acts.bodies.models import AgendaItem, Item, Mandate, MinutesPart, Result, Sitting
from beffroi.acts.bodies.permissions import (
    bodies_of,
    bodies_prepared_by,
    fates_visible_to,
    items_visible_to,
    sittings_visible_to,
)
from beffroi.acts.bodies.services.moves import trace_item, trace_sitting
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import NotAllowed


@dataclass(frozen=True)
class Entry:
    """A place on the agenda; `item` is None when it is not this reader's to see."""

    position: int
    item: Item | None
    result: Result | None
    is_addition: bool


@dataclass(frozen=True)
class SittingPage:
    """A sitting as its reader sees it."""

    sitting: Sitting
    entries: list[Entry]
    members: list[Mandate]

    @property
    def left(self) -> list[Entry]:
        """This property gives what this reader sees undecided, in order."""
        return [entry for entry in self.entries if entry.item and entry.result is None]


@dataclass(frozen=True)
class ItemPage:
    """An item as who decides it reads it: its facts, and where it stands."""

    item: Item
    results: list[Result]
    sitting: Sitting | None
    is_member: bool


def _visible(reference: str, by: Actor, at: datetime) -> Sitting:
    found = sittings_visible_to(by, timezone.localdate(at)).filter(reference=reference).first()
    if found is None:
        raise NotAllowed(_("Cette séance n’existe pas, ou n’est pas de votre organe."))
    return found


@transaction.atomic
def read_sitting(*, reference: str, by: Actor, at: datetime) -> SittingPage:
    """This function will open a sitting and journal which persons its agenda showed.

    Raises: NotAllowed.
    """
    sitting = _visible(reference, by, at)
    agenda = list(sitting.agenda.select_related("item", "result"))
    seen = _seen(agenda, by, at)
    entries = [
        Entry(
            a.position, a.item if a.item_id in seen else None, _result(a, seen), a.is_addition
        )
        for a in agenda
    ]  # fmt: skip
    shown = [e.item.person_ref for e in entries if e.item and e.item.person_ref]
    trace_list(sitting.reference, shown, by=by, at=at)
    members = list(queries.in_function(sitting.body, queries.date_of(sitting)))
    return SittingPage(sitting, entries, members)


def _seen(agenda: list[AgendaItem], by: Actor, at: datetime) -> set[int]:
    visible = items_visible_to(by, timezone.localdate(at))
    return set(visible.filter(pk__in=[a.item_id for a in agenda]).values_list("pk", flat=True))


def _result(entry: AgendaItem, seen: set[int]) -> Result | None:
    return getattr(entry, "result", None) if entry.item_id in seen else None


def trace_list(name: str, person_refs: list[str], *, by: Actor, at: datetime) -> None:
    """This function will journal, in one row, the persons that a list showed, if it showed any."""
    if not person_refs:
        return
    audit.record(
        by=by, kind=ActKind.READ, verb="list.read", object_kind="council_list",
        object_ref=name[:80], at=at, detail={"references": person_refs},
    )  # fmt: skip


@transaction.atomic
def read_ready(*, sitting: str, by: Actor, at: datetime) -> list[Item]:
    """This function will give the items ready for the body of a sitting, the urgent ones first.

    Raises: NotAllowed unless the actor prepares it.
    """
    row = _visible(sitting, by, at)
    day = timezone.localdate(at)
    if not bodies_prepared_by(by, day).filter(pk=row.body_id).exists():
        raise NotAllowed(_("Vous ne préparez pas les séances de cet organe."))
    ready = items_visible_to(by, day).filter(body=row.body, state=ItemState.READY)
    found = list(ready.order_by("-is_urgent", "submitted_at", "pk"))
    shown = [item.person_ref for item in found if item.person_ref]
    trace_list(f"{row.reference} prêts", shown, by=by, at=at)
    return found


@transaction.atomic
def read_to_decide(*, by: Actor, at: datetime) -> list[AgendaItem]:
    """This function will give what the actor must decide at the sittings to come, in order."""
    day = timezone.localdate(at)
    found = list(
        AgendaItem.objects.filter(
            item__in=items_visible_to(by, day), result__isnull=True,
            sitting__body__in=bodies_of(by, day),
            sitting__state__in=(SittingState.CONVENED, SittingState.OPEN),
        )
        .select_related("item", "sitting__body")
        .order_by("sitting__starts_at", "sitting_id", "position")
    )  # fmt: skip
    shown = [entry.item.person_ref for entry in found if entry.item.person_ref]
    trace_list("à décider", shown, by=by, at=at)
    return found


@transaction.atomic
def read_item(*, reference: str, by: Actor, at: datetime) -> ItemPage:
    """This function will open an item for who may read it, and journal it for the person.

    Raises: NotAllowed.
    """
    item = _item(reference, by, at)
    trace_item(item, "council_item.read", by=by, at=at, kind=ActKind.READ)
    results = list(
        Result.objects.filter(agenda_item__item=item)
        .select_related("agenda_item__sitting__body")
        .order_by("decided_at")
    )
    last = item.agenda.select_related("sitting__body").order_by("-sitting__starts_at").first()
    body = last.sitting.body if last else item.body
    sits = queries.in_function(body, timezone.localdate(at)).filter(agent_id=int(by.ref))
    return ItemPage(item, results, last.sitting if last else None, sits.exists())


def _item(reference: str, by: Actor, at: datetime) -> Item:
    visible = items_visible_to(by, timezone.localdate(at)).select_related("body", "corrects")
    item = visible.filter(reference=reference).first()
    if item is None:
        raise NotAllowed(_("Ce point n’existe pas, ou n’est pas à vous de le décider."))
    return item


@transaction.atomic
def read_fates(*, by: Actor, at: datetime) -> list[Item]:
    """This function will give the fate of the items of the teams the actor leads, newest first."""
    found = list(
        fates_visible_to(by)
        .prefetch_related("agenda__sitting", "agenda__result")
        .order_by("-submitted_at", "-pk")[:200]
    )
    shown = [item.person_ref for item in found if item.person_ref]
    trace_list("propositions", shown, by=by, at=at)
    return found


@transaction.atomic
def read_minutes(*, sitting: str, by: Actor, at: datetime) -> list[MinutesPart]:
    """This function will give the parts of the minutes that are the actor's to see.

    Raises: NotAllowed; the parts on items she may not see are left out.
    """
    row = _visible(sitting, by, at)
    parts = list(row.minutes.select_related("agenda_item__item"))
    if not parts:
        raise NotAllowed(_("Le procès-verbal n’est pas encore rédigé."))
    seen = _seen([p.agenda_item for p in parts if p.agenda_item], by, at)
    kept = [p for p in parts if p.agenda_item is None or p.agenda_item.item_id in seen]
    shown = [p.agenda_item.item.person_ref for p in kept if p.agenda_item]
    trace_sitting(row, "minutes.read", by=by, at=at, kind=ActKind.READ)
    trace_list(row.reference, [ref for ref in shown if ref], by=by, at=at)
    return kept


@transaction.atomic
def read_extract(*, item: str, by: Actor, at: datetime) -> Result:
    """This function will give the latest result of an item, to be written as an extract.

    Raises: NotAllowed when it is not the actor's to see, or nothing is decided yet.
    """
    row = _item(item, by, at)
    result = queries.result_of(row.reference)
    if result is None:
        raise NotAllowed(_("Rien n’est encore décidé sur ce point."))
    trace_item(row, "council_item.extract", by=by, at=at, kind=ActKind.EXPORT)
    return result


@transaction.atomic
def read_convocation(*, sitting: str, by: Actor, at: datetime) -> Sitting:
    """This function will give a convened sitting, to be written as a convocation.

    Raises: NotAllowed before it is convened.
    """
    row = _visible(sitting, by, at)
    if row.convened_at is None:
        raise NotAllowed(_("Cette séance n’est pas encore convoquée."))
    trace_sitting(row, "sitting.convocation", by=by, at=at, kind=ActKind.EXPORT)
    return row
