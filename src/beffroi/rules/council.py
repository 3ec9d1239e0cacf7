"""How a council of social action deliberates: seats, quorum, majority, convocation, urgency.

Pure rules on numbers and days (loi organique du 8 juillet 1976, art. 6, 24, 27, 28, 30, 32
and 33). Who holds a mandate on a day, and who is in the room, the caller counts.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "parameters" / "council.yaml"


class OutsideParameters(ValueError):
    """No rule is known for that day."""


@dataclass(frozen=True)
class Rule:
    """A parameter as it holds on a day; `is_verified` is false where it was only inferred."""

    key: str
    label: str
    value: Any
    reference: str
    source: str
    is_verified: bool


@dataclass(frozen=True)
class Verdict:
    """What a count of votes gives, and how: votes cast, how many were needed, who broke a tie."""

    is_adopted: bool
    cast: int
    needed: int
    is_tie: bool
    by_casting_vote: bool


@lru_cache(maxsize=1)
def _parameters() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def rule(key: str, day: date) -> Rule:
    """This function will give the parameter `key` as it holds on `day`.

    Raises: KeyError for an unknown key; OutsideParameters before its first value.
    """
    content = _parameters()
    entry = content["rules"][key]
    held = [value for value in entry["values"] if value["since"] <= day]
    if not held:
        raise OutsideParameters(f"{key} is not known on {day.isoformat()}")
    now = max(held, key=lambda value: value["since"])
    return Rule(
        key,
        entry["label"],
        now.get("scale", now.get("value")),
        entry["reference"],
        content["sources"][now["source"]],
        now["status"] == "read",
    )


def _on_scale(key: str, measure: int, day: date) -> int:
    for limit, value in rule(key, day).value:
        if limit is None or measure <= limit:
            return int(value)
    raise OutsideParameters(f"{key} does not reach {measure}")


def _share(key: str, day: date) -> Fraction:
    return Fraction(str(rule(key, day).value))


def _more_than(share: Fraction, whole: int) -> int:
    """The smallest whole number that exceeds this share."""
    return int(share * whole) + 1


def seats(population: int, day: date) -> int:
    """This function will give how many members the council of so many inhabitants has (art. 6)."""
    return _on_scale("seats", population, day)


def committee_minimum(council_seats: int, day: date) -> int:
    """This function will give the fewest members a special committee may have (art. 27).

    The president is one of them.
    """
    return _on_scale("committee_minimum", council_seats, day)


def quorum(in_function: int, day: date) -> int:
    """This function will give how many members must be in the room to deliberate (art. 32).

    It counts from the members in function that day, never from the seats of the law.
    """
    return _more_than(_share("quorum_share", day), in_function)


def is_quorum_waived(missed: int, day: date) -> bool:
    """This function will say whether a matter put `missed` times in vain needs a quorum no more."""
    return missed >= int(rule("recall_after_missed", day).value)


def count_votes(
    *, in_favour: int, against: int, chair_favours: bool | None, is_secret: bool, day: date
) -> Verdict:
    """This function will say whether a proposal is adopted (art. 33).

    Abstentions are not votes cast. At a tie the voice of who presides decides, when she spoke
    for or against and the ballot is open; else the proposal is not adopted.
    Raises: ValueError on a negative count.
    """
    if in_favour < 0 or against < 0:
        raise ValueError("votes are counted from zero")
    cast = in_favour + against
    needed = _more_than(_share("majority_share", day), cast) if cast else 1
    is_tie = cast > 0 and in_favour == against
    casting = (
        is_tie
        and not is_secret
        and chair_favours is not None
        and bool(rule("casting_vote", day).value)
    )
    is_adopted = in_favour >= needed or (casting and chair_favours is True)
    return Verdict(is_adopted, cast, needed, is_tie, casting)


def is_secret(*, concerns_person: bool, day: date) -> bool:
    """This function will say whether the ballot is secret: it is on a question of persons."""
    return concerns_person and bool(rule("secret_on_persons", day).value)


def is_urgency_declared(*, in_favour: int, present: int, day: date) -> bool:
    """This function will say whether those present may add a matter to the agenda."""
    return present > 0 and Fraction(in_favour, present) >= _share("urgent_addition_share", day)


def clear_days(sent: date, sitting: date) -> int:
    """This function will count the days between: neither the day of sending nor of sitting."""
    return (sitting - sent).days - 1


def days_to_convene(missed: int, day: date) -> int:
    """This function will give the clear days of a convocation after `missed` sittings in vain."""
    key = "recall_days" if is_quorum_waived(missed, day) else "convocation_days"
    return int(rule(key, day).value)


def last_day_to_convene(sitting: date, missed: int = 0) -> date:
    """This function will give the last day on which a convocation may leave (art. 30)."""
    return sitting - timedelta(days=days_to_convene(missed, sitting) + 1)


def urgent_aid_limit(day: date) -> Decimal:
    """This function will give, in euros, what the president may grant alone (art. 28 §1)."""
    return Decimal(str(rule("urgent_aid_limit", day).value))


def reserved_to_council(day: date) -> frozenset[str]:
    """This function will give the kinds of matters that the council cannot delegate (art. 24)."""
    return frozenset(rule("reserved_to_council", day).value)
