"""Account numbers and communications as Belgian banks take them."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from stdnum.be import ogm_vcs, vat
from stdnum.exceptions import ValidationError


@dataclass(frozen=True)
class CheckedAccount:
    """An IBAN whose check digits, length and country are right, with its BIC if it is known."""

    iban: str
    bic: str


class BadAccount(ValueError):
    """An account number that no SEPA bank would take; the message says why, in French."""


@lru_cache(maxsize=4096)
def check_account(iban: str, bic: str = "") -> CheckedAccount:
    """This function will check an IBAN, and the BIC or find it. Raises: BadAccount."""
    from schwifty import BIC, IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        number = IBAN(iban, validate_bban=True)
    except SchwiftyException as error:
        raise BadAccount("Ce numéro de compte n’est pas un IBAN valable.") from error
    if not number.in_sepa_zone:
        raise BadAccount("Ce compte n’est pas dans la zone SEPA.")
    if not bic:
        return CheckedAccount(number.compact, number.bic.compact if number.bic else "")
    try:
        code = BIC(bic)
    except SchwiftyException as error:
        raise BadAccount("Ce code BIC n’est pas valable.") from error
    return CheckedAccount(number.compact, code.compact)


def check_enterprise_number(number: str) -> str:
    """This function will give the ten digits of a Belgian enterprise number. Raises: BadAccount."""
    try:
        return str(vat.validate(number))
    except ValidationError as error:
        raise BadAccount("Ce numéro d’entreprise n’est pas valable.") from error


def check_communication(text: str) -> str:
    """This function will give the twelve digits of +++123/4567/89012+++. Raises: BadAccount."""
    try:
        return str(ogm_vcs.validate(text))
    except ValidationError as error:
        raise BadAccount("Cette communication structurée n’est pas valable.") from error


def make_communication(number: int) -> str:
    """This function will give the twelve digits that carry `number`, check digits included.

    Raises: ValueError for a number of more than ten digits.
    """
    if not 0 < number < 10**10:
        raise ValueError(f"{number} does not fit a structured communication")
    return f"{number:010d}{number % 97 or 97:02d}"


def shown_communication(digits: str) -> str:
    """This function will write twelve digits as they are printed: +++123/4567/89012+++."""
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


_KEPT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
_WRITTEN = str.maketrans(
    {"’": "'", "‘": "'", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o",
     "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i",
     "–": "-", "—": "-", "&": "+", "_": "-"}
)  # fmt: skip


def bank_text(text: str, most: int) -> str:
    """This function will write `text` with the letters every SEPA bank takes, `most` at most.

    A letter that none stands for is left out; what would be left empty becomes a full stop.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_WRITTEN))
    kept = "".join(c if c in _KEPT else " " for c in plain if not unicodedata.combining(c))
    kept = " ".join(kept.split())[:most].strip()
    while kept.startswith("/") or "//" in kept:
        kept = kept.replace("//", "/").lstrip("/")
    return kept.strip("/ ") or "."
