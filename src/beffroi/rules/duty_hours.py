"""How a centre receives people: the permanences it holds at least, at posted days and hours."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "parameters" / "duty_hours.yaml"


@dataclass(frozen=True)
class Wanted:
    """A number the law wants, with its reference; `is_verified` is false where it was inferred."""

    count: int
    reference: str
    is_verified: bool


@lru_cache(maxsize=1)
def _parameters() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def permanences_a_week(day: date) -> Wanted:
    """This function will give how many permanences a week a centre holds at least on `day`.

    Source: Primabook, la procédure. Raises: LookupError before the first value known.
    """
    series = _parameters()["series"]["permanences_a_week"]
    known = [value for value in series["values"] if value["since"] <= day]
    if not known or known[-1]["value"] is None:
        raise LookupError(f"no number of permanences is known on {day}")
    last = known[-1]
    return Wanted(int(last["value"]), str(series["reference"]), last["status"] == "read")
