"""The motives a worker starts from: the text of the aid, its blanks filled from the facts."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from beffroi.casework.aids import AidField, aid
from beffroi.casework.details import Details
from beffroi.casework.enums import GRANTING

_BLANK = re.compile(r"\{([a-z_0-9]+)\}")
_LEFT = re.compile(r"\[à compléter\s: ([^\]]+)\]")


def prepared(kind: str, given: Mapping[str, Any], outcome: str) -> str:
    """This function will give the motives prepared for an outcome; what lacks is marked in them."""
    known = aid(kind)
    text = known.motives if outcome in GRANTING else known.refusal_motives
    return filled(kind, given, text)


def filled(kind: str, given: Mapping[str, Any], text: str) -> str:
    """This function will fill the blanks of a text of the house with the answers of an aid."""
    read = Details(aid(kind), given)

    def fill(found: re.Match[str]) -> str:
        field = read.kind.field_named(found[1])
        label = field.label if field else found[1]
        words = read.words(found[1])
        return (
            _inside(field, words)
            if words
            else _("[à compléter : %(what)s]") % {"what": label.lower()}
        )

    return _BLANK.sub(fill, " ".join(text.split()))


def _inside(field: AidField | None, words: str) -> str:
    """A choice of a list is said in the middle of a sentence: its capital goes, not a name's."""
    if field is None or field.type != "choice" or words[1:2].isupper():
        return words
    return words[0].lower() + words[1:]


def left_to_fill(text: str) -> list[str]:
    """This function will name what is still marked to be filled in motives."""
    return _LEFT.findall(text)


def blanks(text: str) -> set[str]:
    """This function will give the keys that a text of the house asks for."""
    return set(_BLANK.findall(text))
