"""Words of a report as anybody may read them: sentences that count people by few are left out."""

import re
from collections.abc import Mapping
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_NUMBERS = (
    "un seul", "une seule", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "couple", "fratrie",
)  # fmt: skip
_COUNTS = re.compile(r"\d|\b(" + "|".join(_NUMBERS) + r")\b", re.IGNORECASE)


def without_counts(text: str) -> str:
    """This function will keep the sentences of a text that hold no number.

    What a person wrote may count a few people; what is counted is told by the figures alone.
    """
    kept = [one.strip() for one in _SENTENCE.split(text) if one.strip() and not _COUNTS.search(one)]
    return " ".join(kept)


def shown_words(figure: Mapping[str, Any]) -> str:
    """This function will write a figure as it is told: « 1 240 », « moins de 5 », « pas publié »."""
    if figure["shown"] == "small":
        return f"moins de {figure['k']}"
    if figure["shown"] != "plain" or figure["value"] is None:
        return "pas publié"
    return number_words(figure["value"])


def number_words(value: Any) -> str:
    """This function will write a number as French does."""
    whole, _point, cents = str(value).partition(".")
    spaced = f"{int(whole):,d}".replace(",", "\u202f")
    return f"{spaced},{cents}" if cents else spaced


def cell_words(cell: Any, k: int) -> str:
    """This function will write a cell of a table: a number, « <5 », or « … » where it is hidden."""
    shown, value = cell
    if shown == "plain":
        return number_words(value)
    return f"<{k}" if shown == "small" else "…"
