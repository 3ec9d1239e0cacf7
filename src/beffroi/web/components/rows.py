"""The rows of a table, written by plain functions: a template asks each cell for all it may lack."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.timezone import template_localtime


def table_rows(rows: Iterable[Iterable[Any]]) -> str:
    """This function will write rows as the component `table` wants them, all that is said escaped."""
    return "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)


def _said(value: object) -> str:
    """A value as a template would write it."""
    if type(value) is str:
        return escape(value)
    return conditional_escape(localize(template_localtime(value)))


def _cell(cell: Any) -> str:
    if not isinstance(cell, Mapping):
        return f"<td>{_said(cell)}</td>"
    text, tone = _said(cell.get("text", "")), _said(cell.get("tone", ""))
    kind = ""
    if cell.get("due"):
        kind = f' class="due {tone}"'
    elif cell.get("end"):
        kind = ' class="end num"'
    parts = [f"<td{kind}>"]
    parts.append(f'<a href="{_said(cell["url"])}">{text}</a>' if cell.get("url") else text)
    if cell.get("tag"):
        space = " " if cell.get("text") else ""
        parts.append(f'{space}<span class="tag {tone}">{_said(cell["tag"])}</span>')
    if cell.get("sub"):
        parts.append(f"<small>{_said(cell['sub'])}</small>")
    parts.append("</td>")
    return "".join(parts)
