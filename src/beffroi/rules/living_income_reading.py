"""The living income in JSON: facts come in, a result goes out, as the contract says.

An unknown key or an impossible value is an error that names it; nothing is taken for zero.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from beffroi.rules.exact import Number, cents, monthly_cents, text
from beffroi.rules.living_income import Amounts, Result, compute
from beffroi.rules.living_income_facts import (
    Cohabitant,
    Facts,
    Given,
    ImpossibleFact,
    Property,
    Resource,
    Transfer,
)

_AMOUNT = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
Reader = Callable[[Any], Any]


def facts_of(given: Mapping[str, Any]) -> Facts:
    """This function will read the facts of one case; amounts are strings or whole numbers.

    Raises: ImpossibleFact naming the key; ImpossibleFact when `date` or `category` lacks.
    """
    for name in ("date", "category"):
        if given.get(name) is None:
            raise ImpossibleFact(name, "is missing")
    facts: Facts = _made(Facts, _FACTS, given, skip=("id",))
    return facts


def _made(
    kind: type, readers: Mapping[str, Reader], given: object, skip: tuple[str, ...] = ()
) -> Any:
    """An object of `kind` from a mapping, each value read by the reader of its name."""
    if not isinstance(given, Mapping):
        raise ImpossibleFact("value", "an object is expected")
    values = {}
    for name, value in given.items():
        if name in skip:
            continue
        reader = readers.get(name)
        if reader is None:
            raise ImpossibleFact(str(name), "unknown key")
        try:
            values[name] = reader(value)
        except ImpossibleFact as fault:
            raise (
                fault.inside(name) if fault.name else ImpossibleFact(name, fault.words)
            ) from None
    try:
        return kind(**values)
    except TypeError as fault:
        lacking = [one for one in readers if f"'{one}'" in str(fault)]
        raise ImpossibleFact(lacking[0] if lacking else "value", "is missing") from None


def _amount(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    raise ImpossibleFact("", f"{value!r} is not an amount")


def _share(value: object) -> Decimal | Fraction:
    if isinstance(value, str) and "/" in value:
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise ImpossibleFact("", f"{value!r} is not a share") from None
    share = _amount(value)
    if share is None or not share.is_finite():
        raise ImpossibleFact("", f"{value!r} is not a share")
    return share


def _day(value: object) -> date:
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ImpossibleFact("", f"{value!r} is not a date, as 2025-02-01")


def _as_is(value: object) -> object:
    return value


def _label(value: object) -> object:
    return "" if value is None else value


def _many(reader: Reader) -> Reader:
    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise ImpossibleFact("", "a list is expected")
        found = []
        for index, one in enumerate(value):
            try:
                found.append(reader(one))
            except ImpossibleFact as fault:
                raise ImpossibleFact(f"[{index}].{fault.name}", fault.words) from None
        return tuple(found)

    return read


def _object(kind: type, readers: Mapping[str, Reader]) -> Reader:
    return lambda value: _made(kind, readers, value)


def _givens(value: object) -> dict[str, Given]:
    if not isinstance(value, Mapping):
        raise ImpossibleFact("", "an object is expected")
    return {str(name): _given(one) for name, one in value.items()}


_GIVEN = {"by": _as_is, "on": _day, "why": _as_is}
_given = _object(Given, _GIVEN)


def _maybe_given(value: object) -> Given | None:
    found: Given | None = None if value is None else _given(value)
    return found


_RESOURCE = {
    "kind": _as_is, "monthly": _amount, "exemption": _as_is, "label": _label, "hours": _amount,
}  # fmt: skip
_PROPERTY = {
    "kind": _as_is, "cadastral_income": _amount, "share": _share, "usufruct": _as_is,
    "annual_mortgage_interest": _amount, "annual_rent": _amount,
}  # fmt: skip
_TRANSFER = {
    "date": _day, "value": _amount, "right": _as_is, "share": _share, "debts_paid": _amount,
    "abatement": _amount, "given": _maybe_given,
}  # fmt: skip
_COHABITANT = {
    "relation": _as_is, "claims_ris": _as_is, "counted_share": _share,
    "resources": _many(_object(Resource, _RESOURCE)), "activated": _as_is, "label": _label,
    "given": _maybe_given,
}  # fmt: skip
_FACTS = {
    "date": _day, "category": _as_is,
    "resources": _many(_object(Resource, _RESOURCE)),
    "movable_capital": _amount,
    "properties": _many(_object(Property, _PROPERTY)),
    "children_allocataire": _as_is,
    "housing_paid_by_third_party_monthly": _amount,
    "transfers": _many(_object(Transfer, _TRANSFER)),
    "cohabitants": _many(_object(Cohabitant, _COHABITANT)),
    "study_grant": _as_is, "regime": _label,
    "given": _givens,
}  # fmt: skip


def answer(given: Mapping[str, Any]) -> dict[str, Any]:
    """This function will compute one case of the contract and give its answer.

    Raises: ImpossibleFact, OutsideParameters.
    """
    return result_of(given.get("id"), compute(facts_of(given)))


def json_of(facts: Facts) -> dict[str, Any]:
    """This function will write facts so that `facts_of` reads the same ones again.

    To store beside a decision what it was computed from, whole.
    """
    return {one.name: _written(getattr(facts, one.name)) for one in fields(facts)}


def _written(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _written(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _written(one) for name, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | Fraction) else value


def result_of(case: object, result: Result) -> dict[str, Any]:
    """This function will write a result as the contract wants it; what lacks is null."""
    a = result.amounts
    return {
        "id": case,
        "status": result.status,
        "missing": list(result.missing),
        "full": _both(result.full.amount),
        "counted": None if a is None else _counted(a),
        "general_exemption": None if a is None else text(cents(a.general_exemption)),
        "deducted": None if a is None else _both(a.deducted),
        "before_general_exemption": None if a is None else _both(a.before_general_exemption),
        "granted": None if a is None else _both(a.granted),
        "steps": [
            {
                "key": step.key,
                "label": step.label,
                "formula": f"{step.formula} ({step.note})" if step.note else step.formula,
                "value": step.value,
                "reference": step.reference,
                "source": step.source,
            }
            for step in result.steps
        ],
    }


def _both(annual: Number) -> dict[str, str]:
    return {"annual": text(cents(annual)), "monthly": text(monthly_cents(annual))}


def _counted(a: Amounts) -> dict[str, str]:
    return {
        "work": text(cents(a.work)),
        "other": text(cents(a.other)),
        "movable_capital": text(cents(a.capital)),
        "property": text(cents(a.built + a.land)),
        "housing": text(cents(a.housing)),
        "transfers": text(cents(a.transfers)),
        "cohabitants": text(cents(a.partner + a.others)),
        "total": text(cents(a.total)),
    }
