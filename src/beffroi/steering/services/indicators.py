"""What a line is measured by: indicators, targets, and months typed where no room counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.steering.enums import IndicatorLevel
from beffroi.steering.measures import UnknownMeasure, all_measures, measure_named
from beffroi.steering.models import Indicator, Line, Target, TypedValue
from beffroi.steering.permissions import can_steer
from beffroi.steering.services.base import must, trace


@dataclass(frozen=True)
class IndicatorDraft:
    """What an indicator says; label and unit follow the measure where they are left out."""

    measure: str = ""
    refs: tuple[str, ...] = ()
    label: str = ""
    unit: str = ""
    level: str = IndicatorLevel.OUTPUT
    is_ascending: bool = True
    is_publishable: bool = True
    is_sensitive: bool = False


@transaction.atomic
def follow(*, line: Line, draft: IndicatorDraft, by: Actor, at: datetime) -> Indicator:
    """This function will follow an indicator on a line; without references, the acts of the line.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_steer(by))
    values = vars(draft) | {"refs": sorted(set(draft.refs))}
    faults = {}
    if draft.measure:
        try:
            measure = measure_named(draft.measure)
        except UnknownMeasure:
            raise InvalidInput(_("Aucun service n’offre cette mesure.")) from None
        values["label"] = draft.label.strip() or str(measure.label)
        values["unit"] = draft.unit.strip() or str(measure.unit)
        values["is_sensitive"] = draft.is_sensitive or measure.is_sensitive
        if not values["refs"] and not measure.counts_to_lines:
            faults["refs"] = _(
                "Dites ce qui est compté : ces actes ne savent pas à quelle ligne ils vont."
            )
        values["refs"] = values["refs"] or [f"line:{line.number}"]
        if len({ref.partition(":")[0] for ref in values["refs"]}) > 1:
            faults["refs"] = _(
                "Choisissez des actes d’une seule sorte : ils compteraient deux fois."
            )
    elif not draft.label.strip() or not draft.unit.strip():
        faults["label"] = _("Nommez ce qui est compté et son unité.")
    if Indicator.objects.filter(line=line, label=values["label"]).exists():
        faults["label"] = _("Cette ligne a déjà un indicateur de ce nom.")
    if faults:
        raise InvalidInput(_("Cet indicateur n’est pas enregistré."), faults)
    position = Indicator.objects.filter(line=line).count()
    row = Indicator.objects.create(line=line, position=position, **values)
    trace(line, "indicator.follow", by=by, at=at, ref=_ref(line), detail={"label": row.label})
    return row


def _ref(line: Line) -> str:
    return f"{line.plan.key}/{line}"


@transaction.atomic
def retire_indicator(*, indicator: Indicator, on: date, by: Actor, at: datetime) -> None:
    """This function will stop following an indicator; its past figures stay.

    Raises: NotAllowed; WrongState when it is not followed any more.
    """
    must(can_steer(by))
    rows = Indicator.objects.filter(pk=indicator.pk, retired_date__isnull=True)
    if not rows.update(retired_date=on):
        raise WrongState(_("Cet indicateur n’est déjà plus suivi."))
    detail = {"label": indicator.label}
    trace(indicator.line, "indicator.retire", by=by, at=at, ref=_ref(indicator.line), detail=detail)


@transaction.atomic
def aim(
    *, indicator: Indicator, year: int, target: Decimal, baseline: Decimal | None = None,
    source: str = "", by: Actor, at: datetime,
) -> Target:  # fmt: skip
    """This function will set what an indicator aims at in a year, and from where.

    Raises: NotAllowed; InvalidInput when the target is on the wrong side of the baseline.
    """
    must(can_steer(by))
    wrong = baseline is not None and (
        target < baseline if indicator.is_ascending else target > baseline
    )
    if wrong:
        raise InvalidInput(
            _("La cible va dans le mauvais sens."),
            {"target": _("Plus, c’est mieux : une cible au-dessus du départ.")
             if indicator.is_ascending
             else _("Moins, c’est mieux : une cible au-dessous du départ.")},
        )  # fmt: skip
    values = {"target": target, "baseline": baseline, "source": source.strip()}
    row = Target.objects.update_or_create(indicator=indicator, year=year, defaults=values)[0]
    detail = {"label": indicator.label, "year": year, "target": str(target)}
    trace(indicator.line, "indicator.aim", by=by, at=at, ref=_ref(indicator.line), detail=detail)
    return row


@transaction.atomic
def type_month(
    *, indicator: Indicator, month: date, value: Decimal, method: str, by: Actor, at: datetime
) -> TypedValue:
    """This function will keep a figure counted by hand for a month; the one before is kept aside.

    Raises: NotAllowed; WrongState where the figure is counted from acts; InvalidInput.
    """
    must(can_steer(by))
    if indicator.measure:
        raise WrongState(_("Cet indicateur se compte d’après les actes : il ne s’encode pas."))
    if value < 0 or not method.strip():
        raise InvalidInput(
            _("Cette valeur n’est pas enregistrée."),
            {"value": _("Zéro ou plus.")} if value < 0 else {"method": _("Dites comment c’est compté.")},
        )  # fmt: skip
    first = month.replace(day=1)
    if first < indicator.line.since_date.replace(day=1):
        raise WrongState(_("Cette ligne n’était pas encore au plan ce mois-là."))
    TypedValue.objects.filter(indicator=indicator, month=first, is_current=True).update(
        is_current=False
    )
    row = TypedValue.objects.create(
        indicator=indicator, month=first, value=value, method=method.strip(), typed_at=at,
        typed_by=by.label,
    )  # fmt: skip
    detail = {"label": indicator.label, "month": f"{first:%Y-%m}", "value": str(value)}
    trace(indicator.line, "indicator.type", by=by, at=at, ref=_ref(indicator.line), detail=detail)
    return row


def follow_usual(*, lines: Iterable[Line], by: Actor, at: datetime) -> int:
    """This function will follow, on lines without any indicator, what their action usually counts.

    Raises: NotAllowed.
    """
    must(can_steer(by))
    followed = 0
    for line in lines:
        if Indicator.objects.filter(line=line).exists():
            continue
        copy = line.copies.select_related("action").order_by("version__number").last()
        for key in _usual_of(copy.action.code if copy else ""):
            follow(line=line, draft=IndicatorDraft(measure=key), by=by, at=at)
            followed += 1
    return followed


def _usual_of(code: str) -> list[str]:
    """The measures by which an action is usually followed, of those that rooms offer here."""
    given = _usual()
    wanted: list[str] = given["by_action"].get(code, given["usual"])
    return [key for key in wanted if key in all_measures()]


@lru_cache(maxsize=1)
def _usual() -> dict[str, Any]:
    with (Path(__file__).parents[1] / "data" / "usual_measures.yaml").open() as file:
        given: dict[str, Any] = yaml.safe_load(file)
    return given
