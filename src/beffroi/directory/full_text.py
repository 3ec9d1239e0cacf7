"""Full text over the published services, without accents, the same on both databases.

The words of every published service are kept in memory under the stamp of the directory: the
first search after a change reads them again, in one query.
"""

from threading import Lock
from uuid import UUID

from beffroi.directory.imports.words import folded
from beffroi.directory.models import Service
from beffroi.directory.queries import revision

_lock = Lock()
_kept: tuple[int, dict[UUID, str]] = (-1, {})
_FIELDS = (
    "pk", "name", "category", "organisation__name", "texts__name", "texts__summary",
    "texts__for_whom", "texts__what_happens",
)  # fmt: skip


def services_saying(words: str) -> list[UUID]:
    """This function will give the published services that say every one of `words`, by name.

    A word also matches the beginning of a longer one.
    """
    wanted = [f" {word}" for word in folded(words).split()]
    return [pk for pk, text in _texts().items() if all(word in text for word in wanted)]


def _texts() -> dict[UUID, str]:
    global _kept
    stamp = revision()
    with _lock:
        if _kept[0] != stamp:
            _kept = (stamp, _read())
        return _kept[1]


def _read() -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    rows = Service.objects.filter(is_listed=True).order_by("name", "pk")
    for pk, *parts in rows.values_list(*_FIELDS):
        words = folded(" ".join(part for part in parts if part))
        found[pk] = f"{found.get(pk, '')} {words}"
    return found


def forget() -> None:
    """This function will drop the words that are kept: they are read again when asked for."""
    global _kept
    with _lock:
        _kept = (-1, {})
