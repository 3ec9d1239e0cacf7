"""A PST as eComptes reads it: XML of version 201805V1, valid against its schema, or a clear refusal.

The format knows Madame and Monsieur alone. Whoever said another civility, or none, is named in the
remark instead: nobody is given a civility that is not hers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from beffroi.core.errors import InvalidInput
from beffroi.steering.models import Element, Responsible, StrategicPlan
from beffroi.steering.strategic_enums import (
    APART,
    DATED,
    LETTERS,
    Civility,
    ElementState,
    Level,
    Part,
    StrategicKind,
)
from beffroi.steering.strategic_queries import Node, elements_of, mean_of, tree_of

VERSION, MAKER = "201805V1", "Beffroi"
_DATA = Path(__file__).resolve().parent / "data" / "ecomptes"
#: What eComptes reads, and what it writes back: the same with the articles of the budget.
SCHEMAS = {
    "import": "schema_import_ecomptes_201805V1.xsd",
    "export": "PST_eComptes_Export_201805V1.xsd",
}
STATUS = {
    ElementState.TO_SCHEDULE: "EN_ATTENTE", ElementState.PLANNED: "NON_COMMENCE",
    ElementState.ONGOING: "EN_COURS", ElementState.STOPPED: "PROBLEME",
    ElementState.DONE: "TERMINE", ElementState.CANCELLED: "ANNULE_ABANDONNE",
}  # fmt: skip
_CIVILITIES = {Civility.MADAME: "MADAME", Civility.MONSIEUR: "MONSIEUR"}
_LABEL, _NAME, _FIRST_NAME, _PHONE, _EMAIL = 255, 100, 50, 15, 255
#: What XML 1.0 cannot hold at all.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INSIDE = {
    Level.STRATEGIC: ("ObjectifsOperationnels", "ObjectifOperationnel"),
    Level.OPERATIONAL: ("Actions", "Action"),
}
_PCS = "Plan de cohésion sociale (PCS)"


@dataclass(frozen=True)
class Missing:
    """What keeps a plan from being exported: where, and what to do."""

    where: str
    what: str
    number: int = 0
    level: str = ""


@dataclass(frozen=True)
class _Making:
    """What every element of one export shares."""

    year: int
    with_articles: bool


def text_of(value: object) -> str:
    """This function will give words as XML can hold them: what it cannot becomes a space."""
    return _ILLEGAL.sub(" ", str(value))


def missing_of(plan: StrategicPlan) -> list[Missing]:
    """This function will list everything that keeps a plan from eComptes, element by element."""
    found = []
    if plan.kind != StrategicKind.PST:
        found.append(Missing(plan.name, _("eComptes ne reçoit que des PST.")))
    if not plan.nis_code.isdigit():
        found.append(Missing(plan.name, _("Le code INS de la commune manque.")))
    rows = list(elements_of(plan))
    if not any(row.level == Level.STRATEGIC for row in rows):
        found.append(Missing(plan.name, _("Le plan n’a pas d’objectif stratégique.")))
    for row in rows:
        where = f"{row.reference} {row.title[:60]}"
        found += [Missing(where, what, row.number, row.level) for what in _faults(row)]
    return found


def _faults(row: Element) -> Iterable[str]:
    if row.level == Level.SUBACTION:
        return
    if len(text_of(row.title)) > _LABEL:
        yield _("L’intitulé a %(n)s caractères ; eComptes en prend 255.") % {"n": len(row.title)}
    dated = row.planned_start or row.effective_start, row.planned_end or row.effective_end
    if row.level == Level.ACTION and row.state in DATED and not all(dated):
        yield _("Les dates de début et de fin manquent.")
    for person in (row.responsible, row.mandatary):
        if person is not None and person.civility in _CIVILITIES:
            yield from _person_faults(person)


def _person_faults(person: Responsible) -> Iterable[str]:
    name = f"{person.first_name} {person.last_name}"
    for value, most, label in (
        (person.last_name, _NAME, _("nom")), (person.first_name, _FIRST_NAME, _("prénom")),
        (person.phone, _PHONE, _("téléphone")), (person.email, _EMAIL, _("courriel")),
    ):  # fmt: skip
        if len(value) > most:
            yield _("%(name)s : le %(field)s dépasse %(most)s caractères.") % {
                "name": name, "field": label, "most": most,
            }  # fmt: skip


@lru_cache(maxsize=2)
def schema(form: str = "import") -> etree.XMLSchema:
    """This function will read the schema of eComptes. Raises: KeyError for another form."""
    return etree.XMLSchema(etree.parse(str(_DATA / SCHEMAS[form])))


def ecomptes_xml(plan: StrategicPlan, *, year: int, form: str = "import") -> bytes:
    """This function will write a PST for eComptes, checked against its schema.

    Subactions are not of the format: they count in the progress of their action.

    Raises: InvalidInput whose `fields` say what is missing, place by place.
    """
    if faults := missing_of(plan):
        fields: dict[str, str] = {}
        for one in faults:
            fields[one.where] = f"{fields.get(one.where, '')} {one.what}".strip()
        raise InvalidInput(_("Ce plan ne peut pas encore partir vers eComptes."), fields)
    root = etree.Element("dataroot")
    _identify(root, plan, year)
    pst = _inside(root, "PST")
    described = _inside(pst, "DescriptionPST")
    for name, value in (
        ("IdPST", plan.key), ("Libelle", plan.name), ("ExerciceDebut", plan.starts_date.year),
        ("ExerciceFin", plan.ends_date.year),
    ):  # fmt: skip
        _say(described, name, value)
    _parts(pst, plan, _Making(year, form == "export"))
    schema(form).assertValid(root)
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return made


def _identify(root: Any, plan: StrategicPlan, year: int) -> None:
    given = _inside(root, "Identifiants")
    for name, value in (
        ("Id", plan.key), ("TypeAdmin", plan.organisation), ("INS", plan.nis_code), ("Type", "PST"),
        ("Exercice", year), ("Version", VERSION), ("Generateur", MAKER),
    ):  # fmt: skip
        _say(given, name, value)


def _inside(parent: Any, name: str) -> Any:
    return etree.SubElement(parent, name)


def _say(parent: Any, name: str, value: object) -> Any:
    made = _inside(parent, name)
    made.text = text_of(value)
    return made


def _words(parent: Any, name: str, value: str) -> None:
    made = _inside(parent, name)
    _say(made, "Mode", "TEXTE")
    _say(made, "Valeur", value)


def _parts(pst: Any, plan: StrategicPlan, making: _Making) -> None:
    rows = elements_of(plan).prefetch_related("partners", "lines__plan")
    tree, parts = tree_of(rows), _inside(pst, "Volets")
    for rank, part in enumerate(Part, start=1):
        nodes = [node for node in tree if node.element.part == part]
        if nodes:
            made = _inside(parts, "Volet")
            made.set("ElementId", f"V.{rank}")
            made.set("Exercice", str(making.year))
            _part(made, str(part.label), nodes, making)
            inside = _inside(made, "ObjectifStrategiques")
            for node in nodes:
                _element(inside, "ObjectifStrategique", node, making)


def _part(made: Any, label: str, nodes: list[Node], making: _Making) -> None:
    """A part has no state of its own: it is under way as soon as one objective is."""
    counted = [node for node in nodes if node.element.state not in APART]
    mean = mean_of(counted)
    states = {node.element.state for node in nodes}
    state = states.pop() if len(states) == 1 else ElementState.ONGOING
    _say(made, "Libelle", label)
    _words(made, "Description", "")
    _say(made, "Statut", STATUS[ElementState(state)])
    _say(made, "TauxAvancement", _rate(mean))
    _words(made, "RemarqueStatut", _("Moyenne des objectifs stratégiques de ce volet."))
    _say(made, "ETP", "0")
    _lists(made, (), (), making)


def _rate(progress: Decimal | None) -> str:
    return str((progress or Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _element(parent: Any, name: str, node: Node, making: _Making) -> None:
    row, made = node.element, _inside(parent, name)
    made.set("ElementId", row.reference)
    made.set("Exercice", str(making.year))
    _say(made, "Libelle", row.title)
    for tag, day in (
        ("DateDebut", row.effective_start or row.planned_start),
        ("DateFin", row.effective_end or row.planned_end),
    ):
        if day is not None:
            _say(made, tag, day.isoformat())
    _words(made, "Description", row.description)
    _say(made, "Statut", STATUS[ElementState(row.state)])
    unnamed = [
        *_person(made, "Responsable", _("Responsable"), row.responsible),
        *_person(made, "Mandataire", _("Mandataire"), row.mandatary),
    ]
    if row.department:
        _say(made, "Departement", row.department)
    _say(made, "TauxAvancement", _rate(node.progress))
    _words(made, "RemarqueStatut", " ".join([*_remarks(node), *unnamed]))
    _say(made, "ETP", fte_of(node))
    plans = (_PCS,) if row.lines.all() else ()
    _lists(made, plans, [one.name for one in row.partners.all()], making)
    if row.level in _INSIDE:
        outer, inner = _INSIDE[Level(row.level)]
        held = _inside(made, outer)
        for child in node.children:
            _element(held, inner, child, making)


def _person(parent: Any, name: str, label: str, person: Responsible | None) -> list[str]:
    """Writes who answers, or gives the sentence that names her when the format cannot."""
    if person is None:
        return []
    civility = _CIVILITIES.get(Civility(person.civility)) if person.civility else None
    if civility is None:
        named = f"{person.first_name} {person.last_name}".strip() or "–"
        return [f"{label} : {named}, {person.function}."]
    made = _inside(parent, name)
    for tag, value in (
        ("Civilite", civility), ("Nom", person.last_name), ("Prenom", person.first_name),
        ("Tel", person.phone), ("eMail", person.email),
    ):  # fmt: skip
        _say(made, tag, value)
    return []


def _remarks(node: Node) -> Iterable[str]:
    row = node.element
    if row.health_words:
        yield f"{row.get_health_display()} : {row.health_words}"
    if node.apart:
        yield _("%(n)s en dessous à part : arrêté ou abandonné, hors du taux.") % {"n": node.apart}
    if node.progress is None:
        yield _("Rien en dessous ne compte dans le taux.")


def fte_of(node: Node) -> Decimal:
    """This function will give the full-time equivalents of a node: its own, else those below it."""
    if node.element.fte is not None:
        return node.element.fte
    return sum((fte_of(child) for child in node.children), Decimal(0))


def _lists(made: Any, plans: Iterable[str], partners: Iterable[str], making: _Making) -> None:
    for outer, inner, names in (("Plans", "Plan", plans), ("Partenaires", "Partenaire", partners)):
        held = _inside(made, outer)
        for name in names:
            _say(held, inner, name)
    if making.with_articles:
        _inside(made, "Articles")
        _inside(made, "Projections")


def reference_of(one: Missing) -> str:
    """This function will give the reference of the element where something is missing, if one."""
    return f"{LETTERS[Level(one.level)]}.{one.number}" if one.level else ""


def named_in_remarks(plan: StrategicPlan) -> list[Responsible]:
    """This function will list the people the format cannot name, because of the civility it wants."""
    return [one for one in plan.people.all() if one.civility not in _CIVILITIES]
