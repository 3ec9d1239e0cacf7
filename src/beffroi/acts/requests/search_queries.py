"""Finding a request by what an agent has in hand: a reference, a name, a telephone number."""

import re

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Replace

from beffroi.acts.requests.models import Request
from beffroi.acts.requests.queries import case_teams, requests_of_teams, with_due_date
from beffroi.core.actors import Actor

_MOST_WORDS = 6
_FEWEST_DIGITS = 4
_PHONE = re.compile(r"[\d\s./+()-]+")
#: A letter typed without its accent finds it with one, on both databases.
_ACCENTED = {
    "a": "aàâäáãå", "c": "cç", "e": "eéèêë", "i": "iîïíì", "n": "nñ", "o": "oôöóòõ",
    "u": "uùûüú", "y": "yÿý", "'": "'’", "’": "'’",
}  # fmt: skip
_PLAIN = {accented: plain for plain, group in _ACCENTED.items() for accented in group}


def _pattern(word: str) -> str:
    letters = []
    for letter in word.lower():
        group = _ACCENTED.get(_PLAIN.get(letter, letter))
        letters.append(f"[{group}{group.upper()}]" if group else re.escape(letter))
    return "".join(letters)


def _digits(typed: str) -> str:
    """The digits of a number as kept in Belgium: no spaces, no country code."""
    digits = re.sub(r"\D", "", typed.replace("(0)", ""))
    for code in ("0032", "32"):
        if digits.startswith(code) and len(digits) >= len(code) + 8:
            return "0" + digits.removeprefix(code).removeprefix("0")
    return digits


def _bare_phone() -> Func:
    bare: F | Func = F("phone")
    for sign in (" ", "/", ".", "-", "\u202f", "\u00a0"):
        bare = Replace(bare, Value(sign), Value(""))
    assert isinstance(bare, Func)
    return bare


def search(actor: Actor, words: str) -> QuerySet[Request]:
    """This function will find, among what the actor may see, by reference, name, phone or mail."""
    rows = requests_of_teams(case_teams(actor)).select_related("service", "team", "assignee")
    words = words.strip()
    if _PHONE.fullmatch(words) and len(_digits(words)) >= _FEWEST_DIGITS:
        digits = _digits(words)
        rows = rows.annotate(bare_phone=_bare_phone()).filter(
            Q(bare_phone__contains=digits) | Q(reference__contains=digits)
        )
    else:
        for word in words.split()[:_MOST_WORDS]:
            rows = rows.filter(
                Q(reference__icontains=word)
                | Q(name__iregex=_pattern(word))
                | Q(other_name__iregex=_pattern(word))
                | Q(email__iexact=word)
            )
    return with_due_date(rows).order_by("-received_at", "-pk")
