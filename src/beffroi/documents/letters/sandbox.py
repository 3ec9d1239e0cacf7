"""The small language of the templates: texts in Markdown, facts between braces, if and for.

Nothing else can be written: a name that is no fact, a filter, a tag, an address or a picture is
refused when the template is saved. A fact goes in after the Markdown is read, and escaped: what a
person is called can neither open a tag nor make a word bold.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any

from django.template import Context, Engine, Template, TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from beffroi.core.errors import InvalidInput
from beffroi.documents.letters.facts import COLUMNS, LISTS, declared

#: What a template may ask besides the facts: parts that the house draws.
BLOCKS = ("block.judicial_code", "block.signatures")
_TOKEN = re.compile(r"{%(.*?)%}|{{(.*?)}}|{#.*?#}", re.S)
_PATH = re.compile(r"[a-z_]+(?:\.[a-z_]+)?\Z")
_MARK = re.compile("\ue000(\\d+)\ue001")
_ALONE = re.compile("<p>\ue000(\\d+)\ue001</p>")
_NARROW = re.compile(r" ([;:!?»])")


def _engine() -> Engine:
    return Engine(autoescape=False, libraries={}, loaders=[], string_if_invalid="")


def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    return reader.disable(["link", "image", "autolink", "html_inline", "html_block", "reference"])


def faults_of(source: str) -> list[str]:
    """This function will say, in words, everything that this template may not hold."""
    faults: list[str] = []
    loops: dict[str, str] = {}
    depth: list[str] = []
    for found in _TOKEN.finditer(source):
        tag, variable = found.group(1), found.group(2)
        if variable is not None:
            faults += _faults_of_path(variable.strip(), loops, writes=True)
        elif tag is not None:
            faults += _faults_of_tag(tag.split(), loops, depth)
    rest = _TOKEN.sub("", source)
    if re.search(r"{{|}}|{%|%}|[\ue000\ue001\x00]", rest):
        faults.append(_("Une accolade n’est pas fermée, ou un signe interdit s’y trouve."))
    if not faults:
        try:
            Template(source, engine=_engine())
        except TemplateSyntaxError as error:
            faults.append(_("Une condition ou une boucle n’est pas fermée : %s") % error)
    return list(dict.fromkeys(faults))


def _faults_of_path(path: str, loops: Mapping[str, str], writes: bool = False) -> list[str]:
    if _PATH.match(path) and (path in declared() or path in loops):
        return []
    if writes and path in BLOCKS:
        return []
    return [_("« %s » n’est pas un fait que les lettres connaissent.") % path]


def _faults_of_tag(words: list[str], loops: dict[str, str], depth: list[str]) -> list[str]:
    match words:
        case ["if" | "elif", *condition]:
            names = [word for word in condition if word not in ("and", "or", "not")]
            return [f for name in names or [""] for f in _faults_of_path(name, loops)]
        case ["else"] | ["empty"] | ["endif"]:
            return []
        case ["endfor"]:
            if depth:
                _leave(loops, depth.pop())
            return []
        case ["for", name, "in", path]:
            return _faults_of_loop(name, path, loops, depth)
    return [_("La balise « %s » n’est pas permise : seulement if et for.") % " ".join(words)]


def _faults_of_loop(name: str, path: str, loops: dict[str, str], depth: list[str]) -> list[str]:
    fact = declared().get(path)
    rooms = {key.split(".")[0] for key in declared()} | {"block", "forloop"}
    if fact is None or fact.type not in LISTS:
        return [_("« %s » n’est pas une liste.") % path]
    if not re.fullmatch(r"[a-z]+", name) or name in rooms or name in loops:
        return [_("« %s » ne peut pas nommer une ligne.") % name]
    depth.append(name)
    columns = COLUMNS.get(fact.type)
    loops.update({f"{name}.{one}": "text" for one in columns} if columns else {name: "text"})
    return []


def _leave(loops: dict[str, str], name: str) -> None:
    for path in [p for p in loops if p == name or p.startswith(f"{name}.")]:
        del loops[path]


def check(source: str, field: str) -> None:
    """This function will refuse a template that asks for anything but facts.

    Raises: InvalidInput with the words on `field`.
    """
    faults = faults_of(source)
    if faults:
        raise InvalidInput(_("Ce modèle ne peut pas être gardé."), {field: " ".join(faults)})


class _Marked:
    """Values that write a mark in the text and wait, outside, for the Markdown to be read."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def inline(self, text: str) -> str:
        return self._keep(escape(text).replace("\n", "<br>")) if text else ""

    def block(self, html: str) -> str:
        return self._keep(html) if html else ""

    def _keep(self, html: str) -> str:
        self.kept.append(html)
        return f"\ue000{len(self.kept) - 1}\ue001"

    def put_back(self, html: str) -> str:
        html = _ALONE.sub(lambda found: self._whole(int(found.group(1))), html)
        return _MARK.sub(lambda found: self.kept[int(found.group(1))], html)

    def _whole(self, number: int) -> str:
        html = self.kept[number]
        return html if html.startswith(("<ul", "<table", "<section", "<div")) else f"<p>{html}</p>"


class _Rows(list[Any]):
    """A list to go through with `for`; by itself, it is written as the house draws it."""

    drawn = ""

    def __str__(self) -> str:
        return self.drawn


def _context(shown: Mapping[str, Any], drawn: Mapping[str, str], marks: _Marked) -> dict[str, Any]:
    nested: dict[str, dict[str, Any]] = {}
    for key, value in shown.items():
        room, name = key.split(".")
        nested.setdefault(room, {})[name] = _marked(value, drawn.get(key, ""), marks)
    for key in BLOCKS:
        nested.setdefault("block", {})[key.split(".")[1]] = marks.block(drawn.get(key, ""))
    return nested


def _marked(value: Any, drawn: str, marks: _Marked) -> Any:
    if not isinstance(value, list):
        return marks.inline(str(value))
    rows = _Rows(
        {name: marks.inline(cell) for name, cell in row.items()}
        if isinstance(row, dict)
        else marks.inline(row)
        for row in value
    )
    rows.drawn = marks.block(drawn)
    return rows


def _set_in_french(text: str) -> str:
    """Narrow spaces where French wants them; facts are still marks, and stay as they were."""
    return _NARROW.sub("\u202f\\1", text).replace("« ", "«\u202f")


def render_text(source: str, shown: Mapping[str, Any], lang: str) -> str:
    """This function will write one line of plain text, a title, from a template."""
    marks = _Marked()
    text = str(Template(source, engine=_engine()).render(Context(_context(shown, {}, marks))))
    if lang == "fr":
        text = _set_in_french(text)
    whole = _MARK.sub(lambda found: marks.kept[int(found.group(1))].replace("<br>", " "), text)
    return re.sub(r"[ \t\r\n]+", " ", unescape(whole)).strip()


def render_html(
    source: str, shown: Mapping[str, Any], drawn: Mapping[str, str], lang: str
) -> SafeString:
    """This function will write a part of a letter, safe, from its template and what is known.

    `shown` holds each fact as it is written, `drawn` the markup of lists and of the house's parts.
    """
    marks = _Marked()
    text = str(Template(source, engine=_engine()).render(Context(_context(shown, drawn, marks))))
    if lang == "fr":
        text = _set_in_french(text)
    html = str(_markdown().render(text))
    html = html.replace("<blockquote>", '<div class="box">').replace("</blockquote>", "</div>")
    return mark_safe(marks.put_back(html))  # noqa: S308 — Markdown without HTML, facts escaped


def paths_of(source: str) -> Iterator[str]:
    """This function will give each fact that a template writes."""
    for found in _TOKEN.finditer(source):
        if found.group(2) is not None:
            yield found.group(2).strip()
