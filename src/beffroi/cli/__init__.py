"""The command line, for people and for scripts; each command is one small module."""

import os
import sys
from importlib import import_module

#: What each word runs; everything else goes to Django's own commands (`migrate`, `shell`…).
COMMANDS = {
    "orient": "orient",
    "deadlines": "deadlines",
    "niss": "niss",
    "ris": "ris",
    "demo": "demo",
    "bench": "bench",
    "load": "load",
    "remind": "remind",
    "appointments": "appointments",
    "scan": "scan",
    "retention": "retention",
    "access": "access",
    "letters": "letters",
    "duplicates": "duplicates",
    "nightly": "nightly",
    "payments": "payments",
    "plan": "plan",
    "report": "report",
    "pst": "pst",
    "places": "places",
}


def main(arguments: list[str]) -> int:
    """This function will run one command and give its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beffroi.config.settings.demo")
    if arguments and arguments[0] in COMMANDS:
        module = import_module(f"beffroi.cli.{COMMANDS[arguments[0]]}")
        return int(module.run(arguments[1:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["beffroi", *arguments])
    return 0


def set_up() -> None:
    """This function will make the rooms ready for a command that needs them."""
    import django

    django.setup()


def complain(message: str) -> None:
    """This function will tell the person at the keyboard what is wrong."""
    print(message, file=sys.stderr)
