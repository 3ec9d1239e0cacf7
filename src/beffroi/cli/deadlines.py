"""`beffroi deadlines --batch`, or `beffroi deadlines EVENT DATE`: what the law wants, by when."""

from datetime import date
from typing import Any

from beffroi.cli import complain
from beffroi.cli.batch import run_batch
from beffroi.rules import procedure

_KEYS = {"id", "event", "date"}


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(given) - _KEYS:
        raise ValueError(f"unknown key: {', '.join(sorted(unknown))}")
    due = procedure.deadlines(given["event"], date.fromisoformat(given["date"]))
    return {
        "id": given.get("id"),
        "due": [
            {
                "what": d.what,
                "date": d.due_date.isoformat(),
                "rule": d.rule,
                "reference": d.reference,
            }
            for d in due
        ],
    }


def run(arguments: list[str]) -> int:
    """This function will answer a batch, or print the limits of one event for a person."""
    if arguments == ["--batch"]:
        return run_batch(_answer)
    if len(arguments) != 2:
        complain(
            "Usage : beffroi deadlines --batch, ou beffroi deadlines request_received 2026-03-02"
        )
        return 2
    try:
        due = procedure.deadlines(arguments[0], date.fromisoformat(arguments[1]))
    except ValueError as error:
        complain(f"{error}. Événements connus : {', '.join(procedure.events())}.")
        return 2
    for one in due:
        mark = "" if one.is_verified else "  (non vérifié)"
        print(f"{one.due_date:%d/%m/%Y}  {one.label}  [{one.rule}; {one.reference}]{mark}")
    return 0
