"""Numbers of social security: checked, written, read. They prove neither sex nor age."""

import re
from datetime import date

from stdnum.be import bis, nn

from beffroi.people.enums import IdentifierKind

_SEPARATORS = re.compile(r"[\s.\-/\u202f\u00a0]+")
_SOCIAL = re.compile(r"\d{11}")


def compact(value: str) -> str:
    """This function will give a number without its spaces, points and dashes, in capitals."""
    return _SEPARATORS.sub("", value).upper()


def social_kind(value: str) -> IdentifierKind | None:
    """This function will say whether a number is a NISS or a BIS, by its form and check digits."""
    number = compact(value)
    if not _SOCIAL.fullmatch(number):
        return None
    if nn.is_valid(number):
        return IdentifierKind.NISS
    return IdentifierKind.BIS if bis.is_valid(number) else None


def hinted_birth_date(value: str) -> date | None:
    """This function will give the date a NISS or BIS seems to tell: a hint, never a proof."""
    if social_kind(value) is None:
        return None
    told: date | None = nn.get_birth_date(compact(value))
    return told


def shown(kind: str, value: str) -> str:
    """This function will write a number as people read it."""
    if kind in (IdentifierKind.NISS, IdentifierKind.BIS) and _SOCIAL.fullmatch(value):
        return str(nn.format(value))
    return value
