"""What an export never says: the names of other persons, and addresses that are sealed."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.people.models import Address, Person, PersonName
from beffroi.people.same import same_ids_of
from beffroi.people.sealing import lines_of, masked_words, readable

_LEAST = 3


class Redactor:
    """Masks words in texts, however deep they lie in plain data."""

    def __init__(self, names: Iterable[str], addresses: Iterable[str]) -> None:
        self._names = _pattern(names)
        self._addresses = _pattern(addresses, ignore_case=True)

    def text(self, said: str) -> str:
        """This function will give the text without the names and addresses to hide."""
        if self._addresses is not None:
            said = self._addresses.sub(f"[{masked_words()}]", said)
        if self._names is not None:
            said = self._names.sub(_("[autre personne]"), said)
        return said

    def whole(self, data: Any) -> Any:
        """This function will give plain data, every text in it without what is to hide."""
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, dict):
            return {key: self.whole(value) for key, value in data.items()}
        if isinstance(data, list | tuple):
            return [self.whole(value) for value in data]
        return data


def _pattern(words: Iterable[str], ignore_case: bool = False) -> re.Pattern[str] | None:
    wanted = sorted({w.strip() for w in words if len(w.strip()) >= _LEAST}, key=len, reverse=True)
    if not wanted:
        return None
    joined = "|".join(re.escape(word) for word in wanted)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE if ignore_case else 0)


def redactor(
    hers: Collection[int], others: Collection[int], names: Iterable[str], actor: Actor | None
) -> Redactor:
    """This function will make what hides other persons, known by key or by name, and seals.

    A name that is also hers stays. Every sealed address the actor may not read is hidden,
    whosever it is.
    """
    groups = same_ids_of(list(others))
    every = {pk for group in groups.values() for pk in group} - set(hers)
    words = {part for name in names for part in (name, *name.split())}
    for last, first, called in Person.objects.filter(pk__in=every).values_list(
        "last_name", "first_name", "called_name"
    ):
        words |= {last, first, called, f"{last} {first}", f"{first} {last}"}
    mine = set()
    for last, first, called in Person.objects.filter(pk__in=hers).values_list(
        "last_name", "first_name", "called_name"
    ):
        mine |= {last, first, called, f"{last} {first}", f"{first} {last}"}
    mine |= set(PersonName.objects.filter(person__in=hers).values_list("last_name", flat=True))
    return Redactor(words - mine, sealed_words(actor))


def sealed_words(actor: Actor | None) -> set[str]:
    """This function will give the lines of every sealed address that the actor may not read."""
    rows = list(Address.objects.filter(is_sealed=True))
    may = readable(actor, rows)
    hidden = [row for row in rows if row.pk not in may]
    towns = {f"{row.postal_code} {row.locality}".strip() for row in hidden}
    return {line for row in hidden for line in (*lines_of(row), row.street)} - towns
