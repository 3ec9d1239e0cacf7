"""A row is held so that who refers to it need not wait: held harder, two services wait for each other."""

import ast
from pathlib import Path

import beffroi

ROOT = Path(beffroi.__file__).parent


def test_no_row_is_held_against_those_who_only_refer_to_it() -> None:
    """PostgreSQL lets a row that names another be written while that other is held with `no_key`."""
    calls = [
        (path, node)
        for path in ROOT.glob("**/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
    ]
    assert len(calls) > 50
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, node in calls
        if "no_key" not in {word.arg for word in node.keywords}
    ]
    assert wrong == []
