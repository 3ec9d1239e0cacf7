"""Amounts and days as each language writes them in a letter."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date

LANGUAGES = ("fr", "nl", "de", "en")
_LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "de": "de_BE", "en": "en_GB"}
_GROUPS = {"fr": "\u202f", "nl": ".", "de": ".", "en": ","}
_MONEY = {
    "fr": "{minus}{number}\u00a0€", "de": "{minus}{number}\u00a0€",
    "nl": "€\u00a0{minus}{number}", "en": "{minus}€{number}",
}  # fmt: skip
_DAY = {"fr": "d MMMM y", "nl": "d MMMM y", "de": "d. MMMM y", "en": "d MMMM y"}


def money(amount: Decimal, lang: str) -> str:
    """This function will write euros to the cent: « 1 340,47 € »."""
    number = f"{abs(amount):,.2f}"
    if lang != "en":
        number = number.replace(",", "_").replace(".", ",").replace("_", _GROUPS[lang])
    return _MONEY[lang].format(minus="−" if amount < 0 else "", number=number)


def day(value: date, lang: str) -> str:
    """This function will write a day without its name: « 3 mars 2026 », « 1er mars 2026 »."""
    written = str(format_date(value, _DAY[lang], locale=_LOCALES[lang]))
    return f"1er{written[1:]}" if lang == "fr" and value.day == 1 else written
