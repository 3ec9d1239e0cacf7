"""`beffroi ris --batch`, `--index` or `--on DATE`: the living income, explained."""

from datetime import date
from typing import Any

from beffroi.cli import complain
from beffroi.cli.batch import run_batch
from beffroi.rules import living_income_reading as reading
from beffroi.rules.exact import french, monthly_cents, text
from beffroi.rules.living_income_parameters import Known, Parameters, index_table, parameters_on
from beffroi.rules.series import OutsideParameters

_USAGE = """Usage :
  beffroi ris --batch < cas.jsonl      un cas par ligne, un résultat expliqué par ligne
  beffroi ris --index < bases.jsonl    {"id", "base": ["…","…","…"], "pivots": 28} : montants indexés
  beffroi ris --on 2025-02-01          montants en vigueur ce jour-là et où chacun a été lu"""
_RATES = ("Cohabitant", "Isolé", "Famille à charge")


def _indexed(given: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(given) - {"id", "base", "pivots"}:
        raise ValueError(f"unknown key: {', '.join(sorted(unknown))}")
    base = given["base"]
    if not isinstance(base, list) or len(base) != 3:
        raise ValueError("base: a list of three amounts is expected")
    return {"id": given.get("id"), **index_table(base, given["pivots"])}


def run(arguments: list[str]) -> int:
    """This function will answer a batch, or print the amounts in force on a day."""
    if arguments == ["--batch"]:
        return run_batch(reading.answer)
    if arguments == ["--index"]:
        return run_batch(_indexed)
    if len(arguments) == 2 and arguments[0] == "--on":
        return _print_amounts(arguments[1])
    complain(_USAGE)
    return 2


def _print_amounts(given: str) -> int:
    try:
        day = date.fromisoformat(given)
        p = parameters_on(day)
    except OutsideParameters:
        complain(f"Aucun montant du revenu d’intégration n’est connu au {given}.")
        return 2
    except ValueError:
        complain(f"« {given} » n’est pas une date : écrivez-la comme 2025-02-01.")
        return 2
    print(f"Revenu d’intégration au {day:%d/%m/%Y}\n")
    for rate, known in zip(_RATES, p.full, strict=True):
        month = text(monthly_cents(known.amount)).replace(".", ",")
        _line(rate, f"{month} € par mois ({french(known.amount)} par an)", known)
    pivots = p.known["living_income_index"].value["pivots"]
    print(f"    {' / '.join(p.base)} × {p.coefficient} (indice pivot dépassé {pivots} fois)\n")
    for label, known in _others(p):
        _line(label, french(known.amount), known)
    return 0


def _others(p: Parameters) -> list[tuple[str, Known]]:
    rows = [
        (f"Exonération générale par an, {rate.lower()}", known)
        for rate, known in zip(_RATES, p.general_exemption, strict=True)
    ]
    rows.append(("Exonération du travail par mois", p.spi_general))
    if p.spi_student_with_grant is not p.spi_general:
        rows.append(("… de l’étudiant boursier par mois", p.spi_student_with_grant))
    if p.spi_shortage_job:
        rows.append(("… du métier en pénurie par mois", p.spi_shortage_job))
    rows.append(("… des revenus artistiques par an", p.spi_artist))
    rows.append(("Part exonérée de l’heure ALE", p.ale_hour))
    return rows


def _line(label: str, words: str, known: Known) -> None:
    mark = "" if known.status == "read" else "  (non vérifié)"
    print(f"{label} : {words}{mark}\n    {known.reference} ; {known.source} {known.url}".rstrip())
