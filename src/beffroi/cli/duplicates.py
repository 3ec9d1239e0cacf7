"""`beffroi duplicates`: look for entries that may be one person; run it every night."""

import sys

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will propose what is new and print how many pairs that is."""
    if arguments:
        complain("beffroi duplicates ne prend pas d’argument.")
        return 2
    set_up()
    from django.utils import timezone

    from beffroi.people import services as people

    at = timezone.now()
    found = people.find_duplicates(at=at)
    people.refresh_barred()
    sys.stdout.write(f"{found:>6}  doublons possibles de plus\n")
    return 0
