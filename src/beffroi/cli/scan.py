"""`beffroi scan`: scan again the files that still wait in quarantine."""

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will scan what waits and print how many files came out."""
    if arguments:
        complain("Usage : beffroi scan")
        return 2
    set_up()
    from django.utils import timezone

    from beffroi.documents import services as documents

    print(documents.scan_waiting(at=timezone.now()))
    return 0
