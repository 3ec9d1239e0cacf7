"""What can be wrong with a package, and what is done about it, in words for an editor."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from beffroi.core.text import harmless_cell

#: code → (what is wrong, what was done). `Fault.value` is shown beside.
FAULTS = {
    "unreadable_file": (_("Ce fichier ne se lit pas."), _("Laissé de côté.")),
    "no_datapackage": (
        _("Il n’y a pas de datapackage.json."),
        _("Les fichiers sont reconnus par leur nom."),
    ),
    "file_missing": (_("Le paquet annonce ce fichier, mais il n’y est pas."), _("Rien à lire.")),
    "outside_package": (_("Ce chemin sort du paquet."), _("Refusé.")),
    "unknown_table": (_("Cette table ne fait pas partie de HSDS."), _("Laissée de côté.")),
    "unused_table": (_("Beffroi n’a pas de place pour cette table."), _("Laissée de côté.")),
    "unknown_column": (_("Cette colonne ne fait pas partie de HSDS."), _("Laissée de côté.")),
    "no_id_column": (_("La colonne « id » manque."), _("Table laissée de côté.")),
    "too_many_cells": (_("La ligne a plus de cases que l’en-tête."), _("Cases en trop oubliées.")),
    "bad_csv": (_("La ligne ne se lit pas comme du CSV."), _("Fin du fichier laissée de côté.")),
    "broken_utf8": (
        _("Octets qui ne sont pas de l’UTF-8."),
        _("Ligne lue comme du Windows-1252 ; à relire."),
    ),
    "nul_byte": (_("Caractère nul dans la ligne."), _("Caractère retiré.")),
    "missing_id": (_("L’identifiant manque."), _("Ligne laissée de côté.")),
    "duplicate_id": (_("Cet identifiant a déjà servi plus haut."), _("Ligne laissée de côté.")),
    "no_id": (
        _("Des lignes de cette table n’ont pas d’identifiant."),
        _("Ce qu’elles disent leur en donne un."),
    ),
    "same_row": (_("Cette ligne répète une ligne plus haut."), _("Laissée de côté.")),
    "first_edition": (
        _("Table d’une ancienne édition de HSDS."),
        _("Lue comme celle d’aujourd’hui."),
    ),
    "missing_name": (_("Le nom manque."), _("Ligne laissée de côté.")),
    "duplicate_name": (
        _("Ce nom a déjà servi plus haut."),
        _("Les deux sont gardés ; à comparer."),
    ),
    "too_long": (_("Texte trop long pour ce champ."), _("Coupé.")),
    "missing_organization": (
        _("L’organisation n’est pas dite."),
        _("Rangé sous « Organisation non précisée »."),
    ),
    "broken_reference": (
        _("Rien dans le paquet ne porte cet identifiant."),
        _("Lien laissé de côté."),
    ),
    "about_nothing": (_("La ligne ne dit pas de quoi elle parle."), _("Ligne laissée de côté.")),
    "empty_status": (_("L’état est vide."), _("Pris comme « en service », à confirmer.")),
    "unknown_status": (
        _("Cet état n’existe pas dans HSDS."),
        _("Pris comme « en service », jamais publié d’office."),
    ),
    "missing_coordinates": (_("Pas de coordonnées."), _("Lieu gardé sans elles.")),
    "bad_coordinates": (
        _("Ces coordonnées ne sont pas sur la Terre."),
        _("Lieu gardé sans elles."),
    ),
    "missing_postcode": (_("Le code postal manque."), _("Adresse gardée sans lui.")),
    "bad_postcode": (
        _("Ce code postal n’a pas la forme de ceux du pays."),
        _("Gardé dans l’adresse, jamais utilisé pour chercher."),
    ),
    "missing_street": (_("La rue manque."), _("Adresse laissée de côté.")),
    "bad_url": (_("Ce n’est pas une adresse web."), _("Laissée de côté.")),
    "bad_email": (_("Ce n’est pas une adresse électronique."), _("Laissée de côté.")),
    "bad_phone": (_("Ce n’est pas un numéro de téléphone."), _("Laissé de côté.")),
    "odd_phone": (
        _("Ce numéro n’a pas la forme de ceux du pays."),
        _("Gardé tel qu’il est écrit."),
    ),
    "bad_rrule": (
        _("Cette partie de la règle de répétition n’existe pas."),
        _("Horaire gardé en texte s’il y en a un, sinon laissé de côté."),
    ),
    "bad_time": (_("Ce n’est pas une heure."), _("Heure laissée de côté.")),
    "bad_date": (_("Ce n’est pas une date."), _("Date laissée de côté.")),
    "dates_reversed": (_("La fin vient avant le début."), _("Fin laissée de côté.")),
    "empty_schedule": (_("L’horaire ne dit ni jour, ni heure, ni texte."), _("Ligne laissée de côté.")),
    "bad_amount": (_("Ce n’est pas un montant."), _("Gardé en texte.")),
    "bad_age": (_("Ce n’est pas un âge."), _("Laissé de côté.")),
    "empty_row": (_("La ligne ne dit rien d’utile."), _("Ligne laissée de côté.")),
    "loop": (_("Ce terme est son propre ancêtre."), _("Gardé sans parent.")),
    "kept_confirmed": (
        _("Une personne de la rédaction a confirmé autre chose."),
        _("Ce qui est confirmé reste."),
    ),
    "kept_edited": (
        _("Une personne de la rédaction a changé cette fiche depuis."),
        _("Ce qu’elle a écrit reste."),
    ),
    "kept_reviewed": (
        _("Une personne de la rédaction a revu ce service."),
        _("Nom, état et textes restent."),
    ),
    "gone": (_("Importé autrefois, absent de ce paquet."), _("Laissé tel quel ; à vérifier.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where, which field, what, and the value as it was written."""

    file: str
    line: int
    field: str
    code: str
    value: str = ""

    def as_row(self) -> dict[str, str | int]:
        """This function will give the fault as it is kept in the report."""
        return {
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "code": self.code,
            "value": self.value,
        }


@dataclass
class Report:
    """The faults of a package, in the order they were met."""

    faults: list[Fault] = field(default_factory=list)

    def add(self, file: str, line: int, name: str, code: str, value: str = "") -> None:
        """This function will note a fault. Raises: KeyError on a code without words."""
        FAULTS[code]
        self.faults.append(Fault(file, line, name, code, value[:120]))

    def by_code(self) -> dict[str, int]:
        """This function will count the faults of each kind."""
        return dict(Counter(fault.code for fault in self.faults))


def report_rows(faults: list[dict[str, Any]]) -> str:
    """This function will give the report as CSV: where, what is wrong, what was done."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([_("fichier"), _("ligne"), _("champ"), _("valeur"), _("quoi"), _("fait")])
    for fault in faults:
        what, done = FAULTS[str(fault["code"])]
        cells = [fault["file"], fault["line"], fault["field"], fault["value"], what, done]
        writer.writerow([harmless_cell(str(cell)) for cell in cells])
    return stream.getvalue()
