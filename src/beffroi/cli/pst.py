"""`beffroi pst ecomptes`: a strategic plan as eComptes reads it, checked against its schema."""

import argparse
import sys
from pathlib import Path

from beffroi.cli import complain, set_up

_USAGE = (
    "beffroi pst ecomptes [--plan CLÉ] [--year ANNÉE] [--schema import|export] [--output FICHIER]"
)


def run(arguments: list[str]) -> int:
    """This function will write the XML of a plan, or say place by place what is missing."""
    if arguments[:1] != ["ecomptes"]:
        complain(f"Usage : {_USAGE}")
        return 2
    parser = argparse.ArgumentParser(prog="beffroi pst ecomptes", usage=_USAGE)
    parser.add_argument("--plan", default="")
    parser.add_argument("--year", type=int, default=0)
    parser.add_argument("--schema", choices=("import", "export"), default="import")
    parser.add_argument("--output", type=Path)
    try:
        asked = parser.parse_args(arguments[1:])
    except SystemExit as stopped:
        return int(stopped.code or 0)
    set_up()
    return _export(asked)


def _export(asked: argparse.Namespace) -> int:
    from django.utils import timezone

    from beffroi.core.actors import system_actor
    from beffroi.core.errors import InvalidInput
    from beffroi.steering import services as steering
    from beffroi.steering.strategic_permissions import strategic_plans_visible_to

    by, now = system_actor("beffroi pst"), timezone.now()
    rows = strategic_plans_visible_to(by)
    plan = rows.filter(**({"key": asked.plan} if asked.plan else {"kind": "pst"})).first()
    if plan is None:
        complain("Aucun programme stratégique de ce nom n’est chargé.")
        return 1
    year = asked.year or timezone.localdate(now).year
    try:
        body = steering.export_ecomptes(plan=plan, year=year, form=asked.schema, by=by, at=now)
    except InvalidInput as refused:
        complain("\n".join([refused.what, *(f"- {k} : {v}" for k, v in refused.fields.items())]))
        return 1
    if asked.output is None:
        sys.stdout.buffer.write(body)
        sys.stdout.flush()
    else:
        asked.output.write_bytes(body)
        complain(f"{plan.name} : {asked.output}, {len(body)} octets.")
    return 0
