"""Reads a page as a browser would, enough to judge it: titles, links, texts and their language."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "use"}
)
_SILENT = frozenset({"script", "style", "title", "option", "textarea"})


@dataclass
class Reading:
    """What stands on a page; `texts` are those in the page's own language, not quoted from another."""

    lang: str = ""
    direction: str = ""
    h1: int = 0
    levels: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    labelled_for: set[str] = field(default_factory=set)
    fields: list[dict[str, str]] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    robots: str = ""
    texts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Reading()
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        found = self.found
        if tag == "html":
            found.lang, found.direction = given.get("lang", ""), given.get("dir", "")
        if "id" in given:
            found.ids.append(given["id"])
        if tag == "h1":
            found.h1 += 1
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            found.levels.append(int(tag[1]))
        if tag == "a" and "href" in given:
            found.links.append(given["href"])
        self._fields(tag, given)
        if tag == "form":
            found.forms.append(given)
        if tag == "meta" and given.get("name") == "robots":
            found.robots = given.get("content", "")
        self._loaded(tag, given)
        if tag not in _EMPTY:
            own = given.get("lang") or (self._open[-1][1] if self._open else "")
            self._open.append((tag, own))

    def _fields(self, tag: str, given: dict[str, str]) -> None:
        found = self.found
        if tag == "label":
            found.labelled_for.add(given.get("for", ""))
        if tag in {"input", "select", "textarea"} and given.get("type") not in {
            "hidden", "submit", "button",
        }:  # fmt: skip
            inside_label = any(name == "label" for name, _lang in self._open)
            found.fields.append({**given, "inside_label": "1" if inside_label else ""})

    def _loaded(self, tag: str, given: dict[str, str]) -> None:
        found = self.found
        if tag in {"script", "img", "iframe", "source", "embed"} and given.get("src"):
            found.loaded.append(given["src"])
        if tag == "link" and given.get("rel") in {"stylesheet", "preload", "icon"}:
            found.loaded.append(given["href"])
            if given["rel"] != "icon" and given.get("media") != "print":
                found.styles.append(given["href"])
        if tag == "script" and not given.get("src") and "json" not in given.get("type", ""):
            found.inline.append("script")
        found.inline += [
            f"{tag} {name}" for name in given if name == "style" or name.startswith("on")
        ]
        if tag == "style":
            found.inline.append("style")

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._open or any(tag in _SILENT for tag, _lang in self._open):
            return
        text = " ".join(data.split())
        if text and self._open[-1][1] == self.found.lang:
            self.found.texts.append(text)


def read(html: str) -> Reading:
    """This function will read a whole page."""
    reader = _Reader()
    reader.feed(html)
    return reader.found


def faults(page: Reading) -> list[str]:
    """This function will say what is wrong with a page, whatever it is about."""
    found = []
    if page.h1 != 1:
        found.append(f"{page.h1} h1")
    steps = zip(page.levels, page.levels[1:], strict=False)
    found += [f"h{one} then h{two}" for one, two in steps if two > one + 1]
    found += [f"id twice: {one}" for one in sorted({i for i in page.ids if page.ids.count(i) > 1})]
    found += [f"inline: {one}" for one in page.inline]
    found += [f"loads {one}" for one in page.loaded if "//" in one]
    found += [
        f"leads nowhere: {link}"
        for link in page.links
        if link.startswith("#") and link[1:] and link[1:] not in page.ids
    ]
    found += [f"no label: {one.get('name')}" for one in page.fields if not _labelled(page, one)]
    return found


def _labelled(page: Reading, one: dict[str, str]) -> bool:
    named = one.get("aria-label") or one.get("aria-labelledby") or one["inside_label"]
    return bool(named) or one.get("id", "") in page.labelled_for
