"""The export of the accounts as a CSV: one row a mandate, read whole or refused."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from beffroi.core.errors import InvalidInput
from beffroi.core.text import one_line, whole_number

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
#: A row of a year of a large town; a file with more is no export of one year.
MOST_ROWS = 20_000
#: Enough to see what is wrong with a file.
_MOST_FAULTS = 50
_LONGEST = {"function": 10, "economic": 10, "mandate": 40}
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
        raise InvalidInput(_("Il manque des colonnes : %(columns)s.") % {"columns": lacked})
    try:
        rows, faults = _read(read, names)
    except csv.Error as fault:
        words = _("Ce fichier ne se lit pas comme un tableau : exportez-le de nouveau en CSV.")
        raise InvalidInput(words, why=str(fault)) from fault
    if faults:
        raise InvalidInput(_("Le fichier n’est pas importé."), faults)
    if not rows:
        raise InvalidInput(_("Le fichier est vide."))
    return rows


def _read(
    read: Iterable[dict[str, str]], names: Mapping[str, str]
) -> tuple[list[ReadRow], dict[str, str]]:
    """The rows, and by line what is wrong with the first of the others."""
    rows: list[ReadRow] = []
    faults: dict[str, str] = {}
    for number, given in enumerate(read, start=2):
        if number > MOST_ROWS + 1:
            raise InvalidInput(_("Le fichier a plus de %(most)s lignes.") % {"most": MOST_ROWS})
        try:
            cells = {name: one_line(given[head] or "") for name, head in names.items()}
            rows.append(_row(cells))
        except ValueError as fault:
            faults[_("ligne %(number)s") % {"number": number}] = str(fault)[:200]
        if len(faults) == _MOST_FAULTS:
            break
    return rows, faults


def _row(given: dict[str, str]) -> ReadRow:
    year = whole_number(given["year"], 2999)
    if not year or not given["function"] or not given["mandate"]:
        raise ValueError(_("l’exercice, la fonction ou le mandat manque"))
    for name, most in _LONGEST.items():
        if len(given[name]) > most:
            raise ValueError(_("« %(text)s » est trop long") % {"text": given[name][:40]})
    texts = {name: given.get(name, "")[:200] for name in ("supplier", "label")}
    return ReadRow(
        year, given["function"], given["economic"], _day(given["on_date"]),
        given["mandate"], _amount(given["amount"]), **texts,
    )  # fmt: skip


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 — a day has no clock
        except ValueError:
            continue
    raise ValueError(_("« %(text)s » n’est pas une date") % {"text": text[:40]})


def _amount(text: str) -> Decimal:
    plain = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace("€", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    # Compared before it is rounded: 1e999999 has no cents.
    if not amount.is_finite() or abs(amount) >= 10**10 or amount != round(amount, 2):
        raise ValueError(_("« %(text)s » n’est pas un montant") % {"text": text[:40]})
    return round(amount, 2)
