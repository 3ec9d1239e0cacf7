"""The letters written about a person’s files, as plain data for her."""

from collections.abc import Collection
from typing import Any

from beffroi.core.plain import row
from beffroi.documents.letters.models import Letter


def letters_about(subjects: Collection[str]) -> dict[str, Any]:
    """This function will give each letter of these files with the facts it was written from.

    The lines of an address are left out: it may have been sealed since.
    """
    found = Letter.objects.filter(subject_ref__in=subjects).order_by("written_at", "pk")
    return {
        "letters": [
            row(one, "html", "facts", "recipient_lines", "pdf_sha256")
            | {"facts": {room: told for room, told in one.facts.items() if room != "worker"}}
            for one in found
        ]
    }
