"""What a server reads before its first answer: the heavy engines wait until one is asked for."""

import os
import subprocess
import sys

#: Each takes a tenth of a second and some megabytes; few pages need it.
HEAVY = {"weasyprint", "openpyxl", "docx", "numpy", "schwifty", "phonenumbers", "icalendar", "PIL"}


def test_server_starts_without_the_heavy_engines() -> None:
    code = (
        "import sys, beffroi.config.wsgi;"
        "from beffroi.web.middleware import access_by_name; access_by_name();"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "beffroi.config.settings.test"}
    told = subprocess.run(  # noqa: S603 — our own command
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    loaded = set(told.stdout.split())
    assert "beffroi" in loaded
    assert loaded & HEAVY == set()
