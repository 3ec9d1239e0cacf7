"""The money of a cohesion plan: what must be justified, what is due, what goes back.

The local authority adds a share of the subsidy, not of the total: with a quarter, the subsidy
is four fifths of what is to be justified. The regime is that of the year; each of its values
says whether it was read in its source. Article 20 is counted apart: the envelope passes
whole to the partners, and never mixes with what the plan itself justifies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from beffroi.rules.series import OutsideParameters, Value, series

CENT = Decimal("0.01")
#: The values that make the regime of a year, in the order a reader wants them.
REGIME = (
    "pcs_own_share_rate", "pcs_underspend_rule", "pcs_art20_own_share_rate", "pcs_report_due",
    "pcs_activity_report", "pcs_financial_report", "pcs_council_approval",
    "pcs_commission_mandatory", "pcs_commission_least_meetings", "pcs_advance_rate",
    "pcs_subsidy_floor", "pcs_project_lead_least_fte", "pcs_art20_alert_days",
)  # fmt: skip


class UnknownYear(ValueError):
    """No regime is known for that year."""


@dataclass(frozen=True)
class RegimeValue:
    """One value of the regime; `value` is None where the rule in force was not read."""

    key: str
    description: str
    unit: str
    reference: str
    value: object
    is_verified: bool
    source: str
    url: str
    note: str


@dataclass(frozen=True)
class Justification:
    """What a year comes to, in euros and cents; `is_verified` is false when a value was inferred."""

    own_share_min: Decimal
    total_to_justify: Decimal
    due: Decimal
    own_paid: Decimal
    unused: Decimal
    gap: Decimal
    is_verified: bool


def _day(year: int) -> date:
    try:
        return date(year, 1, 1)
    except ValueError:
        raise UnknownYear(f"no regime is known for {year}") from None


def _value(key: str, year: int) -> Value:
    try:
        return series(key).on(_day(year))
    except OutsideParameters:
        raise UnknownYear(f"no regime is known for {year}") from None


def regime(year: int) -> list[RegimeValue]:
    """This function will give the regime of a year, value by value, unread ones included.

    Raises: UnknownYear where not even the own share is known.
    """
    _value("pcs_own_share_rate", year)
    return [_regime_value(key, _day(year)) for key in REGIME]


def _regime_value(key: str, day: date) -> RegimeValue:
    one = series(key)
    entry = [value for value in one.values if value.since <= day][-1]
    return RegimeValue(
        key, one.description, one.unit, entry.reference, entry.value,
        entry.is_read and entry.value is not None, entry.source.title, entry.source.url, entry.note,
    )  # fmt: skip


def regime_by_key(year: int) -> Mapping[str, RegimeValue]:
    """This function will give the regime of a year by the name of each value.

    Raises: UnknownYear.
    """
    return {one.key: one for one in regime(year)}


def justify(subsidy: Decimal, eligible: Decimal, year: int) -> Justification:
    """This function will say what a year comes to, in euros rounded half a cent upwards.

    `subsidy` is the notified amount; `eligible` the expenditure admitted, without article 20 and
    without what other subsidies pay.

    Raises: UnknownYear; ValueError for a negative amount.
    """
    if subsidy < 0 or eligible < 0:
        raise ValueError("an amount is zero or more")
    rate, rule = _value("pcs_own_share_rate", year), _value("pcs_underspend_rule", year)
    share = Decimal(rate.value)
    own_min = _cents(subsidy * share)
    total = subsidy + own_min
    reach = eligible / (1 + share) if rule.value == "proportional" else eligible
    due = min(_cents(subsidy), _cents(reach))
    return Justification(
        own_min, _cents(total), due, _cents(eligible - due), _cents(subsidy - due),
        _cents(max(Decimal(0), total - eligible)), rate.is_read and rule.is_read,
    )  # fmt: skip


def justify_art20(granted: Decimal, eligible: Decimal) -> Decimal:
    """This function will give what is due for one convention of article 20, in euros.

    Raises: ValueError for a negative amount.
    """
    if granted < 0 or eligible < 0:
        raise ValueError("an amount is zero or more")
    return _cents(min(granted, eligible))


def report_due(year: int) -> date:
    """This function will give the day by which the reports of `year` leave the house.

    Raises: UnknownYear.
    """
    month, day = map(int, str(_value("pcs_report_due", year).value).split("-"))
    return date(year + 1, month, day)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
