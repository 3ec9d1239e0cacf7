"""`beffroi payments export|verify|account`: the file of a run, its check, the paying account."""

import sys
from pathlib import Path

from beffroi.cli import complain, set_up

_USAGE = """Usage :
  beffroi payments export --run PAI-2026-0001 --out FICHIER.xml
  beffroi payments verify FICHIER.xml
  beffroi payments account --iban IBAN --holder TITULAIRE --enterprise NUMÉRO [--bic BIC]"""


def run(arguments: list[str]) -> int:
    """This function will do what is asked: 0 when it is done, 1 when refused, 2 when misunderstood."""
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    known = {"export": _export, "verify": _verify, "account": _account}
    if word not in known:
        complain(_USAGE)
        return 2
    set_up()
    from beffroi.core.errors import Refusal

    try:
        return known[word](rest)
    except Refusal as refused:
        complain(str(refused))
        return 1


def _options(given: list[str], names: tuple[str, ...], least: tuple[str, ...]) -> dict[str, str]:
    """Reads `--name value` pairs; nothing at all when one is unknown or missing."""
    pairs = dict(zip(given[::2], given[1::2], strict=False))
    found = {key.removeprefix("--"): value for key, value in pairs.items()}
    fits = len(given) % 2 == 0 and set(found) <= set(names) and set(least) <= set(found)
    return found if fits else {}


def _export(given: list[str]) -> int:
    from django.utils import timezone

    from beffroi.acts.payments import services as payments
    from beffroi.core.actors import system_actor

    options = _options(given, ("run", "out"), ("run", "out"))
    if not options:
        complain(_USAGE)
        return 2
    path = Path(options["out"])
    if not path.parent.is_dir():
        complain(f"Le dossier {path.parent} n’existe pas.")
        return 2
    done = payments.export_run(
        reference=options["run"], path=path, by=system_actor("beffroi payments"), at=timezone.now()
    )
    again = " (déjà envoyé : le même fichier, octet pour octet)" if done.again else ""
    sys.stdout.write(
        f"{path} : {done.count} paiements, {done.total} €, empreinte {done.sha256}{again}\n"
    )
    return 0


def _verify(given: list[str]) -> int:
    from beffroi.acts.payments.verifying import verify_file
    from beffroi.core.actors import system_actor

    if len(given) != 1 or given[0].startswith("--"):
        complain(_USAGE)
        return 2
    path = Path(given[0])
    if not path.is_file():
        complain(f"Le fichier {path} n’existe pas.")
        return 2
    report = verify_file(path, by=system_actor("beffroi payments"))
    for fault in report.faults:
        sys.stdout.write(f"FAUX   {fault}\n")
    for fact in report.facts:
        sys.stdout.write(f"juste  {fact}\n")
    return 1 if report.faults else 0


def _account(given: list[str]) -> int:
    from django.utils import timezone

    from beffroi.acts.payments import services as payments
    from beffroi.core.actors import system_actor

    least = ("iban", "holder", "enterprise")
    options = _options(given, (*least, "bic"), least)
    if not options:
        complain(_USAGE)
        return 2
    payments.load_plan()
    row = payments.set_house_account(
        iban=options["iban"], holder=options["holder"], bic=options.get("bic", ""),
        enterprise_number=options["enterprise"], label=options["holder"], is_default=True,
        by=system_actor("beffroi payments"), at=timezone.now(),
    )  # fmt: skip
    sys.stdout.write(f"Les paiements partent de {row.iban} ({row.holder}).\n")
    return 0
