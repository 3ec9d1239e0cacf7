"""What a printed price says: an amount, a unit, or that it is free."""

import re

from beffroi.directory.imports.words import folded

_EUROS = re.compile(r"^\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*(?:€|euros?|eur)\s*(.*)$", re.IGNORECASE)


def price_parts(text: str) -> dict[str, str]:
    """This function will give {"amount", "currency", "per"} in euros where the words say it."""
    if re.match(r"gratuit", folded(text)):
        return {"amount": "0.00", "currency": "EUR", "per": ""}
    match = _EUROS.match(text)
    if match is None:
        return {}
    cents = (match[2] or "0").ljust(2, "0")
    return {"amount": f"{match[1]}.{cents}", "currency": "EUR", "per": match[3].strip(" ,;")}
