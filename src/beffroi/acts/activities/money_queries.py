"""Prices, reductions, what is owed and the cash of a day, as services and pages ask for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum

from beffroi.accounts import queries as accounts
from beffroi.acts.activities.enums import FeeState, PayMethod, PriceBasis
from beffroi.acts.activities.models import (
    CashDay,
    CashLine,
    Fee,
    Incident,
    Leaving,
    Participant,
    Price,
    Reduction,
)


@dataclass(frozen=True)
class CashBook:
    """The cash of a team in a house on a day: what came in, and how it was closed if it was."""

    place: UUID
    place_name: str
    team: str
    team_name: str
    cash: Decimal
    card: Decimal
    closed: CashDay | None = None


def _on(day: date) -> Q:
    return Q(since_date__lte=day) & (Q(until_date__isnull=True) | Q(until_date__gte=day))


def price_on(activity: int, day: date) -> Price | None:
    """This function will give what an activity costs on a day, or nothing when it is not said."""
    return Price.objects.filter(_on(day), activity=activity).first()


def prices_of(activity: int) -> list[Price]:
    """This function will give every price of an activity, the last first."""
    return list(Price.objects.filter(activity=activity).order_by("-since_date"))


def percent_on(participant: int, day: date) -> int:
    """This function will give what somebody is let off on a day, in per cent: her best reduction."""
    rows = Reduction.objects.filter(_on(day), participant=participant)
    return int(rows.aggregate(most=Max("percent"))["most"] or 0)


def percents_on(participants: Collection[int], day: date) -> dict[int, int]:
    """This function will give what each of these people is let off on a day, in one query."""
    rows = Reduction.objects.filter(_on(day), participant__in=participants).order_by()
    return dict(rows.values_list("participant").annotate(most=Max("percent")))


def reductions_of(participant: int) -> list[Reduction]:
    """This function will give every reduction of somebody, the last first."""
    return list(Reduction.objects.filter(participant=participant))


def fees_of_session(fees: QuerySet[Fee], session: int) -> list[Fee]:
    """This function will give what is owed and paid for a session, with the receipts."""
    rows = fees.filter(session=session).select_related("participant").prefetch_related("lines")
    return list(rows.order_by("participant__name", "pk"))


def fees_of_person(fees: QuerySet[Fee], participant: int) -> list[Fee]:
    """This function will give what somebody owes still, the oldest first."""
    rows = fees.filter(participant=participant, state=FeeState.OWED)
    return list(rows.select_related("activity").order_by("date", "pk"))


def cash_of(team: str, place: UUID, day: date) -> Decimal:
    """This function will add up what the receipts say of a team’s cash in a house on a day, in €."""
    rows = CashLine.objects.filter(team__key=team, place=place, date=day, method=PayMethod.CASH)
    return Decimal(rows.aggregate(n=Sum("amount"))["n"] or 0).quantize(Decimal("0.01"))


def cash_books(lines: QuerySet[CashLine], day: date) -> list[CashBook]:
    """This function will give the cash books of a day among these lines, house by house."""
    names = ("place", "place__name", "team__key", "team__name")
    rows = lines.filter(date=day).order_by("place__name", "team__name").values_list(*names)
    sums = rows.annotate(
        cash=Sum("amount", filter=Q(method=PayMethod.CASH), default=Decimal(0)),
        card=Sum("amount", filter=Q(method=PayMethod.CARD), default=Decimal(0)),
    )
    found = list(sums)
    shut = {
        (one.place_id, one.team.key): one
        for one in CashDay.objects.filter(date=day, place__in=[row[0] for row in found])
        .select_related("team")
    }  # fmt: skip
    return [
        CashBook(place, name, team, team_name, cash, card, shut.get((place, team)))
        for place, name, team, team_name, cash, card in found
    ]


def cash_lines(lines: QuerySet[CashLine], day: date) -> list[CashLine]:
    """This function will give the receipts of a day, in their order."""
    rows = lines.filter(date=day).select_related("fee__activity", "fee__participant", "place")
    return list(rows.order_by("receipt"))


def days_to_close(lines: QuerySet[CashLine], before: date) -> list[date]:
    """This function will give the days before one on which cash came in that nobody closed."""
    rows = lines.filter(method=PayMethod.CASH, date__lt=before).order_by()
    shut = set(CashDay.objects.filter(date__lt=before).values_list("team_id", "place_id", "date"))
    open_days = {day for team, place, day in rows.values_list("team_id", "place_id", "date").distinct() if (team, place, day) not in shut}  # fmt: skip
    return sorted(open_days)


def series_on_sale(team: int, day: date) -> list[Price]:
    """This function will give the prices of whole series of a team on a day, with their activity."""
    rows = Price.objects.filter(_on(day), basis=PriceBasis.SERIES, activity__team=team)
    return list(rows.select_related("activity").order_by("activity__name", "pk"))


def left_already(session: int) -> dict[int, Leaving]:
    """This function will give who left a session, with whom, by the key of the participant."""
    rows = Leaving.objects.filter(session=session).select_related("contact")
    return {row.participant_id: row for row in rows}


def team_pk(key: str) -> int:
    """This function will give the key of a team by its name. Raises: LookupError."""
    found = accounts.team_by_key(key)
    if found is None:
        raise LookupError(key)
    return int(found.pk)


def incident(rows: QuerySet[Incident], pk: int) -> Incident | None:
    """This function will give one of these incidents with its follow-up, or nothing."""
    found = rows.select_related("activity__team", "session").prefetch_related("people", "notes")
    return found.filter(pk=pk).first()


def incidents_listed(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    """This function will give incidents with their activity, the last first."""
    return rows.select_related("activity__team").order_by("-happened_at", "-pk")


def of_team(participants: Iterable[int], team: int) -> list[Participant]:
    """This function will give those of these people whom a team knows."""
    rows = Participant.objects.filter(
        pk__in=list(participants), team=team, anonymised_at__isnull=True
    )
    return list(rows)
