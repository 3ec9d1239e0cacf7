"""A policy declaration: loaded whole, mended by another version; numbers are never given twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.steering.models import (
    Commitment,
    CommitmentText,
    Declaration,
    DeclarationVersion,
    Heading,
)
from beffroi.steering.permissions import can_steer
from beffroi.steering.services.base import must, trace

_FILE = Path(__file__).resolve().parents[1] / "data" / "declaration_cpas.yaml"


@dataclass(frozen=True)
class Said:
    """A commitment in a version: its number, its words, the broader one it belongs to."""

    text: str
    number: int | None = None
    under: int | None = None


@dataclass(frozen=True)
class HeadingSaid:
    title: str
    commitments: tuple[Said, ...]


def house_declaration() -> Mapping[str, Any]:
    """This function will read the declaration that comes with the house."""
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


@transaction.atomic
def load_declaration(
    *, content: Mapping[str, Any] | None = None, by: Actor, at: datetime
) -> Declaration:
    """This function will load a declaration with its headings and every commitment, once.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_steer(by))
    given = content or house_declaration()
    held = Declaration.objects.filter(key=given["key"]).first()
    if held is not None:
        return held
    names = ("key", "title", "organisation", "since_year", "until_year", "preamble", "source")
    made = Declaration.objects.create(**{name: given[name] for name in names})
    headings = [
        HeadingSaid(
            one["title"],
            tuple(Said(c["text"], c.get("number"), c.get("under")) for c in one["commitments"]),
        )
        for one in given["headings"]
    ]
    _version(made, headings, given["reason"], None, at)
    trace(made, "declaration.load", by=by, at=at, ref=made.key)
    return made


@transaction.atomic
def revise_declaration(
    *, declaration: Declaration, headings: Iterable[HeadingSaid], reason: str, effective: date,
    by: Actor, at: datetime,
) -> DeclarationVersion:  # fmt: skip
    """This function will write a declaration anew, as another version; the last one stays to read.

    A commitment that keeps its number is the same one; without a number it takes a new one.

    Raises: NotAllowed; InvalidInput without a reason, or for a number this declaration never gave.
    """
    must(can_steer(by))
    if not reason.strip():
        raise InvalidInput(_("Dites pourquoi."), {"reason": _("Une phrase suffit.")})
    Declaration.objects.select_for_update(no_key=True).get(pk=declaration.pk)
    given = list(headings)
    known = set(Commitment.objects.filter(declaration=declaration).values_list("number", flat=True))
    asked = [one.number for heading in given for one in heading.commitments if one.number]
    if strange := sorted(set(asked) - known):
        numbers = ", ".join(map(str, strange))
        raise InvalidInput(_("Ces numéros n’ont jamais été donnés : %(n)s.") % {"n": numbers})
    made = _version(declaration, given, reason.strip(), effective, at)
    detail = {"version": made.number}
    trace(declaration, "declaration.revise", by=by, at=at, ref=declaration.key, detail=detail)
    return made


def _version(
    declaration: Declaration, headings: list[HeadingSaid], reason: str, effective: date | None,
    at: datetime,
) -> DeclarationVersion:  # fmt: skip
    every = [one for heading in headings for one in heading.commitments]
    numbers = [one.number for one in every if one.number]
    if len(numbers) != len(set(numbers)) or not every or not all(one.text.strip() for one in every):
        raise InvalidInput(_("Chaque engagement a ses mots, et un numéro à lui."))
    if wrong := [one.under for one in every if one.under and one.under not in numbers]:
        raise InvalidInput(_("L’engagement %(n)s n’est pas dans cette version.") % {"n": wrong[0]})
    version = DeclarationVersion.objects.create(
        declaration=declaration, number=declaration.versions.count() + 1, reason=reason,
        effective_date=effective, made_at=at,
    )  # fmt: skip
    held = {row.number: row for row in declaration.commitments.all()}
    following = max([*held, *numbers, 0]) + 1
    for rank, one in enumerate(headings, start=1):
        heading = Heading.objects.create(version=version, number=rank, title=one.title.strip())
        for said in one.commitments:
            number = said.number or following
            following += not said.number
            if number not in held:
                held[number] = Commitment.objects.create(declaration=declaration, number=number)
            CommitmentText.objects.create(
                version=version, commitment=held[number], heading=heading, text=said.text.strip(),
                under=held[said.under] if said.under else None,
            )  # fmt: skip
    return version
