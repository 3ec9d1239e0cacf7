"""The answers that belong to one kind of aid: read, checked, kept as plain text, said in words.

An answer that nobody gave is empty: unknown, never zero and never no.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _

from beffroi.casework.aids import Aid, AidField, aid
from beffroi.rules.amounts import euros, number

_MOST = Decimal("99999999.99")
YES, NO = "yes", "no"


class Unreadable(ValueError):
    """An answer that is not of its type; the message says what is wanted, in French."""


def checked(kind: Aid, given: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """This function will give the answers as they are kept, and a sentence for each that is wrong."""
    kept: dict[str, str] = {}
    faults: dict[str, str] = {}
    for field in kind.fields:
        try:
            kept[field.key] = plain(field, given.get(field.key))
        except Unreadable as error:
            faults[field.key] = str(error)
            continue
        if field.required and not kept[field.key]:
            faults[field.key] = _("Cette réponse manque.")
    return kept, faults


def plain(field: AidField, value: Any) -> str:
    """This function will give an answer as it is kept: empty, or of its type. Raises: Unreadable."""
    if value is None or value == "" or value == []:
        return ""
    if field.type == "choices":
        return _many(field, value)
    text = str(value).strip()
    if field.type in ("choice", "points"):
        if text and text not in dict(field.choices):
            raise Unreadable(_("Choisissez dans la liste."))
        return text
    if field.type == "bool":
        return _yes_or_no(text)
    if field.type == "date":
        return _day(value)
    if field.type in ("money", "rate", "number", "integer"):
        return _number(field.type, text) if text else ""
    return text[: 4000 if field.type == "long" else 300]


def _many(field: AidField, value: Any) -> str:
    keys = value.split(",") if isinstance(value, str) else [str(one) for one in value]
    known = dict(field.choices)
    if any(key not in known for key in keys):
        raise Unreadable(_("Choisissez dans la liste."))
    return ",".join(key for key in known if key in keys)


def _yes_or_no(text: str) -> str:
    said = {"": "", "True": YES, "False": NO, YES: YES, NO: NO}.get(text)
    if said is None:
        raise Unreadable(_("Répondez par oui ou par non, ou laissez sans réponse."))
    return said


def _day(value: Any) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
    except ValueError:
        raise Unreadable(_("Cette date n’existe pas. Par exemple : 24/11/2026.")) from None


def _number(kind: str, text: str) -> str:
    for mark in (" ", "\u00a0", "\u202f", "€"):
        text = text.replace(mark, "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        read = Decimal(text)
    except InvalidOperation:
        read = Decimal("NaN")
    if not read.is_finite() or read < 0 or read > _MOST:
        raise Unreadable(_("Écrivez un nombre, de zéro ou plus."))
    places = {"money": 2, "rate": 4, "number": 2, "integer": 0}[kind]
    if read != round(read, places):
        raise Unreadable(
            _("Ce nombre est entier.") if not places
            else _("Au plus %(n)d décimales.") % {"n": places}
        )  # fmt: skip
    if kind == "money":
        return f"{read:.2f}"
    return f"{read.normalize():f}"


def said(field: AidField, value: str) -> str:
    """This function will say a kept answer in words, empty where nobody knows."""
    if not value:
        return ""
    if field.type in ("choice", "points"):
        return dict(field.choices).get(value, value)
    if field.type == "choices":
        known = dict(field.choices)
        return ", ".join(known.get(key, key) for key in value.split(","))
    if field.type == "bool":
        return _("oui") if value == YES else _("non")
    if field.type == "date":
        return str(date_filter(date.fromisoformat(value), "j F Y"))
    if field.type == "money":
        return euros(Decimal(value))
    if field.type in ("rate", "number"):
        return number(Decimal(value))
    return value


@dataclass(frozen=True)
class Details:
    """The answers of an application, read with their types; None where nobody knows."""

    kind: Aid
    given: Mapping[str, Any]

    def text(self, key: str) -> str:
        """This function will give an answer as it is kept, empty when unknown."""
        return str(self.given.get(key) or "")

    def amount(self, key: str) -> Decimal | None:
        """This function will give an amount or a number."""
        text = self.text(key)
        return Decimal(text) if text else None

    def needed(self, key: str) -> Decimal:
        """This function will give an amount without which the form was refused. Raises: KeyError."""
        found = self.amount(key)
        if found is None:
            raise KeyError(key)
        return found

    def count(self, key: str) -> int | None:
        """This function will give a whole number."""
        text = self.text(key)
        return int(text) if text else None

    def day(self, key: str) -> date | None:
        """This function will give a date."""
        text = self.text(key)
        return date.fromisoformat(text) if text else None

    def flag(self, key: str) -> bool | None:
        """This function will give yes, no, or None while it is not known."""
        return {YES: True, NO: False}.get(self.text(key))

    def keys(self, key: str) -> list[str]:
        """This function will give the keys chosen among several."""
        return [one for one in self.text(key).split(",") if one]

    def words(self, key: str) -> str:
        """This function will say an answer in words, empty when unknown."""
        field = self.kind.field_named(key)
        return said(field, self.text(key)) if field else ""

    def facts(self) -> dict[str, str]:
        """This function will give what was answered, as a frozen computation keeps it."""
        return {key: str(value) for key, value in self.given.items() if value}


def details_of(application: Any) -> Details:
    """This function will give the answers of an application, or of what was frozen of it."""
    return Details(aid(application.kind), application.details)
