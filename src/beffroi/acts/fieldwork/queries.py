"""What the desk, the phones and the services ask of areas, outings, faults and surfaces."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from beffroi.acts.fieldwork.enums import (
    ObservationState,
    OutingState,
    OwnerConsent,
    SurfaceState,
)
from beffroi.acts.fieldwork.models import (
    Area,
    AreaKey,
    Contact,
    CrewMember,
    KitKind,
    KitMove,
    Observation,
    Outing,
    Photo,
    Spot,
    Surface,
)

#: A spot stands first on the phone when it was named in the last weeks.
_RECENT = timedelta(days=60)


@dataclass(frozen=True)
class Tally:
    """What an outing counts so far."""

    contacts: int = 0
    people: int = 0
    given: int = 0
    back: int = 0
    faults: int = 0


def _open_on(day: date) -> Q:
    return Q(until_date__isnull=True) | Q(until_date__gte=day)


def areas_open(areas: QuerySet[Area], day: date) -> QuerySet[Area]:
    """This function will give areas where one goes out on a day."""
    rows = areas.filter(_open_on(day), since_date__lte=day).select_related("team")
    return rows.order_by("team__name", "name", "pk")


def areas_listed(areas: QuerySet[Area]) -> QuerySet[Area]:
    """This function will give areas with what they count to and how many outings they had."""
    return (
        areas.select_related("team")
        .prefetch_related("keys", "spots")
        .annotate(outings_count=Count("outings", distinct=True), last_date=Max("outings__date"))
        .order_by("team__name", "name", "pk")
    )


def area(areas: QuerySet[Area], pk: int) -> Area | None:
    """This function will give one of these areas with its spots, or nothing."""
    return areas.select_related("team").prefetch_related("spots").filter(pk=pk).first()


def keys_on(area: int, day: date) -> list[AreaKey]:
    """This function will give to what an area counts on a day."""
    return list(AreaKey.objects.filter(_open_on(day), area=area, since_date__lte=day))


def spots_for(area: int, day: date) -> list[Spot]:
    """This function will give the spots of an area, those named most of late first."""
    recent = (
        Contact.objects.filter(spot=OuterRef("pk"), outing__date__gte=day - _RECENT)
        .order_by()
        .values("spot")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = Spot.objects.filter(_open_on(day), area=area)
    rows = rows.annotate(used=Coalesce(Subquery(recent), Value(0)))
    return list(rows.order_by("-used", "name", "pk"))


def kit_kinds(teams: Collection[str], day: date) -> list[KitKind]:
    """This function will give what these teams hand over on a day."""
    rows = KitKind.objects.filter(_open_on(day), team__key__in=teams).select_related("team")
    return list(rows.order_by("team__name", "name", "pk"))


def outing(outings: QuerySet[Outing], pk: int) -> Outing | None:
    """This function will give one of these outings with its area and its crew, or nothing."""
    rows = outings.select_related("area__team").prefetch_related("crew__agent")
    return rows.filter(pk=pk).first()


def outing_marked(outings: QuerySet[Outing], mark: UUID) -> Outing | None:
    """This function will give one of these outings by the mark of its phone, or nothing."""
    rows = outings.select_related("area__team").prefetch_related("crew__agent")
    return rows.filter(mark=mark).first()


def outings_listed(outings: QuerySet[Outing]) -> QuerySet[Outing]:
    """This function will give outings with how many contacts and people each counts."""
    standing = Q(contacts__taken_back_at__isnull=True)
    return (
        outings.select_related("area__team")
        .annotate(
            contacts_count=Count("contacts", filter=standing),
            people_count=Coalesce(Sum("contacts__people", filter=standing), 0),
        )
        .order_by("-starts_at", "-pk")
    )


def outings_of_agent(agent: str) -> list[Outing]:
    """This function will give the open outings on which an agent is out: one at most, as a list."""
    if not agent.isdigit():
        return []
    out = CrewMember.objects.filter(agent=int(agent), is_out=True).values("outing")
    rows = Outing.objects.filter(pk__in=out, state=OutingState.OPEN)
    return list(rows.select_related("area__team"))


def outings_open(outings: QuerySet[Outing]) -> list[Outing]:
    """This function will give the outings that are under way, the first begun first."""
    rows = outings.filter(state=OutingState.OPEN).select_related("area__team")
    return list(rows.order_by("starts_at", "pk"))


def is_open_outing(outing: Outing) -> bool:
    """This function will say whether somebody is still out."""
    return outing.state == OutingState.OPEN


def tally(outing: int) -> Tally:
    """This function will give what an outing counts so far, in three queries."""
    met = Contact.objects.filter(outing=outing, taken_back_at__isnull=True).aggregate(
        contacts=Count("pk"), people=Coalesce(Sum("people"), 0)
    )
    kits = KitMove.objects.filter(outing=outing, taken_back_at__isnull=True).aggregate(
        given=Coalesce(Sum("given"), 0), back=Coalesce(Sum("back"), 0)
    )
    return Tally(**met, **kits, faults=Observation.objects.filter(outing=outing).count())


def last_contact(outing: int) -> Contact | None:
    """This function will give the last contact of an outing: the next is often at the same spot."""
    rows = Contact.objects.filter(outing=outing, taken_back_at__isnull=True)
    return rows.order_by("-met_at", "-pk").first()


def contacts_of(contacts: QuerySet[Contact], outing: int) -> list[Contact]:
    """This function will give the contacts of an outing, those taken back too, without any code."""
    rows = contacts.filter(outing=outing).select_related("spot").prefetch_related("kits__kind")
    return list(rows.order_by("met_at", "pk"))


def kits_of(outing: int) -> list[tuple[str, int, int]]:
    """This function will give what an outing handed over and took back, by its name."""
    rows = KitMove.objects.filter(outing=outing, taken_back_at__isnull=True).order_by("kind__name")
    return list(rows.values_list("kind__name").annotate(given=Sum("given"), back=Sum("back")))


def observations_listed(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    """This function will give faults with their area and spot, those that wait longest first."""
    waits = rows.select_related("area__team", "spot").exclude(state=ObservationState.MENDED)
    return waits.order_by("state", "seen_at", "pk")


def observations_mended(rows: QuerySet[Observation], most: int = 20) -> list[Observation]:
    """This function will give the last faults that were mended."""
    found = rows.filter(state=ObservationState.MENDED).select_related("area__team", "spot")
    return list(found.order_by("-mended_on", "-pk")[:most])


def observation(rows: QuerySet[Observation], pk: int) -> Observation | None:
    """This function will give one of these faults with its steps, or nothing."""
    found = rows.select_related("area__team", "spot").prefetch_related("moves")
    return found.filter(pk=pk).first()


def observation_marked(mark: UUID) -> int:
    """This function will give the key of the fault that a mark was noted or seen again under."""
    again = Q(mark=mark) | Q(moves__mark=mark)
    return int(Observation.objects.filter(again).values_list("pk", flat=True)[0])


def surfaces_to_do(rows: QuerySet[Surface]) -> QuerySet[Surface]:
    """This function will give the surfaces that wait: urgent ones first, refused ones last."""
    waits = rows.filter(state=SurfaceState.ASKED).select_related("area__team")
    refused = Q(consent=OwnerConsent.REFUSED)
    return waits.alias(no=refused).order_by("no", "-is_urgent", "asked_on", "pk")


def surfaces_done(rows: QuerySet[Surface], most: int = 30) -> list[Surface]:
    """This function will give the last surfaces that were done."""
    found = rows.filter(state=SurfaceState.DONE).select_related("area__team")
    return list(found.order_by("-done_on", "-pk")[:most])


def surface(rows: QuerySet[Surface], pk: int) -> Surface | None:
    """This function will give one of these surfaces with its steps, or nothing."""
    return rows.select_related("area__team").prefetch_related("moves").filter(pk=pk).first()


def photos_of(
    photos: QuerySet[Photo], *, observation: int | None = None, surface: int | None = None
) -> list[Photo]:
    """This function will give the photographs of a fault or of a surface, of these."""
    rows = photos.filter(observation=observation, surface=surface).select_related("attachment")
    return list(rows.order_by("-stage", "pk"))


def square_metres_since(rows: QuerySet[Surface], since: date) -> Decimal:
    """This function will add up the square metres done since a day, in m² to the hundredth."""
    found = rows.filter(state=SurfaceState.DONE, done_on__gte=since)
    return Decimal(found.aggregate(n=Sum("square_metres"))["n"] or 0)


def days_to_mend(rows: QuerySet[Observation], since: date) -> int | None:
    """This function will give the days that half of the faults mended since a day waited at most."""
    mended = rows.filter(state=ObservationState.MENDED, mended_on__gte=since)
    waited = sorted(
        (mended_on - seen).days
        for mended_on, seen in mended.values_list("mended_on", "date")
        if mended_on is not None
    )
    return waited[(len(waited) - 1) // 2] if waited else None


def is_begun() -> bool:
    """This function will say whether any area is written."""
    return Area.objects.exists()


def unclosed(outings: QuerySet[Outing], before: datetime) -> QuerySet[Outing]:
    """This function will give the outings begun before a moment that nobody ended."""
    rows = outings.filter(state=OutingState.OPEN, starts_at__lt=before)
    return rows.select_related("area__team").order_by(F("starts_at"))
