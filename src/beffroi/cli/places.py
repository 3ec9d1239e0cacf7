"""`beffroi places settle`: let offers lapse and offer free places and plots to the next; run it every quarter."""

import sys

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will settle the waiting lists and print how many places moved."""
    if arguments != ["settle"]:
        complain("Usage : beffroi places settle")
        return 2
    set_up()
    from django.utils import timezone

    from beffroi.acts.activities import services as activities
    from beffroi.acts.supplies import services as supplies
    from beffroi.core.actors import system_actor

    by, at = system_actor("beffroi places"), timezone.now()
    moved = activities.settle_offers(by=by, at=at) + supplies.settle_gardens(by=by, at=at)
    sys.stdout.write(f"{moved}\n")
    return 0
