"""Text and numbers as somebody sent them, made fit to be kept: whoever sends need not be a page of ours."""

import unicodedata

#: Control characters and halves of a pair: no database keeps all of them, and none is read.
_UNWRITTEN = frozenset({"Cc", "Cs"})
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
