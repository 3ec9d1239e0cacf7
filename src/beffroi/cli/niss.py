"""`beffroi niss check NUMBER` or `--batch`: is it a well-formed NISS or BIS number?

A number says nothing sure of sex or age: its date is given where the number tells one.
"""

from typing import Any

from stdnum.be import bis, nn

from beffroi.cli import complain
from beffroi.cli.batch import run_batch


def check(number: str) -> dict[str, Any]:
    """This function will say whether `number` is valid, of which kind, and the date it tells."""
    for kind, module in (("national", nn), ("bis", bis)):
        if module.is_valid(number):
            try:
                birth = module.get_birth_date(number)
            except Exception:  # the number tells no whole date
                birth = None
            date = birth.isoformat() if birth else None
            return {"valid": True, "kind": kind, "birth_date": date}
    return {"valid": False, "kind": None, "birth_date": None}


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(given) - {"id", "number"}:
        raise ValueError(f"unknown key: {', '.join(sorted(unknown))}")
    if not isinstance(given["number"], str):
        raise ValueError("number must be text")
    return {"id": given.get("id"), **check(given["number"])}


def run(arguments: list[str]) -> int:
    """This function will answer a batch, or one number; 1 when the number is not valid."""
    if arguments[:1] != ["check"] or len(arguments) != 2:
        complain("Usage : beffroi niss check NUMÉRO, ou beffroi niss check --batch")
        return 2
    if arguments[1] == "--batch":
        return run_batch(_answer)
    found = check(arguments[1])
    print(
        "valide" if found["valid"] else "pas valide", found["kind"] or "", found["birth_date"] or ""
    )
    return 0 if found["valid"] else 1
