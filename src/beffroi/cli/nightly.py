"""`beffroi nightly`: everything the house does by night, one after the other; one line of cron.

    15 2 * * *  beffroi  cd /srv/beffroi && ./beffroi nightly

A work that fails is named, and the others are done all the same.
"""

import logging
import sys
from collections.abc import Callable
from datetime import datetime

from beffroi.cli import complain, set_up

#: Does one work at a moment and gives how many rows it touched.
Work = Callable[[datetime], int]


def works() -> dict[str, Work]:
    """This function will give the works of the night, in their order, by what they did."""
    from beffroi.acts.agenda import services as agenda
    from beffroi.audit import services as audit
    from beffroi.casework import services as casework
    from beffroi.core.actors import system_actor
    from beffroi.documents import services as documents
    from beffroi.people import services as people

    by = system_actor("beffroi nightly")
    return {
        "suspensions arrivées à leur terme": lambda at: casework.end_past_suspensions(by=by, at=at),
        "rappels de rendez-vous préparés": lambda at: len(agenda.prepare_reminders(by=by, at=at)),
        "liens entre agents et personnes revus": lambda _at: people.refresh_barred(),
        "doublons possibles de plus": lambda at: people.find_duplicates(at=at),
        "lignes dont la durée de garde est finie": lambda at: sum(
            audit.apply_retention(by=by, at=at).values()
        ),
        "fichiers sans ligne effacés": lambda at: documents.sweep_files(at=at),
    }


def run(arguments: list[str]) -> int:
    """This function will do each work and print what it touched; 1 when one of them failed."""
    if arguments:
        complain("beffroi nightly ne prend pas d’argument.")
        return 2
    set_up()
    from django.utils import timezone, translation

    at, failed = timezone.now(), 0
    with translation.override("fr"):
        for label, work in works().items():
            try:
                sys.stdout.write(f"{work(at):>6}  {label}\n")
            except Exception:
                failed += 1
                logging.getLogger("beffroi.nightly").exception("nightly work failed: %s", label)
                complain(f"échec  {label}")
    return int(failed > 0)
