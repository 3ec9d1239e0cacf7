"""What is read of bodies, mandates, items and outcomes; who may read it, `permissions` says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from beffroi.acts.bodies.enums import (
    VOTING_ROLES,
    BodyKind,
    ItemState,
    MandateRole,
    SittingState,
)
from beffroi.acts.bodies.models import (
    AgendaItem,
    Attribution,
    Body,
    Item,
    Mandate,
    Presence,
    Recusal,
    Result,
    Sitting,
    UrgentDecision,
)
from beffroi.rules import council as rules

#: Who presides first, then the members, then who holds the pen.
_BY_ROLE = Case(
    When(role=MandateRole.PRESIDENT, then=Value(0)),
    When(role=MandateRole.MEMBER, then=Value(1)),
    default=Value(2),
)


@dataclass(frozen=True)
class ItemView:
    """An item as the room that put it forward sees it: where it stands, and no more."""

    reference: str
    state: str
    state_label: str
    organ: str
    submitted_date: date
    sitting_date: date | None


@dataclass(frozen=True)
class Outcome:
    """What a body decided on an item. `votes` are for, against and abstentions."""

    state: str
    organ: str
    sitting_date: date
    votes: tuple[int, int, int]
    is_secret: bool
    text: str
    sitting_ref: str
    minutes_approved: bool

    @property
    def is_final(self) -> bool:
        return self.state != "postponed"


def mandates_on(day: date) -> QuerySet[Mandate]:
    """This function will give the mandates that run on `day`, sworn in or not."""
    return (
        Mandate.objects.filter(from_date__lte=day)
        .filter(Q(until_date__isnull=True) | Q(until_date__gte=day))
        .select_related("agent", "body")
        .order_by(_BY_ROLE, "agent__last_name", "pk")
    )


def in_function(body: Body, day: date) -> QuerySet[Mandate]:
    """This function will give who sits in `body` with a voice on `day`.

    In the council, only once the oath is taken; the other bodies are drawn from it.
    """
    held = mandates_on(day).filter(body=body, role__in=VOTING_ROLES)
    if body.kind == BodyKind.COUNCIL:
        held = held.filter(oath_date__lte=day)
    return held


def secretaries(body: Body, day: date) -> QuerySet[Mandate]:
    """This function will give who holds the pen of `body` on `day`, without a voice."""
    return mandates_on(day).filter(body=body, role=MandateRole.SECRETARY)


def bodies() -> QuerySet[Body]:
    """This function will give every body, the council first."""
    return Body.objects.all()


def council() -> Body:
    """This function will give the council. Raises: Body.DoesNotExist before it is composed."""
    return Body.objects.get(kind=BodyKind.COUNCIL)


def body_for(kind: str) -> Body:
    """This function will give who decides a kind of matter: the council, unless it delegated."""
    row = Attribution.objects.filter(kind=kind).select_related("body").first()
    return row.body if row else council()


def attributions() -> QuerySet[Attribution]:
    """This function will give which body decides what, by name."""
    return Attribution.objects.select_related("body")


def label_of_kind(kind: str) -> str:
    """This function will give what a kind of matter is called, or its key."""
    row = Attribution.objects.filter(kind=kind).first()
    return row.label if row else kind


def date_of(sitting: Sitting) -> date:
    """This function will give the day of a sitting, where the house is."""
    return timezone.localdate(sitting.starts_at)


def item_for(subject_kind: str, subject_ref: str) -> ItemView | None:
    """This function will give the latest item put forward for a subject."""
    item = (
        Item.objects.filter(subject_kind=subject_kind, subject_ref=subject_ref)
        .select_related("body")
        .order_by("-submitted_at", "-pk")
        .first()
    )
    if item is None:
        return None
    last = item.agenda.select_related("sitting").order_by("-sitting__starts_at").first()
    return ItemView(
        item.reference,
        item.state,
        str(item.get_state_display()),
        item.body.name,
        timezone.localdate(item.submitted_at),
        date_of(last.sitting) if last else None,
    )


def result_of(item_ref: str) -> Result | None:
    """This function will give the latest result on an item, with its sitting and body."""
    return (
        Result.objects.filter(agenda_item__item__reference=item_ref)
        .select_related("agenda_item__sitting__body", "agenda_item__item")
        .order_by("-decided_at", "-pk")
        .first()
    )


def outcome_of(item_ref: str) -> Outcome | None:
    """This function will give what was decided last on an item; None before any sitting did."""
    result = result_of(item_ref)
    if result is None:
        return None
    sitting = result.agenda_item.sitting
    return Outcome(
        state=result.outcome,
        organ=sitting.body.name,
        sitting_date=date_of(sitting),
        votes=(result.votes_for, result.votes_against, result.abstentions),
        is_secret=result.is_secret,
        text=result.text,
        sitting_ref=sitting.reference,
        minutes_approved=sitting.approved_at is not None,
    )


def in_the_room(sitting: Sitting) -> QuerySet[Presence]:
    """This function will give who is in the room now."""
    return sitting.presences.filter(left_at__isnull=True).select_related("mandate__agent")


def voters_in_the_room(sitting: Sitting) -> list[Mandate]:
    """This function will give the members with a voice who are in the room now."""
    here = in_the_room(sitting).filter(mandate__role__in=VOTING_ROLES)
    return sorted(
        (p.mandate for p in here),
        key=lambda m: (m.role != MandateRole.PRESIDENT, m.agent.last_name, m.pk),
    )


@dataclass(frozen=True)
class ToRatify:
    """An urgent aid that a sitting must still ratify, in euros; no sitting yet is None."""

    reference: str
    item: str
    kind: str
    amount: Decimal
    decided_at: datetime
    sitting: str
    sitting_at: datetime | None


def to_ratify(rows: QuerySet[UrgentDecision]) -> list[ToRatify]:
    """This function will give these urgent aids with the sitting that looks at each, oldest first."""
    places = AgendaItem.objects.filter(result__isnull=True).select_related("sitting")
    found = rows.select_related("ratification").prefetch_related(
        Prefetch("ratification__agenda", places, to_attr="open_places")
    )
    made = []
    for row in found.order_by("decided_at", "pk"):
        open_places = row.ratification.open_places  # type: ignore[attr-defined]
        place = open_places[-1].sitting if open_places else None
        made.append(
            ToRatify(
                row.reference, row.ratification.reference, row.kind, row.amount, row.decided_at,
                place.reference if place else "", place.starts_at if place else None,
            )
        )  # fmt: skip
    return made


def recusals_among(items: Iterable[Item]) -> list[Recusal]:
    """This function will give who may not vote which of these items, in one query."""
    rows = Recusal.objects.filter(item__in=list(items)).select_related("mandate__agent", "item")
    return list(rows.order_by("mandate__agent__last_name", "pk"))


def agenda_of(sitting: Sitting) -> QuerySet[AgendaItem]:
    """This function will give the agenda in its order, with items and results."""
    return sitting.agenda.select_related("item", "result").prefetch_related("item__recusals")


def mandates_of_body(body: Body) -> QuerySet[Mandate]:
    """This function will give every mandate of a body, running ones first."""
    rows = body.mandates.select_related("agent", "body", "replaces__agent")
    return rows.order_by(
        F("until_date").desc(nulls_first=True), _BY_ROLE, "agent__last_name", "pk"
    )  # fmt: skip


def with_matters(rows: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """This function will add to each sitting how many matters it has (`matters`), newest first."""
    rows = rows.annotate(matters=Count("agenda")).select_related("body")
    return rows.order_by("-starts_at", "-pk")


def urgent_limit_of(body: Body, day: date) -> tuple[Decimal, bool]:
    """This function will give, in euros, what the president may grant alone.

    The flag says whether the council's own rules fixed it.
    """
    if body.urgent_limit is not None:
        return body.urgent_limit, True
    return rules.urgent_aid_limit(day), False


def mandate(pk: int) -> Mandate | None:
    """This function will give a mandate with its agent and body."""
    return Mandate.objects.select_related("agent", "body").filter(pk=pk).first()


def decided_among(item_refs: Iterable[str]) -> set[str]:
    """This function will give those of these items that a body decided for good."""
    rows = Item.objects.filter(reference__in=list(item_refs), state=ItemState.DECIDED)
    return set(rows.values_list("reference", flat=True))


def not_over(rows: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """This function will keep the sittings that still ask for something, the nearest first."""
    over = (SittingState.APPROVED, SittingState.CANCELLED)
    return rows.exclude(state__in=over).order_by("starts_at", "pk")
