"""`beffroi load stays FILE.csv`: nights and day visits counted elsewhere, all of them or none."""

import argparse
import sys
from pathlib import Path

from beffroi.cli import complain

_SHOWN = 40


def run_import(arguments: list[str]) -> int:
    """This function will load the file named and print what it added.

    The status is 0 when it went in, and 2 when it could not be read: then nothing is written.
    """
    parser = argparse.ArgumentParser(
        prog="beffroi load stays",
        description="Charge des nuits et des passages : house;date;kind;guest;sex;count… "
        "(docs/guides/abri.md).",
    )
    parser.add_argument("path", type=Path, help="le fichier CSV, en UTF-8")
    try:
        path = parser.parse_args(arguments).path
    except SystemExit as stop:
        return int(stop.code or 0)
    from django.utils import timezone

    from beffroi.acts.stays import services as stays
    from beffroi.core.actors import system_actor

    try:
        loaded = stays.load_file(
            content=path.read_text(encoding="utf-8-sig"), by=system_actor("beffroi load stays"),
            at=timezone.now(),
        )  # fmt: skip
    except (OSError, UnicodeDecodeError) as error:
        complain(f"beffroi load stays: {path} ne se lit pas : {error}")
        return 2
    except stays.BadFile as refused:
        _tell(refused)
        return 2
    for name, count in (
        ("hôtes nouveaux", loaded.guests), ("nuits", loaded.nights), ("passages", loaded.visits),
        ("nuits et journées closes ou corrigées", loaded.openings),
        ("lignes déjà connues", loaded.known),
    ):  # fmt: skip
        sys.stdout.write(f"{count:>6}  {name}\n")
    return 0


def _tell(refused: Exception) -> None:
    complain(f"beffroi load stays: {refused}")
    faults = list(getattr(refused, "fields", {}).items())
    for where, words in faults[:_SHOWN]:
        complain(f"  {where} : {words}")
    if len(faults) > _SHOWN:
        complain(f"  et {len(faults) - _SHOWN} autres lignes")
