"""What the last package said: so that what an editor changed since is not put back."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


def fingerprint(parts: Iterable[Any]) -> str:
    """This function will give a short sign of these values, the same for the same values."""
    said = json.dumps([*parts], default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:20]


@dataclass
class Memory:
    """The signs of what was said before, and of what is said now."""

    before: dict[str, str]
    now: dict[str, str] = field(default_factory=dict)

    def verdict(self, key: str, new: Iterable[Any], old: Iterable[Any]) -> str:
        """This function will say what to do with a thing that stands here already.

        “same”: the package says what it said. “edited”: it says something else, but so does an
        editor. “changed”: write it.
        """
        fresh, known = fingerprint(new), self.before.get(key)
        if known == fresh:
            self.now[key] = fresh
            return "same"
        held = fingerprint(old)
        if known is not None and held not in (known, fresh):
            self.now[key] = known
            return "edited"
        self.now[key] = fresh
        return "same" if held == fresh else "changed"

    def learn(self, key: str, new: Iterable[Any]) -> None:
        """This function will remember what is said of a new thing."""
        self.now[key] = fingerprint(new)

    def is_same(self, key: str, new: Iterable[Any]) -> bool:
        """This function will remember what is said, and say whether it was said before."""
        self.learn(key, new)
        return self.before.get(key) == self.now[key]
