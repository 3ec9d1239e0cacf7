"""Each act that a room journals has a name in the house's own words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import beffroi
from beffroi.acts.agenda import workflow as agenda
from beffroi.acts.agreements import workflow as agreements
from beffroi.acts.bodies import workflow as bodies
from beffroi.acts.budgets import workflow as budgets
from beffroi.acts.requests import workflow as requests
from beffroi.casework import workflow as casework
from beffroi.web.desk.journal.words import verbs

_ROOT = Path(beffroi.__file__).parent
_ROOMS = ("acts", "casework", "documents", "entitlements", "people", "audit")
_VERB = re.compile(r"[a-z_]+\.[a-z_]+")
_MOVES = {
    "application": casework.MOVES, "sitting": bodies.SITTING_MOVES, "council_item": bodies.ITEM_MOVES,
    "agreement": agreements.MOVES, "mediation": budgets.MOVES, "request": requests.MOVES,
    "appointment": agenda.APPOINTMENT_MOVES,
}  # fmt: skip


def _traced(path: Path) -> Iterator[str]:
    """The verbs written out in calls that trace or record."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        if not re.search("trace|record|_read", name):
            continue
        for given in (*node.args, *(k.value for k in node.keywords)):
            if isinstance(given, ast.Constant) and _VERB.fullmatch(str(given.value)):
                yield str(given.value)
        if path.parts[-3] == "payments" and name == "trace":
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield f"payments.{first.value}"


def test_every_verb_of_the_journal_is_said_in_words() -> None:
    written = {
        verb
        for room in _ROOMS
        for path in (_ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        for verb in _traced(path)
    }
    moved = {f"{what}.{key}" for what, moves in _MOVES.items() for key in moves}
    assert len(written) > 150
    assert sorted((written | moved) - set(verbs())) == []
