"""Links of the side bar, shown only to whom the access table opens their address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from beffroi.web.access import access_table


def path_of(name: str) -> str:
    """This function will give the path of a page of the desk that has no parameter.

    It is worked out once for the process: the side bar names forty of them on every page.
    """
    return _path_of(name, get_script_prefix())


@cache
def _path_of(name: str, prefix: str) -> str:
    return reverse(name)


def path_to(name: str, key: str) -> str:
    """This function will give the path of a page of the desk that has a key for one parameter.

    What stands around the key is worked out once: a list has as many paths as rows.
    """
    if not key.isalnum():
        return reverse(name, args=[key])
    before, after = _around(name, get_script_prefix())
    return f"{before}{key}{after}"


@cache
def _around(name: str, prefix: str) -> tuple[str, str]:
    before, _key, after = reverse(name, args=["KEY0"]).partition("KEY0")
    return before, after


@dataclass(frozen=True)
class Item:
    """A link of the side bar: its label, the name of its address, how many things it holds."""

    label: str
    name: str
    count: int = 0
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        address = path_of(self.name)
        return f"{address}?{urlencode(self.query)}" if self.query else address


def shows_counts(request: HttpRequest, *rooms: str) -> bool:
    """This function will say whether a room counts its lists in the side bar of this page.

    It does on its own pages, named by where they start, and on the first page: a page of another
    room is not slowed down by what it does not speak of.
    """
    first = path_of("desk:first_page")
    return request.path == first or request.path.startswith(tuple(map(path_of, rooms)))


def group(request: HttpRequest, title: str, items: tuple[Item, ...]) -> list[dict[str, Any]]:
    """This function will give the group with the links this agent may follow, or nothing at all."""
    table, roles = access_table(), request.actor.roles  # type: ignore[attr-defined]
    here = request.get_full_path()
    shown = [
        {"label": item.label, "url": url, "count": item.count or None, "current": here == url}
        for item, url in ((one, one.url) for one in items if table[one.name] & roles)
    ]
    return [{"title": title, "items": shown}] if shown else []
