"""The road of an element, what it costs and whose money it is, and what it is measured by."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.steering.measures import UnknownMeasure, measure_named
from beffroi.steering.models import (
    Element,
    ElementBudget,
    ElementChange,
    ElementIndicator,
    ElementMove,
    Indicator,
)
from beffroi.steering.permissions import can_steer
from beffroi.steering.services.base import must, step, trace
from beffroi.steering.services.strategic import hold_plan, must_be_open
from beffroi.steering.strategic_enums import OBJECTIVES, OPEN, ORIGINS, WHOLE, ElementState
from beffroi.steering.strategic_permissions import can_tell_progress
from beffroi.steering.strategic_workflow import ELEMENT_MOVES, SAY_WHY

#: Moves of whoever answers for the element; the others are for whoever steers.
_OF_WHOEVER_ANSWERS = frozenset({"start", "stop", "resume", "finish"})
_OPENS_AGAIN = frozenset({"reopen", "revive"})


def can_move(actor: Actor, element: Element, move: str) -> bool:
    """This function will say whether the actor takes an element this step further."""
    if move in _OF_WHOEVER_ANSWERS:
        return can_tell_progress(actor, element)
    return can_steer(actor)


@transaction.atomic
def move_element(
    *, element: Element, move: str, on: date, why: str = "", by: Actor, at: datetime
) -> Element:
    """This function will take an element one step further, and keep who, when and why.

    Raises: NotAllowed; InvalidInput; WrongState while something below is open, or under what is
    finished or given up; AlreadyMoved.
    """
    must(move in ELEMENT_MOVES and can_move(by, element, move))
    if move in SAY_WHY and not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Une phrase suffit.")})
    if move == "schedule" and not (element.planned_start and element.planned_end):
        raise InvalidInput(
            _("Donnez d’abord les dates prévues."), {"on": _("Le début et la fin prévus manquent.")}
        )
    hold_plan(element.plan)
    if move == "finish":
        _nothing_open_below(element)
    elif move in _OPENS_AGAIN:
        must_be_open(element.parent)
    changes = _effects(element, move, on)
    source = element.state
    before = {name: getattr(element, name) for name in changes}
    step(element, ELEMENT_MOVES, move, **changes)
    ElementMove.objects.create(
        element=element, move=move, source=source, target=element.state, on_date=on, at=at,
        why=why.strip()[:500], by_label=by.label,
    )  # fmt: skip
    ElementChange.objects.bulk_create(
        ElementChange(
            element=element, field=name, before=_said(before[name]), after=_said(value), at=at,
            by_label=by.label,
        )
        for name, value in changes.items()
    )  # fmt: skip
    ref = f"{element.plan.key}/{element.reference}"
    trace(element, f"strategic.{move}", by=by, at=at, ref=ref)
    return element


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _nothing_open_below(element: Element) -> None:
    count = element.children.filter(state__in=OPEN).count()
    if count:
        raise WrongState(
            _("Il reste %(n)s élément ouvert en dessous.") % {"n": count}
            if count == 1
            else _("Il reste %(n)s éléments ouverts en dessous.") % {"n": count},
            todo=_("Terminez-les ou abandonnez-les d’abord."),
        )


def _effects(element: Element, move: str, on: date) -> dict[str, Any]:
    """What a step writes beside the state: the day it began or ended, how far it is."""
    changes: dict[str, Any] = {}
    own = element.level not in OBJECTIVES
    if move in ("start", "resume") and element.effective_start is None:
        changes["effective_start"] = on
    if move in ("start", "resume") and own and element.progress is None:
        changes |= {} if element.children.exists() else {"progress": 0}
    if move == "finish":
        start = element.effective_start or on
        if on < start:
            raise InvalidInput(
                _("Rien n’est enregistré."), {"on": _("La fin vient après le début effectif.")}
            )
        changes["effective_end"] = on
        changes |= {"effective_start": on} if element.effective_start is None else {}
        changes |= {"progress": 100} if own and element.progress != 100 else {}
    if move == "reopen":
        changes["effective_end"] = None
    return changes


@transaction.atomic
def set_element_budget(
    *, element: Element, year: int, amount: Decimal, parts: Mapping[str, Decimal],
    comment: str = "", by: Actor, at: datetime,
) -> ElementBudget:  # fmt: skip
    """This function will set what an action costs in a year, in euros, and whose money it is.

    `parts` are percents by origin, to the hundredth; they make exactly 100.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_steer(by))
    faults = {}
    if element.level in OBJECTIVES:
        faults["amount"] = _("Un budget se donne à une action.")
    elif amount < 0:
        faults["amount"] = _("Zéro ou plus.")
    hundredths = {name: part * 100 for name, part in parts.items() if part}
    if set(hundredths) - set(ORIGINS) or any(
        part < 0 or part != part.to_integral_value() for part in hundredths.values()
    ):
        faults["parts"] = _("Des parts connues, de zéro à cent, avec deux décimales au plus.")
    elif (whole := sum(hundredths.values(), Decimal(0))) != WHOLE:
        faults["parts"] = _("Les parts font %(sum)s %% : il faut exactement 100 %%.") % {
            "sum": f"{(whole / 100).normalize():f}".replace(".", ",")
        }
    if faults:
        raise InvalidInput(_("Ce budget n’est pas enregistré."), faults)
    values = {name: int(hundredths.get(name, 0)) for name in ORIGINS}
    row = ElementBudget.objects.update_or_create(
        element=element, year=year,
        defaults={"amount": amount, "comment": comment.strip()[:300], **values},
    )[0]  # fmt: skip
    detail = {"year": year, "amount": str(amount)}
    ref = f"{element.plan.key}/{element.reference}"
    trace(element, "strategic.budget", by=by, at=at, ref=ref, detail=detail)
    return row


@transaction.atomic
def measure_element(
    *, element: Element, indicator: Indicator | None = None, measure: str = "",
    refs: Iterable[str] = (), label: str = "", target: Decimal | None = None,
    target_year: int | None = None, by: Actor, at: datetime,
) -> ElementIndicator:  # fmt: skip
    """This function will tie an action to what acts already count: nobody types the figure again.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_steer(by))
    asked = sorted(set(refs))
    if (indicator is None) == (not measure):
        raise InvalidInput(
            _("Cet indicateur n’est pas enregistré."),
            {"indicator": _("Choisissez un indicateur d’une ligne, ou une mesure.")},
        )
    if measure:
        label, asked = _measured(measure, asked, label, element)
    if target is not None and not target_year:
        raise InvalidInput(_("Cet indicateur n’est pas enregistré."), {"target_year": _("Pour quelle année ?")})  # fmt: skip
    if indicator is not None and element.indicators.filter(indicator=indicator).exists():
        raise InvalidInput(_("Cette action a déjà cet indicateur."))
    row = ElementIndicator.objects.create(
        element=element, indicator=indicator, measure=measure, refs=asked if measure else [],
        label=label.strip(), target=target, target_year=target_year,
    )  # fmt: skip
    ref = f"{element.plan.key}/{element.reference}"
    trace(element, "strategic.measure", by=by, at=at, ref=ref, detail={"pk": row.pk})
    return row


def _measured(measure: str, refs: list[str], label: str, element: Element) -> tuple[str, list[str]]:
    try:
        named = measure_named(measure)
    except UnknownMeasure:
        raise InvalidInput(_("Aucun service n’offre cette mesure.")) from None
    asked = refs or [f"line:{number}" for number in element.lines.values_list("number", flat=True)]
    if not asked:
        raise InvalidInput(
            _("Cet indicateur n’est pas enregistré."),
            {"refs": _("Choisissez les actes comptés, ou reliez d’abord l’action à une ligne.")},
        )
    if len({ref.partition(":")[0] for ref in asked}) > 1:
        raise InvalidInput(
            _("Cet indicateur n’est pas enregistré."),
            {"refs": _("Choisissez des actes d’une seule sorte : ils compteraient deux fois.")},
        )
    return label.strip() or str(named.label), sorted(asked)


def is_open(element: Element) -> bool:
    """This function will say whether an element is neither finished nor given up."""
    return ElementState(element.state) in OPEN
