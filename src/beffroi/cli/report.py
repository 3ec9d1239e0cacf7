"""`beffroi report annual`: the report of a year as a file, from its frozen snapshot."""

import sys
from pathlib import Path

from beffroi.cli import complain, set_up

_USAGE = """Usage :
  beffroi report annual --year 2026 --kind activity|financial --out FICHIER.(pdf|docx|xlsx|json)"""


def run(arguments: list[str]) -> int:
    """This function will write the report: 0 when it is done, 1 when refused, 2 when misunderstood.

    The last revision is written; a report never frozen is frozen first, and it is said.
    """
    options = _options(arguments)
    if not options:
        complain(_USAGE)
        return 2
    out = Path(options["out"])
    if not out.parent.is_dir():
        complain(f"Le dossier {out.parent} n’existe pas.")
        return 2
    set_up()
    from beffroi.core.errors import Refusal

    try:
        return _write(int(options["year"]), options["kind"], out)
    except Refusal as refused:
        complain(str(refused))
        return 1


def _options(given: list[str]) -> dict[str, str]:
    """Reads what follows `annual`; nothing at all when something is unknown, wrong or missing."""
    if given[:1] != ["annual"] or len(given) != 7:
        return {}
    found = {
        key.removeprefix("--"): value for key, value in zip(given[1::2], given[2::2], strict=True)
    }
    fits = (
        set(found) == {"year", "kind", "out"}
        and found["year"].isdigit()
        and found["kind"] in ("activity", "financial")
        and Path(found["out"]).suffix in (".pdf", ".docx", ".xlsx", ".json")
    )
    return found if fits else {}


def _write(year: int, kind: str, out: Path) -> int:
    from django.utils import timezone

    from beffroi.core.actors import system_actor
    from beffroi.steering import queries
    from beffroi.steering import services as steering

    by, at = system_actor("beffroi report"), timezone.now()
    plan = queries.plans().first()
    if plan is None:
        complain("Aucun plan n’est chargé : « beffroi load catalogue » charge celui de Mons.")
        return 1
    snapshot = queries.last_snapshot(plan, year, kind)
    if snapshot is None:
        snapshot = steering.freeze(plan=plan, year=year, kind=kind, by=by, at=at)
        complain(f"Le rapport {year} n’était pas encore figé : il l’est maintenant.")
    written = steering.write_file(
        snapshot=snapshot, form=out.suffix.removeprefix("."), by=by, at=at
    )
    out.write_bytes(written.body)
    sys.stdout.write(
        f"{out} : révision {written.revision}, empreinte {written.digest}, {len(written.body)} octets\n"
    )
    return 0
