"""`beffroi retention [--apply]`: what is kept past its time; without --apply, only counted."""

import sys

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will count what is due, model by model, and end it when told `--apply`."""
    if arguments not in ([], ["--apply"]):
        complain("Usage : beffroi retention [--apply]")
        return 2
    set_up()
    from django.utils import timezone

    from beffroi.audit import retention
    from beffroi.audit import services as audit
    from beffroi.core.actors import system_actor

    at, apply = timezone.now(), bool(arguments)
    if apply:
        counts = audit.apply_retention(by=system_actor("beffroi retention"), at=at)
    else:
        counts = audit.retention_due(at=at)
    rules = retention.load()
    for label, count in counts.items():
        sys.stdout.write(f"{count:>6}  {label}  ({rules[label].keep})\n")
    total = sum(counts.values())
    said = "terminés" if apply else "à terminer ; rien n’est changé sans --apply"
    sys.stdout.write(f"{total:>6}  {said}\n")
    return 0
