"""What comes with the house or is imported: a programme, its catalogue, a plan as published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.steering.enums import Delivery, PartnerKind, PlanState
from beffroi.steering.models import Axis, CatalogueAction, Partner, Plan, Programme, Right
from beffroi.steering.permissions import can_steer
from beffroi.steering.reading import ActionRow, read_actions
from beffroi.steering.services.base import must, trace
from beffroi.steering.services.plans import LineDraft, make_version

_FILE = Path(__file__).resolve().parents[1] / "data" / "pcs_2020.yaml"


@dataclass(frozen=True)
class Imported:
    """What an import of a catalogue did."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def load_house(*, by: Actor, at: datetime) -> dict[str, int]:
    """This function will load the programme and the plan that come with the house.

    Run again, it mends the catalogue from the file and leaves plans as they are.

    Raises: NotAllowed.
    """
    must(can_steer(by))
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    programme = _programme(content["programme"])
    for one in content["axes"]:
        values = {"title": one["title"], "source": one["source"]}
        Axis.objects.update_or_create(programme=programme, number=one["no"], defaults=values)
    for one in content["rights"]:
        _right(programme, one)
    rows = [ActionRow.of(one) for one in content["actions"]]
    _write_actions(programme, rows)
    _plan(programme, content["plan"], by=by, at=at)
    return {"Axis": len(content["axes"]), "CatalogueAction": len(rows), "Plan": 1}


def _programme(given: Mapping[str, Any]) -> Programme:
    names = ("name", "legal_refs", "source", "warning")
    days = {
        "starts_date": given["starts"], "ends_date": given["ends"],
        "extended_until_date": given["extended_until"],
    }  # fmt: skip
    values = {name: given[name] for name in names}
    values |= {name: date.fromisoformat(str(day)) for name, day in days.items()}
    return Programme.objects.update_or_create(key=given["key"], defaults=values)[0]


def _right(programme: Programme, given: Mapping[str, Any]) -> None:
    values = {"is_verified": given["status"] == "read", "source": given.get("source", "—")}
    right = Right.objects.update_or_create(
        programme=programme, name=given["name"], defaults=values
    )[0]
    right.axes.set(Axis.objects.filter(programme=programme, number__in=given["axes"]))


def _plan(programme: Programme, given: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    if Plan.objects.filter(key=given["key"]).exists():
        return
    names = ("key", "name", "carrier", "lead_authority", "pilot_service", "source")
    plan = Plan.objects.create(
        programme=programme, state=PlanState.ACTIVE, **{name: given[name] for name in names}
    )
    day = date.fromisoformat(str(given["effective"]))
    drafts = [_line(one, programme, day) for one in given["lines"]]
    make_version(plan, drafts, reason=given["reason"], effective=day, by=by, at=at)
    trace(plan, "plan.load", by=by, at=at, ref=plan.key, detail={"lines": len(drafts)})


def _line(given: Mapping[str, Any], programme: Programme, day: date) -> LineDraft:
    partner = None
    if given.get("partner"):
        kind = PartnerKind.ASBL if given["partner"].startswith("ASBL") else PartnerKind.OTHER
        partner = Partner.objects.get_or_create(name=given["partner"], defaults={"kind": kind})[0]
    return LineDraft(
        number=given["no"],
        action=CatalogueAction.objects.get(programme=programme, code=given["code"]),
        delivery=given.get("delivery", Delivery.REGIE),
        partner=partner,
        starts_date=day,
    )


@transaction.atomic
def import_catalogue(
    *, programme: str, content: str, form: str, by: Actor, at: datetime
) -> Imported:
    """This function will add or mend the actions of a programme from a YAML or CSV text.

    All or nothing: one row that cannot be read refuses the file. Nothing is removed.

    Raises: NotAllowed; InvalidInput whose `fields` name each row at fault.
    """
    must(can_steer(by))
    found = Programme.objects.filter(key=programme).first()
    if found is None:
        raise InvalidInput(_("Le programme « %(key)s » n’existe pas.") % {"key": programme})
    rows = read_actions(content, form)
    known = set(Axis.objects.filter(programme=found).values_list("number", flat=True))
    faults = {
        row.code: _("l’axe %(axis)s n’est pas de ce programme") % {"axis": row.axis}
        for row in rows
        if row.axis not in known
    }
    if faults:
        raise InvalidInput(_("Le catalogue n’est pas importé."), faults)
    done = _write_actions(found, rows)
    detail = {"added": done.added, "changed": done.changed}
    trace(found, "catalogue.import", by=by, at=at, ref=found.key, detail=detail)
    return done


def _write_actions(programme: Programme, rows: list[ActionRow]) -> Imported:
    axes = {axis.number: axis for axis in Axis.objects.filter(programme=programme)}
    held = {one.code: one for one in CatalogueAction.objects.filter(programme=programme)}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for row in rows:
        values = {**row.values, "axis": axes[row.axis]}
        there = held.get(row.code)
        if there is None:
            CatalogueAction.objects.create(programme=programme, code=row.code, **values)
            counts["added"] += 1
        elif all(getattr(there, name) == value for name, value in values.items()):
            counts["unchanged"] += 1
        else:
            CatalogueAction.objects.filter(pk=there.pk).update(**values)
            counts["changed"] += 1
    return Imported(**counts)
