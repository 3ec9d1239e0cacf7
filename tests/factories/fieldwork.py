"""Areas, outings, contacts, faults and surfaces: each made through the services."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any
from uuid import uuid4

from PIL import Image

from beffroi.accounts.enums import Role
from beffroi.acts.fieldwork import services as fieldwork
from beffroi.acts.fieldwork.enums import FaultKind, Method, OutingKind, Owner
from beffroi.acts.fieldwork.models import (
    Area,
    KitKind,
    Observation,
    Outing,
    Photo,
    Spot,
    Surface,
)
from beffroi.acts.fieldwork.services import (
    AreaDraft,
    ContactDraft,
    KitLine,
    SightDraft,
    SurfaceDraft,
    Work,
)
from beffroi.core.actors import Actor, system_actor
from beffroi.documents.models import Attachment
from tests.factories.requests import agent, team

#: A Tuesday morning on which nothing special happens: 9.30 in Brussels.
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HOUSE = system_actor("tests")
_numbers = count(1)


def later(minutes: float = 60) -> datetime:
    """This function will give a moment after 9.30 that Tuesday, in minutes."""
    return NOW + timedelta(minutes=minutes)


def worker(team_key: str = "street_work") -> Actor:
    """Somebody who goes out for a team."""
    return agent(Role.PREVENTION_WORKER, team_key)


def leader(team_key: str = "street_work") -> Actor:
    """Who leads a team that goes out."""
    return agent(Role.TEAM_LEADER, team_key)


def lead() -> Actor:
    """Who leads the plan, and goes out for nobody."""
    return agent(Role.PCS_LEAD, "pcs")


def area(team_key: str = "street_work", kind: str = OutingKind.STREET, **more: Any) -> Area:
    """Where a team goes out."""
    team(team_key)
    given = {"name": f"Secteur {next(_numbers)}", "since": date(2026, 1, 1)} | more
    return fieldwork.create_area(
        draft=AreaDraft(kind=kind, **given), team=team_key, by=HOUSE, at=NOW
    )


def spot(of: Area, name: str = "Grand-Place") -> Spot:
    """A spot of an area."""
    return fieldwork.add_spot(area=of.pk, name=name, by=HOUSE, at=NOW)


def kit(team_key: str = "street_work", needles: int = 2, **more: Any) -> KitKind:
    """Something handed over, of two needles unless it is said."""
    team(team_key)
    given = {"name": f"Kit {next(_numbers)}"} | more
    return fieldwork.add_kit_kind(team=team_key, needles=needles, by=HOUSE, at=NOW, **given)


def outing(of: Area | None = None, by: Actor = HOUSE, at: datetime = NOW, **more: Any) -> Outing:
    """An outing that begins now."""
    return fieldwork.start_outing(mark=uuid4(), area=(of or area()).pk, by=by, at=at, **more)


def contact(of: Outing, people: int = 1, at: datetime = NOW, **more: Any) -> ContactDraft:
    """A contact with so many people, with a mark of its own."""
    return ContactDraft(mark=uuid4(), outing=of.pk, met_at=at, people=people, **more)


def met(of: Outing, *people: int, **more: Any) -> None:
    """Contacts that were counted, each with so many people."""
    for one in people:
        fieldwork.meet(draft=contact(of, one, **more), by=HOUSE, at=NOW)


def closed(of: Area | None = None, *people: int, minutes: float = 90, **more: Any) -> Outing:
    """An outing that ended, with its contacts."""
    made = outing(of, at=later(-minutes))
    met(made, *people, **more)
    return fieldwork.close_outing(outing=made.pk, by=HOUSE, at=NOW)


def line(of: KitKind, given: int = 0, back: int = 0) -> KitLine:
    """So many of something, handed over and taken back."""
    return KitLine(of.pk, given, back)


def sight(of: Area, kind: str = FaultKind.LIGHTING, at: datetime = NOW, **more: Any) -> SightDraft:
    """A fault somewhere, with a mark of its own."""
    given = {"place": f"Rue de Nimy {next(_numbers)}"} | more
    return SightDraft(mark=uuid4(), area=of.pk, kind=kind, seen_at=at, **given)


def fault(of: Area | None = None, **more: Any) -> Observation:
    """A fault that was noted."""
    draft = sight(of or area(), **more)
    fieldwork.observe(draft=draft, by=HOUSE, at=NOW)
    return Observation.objects.get(mark=draft.mark)


def surface(of: Area | None = None, owner: str = Owner.PUBLIC, **more: Any) -> Surface:
    """A wall to clean."""
    given = {"address": f"Rue des Capucins {next(_numbers)}", "asked_on": TODAY} | more
    draft = SurfaceDraft(
        mark=uuid4(), area=(of or area("tags", OutingKind.SURFACES)).pk, owner=owner, **given
    )
    return fieldwork.ask_surface(draft=draft, by=HOUSE, at=NOW)


def work(metres: str = "12.50", on: date = TODAY) -> Work:
    """What was done of a wall."""
    return Work(on, Method.HOT_WATER, Decimal(metres))


def done(of: Area | None = None, metres: str = "12.50", on: date = TODAY) -> Surface:
    """A public wall that was cleaned."""
    made = surface(of, asked_on=on)
    return fieldwork.finish_surface(surface=made.pk, work=work(metres, on), by=HOUSE, at=NOW)


def photo(**of: Any) -> Photo:
    """A photograph whose file was checked."""
    out = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(out, "PNG")
    made = fieldwork.add_photo(name="mur.png", content=out.getvalue(), by=HOUSE, at=NOW, **of)
    Attachment.objects.filter(pk=made.attachment_id).update(state="clean", scanned_at=NOW)
    return Photo.objects.select_related("attachment").get(pk=made.pk)


def addresses(team_key: str) -> dict[str, dict[str, object]]:
    """The real parameters of each address under /desk/terrain/ that takes some."""
    one = closed(area(team_key), 2)
    seen, wall = {"pk": fault(one.area).pk}, surface(area(team_key, OutingKind.SURFACES))
    shot, where = {"pk": photo(observation=seen["pk"]).pk}, {"pk": one.area_id}
    outing_, surface_ = {"pk": one.pk}, {"pk": wall.pk}
    return {
        "terrain_outing": outing_, "terrain_outing_act": {**outing_, "act": "contact"},
        "terrain_fault": seen, "terrain_fault_act": {**seen, "act": "transmettre"},
        "terrain_surface": surface_, "terrain_surface_act": {**surface_, "act": "faire"},
        "terrain_photo": shot, "terrain_photo_act": {**shot, "act": "sans-personne"},
        "terrain_settings_act": {"act": "materiel"}, "terrain_area": where,
        "terrain_area_act": {**where, "act": "endroit"},
    }  # fmt: skip
