"""Finds, in a text to be made public, what would let somebody recognise a person.

Plain rules, no model: what is certain (a number, an address of mail) closes the way to
publication; what is likely (a name, a street, a portrait) is shown to the reader, who decides.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum import iban

from beffroi.core.later import later

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = later("phonenumbers")


class Trace(models.TextChoices):
    """What was found."""

    PHONE = "phone", _("un numéro de téléphone")
    EMAIL = "email", _("une adresse électronique")
    NISS = "niss", _("un numéro national")
    IBAN = "iban", _("un numéro de compte")
    NAME = "name", _("un nom de personne")
    ADDRESS = "address", _("une adresse exacte")
    PORTRAIT = "portrait", _("un âge avec un prénom ou un lieu : cela fait un portrait")
    EVENT = "event", _("un montant avec une date : cela désigne un dossier")
    REFERENCE = "reference", _("une référence de dossier ou une plaque")


#: What closes the way to publication, whatever the reader thinks of it.
FORBIDDEN = frozenset({Trace.PHONE, Trace.EMAIL, Trace.NISS, Trace.IBAN})


@dataclass(frozen=True)
class Finding:
    """Something found, and the words where it stands."""

    trace: Trace
    words: str

    @property
    def is_forbidden(self) -> bool:
        return self.trace in FORBIDDEN


_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NISS = re.compile(r"(?<!\d)\d{2}[ .]?\d{2}[ .]?\d{2}[ .-]?\d{3}[ .-]?\d{2}(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{3,4}){3,7}\b")
_LONG_DIGITS = re.compile(r"(?<![\d\w])(?:\+|00)?\d(?:[ ./-]{0,2}\d){7,13}(?![\d])")
_NAMED = re.compile(
    r"(?i:je m['’]appelle|je suis|mon nom est|ik heet|mijn naam is|ik ben|ich hei(?:ß|ss)e|"
    r"mein name ist|ich bin|my name is|i['’]m|i am|mi chiamo|adım)\s+(?P<name>" + _CAPITAL
    + r"(?:\s+" + _CAPITAL + r")*)"
)  # fmt: skip
_TITLED = re.compile(
    r"\b(?:Madame|Mademoiselle|Monsieur|Mme|Mlle|MM?\.|Mr|Mrs|Ms|Mevrouw|Meneer|Dhr\.|Mevr\.|Frau|Herr)"
    r"\s+(?P<name>" + _CAPITAL + r")"
)  # fmt: skip
_RELATED = re.compile(
    r"(?i:\b(?:mon|ma|mes|notre|mijn|mein|meine|my))\s+\w+\s+(?P<name>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w’'-]*)"
)
_STREET = re.compile(
    r"(?i:\b(?:rue|avenue|chauss[ée]e|boulevard|chemin|all[ée]e|ruelle|impasse|square|place|"
    r"r[ée]sidence|quai|sentier|cit[ée])\b[^.,;\n\d]{2,40}[, ]+(?:n[°o] ?)?\d{1,4}\w?\b)"
    r"|\b\d{1,4},? (?i:rue|avenue|chauss[ée]e|boulevard|chemin|all[ée]e|place)\b[^.,;\n]{2,30}"
    r"|\b[A-Z]\w+(?:straat|laan|weg|plein|steenweg|straße|strasse)\s+\d{1,4}\b"
)
_AGE = re.compile(r"\b\d{1,3}\s+(?:ans|jaar|Jahre|years?|anni)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:à|au|de|d['’]|in|te|aus|from|at)\s*(?P<place>" + _CAPITAL + r")")
_AMOUNT = re.compile(r"\b\d[\d .]*(?:,\d{1,2})?\s*(?:€|euros?|eur)(?!\w)", re.IGNORECASE)
_DATE = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|\b\d{1,2}(?:er)?\s+(?:janvier|février|mars|avril|mai|juin|"
    r"juillet|août|septembre|octobre|novembre|décembre|januari|februari|maart|april|mei|juni|juli|"
    r"augustus|oktober|januar|februar|märz|juni|juli|january|february|march|may|june|july|august|"
    r"september|october|november|december|dezember)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b[A-Z]{2,8}-\d{4}-\d{3,6}\b|\b\d-[A-Z]{3}-\d{3}\b")


def findings(
    text: str, public_phones: Collection[str] = (), public_emails: Collection[str] = ()
) -> list[Finding]:
    """This function will list what in `text` could identify somebody, what is certain first.

    `public_phones` (E.164 or short) and `public_emails` are those of services: they may stay.
    """
    found = [*_certain(text, public_phones, public_emails), *_likely(text)]
    return sorted(dict.fromkeys(found), key=lambda f: not f.is_forbidden)


def _certain(text: str, phones: Collection[str], emails: Collection[str]) -> list[Finding]:
    found = [
        Finding(Trace.EMAIL, m[0]) for m in _EMAIL.finditer(text) if m[0].lower() not in emails
    ]
    rest = _EMAIL.sub(" ", text)
    for match in _IBAN.finditer(rest):
        if iban.is_valid(re.sub(r"\W", "", match[0]), check_country=False):
            found.append(Finding(Trace.IBAN, match[0]))
            rest = rest.replace(match[0], " ")
    for match in _NISS.finditer(rest):
        if is_niss(match[0]):
            found.append(Finding(Trace.NISS, match[0]))
            rest = rest.replace(match[0], " ")
    for match in _LONG_DIGITS.finditer(rest):
        if (number := _phone(match[0])) and number not in phones:
            found.append(Finding(Trace.PHONE, match[0]))
    return found


def is_niss(written: str) -> bool:
    """This function will say whether these eleven figures check as a national or bis number."""
    digits = re.sub(r"\D", "", written)
    body, check = int(digits[:9]), int(digits[9:])
    return check in (97 - body % 97, 97 - (2_000_000_000 + body) % 97)


def _phone(written: str) -> str:
    """The number in E.164 when these figures can be dialled, else nothing."""
    try:
        number = phonenumbers.parse(written, "BE")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or not re.match(r"\+|00|0", written):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _likely(text: str) -> list[Finding]:
    names = [m for pattern in (_NAMED, _TITLED, _RELATED) for m in pattern.finditer(text)]
    found = [Finding(Trace.NAME, m["name"]) for m in names]
    found += [Finding(Trace.ADDRESS, m[0].strip()) for m in _STREET.finditer(text)]
    found += [Finding(Trace.REFERENCE, m[0]) for m in _REFERENCE.finditer(text)]
    age, place = _AGE.search(text), _PLACE.search(text)
    if age and (place or names):
        other = place["place"] if place else names[0]["name"]
        found.append(Finding(Trace.PORTRAIT, f"{age[0]}, {other}"))
    amount, day = _AMOUNT.search(text), _DATE.search(text)
    if amount and day:
        found.append(Finding(Trace.EVENT, f"{amount[0].strip()}, {day[0]}"))
    return found
