"""The export of the accounts as a CSV: one row a mandate, read whole or refused."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput

#: What each column may be called; the heads of an export vary with the software.
_HEADS = {
    "year": ("exercice", "annee", "année"),
    "function": ("fonction", "code fonctionnel"),
    "economic": ("economique", "économique", "code economique", "code économique"),
    "on_date": ("date", "date mandat"),
    "mandate": ("mandat", "numero mandat", "n° mandat"),
    "supplier": ("tiers", "fournisseur", "beneficiaire", "bénéficiaire"),
    "label": ("libelle", "libellé", "communication"),
    "amount": ("montant", "imputation"),
}
_NEEDED = frozenset({"year", "function", "economic", "on_date", "mandate", "amount"})


@dataclass(frozen=True)
class ReadRow:
    """One row of the export; the amount in euros, below zero for a correction."""

    year: int
    function: str
    economic: str
    on_date: date
    mandate: str
    amount: Decimal
    supplier: str = ""
    label: str = ""


def read_accounts(content: str) -> list[ReadRow]:
    """This function will read an export of the accounts, separated by semicolons or commas.

    Raises: InvalidInput whose `fields` name each row at fault, or the columns that lack.
    """
    text = content.removeprefix("\ufeff")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    read = csv.DictReader(io.StringIO(text), delimiter=separator)
    names = {
        name: head
        for head in read.fieldnames or ()
        for name, known in _HEADS.items()
        if head.strip().lower() in known
    }
    if lacking := sorted(_NEEDED - set(names)):
        lacked = ", ".join(_HEADS[name][0] for name in lacking)
        raise InvalidInput(_("Il manque des colonnes : %(columns)s.") % {"columns": lacked})
    rows, faults = [], {}
    for number, given in enumerate(read, start=2):
        try:
            rows.append(_row({name: (given[head] or "").strip() for name, head in names.items()}))
        except ValueError as fault:
            faults[_("ligne %(number)s") % {"number": number}] = str(fault)
    if faults:
        raise InvalidInput(_("Le fichier n’est pas importé."), faults)
    if not rows:
        raise InvalidInput(_("Le fichier est vide."))
    return rows


def _row(given: dict[str, str]) -> ReadRow:
    if not given["year"].isdigit() or not given["function"] or not given["mandate"]:
        raise ValueError(_("l’exercice, la fonction ou le mandat manque"))
    texts = {name: given.get(name, "")[:200] for name in ("supplier", "label")}
    return ReadRow(
        int(given["year"]), given["function"], given["economic"], _day(given["on_date"]),
        given["mandate"], _amount(given["amount"]), **texts,
    )  # fmt: skip


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 — a day has no clock
        except ValueError:
            continue
    raise ValueError(_("« %(text)s » n’est pas une date") % {"text": text})


def _amount(text: str) -> Decimal:
    plain = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace("€", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount != round(amount, 2) or abs(amount) >= 10**10:
        raise ValueError(_("« %(text)s » n’est pas un montant") % {"text": text})
    return round(amount, 2)
