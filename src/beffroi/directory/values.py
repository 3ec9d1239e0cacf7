"""The typed parts of a fact, read from what a document prints; what is printed is kept."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from beffroi.core.errors import InvalidInput
from beffroi.core.later import later
from beffroi.directory.enums import FactKind

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = later("phonenumbers")


_ADDRESS = re.compile(
    r"^(?P<street>\D+?),?\s+(?P<number>\d\S*(?:\s?[½¼¾])?)\s*"
    r"(?:(?:à|,)\s*(?P<postal_code>\d{4})\s+(?P<locality>.+))?$"
)


def phone_value(printed: str) -> dict[str, str]:
    """This function will give {"e164", "shown"} of a Belgian number, however it is printed.

    Short numbers (112, 1813) are kept as they are. Raises: InvalidInput when it is no number.
    """
    digits = re.sub(r"\D", "", printed)
    if 3 <= len(digits) <= 4 or digits.startswith("116"):
        return {"e164": digits, "shown": printed.strip()}
    try:
        number = phonenumbers.parse(printed, "BE")
    except phonenumbers.NumberParseException as error:
        raise InvalidInput(f"« {printed} » n’est pas un numéro de téléphone.") from error
    if not phonenumbers.is_possible_number(number):
        raise InvalidInput(f"« {printed} » n’est pas un numéro de téléphone possible.")
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    return {
        "e164": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        "shown": phonenumbers.format_number(number, national),
    }


def address_value(printed: str) -> dict[str, str]:
    """This function will part an address; its number is text (« 13 ¾ », « 4/9 »)."""
    text = " ".join(printed.split())
    match = _ADDRESS.match(text)
    if match is None:
        return {"street": text, "number": "", "postal_code": "", "locality": ""}
    return {key: (part or "").strip() for key, part in match.groupdict().items()}


def value_of(kind: str, text: str) -> dict[str, Any]:
    """This function will give the typed parts of a fact of this kind. Raises: InvalidInput."""
    if kind == FactKind.PHONE:
        return dict(phone_value(text))
    if kind == FactKind.ADDRESS:
        return dict(address_value(text))
    return {}


def address_text(value: dict[str, str]) -> str:
    """This function will write an address from its parts: « Rue du Tournesol 39, 7033 Cuesmes »."""
    street = " ".join(part for part in (value["street"], value["number"]) if part)
    town = " ".join(part for part in (value["postal_code"], value["locality"]) if part)
    return ", ".join(part for part in (street, town) if part)


def folded(text: str) -> str:
    """This function will give `text` in lower case, without accents, for looking names up."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return " ".join(
        "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    )


def unbroken(address: str) -> str:
    """This function will keep a fraction of a house number on the line of its number: « 13 ¾ »."""
    return re.sub(r"(?<=\d) (?=[½¼¾])", "\N{NO-BREAK SPACE}", address)
