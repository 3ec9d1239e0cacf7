"""`beffroi appointments remind`: write the reminders of the day after tomorrow; run it every day."""

import sys

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will prepare the reminders, send the mails, and print the references."""
    if arguments != ["remind"]:
        complain("Usage : beffroi appointments remind")
        return 2
    set_up()
    from django.utils import timezone

    from beffroi.acts.agenda import services as agenda
    from beffroi.core.actors import system_actor

    done = agenda.prepare_reminders(by=system_actor("beffroi appointments"), at=timezone.now())
    sys.stdout.write("".join(f"{reference}\n" for reference in done) or "Rien à rappeler.\n")
    return 0
