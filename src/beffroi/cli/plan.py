"""`beffroi plan justify --batch` and `beffroi plan lines`: the money and the lines of a plan."""

import json
from pathlib import Path

from beffroi.cli import complain, set_up
from beffroi.cli.batch import run_batch
from beffroi.rules import cohesion_plan_batch

_USAGE = """Usage :
  beffroi plan justify --batch < années.jsonl   {"id", "subsidy", "eligible", "year"} par ligne
  beffroi plan lines [--json]                   les lignes du plan chargé
  beffroi plan catalogue FICHIER.(yaml|csv)     ajoute ou corrige les actions du catalogue"""


def run(arguments: list[str]) -> int:
    """This function will answer a batch, or print the lines of the plan that is loaded."""
    if arguments == ["justify", "--batch"]:
        return run_batch(cohesion_plan_batch.answer)
    if arguments in (["lines"], ["lines", "--json"]):
        return _lines("--json" in arguments)
    if len(arguments) == 2 and arguments[0] == "catalogue":
        return _catalogue(Path(arguments[1]))
    complain(_USAGE)
    return 2


def _catalogue(path: Path) -> int:
    if not path.is_file() or path.suffix not in (".yaml", ".csv"):
        complain(_USAGE)
        return 2
    set_up()
    from django.utils import timezone

    from beffroi.core.actors import system_actor
    from beffroi.core.errors import InvalidInput
    from beffroi.steering import queries
    from beffroi.steering import services as steering

    programme = queries.programmes().first()
    if programme is None:
        complain("Aucun programme n’est chargé : lancez d’abord « beffroi load catalogue ».")
        return 1
    try:
        done = steering.import_catalogue(
            programme=programme.key, content=path.read_text(encoding="utf-8"),
            form=path.suffix.removeprefix("."), by=system_actor("beffroi plan"), at=timezone.now(),
        )  # fmt: skip
    except InvalidInput as refused:
        complain("\n".join([str(refused), *(f"{k} : {v}" for k, v in refused.fields.items())]))
        return 1
    print(f"{done.added} ajoutées, {done.changed} corrigées, {done.unchanged} inchangées")
    return 0


def _lines(as_json: bool) -> int:
    set_up()
    from beffroi.steering import queries as steering

    lines = steering.lines_in_force()
    if not lines:
        complain("Aucun plan n’est chargé : « beffroi load catalogue » charge celui de Mons.")
        return 1
    if as_json:
        rows = [
            {
                "line_no": one.number, "code": one.code, "title": one.title, "axis": one.axis,
                "delivery": one.delivery, "partner": one.partner,
            }
            for one in lines
        ]  # fmt: skip
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for one in lines:
        partner = f"  [{one.partner}]" if one.partner else ""
        print(f"{one.number:>2}  {one.code}  {one.title}{partner}")
    return 0
