"""The rows of a table, written by plain functions: a template asks each cell for all it may lack."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import chain, repeat
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]


def table_rows(rows: Iterable[Iterable[Any]], columns: Sequence[Mapping[str, Any]] = ()) -> str:
    """This function will write rows as the component `table` wants them, all that is said escaped.

    Words and figures past the first cell carry the name of their column, which a narrow screen
    says before them; of links, only those of a column that asks for it with `named`.
    """
    names = [_name(column, rank) for rank, column in enumerate(columns)]
    return "\n".join(
        f"<tr>{''.join(map(_cell, row, chain(names, repeat(('', '')))))}</tr>" for row in rows
    )


def _name(column: Mapping[str, Any], rank: int) -> tuple[str, str]:
    """What is written in the cell of a column that says its name: of plain words, of links."""
    if not rank or column.get("hidden") or column.get("bare") or not column.get("label"):
        return "", ""
    said = f' data-label="{_said(column["label"])}"'
    return said, said if column.get("named") else ""


def _said(value: object) -> str:
    """A value as a template would write it."""
    if type(value) is str:
        return escape(value)
    return conditional_escape(localize(template_localtime(value)))


def _cell(cell: Any, name: tuple[str, str]) -> str:
    if not isinstance(cell, Mapping):
        return f"<td{name[0]}>{_said(cell)}</td>"
    text, tone = _said(cell.get("text", "")), _said(cell.get("tone", ""))
    kind = ""
    if cell.get("due"):
        kind = f' class="due {tone}"'
    elif cell.get("end"):
        kind = ' class="end num"'
    is_plain = cell.get("text", "") != "" and not cell.get("due") and not cell.get("url")
    parts = [f"<td{name[0] if is_plain else name[1]}{kind}>"]
    parts.append(f'<a href="{_said(cell["url"])}">{text}</a>' if cell.get("url") else text)
    for link in cell.get("links", ()):
        parts.append(f'<a href="{_said(link["url"])}">{_said(link["text"])}</a> ')
    if cell.get("tag"):
        space = " " if cell.get("text") else ""
        parts.append(f'{space}<span class="tag {tone}">{_said(cell["tag"])}</span>')
    if cell.get("sub"):
        parts.append(f"<small>{_said(cell['sub'])}</small>")
    parts.append("</td>")
    return "".join(parts)
