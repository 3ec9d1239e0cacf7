"""Activities, their sessions and who comes: each made through the services."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any
from uuid import uuid4

from PIL import Image

from beffroi.accounts.enums import Role
from beffroi.acts.activities import services as activities
from beffroi.acts.activities.enums import TapKind
from beffroi.acts.activities.indicators import MEASURES
from beffroi.acts.activities.models import Activity, Participant, Picture, Session
from beffroi.acts.activities.services import ActivityDraft, TapDraft
from beffroi.core.actors import Actor, system_actor
from beffroi.core.measures import Scope
from beffroi.directory.models import Place
from beffroi.documents.models import Attachment
from tests.factories.requests import agent, team

#: A Tuesday morning on which nothing special happens: 9.30 in Brussels.
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HOUSE = system_actor("tests")
_numbers = count(1)


def later(hours: float = 1) -> datetime:
    """This function will give a moment after 9.30 that Tuesday, in hours."""
    return NOW + timedelta(hours=hours)


def animator(team_key: str = "houses") -> Actor:
    """Somebody who leads activities in a team."""
    return agent(Role.ANIMATOR, team_key)


def lead() -> Actor:
    """Who leads the plan, and holds no post in a house."""
    return agent(Role.PCS_LEAD, "pcs")


def place(key: str = "maison-de-jemappes") -> Place:
    """A neighbourhood house."""
    defaults = {"name": f"Maison {key}", "is_house": True}
    return Place.objects.get_or_create(key=key, defaults=defaults)[0]


def draft(**more: Any) -> ActivityDraft:
    """What an activity is made of."""
    given = {"name": f"Atelier {next(_numbers)}", "starts_on": date(2026, 9, 1)} | more
    given["place"] = given.get("place") or place().pk
    return ActivityDraft(**given)


def activity(team_key: str = "houses", **more: Any) -> Activity:
    """An activity of a team."""
    team(team_key)
    return activities.create_activity(draft=draft(**more), team=team_key, by=HOUSE, at=NOW)


def session(
    of: Activity | None = None, hours: float = -1, lasts: float = 2, **more: Any
) -> Session:
    """A session, begun an hour ago unless it is said."""
    return activities.add_session(
        activity=(of or activity()).pk, starts_at=later(hours), ends_at=later(hours + lasts),
        by=HOUSE, at=NOW, **more,
    )  # fmt: skip


def slot(of: Activity, weekday: int = 1, **more: Any) -> Any:
    """A weekly moment, on Tuesday from two to four unless it is said."""
    given = {"from_time": time(14), "until_time": time(16), "since": date(2026, 9, 1)} | more
    return activities.add_slot(activity=of.pk, weekday=weekday, by=HOUSE, at=NOW, **given)


def participant(team_key: str = "houses", **more: Any) -> Participant:
    """Somebody who comes to the activities of a team."""
    team(team_key)
    given = {"name": f"Lucie {next(_numbers)}"} | more
    return activities.add_participant(team=team_key, by=HOUSE, at=NOW, **given)


def tap(of: Session, who: Participant, at: datetime = NOW, kind: str = TapKind.PRESENT) -> TapDraft:
    """A tap of somebody, with a mark of its own."""
    return TapDraft(uuid4(), of.pk, kind, at, who.mark)


def some(of: Session, number: int = 1, at: datetime = NOW, **more: Any) -> TapDraft:
    """A tap for people without a name."""
    return TapDraft(uuid4(), of.pk, TapKind.ANONYMOUS, at, delta=number, **more)


def held(of: Activity, *who: Participant, hours: float = -3, anonymous: int = 0) -> Session:
    """A session that was held, tapped and closed."""
    made = session(of, hours)
    taps = [tap(made, one) for one in who] + ([some(made, anonymous)] if anonymous else [])
    if taps:
        activities.tap(taps=taps, by=HOUSE, at=NOW)
    return activities.close_session(session=made.pk, by=HOUSE, at=NOW)


def picture(of: Session, *people: Participant) -> Picture:
    """A picture of a session that was cleared, with everybody on it named."""
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    made = activities.add_picture(
        session=of.pk, name="fête.png", content=out.getvalue(), by=HOUSE, at=NOW
    )
    Attachment.objects.filter(pk=made.attachment_id).update(state="clean", scanned_at=NOW)
    return activities.name_people(
        picture=made.pk, people=[p.pk for p in people], everybody=True, by=HOUSE, at=NOW
    )


def counted(name: str, since: date, until: date, *refs: str) -> Decimal:
    """What a measure of activities counts for a period, of these references or of everything."""
    measure = next(one for one in MEASURES if one.key == f"activities.{name}")
    return measure.count(Scope(since, until, frozenset(refs) if refs else None))


def all_counted(since: date, until: date, *refs: str) -> dict[str, Decimal]:
    """What every measure of activities counts."""
    names = [one.key.removeprefix("activities.") for one in MEASURES]
    return {name: counted(name, since, until, *refs) for name in names}


def counted_apart(since: date, until: date, *refs: str) -> dict[str, dict[str, Decimal]]:
    """What every measure counts for each of these references, asked at once."""
    found: dict[str, dict[str, Decimal]] = {}
    for (key, ref), number in MEASURES[0].at_once(Scope(since, until, frozenset(refs))).items():
        found.setdefault(ref, {})[key.removeprefix("activities.")] = number
    return found


def money_addresses(of: Session, who: Participant) -> dict[str, dict[str, object]]:
    """The real parameters of the addresses of money, departures, incidents and double entries."""
    draft = activities.IncidentDraft(uuid4(), of.activity_id, NOW, "light", "Une chute.", "told")
    incident = activities.report_incident(draft=draft, by=HOUSE, at=NOW)
    session_ = {"pk": of.pk}
    return {
        "activity_person_join": {"pk": who.pk}, "activity_fees": session_,
        "activity_fees_act": {**session_, "act": "noter"}, "activity_leavings": session_,
        "activity_incident": {"pk": incident.pk},
    }  # fmt: skip
