"""`beffroi access [--write]`: who opens which address; --write puts it in docs/access.md."""

import sys
from pathlib import Path

from beffroi.cli import complain, set_up

PAGE = Path("docs/access.md")


def run(arguments: list[str]) -> int:
    """This function will print the table URL × role, or write it where the documentation keeps it."""
    if arguments not in ([], ["--write"]):
        complain("Usage : beffroi access [--write]")
        return 2
    set_up()
    from django.conf import settings

    from beffroi.web.access_page import access_page

    if arguments:
        (Path(settings.ROOT) / PAGE).write_text(access_page(), encoding="utf-8")
    else:
        sys.stdout.write(access_page())
    return 0
