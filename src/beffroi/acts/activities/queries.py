"""What the desk, the phones and the services ask of activities, sessions and who comes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from beffroi.acts.activities.enums import AgeBand, Enrolment, PlaceState, Presence, SessionState
from beffroi.acts.activities.models import (
    Activity,
    ActivityKey,
    AnonymousCount,
    Attendance,
    Participant,
    Registration,
    Session,
    SessionCount,
    Slot,
    Volunteer,
    VolunteerTime,
)
from beffroi.acts.activities.workflow import HOLDS_PLACE
from beffroi.core.counting import in_force

if TYPE_CHECKING:
    from beffroi.directory.models import Place

#: Who came in the last weeks stands on the sheet before she is tapped.
_EXPECTED_FOR = timedelta(days=70)


@dataclass(frozen=True)
class SheetRow:
    """Somebody on the sheet of a session, with what was tapped of her, if anything."""

    id: int | None
    mark: str
    name: str
    is_alias: bool
    state: str


@dataclass(frozen=True)
class Sheet:
    """Who is expected or there, and how many without a name, by age."""

    rows: tuple[SheetRow, ...]
    bands: dict[str, int]
    #: Places held without a name: they are counted, not tapped.
    nameless: int = 0

    @property
    def present(self) -> int:
        return sum(row.state == Presence.PRESENT for row in self.rows)

    @property
    def anonymous(self) -> int:
        return sum(self.bands.values())

    @property
    def total(self) -> int:
        return self.present + self.anonymous


def listed(activities: QuerySet[Activity], today: date) -> QuerySet[Activity]:
    """This function will give activities with their next session and how many wait to be closed."""
    coming = Session.objects.filter(
        activity=OuterRef("pk"), date__gte=today, state=SessionState.PLANNED
    ).order_by("starts_at")
    unclosed = Count(
        "sessions",
        filter=Q(sessions__state=SessionState.PLANNED, sessions__date__lt=today),
    )
    return (
        activities.select_related("team", "place")
        .prefetch_related("keys")
        .annotate(next_at=Subquery(coming.values("starts_at")[:1]), unclosed=unclosed)
        .order_by("place__name", "name", "pk")
    )


def activity(activities: QuerySet[Activity], pk: int) -> Activity | None:
    """This function will give one of these activities whole, or nothing."""
    rows = activities.select_related("team", "place").prefetch_related("keys", "slots")
    return rows.filter(pk=pk).first()


def session(sessions: QuerySet[Session], pk: int) -> Session | None:
    """This function will give one of these sessions with its activity, or nothing."""
    return sessions.select_related("activity__team", "place").filter(pk=pk).first()


def sessions_between(sessions: QuerySet[Session], since: date, until: date) -> QuerySet[Session]:
    """This function will give sessions from a day to a day, both included, in their order."""
    rows = sessions.select_related("activity__team", "place")
    return rows.filter(date__gte=since, date__lte=until).order_by("starts_at", "pk")


def sessions_held(activity: int) -> list[Session]:
    """This function will give the closed sessions of an activity, the first first."""
    return list(Session.objects.filter(activity=activity, state=SessionState.HELD))


def sessions_unclosed(sessions: QuerySet[Session], today: date) -> QuerySet[Session]:
    """This function will give the sessions of days gone by whose count nobody closed."""
    rows = sessions.select_related("activity__team", "place")
    return rows.filter(state=SessionState.PLANNED, date__lt=today).order_by("starts_at", "pk")


def counts_of(session: int) -> list[SessionCount]:
    """This function will give every count of a session, the first first."""
    return list(SessionCount.objects.filter(session=session).order_by("revision"))


def open_slots(activity: int, day: date) -> QuerySet[Slot]:
    """This function will give the weekly moments of an activity that have not ended on `day`."""
    return Slot.objects.filter(activity=activity).filter(
        Q(until_date__isnull=True) | Q(until_date__gte=day)
    )


def keys_on(activity: int, day: date) -> list[ActivityKey]:
    """This function will give to what an activity counts on a day."""
    return list(
        ActivityKey.objects.filter(activity=activity, since_date__lte=day).filter(
            Q(until_date__isnull=True) | Q(until_date__gte=day)
        )
    )


def places_counted(day: date) -> list[tuple[str, str, "Place"]]:
    """This function will give to what each activity that runs on `day` counts: kind, key, place."""
    running = Q(activity__ends_on__isnull=True) | Q(activity__ends_on__gte=day)
    rows = ActivityKey.objects.filter(running, in_force(day)).select_related("activity__place")
    return [(row.kind, row.key, row.activity.place) for row in rows]


def sheet(session: Session) -> Sheet:
    """This function will give the sheet of a session in four queries: who was tapped, who came
    to the same activity in the ten weeks before, and who has a place."""
    tapped = dict(Attendance.objects.filter(session=session).values_list("participant_id", "state"))
    since = session.date - _EXPECTED_FOR
    came = Attendance.objects.filter(
        state=Presence.PRESENT,
        session__activity=session.activity_id,
        session__date__gte=since,
        session__date__lt=session.date,
    ).values("participant")
    people = Participant.objects.filter(Q(pk__in=list(tapped)) | Q(pk__in=came))
    rows = tuple(
        SheetRow(one.pk, str(one.mark), one.name, one.is_alias, tapped.get(one.pk, ""))
        for one in people.order_by("name", "pk")
    )
    held = Registration.objects.filter(
        Q(session=session) | Q(session__isnull=True, activity=session.activity_id),
        state=PlaceState.CONFIRMED,
    ).order_by("rank")
    known = {row.mark for row in rows}
    booked = tuple(
        SheetRow(None, str(one.mark), one.name, False, "")
        for one in held
        if one.name and str(one.mark) not in known
    )
    nameless = sum(one.seats for one in held if not one.name)
    return Sheet(rows + booked, bands_of(session.pk), nameless)


def bands_of(session: int) -> dict[str, int]:
    """This function will give how many were there without a name, by age, never below zero."""
    rows = AnonymousCount.objects.filter(session=session).values_list("band", "count")
    found = {band: max(0, count) for band, count in rows}
    return {band: found[band] for band in AgeBand.values if found.get(band)}


def present_in(session: int) -> int:
    """This function will count who is tapped as present."""
    return Attendance.objects.filter(session=session, state=Presence.PRESENT).count()


def participants_like(
    people: QuerySet[Participant], words: str, most: int = 12
) -> list[Participant]:
    """This function will give those whose name holds each of these words, the latest come first."""
    rows = people
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    return list(rows.order_by(F("last_date").desc(nulls_last=True), "name", "pk")[:most])


def people_by_mark(marks: Collection[str]) -> dict[str, int]:
    """This function will give the key of each participant that has one of these marks."""
    rows = Participant.objects.filter(mark__in=marks).values_list("mark", "pk")
    return {str(mark): pk for mark, pk in rows}


def last_revision(sessions: Iterable[int]) -> dict[int, int]:
    """This function will give the number of the last count of each session that has one."""
    rows = SessionCount.objects.filter(session__in=list(sessions)).order_by()
    return dict(rows.values_list("session").annotate(last=Max("revision")))


def is_begun() -> bool:
    """This function will say whether any activity is written."""
    return Activity.objects.exists()


def volunteers_of(teams: Collection[str], day: date) -> QuerySet[Volunteer]:
    """This function will give who helps these teams on a day, with the minutes of that year."""
    rows = Volunteer.objects.filter(team__key__in=teams, anonymised_at__isnull=True)
    minutes = Sum(
        "times__minutes",
        filter=Q(times__taken_back_at__isnull=True, times__date__year=day.year),
        default=0,
    )
    open_ones = rows.filter(Q(until_date__isnull=True) | Q(until_date__gte=day))
    return open_ones.select_related("team").annotate(minutes=minutes).order_by("name", "pk")


def volunteer_times(teams: Collection[str], most: int = 60) -> list[VolunteerTime]:
    """This function will give the last hours noted for volunteers of these teams."""
    rows = VolunteerTime.objects.filter(volunteer__team__key__in=teams)
    return list(rows.select_related("volunteer", "activity").order_by("-date", "-pk")[:most])


def open_to_public(today: date) -> QuerySet[Activity]:
    """This function will give the activities announced to the public in which one may enrol."""
    rows = Activity.objects.filter(is_public=True, starts_on__lte=today + timedelta(days=120))
    rows = rows.exclude(enrolment=Enrolment.NONE)
    return (
        rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        .select_related("place", "team")
        .prefetch_related("slots")
        .order_by("place__name", "name", "pk")
    )


def sessions_to_come(activity: int, at: datetime, most: int = 12) -> list[Session]:
    """This function will give the next planned sessions of an activity."""
    rows = Session.objects.filter(activity=activity, state=SessionState.PLANNED, starts_at__gt=at)
    return list(rows.order_by("starts_at")[:most])


def places_left(activities: Collection[int]) -> dict[tuple[int, int | None], tuple[int, int]]:
    """This function will give, by activity and session, the places held and how many wait."""
    rows = (
        Registration.objects.filter(activity__in=list(activities))
        .order_by()
        .values_list("activity_id", "session_id")
        .annotate(
            held=Sum("seats", filter=Q(state__in=HOLDS_PLACE), default=0),
            waits=Count("pk", filter=Q(state=PlaceState.WAITING)),
        )
    )
    return {(one, session): (held, waits) for one, session, held, waits in rows}


def rank_in_line(row: Registration) -> int:
    """This function will say how many wait before somebody, herself counted."""
    before = Registration.objects.filter(
        activity=row.activity_id, session=row.session_id, state=PlaceState.WAITING,
        rank__lte=row.rank,
    )  # fmt: skip
    return before.count()


def registrations_of(activity: int, session: int | None = None) -> QuerySet[Registration]:
    """This function will give the registrations of an activity or a session, in their order."""
    rows = Registration.objects.filter(activity=activity, session=session)
    return rows.select_related("session").order_by("rank")
