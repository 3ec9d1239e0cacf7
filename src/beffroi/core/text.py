"""Text and numbers as somebody sent them, made fit to be kept: whoever sends need not be a page of ours."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

#: With one of these first, a spreadsheet runs a cell as a formula: in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Control characters and halves of a pair: no database keeps all of them, and none is read.
_UNWRITTEN = frozenset({"Cc", "Cs"})
#: What no column of text takes: the null character, and halves of a pair.
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
#: What follows one of these does not change with the figure: « 1 contact avec des jeunes ».
_LINKS = frozenset(
    {
        "%",
        "à",
        "au",
        "aux",
        "avec",
        "d’un",
        "d’une",
        "de",
        "des",
        "du",
        "en",
        "par",
        "pour",
        "sans",
        "sur",
    }
)
_INVARIABLE = frozenset(
    {"accès", "colis", "cours", "fois", "gens", "mois", "refus", "repas", "temps"}
)
#: The greatest whole number that a key of the database holds.
MOST_KEY = 2**63 - 1


def one_line(text: str) -> str:
    """This function will write a text on one line, without what is no character to read."""
    plain = (" " if unicodedata.category(one) in _UNWRITTEN else one for one in text)
    return " ".join("".join(plain).split())


def whole_number(text: str, most: int = MOST_KEY) -> int | None:
    """This function will read a whole number from zero to `most` written in plain figures, if it is one.

    « ² » is a figure for some, and ten thousand figures are a number: neither is one here.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if number <= most else None


def whole_numbers(texts: Iterable[str]) -> list[int]:
    """This function will read those of these texts that are whole numbers; the others name nothing."""
    return [number for one in texts if (number := whole_number(one)) is not None]


def unit_for(value: Decimal | int, unit: str) -> str:
    """This function will write a French unit as its figure wants it: « 1 séance », « 0,5 heure », « 2 séances »."""
    if value >= 2 or value <= -2:
        return unit
    words = unit.split(" ")
    head = next((rank for rank, one in enumerate(words) if one in _LINKS), len(words))
    plain = (one if one in _INVARIABLE else one.removesuffix("s") for one in words[:head])
    return " ".join([*plain, *words[head:]])


def harmless_cell(text: str) -> str:
    """This function will write a cell so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def fit_to_keep(value: Any) -> Any:
    """This function will give texts, or what holds them, without what no column of text may hold.

    A phone cuts a drawn sign in two; the rest of what was typed is not lost for that half.
    """
    if isinstance(value, str):
        return _UNKEPT.sub("", value)
    if isinstance(value, Mapping):
        return {key: fit_to_keep(one) for key, one in value.items()}
    return [fit_to_keep(one) for one in value] if isinstance(value, list | tuple) else value


def fit_for_files(value: Any) -> Any:
    """This function will give texts, or what holds them, without what no DOCX or XLSX may hold.

    A vertical tab comes with what is pasted from a word processor.
    """
    if isinstance(value, str):
        return "".join(
            one if one in "\n\t" or unicodedata.category(one) not in _UNWRITTEN else " "
            for one in value
        )
    if isinstance(value, Mapping):
        return {key: fit_for_files(one) for key, one in value.items()}
    return [fit_for_files(one) for one in value] if isinstance(value, list | tuple) else value
