"""`beffroi remind`: write to the editors what is due for review, and ask lines of plans for their words.

Run it once a week. The words of a line are asked once for each step of the calendar, however often it runs.
"""

import sys

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will send the digest, ask the words of lines, and print to whom mails went."""
    if arguments:
        complain("beffroi remind ne prend pas d’argument.")
        return 2
    set_up()
    from django.utils import timezone, translation

    from beffroi.core.actors import system_actor
    from beffroi.directory import services as directory
    from beffroi.steering import services as steering

    by, at = system_actor("beffroi remind"), timezone.now()
    with translation.override("fr"):
        sent = [*directory.send_reminders(by=by, at=at), *steering.ask_texts(by=by, at=at)]
    sys.stdout.write("".join(f"{address}\n" for address in sent) or "Rien à rappeler.\n")
    return 0
