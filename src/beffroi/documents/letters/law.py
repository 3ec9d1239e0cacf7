"""The articles that letters print whole, each with its source."""

from dataclasses import dataclass
from functools import lru_cache

import yaml

from beffroi.documents.letters.facts import DATA


@dataclass(frozen=True)
class LawText:
    """An article: its title, its paragraphs, where it was read; `is_verified` when it was."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    source: str
    is_verified: bool


@lru_cache(maxsize=1)
def law_texts() -> dict[str, LawText]:
    """This function will give each article that letters print, by its key."""
    content = yaml.safe_load((DATA / "law.yaml").read_text(encoding="utf-8"))
    return {
        key: LawText(
            key, row["title"], tuple(row["paragraphs"]), row["source"], row["status"] == "read"
        )
        for key, row in content["texts"].items()
    }
