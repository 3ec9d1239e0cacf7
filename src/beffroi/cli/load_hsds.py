"""`beffroi load hsds PATH --publisher NAME`: take in somebody else's directory, with a report."""

import argparse
import sys
from pathlib import Path

from beffroi.cli import complain

_SHOWN = 40


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="beffroi load hsds",
        description="Importe un paquet HSDS : un dossier, un zip ou un fichier JSON.",
    )
    parser.add_argument("path", type=Path, help="le paquet")
    parser.add_argument("--publisher", required=True, help="d’où viennent les données")
    parser.add_argument("--publish", action="store_true", help="publier les services aussitôt")
    parser.add_argument("--lang", default="fr", choices=["fr", "nl", "de", "en"])
    parser.add_argument("--country", default="BE", help="pays des adresses qui n’en disent pas")
    parser.add_argument("--licence", default="", help="licence des données")
    parser.add_argument("--report", type=Path, help="écrire le rapport entier en CSV ici")
    return parser


def run_import(arguments: list[str]) -> int:
    """This function will import the package named and print its report.

    The status is 0 when the package went in, whatever its faults, and 2 when it could not be read.
    """
    try:
        asked = _parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    from django.utils import timezone

    from beffroi.core.actors import system_actor
    from beffroi.core.errors import Refusal
    from beffroi.directory import services as directory
    from beffroi.directory.imports.package import read_package

    try:
        run = directory.import_hsds(
            package=read_package(asked.path),
            publisher=asked.publisher,
            by=system_actor("beffroi load hsds"),
            at=timezone.now(),
            choices=directory.ImportChoices(
                asked.publish, asked.lang, asked.country.upper(), asked.licence
            ),
        )
    except Refusal as refused:
        complain(str(refused))
        return 2
    _print(run.counts, run.faults)
    if asked.report:
        _write(asked.report, run.faults)
    return 0


def _print(counts: dict[str, dict[str, int]], faults: list[dict[str, object]]) -> None:
    from beffroi.directory.imports.faults import FAULTS

    say = sys.stdout.write
    for table, numbers in counts.items():
        if table != "faults":
            said = ", ".join(f"{what} {number}" for what, number in numbers.items())
            say(f"{table:>20}  {said}\n")
    say("\n")
    for code, number in sorted(counts["faults"].items(), key=lambda pair: -pair[1]):
        what, done = FAULTS[code]
        say(f"{number:>6}  {what} {done}\n")
    say("\n")
    for fault in faults[:_SHOWN]:
        what, done = FAULTS[str(fault["code"])]
        place = f"{fault['file']}:{fault['line']}"
        value = f" « {fault['value']} »" if fault["value"] else ""
        say(f"{place} {fault['field']}{value} : {what} {done}\n")
    if len(faults) > _SHOWN:
        say(f"… et {len(faults) - _SHOWN} autres lignes ; --report les écrit toutes.\n")


def _write(path: Path, faults: list[dict[str, object]]) -> None:
    from beffroi.directory.imports.faults import report_rows

    path.write_text(report_rows(faults), encoding="utf-8-sig", newline="")
