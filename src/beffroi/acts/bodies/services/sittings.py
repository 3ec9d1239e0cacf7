"""Plans a sitting, builds its agenda and convenes its members in time."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.acts.bodies import queries
from beffroi.acts.bodies.enums import ItemState, SittingState
from beffroi.acts.bodies.models import AgendaItem, Body, Item, Sitting
from beffroi.acts.bodies.permissions import bodies_prepared_by, sittings_visible_to
from beffroi.acts.bodies.services.items import note_ties
from beffroi.acts.bodies.services.moves import hold, move_item, move_sitting, trace_sitting
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents import services as documents
from beffroi.rules import council as rules

#: Positions on the way to their new place; an agenda never has so many matters.
_ASIDE = 10_000


class TooLateToConvene(InvalidInput):
    """The convocation would leave less than the clear days the law gives."""

    def __init__(self, day: date, last: date, clear_days: int) -> None:
        super().__init__(
            _("Il est trop tard pour convoquer à cette date."),
            {"urgency_reason": _("Dites pourquoi la séance ne peut pas attendre.")},
            _("La loi donne %(days)s jours francs : la convocation devait partir le %(last)s.")
            % {"days": clear_days, "last": last.strftime("%d/%m/%Y")},
            _("Choisissez une date plus lointaine, ou motivez l’urgence."),
        )


def prepared(reference: str, by: Actor, at: datetime) -> Sitting:
    """This function will give a sitting the actor prepares. Raises: NotAllowed."""
    day = timezone.localdate(at)
    mine = bodies_prepared_by(by, day)
    found = sittings_visible_to(by, day).filter(reference=reference, body__in=mine).first()
    if found is None:
        raise NotAllowed(_("Cette séance n’existe pas, ou n’est pas de votre organe."))
    return found


@transaction.atomic
def plan_sitting(
    *, body_key: str, starts_at: datetime, place: str, by: Actor, at: datetime
) -> Sitting:
    """This function will plan a sitting of a body, with an empty agenda.

    Raises: NotAllowed; InvalidInput when it is past or nowhere.
    """
    body = bodies_prepared_by(by, timezone.localdate(at)).filter(key=body_key).first()
    if body is None:
        raise NotAllowed(_("Vous ne préparez pas les séances de cet organe."))
    return _plan(body, starts_at, place, by=by, at=at)


def _plan(
    body: Body,
    starts_at: datetime,
    place: str,
    *,
    by: Actor,
    at: datetime,
    recalls: Sitting | None = None,
) -> Sitting:
    faults = {}
    if starts_at <= at:
        faults["starts_at"] = _("Ce moment est déjà passé.")
    if not place.strip():
        faults["place"] = _("Dites où les membres se réunissent.")
    if faults:
        raise InvalidInput(_("La séance ne peut pas être prévue ainsi."), faults)
    year = timezone.localdate(starts_at).year
    number = documents.next_number(register=f"seance-{body.pk}", year=year)
    letters = {"council": "CAS", "bureau": "BP", "committee": "CSSS"}[body.kind]
    sitting = Sitting.objects.create(
        reference=f"{letters}{body.pk}-{year}-{number:03d}", body=body, starts_at=starts_at,
        place=place.strip()[:160], recalls=recalls,
        missed_before=recalls.missed_before + 1 if recalls else 0,
    )  # fmt: skip
    trace_sitting(sitting, "sitting.plan", by=by, at=at)
    return sitting


@transaction.atomic
def plan_recall(
    *, sitting: str, starts_at: datetime, place: str, by: Actor, at: datetime
) -> Sitting:
    """This function will plan the sitting that follows one without quorum, with its matters.

    Raises: NotAllowed; InvalidInput; WrongState when the quorum was there or it is done already.
    """
    missed = prepared(sitting, by, at)
    hold(missed, SittingState.NO_QUORUM)
    if Sitting.objects.filter(recalls=missed).exists():
        raise WrongState(_("La séance qui suit est déjà prévue."))
    recall = _plan(missed.body, starts_at, place, by=by, at=at, recalls=missed)
    for row in missed.agenda.select_related("item").filter(item__state=ItemState.READY):
        append(recall, row.item, by=by, at=at)
    return recall


@transaction.atomic
def schedule_items(*, sitting: str, items: Iterable[str], by: Actor, at: datetime) -> int:
    """This function will put ready items on the agenda, in the order given, and count them.

    Raises: NotAllowed; WrongState once the sitting is convened; AlreadyMoved.
    """
    row = hold(prepared(sitting, by, at), SittingState.PLANNED)
    references = list(items)
    found = {i.reference: i for i in row.body.items.filter(reference__in=references)}
    if set(references) - set(found):
        raise InvalidInput(_("Un de ces points n’est pas pour cet organe."))
    for reference in references:
        append(row, found[reference], by=by, at=at)
    return len(references)


def append(
    sitting: Sitting, item: Item, *, by: Actor, at: datetime, reason: str = ""
) -> AgendaItem:
    """This function will put an item at the end of an agenda the caller holds."""
    move_item(item, "schedule", by=by, at=at, detail={"sitting": sitting.reference})
    last = sitting.agenda.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(
        sitting=sitting, item=item, position=last + 1, is_addition=bool(reason),
        addition_reason=reason[:300],
    )  # fmt: skip


@transaction.atomic
def release_item(*, sitting: str, item: str, by: Actor, at: datetime) -> None:
    """This function will take an item off the agenda; it is ready for another sitting."""
    row = hold(prepared(sitting, by, at), SittingState.PLANNED)
    entry = _entry(row, item)
    entry.delete()
    move_item(entry.item, "release", by=by, at=at)
    _renumber(row, [a.pk for a in row.agenda.order_by("position")])


@transaction.atomic
def reorder_item(*, sitting: str, item: str, step: int, by: Actor, at: datetime) -> None:
    """This function will move an item up (-1) or down (1) on the agenda; at an end, it stays."""
    row = hold(prepared(sitting, by, at), SittingState.PLANNED)
    entry = _entry(row, item)
    order = [a.pk for a in row.agenda.order_by("position")]
    here = order.index(entry.pk)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    _renumber(row, order)
    detail = {"item": item, "to": there + 1}
    trace_sitting(row, "sitting.reorder", by=by, at=at, detail=detail)


def _renumber(sitting: Sitting, order: list[int]) -> None:
    sitting.agenda.update(position=F("position") + _ASIDE)
    for position, pk in enumerate(order, 1):
        sitting.agenda.filter(pk=pk).update(position=position)


def _entry(sitting: Sitting, item: str) -> AgendaItem:
    entry = sitting.agenda.select_related("item").filter(item__reference=item).first()
    if entry is None:
        raise NotAllowed(_("Ce point n’est pas à l’ordre du jour de cette séance."))
    return entry


@transaction.atomic
def convene(*, sitting: str, by: Actor, at: datetime, urgency_reason: str = "") -> Sitting:
    """This function will convene the members in function on the day of the sitting.

    The ties known between members and persons bar the former at once (art. 37).
    Raises: NotAllowed; TooLateToConvene without a reason; InvalidInput when the agenda is empty,
    nobody sits, or an urgent aid that must be ratified is left out (art. 28); AlreadyMoved.
    """
    row = hold(prepared(sitting, by, at), SittingState.PLANNED)
    day, sent = queries.date_of(row), timezone.localdate(at)
    _check_agenda(row)
    members = list(queries.in_function(row.body, day))
    if not members:
        raise InvalidInput(
            _("Aucun membre n’est en fonction à cette date."),
            todo=_("Vérifiez les mandats et les serments."),
        )
    last = rules.last_day_to_convene(day, row.missed_before)
    if sent > last and not urgency_reason.strip():
        raise TooLateToConvene(day, last, rules.days_to_convene(row.missed_before, day))
    reason = urgency_reason.strip()[:300] if sent > last else ""
    move_sitting(
        row, "convene", by=by, at=at, why=reason, convened_at=at, urgency_reason=reason
    )  # fmt: skip
    everyone = [*members, *queries.secretaries(row.body, day)]
    note_ties((a.item for a in queries.agenda_of(row)), everyone, by=by, at=at)
    return row


def _check_agenda(sitting: Sitting) -> None:
    if not sitting.agenda.exists():
        raise InvalidInput(
            _("L’ordre du jour est vide."), todo=_("Ajoutez-y au moins un point prêt.")
        )
    left_out = sitting.body.items.filter(
        state=ItemState.READY, urgent_decision__isnull=False,
        urgent_decision__decided_at__lt=sitting.starts_at,
    )  # fmt: skip
    if left_out.exists():
        raise InvalidInput(
            _("Une aide urgente attend d’être ratifiée : %(items)s.")
            % {"items": ", ".join(left_out.values_list("reference", flat=True))},
            why=_("La loi veut qu’elle le soit à la séance la plus proche."),
            todo=_("Mettez-la à l’ordre du jour."),
        )


@transaction.atomic
def cancel_sitting(*, sitting: str, reason: str, by: Actor, at: datetime) -> Sitting:
    """This function will cancel a sitting not yet open; its matters are ready for another.

    Raises: NotAllowed; InvalidInput without a reason; AlreadyMoved.
    """
    row = prepared(sitting, by, at)
    if not reason.strip():
        raise InvalidInput(
            _("Dites pourquoi la séance est annulée."), {"reason": _("Dites pourquoi.")}
        )
    move_sitting(row, "cancel", by=by, at=at, why=reason)
    for entry in queries.agenda_of(row):
        move_item(entry.item, "release", by=by, at=at)
    return row
