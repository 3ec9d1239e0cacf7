"""Checks a file for the bank: the schema, its own sums, and the run it says it is."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from beffroi.acts.payments.bank import pain001, schema
from beffroi.acts.payments.permissions import runs_visible_to
from beffroi.acts.payments.run_queries import message_of, transfers_of
from beffroi.core.actors import Actor


@dataclass
class Report:
    """What holds and what does not, in words."""

    facts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def verify_file(path: Path, *, by: Actor) -> Report:
    """This function will read a file whole and compare it with its run, byte for byte."""
    report = Report()
    try:
        schema.validate(path)
        counted = schema.count(path)
    except schema.InvalidFile as error:
        report.faults.append(f"le fichier n’est pas un pain.001.001.09 valable : {error}")
        return report
    report.facts.append("schéma pain.001.001.09")
    report.facts.append(f"{counted.count} virements, {counted.total} €, comme annoncé en tête")
    if counted.duplicates:
        report.faults.append(f"identifiants répétés : {', '.join(counted.duplicates[:5])}")
    _compare(path, counted, by, report)
    return report


def _compare(path: Path, counted: schema.Counted, by: Actor, report: Report) -> None:
    run = runs_visible_to(by).filter(reference=counted.message_id).first()
    if run is None:
        report.faults.append(f"aucun paiement ne porte la référence {counted.message_id}")
        return
    if run.approved_at is None:
        report.faults.append(f"{run.reference} n’est pas approuvé : ce fichier ne peut pas partir")
        return
    wanted = hashlib.sha256()
    for piece in pain001.write(message_of(run), transfers_of(run)):
        wanted.update(piece)
    with path.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != wanted.hexdigest():
        report.faults.append(f"le contenu n’est pas celui de {run.reference} (empreinte {found})")
    elif run.file_sha256 and run.file_sha256 != found:
        report.faults.append(f"{run.reference} est parti avec une autre empreinte")
    else:
        report.facts.append(f"contenu de {run.reference}, octet pour octet (empreinte {found})")
