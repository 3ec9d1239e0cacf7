"""`beffroi remind`: write to the editors what is due for review; run it once a week."""

import sys

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will send the digest and print to whom it went."""
    if arguments:
        complain("beffroi remind ne prend pas d’argument.")
        return 2
    set_up()
    from django.utils import timezone, translation

    from beffroi.core.actors import system_actor
    from beffroi.directory import services as directory

    with translation.override("fr"):
        sent = directory.send_reminders(by=system_actor("beffroi remind"), at=timezone.now())
    sys.stdout.write("".join(f"{address}\n" for address in sent) or "Rien à rappeler.\n")
    return 0
