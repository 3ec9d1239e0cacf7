"""`beffroi load [catalogue|demo|hsds|stays]`: fill the database; run again, it adds what is new."""

import sys

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will load what is asked and print how many of each thing stand."""
    set_up()
    what, *rest = arguments or ["catalogue"]
    if what == "catalogue":
        return _catalogue()
    if what == "demo":
        from beffroi.demo import load_demo

        return _catalogue() or _print(load_demo())
    if what == "hsds":
        from beffroi.cli.load_hsds import run_import

        return int(run_import(rest))
    if what == "stays":
        from beffroi.cli.load_stays import run_import as run_stays

        return int(run_stays(rest))
    complain(f"beffroi load: « {what} » n’est ni catalogue, ni demo, ni hsds, ni stays.")
    return 2


def _print(counts: dict[str, int]) -> int:
    for name, count in counts.items():
        sys.stdout.write(f"{count:>6}  {name}\n")
    return 0


def _catalogue() -> int:
    from django.utils import timezone

    from beffroi.core.actors import system_actor
    from beffroi.demo import catalogue

    return _print(catalogue.load(by=system_actor("beffroi load"), at=timezone.now()))
