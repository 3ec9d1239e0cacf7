"""A report as parts in their order: titles, sentences, tables; every file writes the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from beffroi.core.text import unit_for
from beffroi.steering.enums import ReportKind

_NOTHING = "Rien n’est encodé pour cette partie."


@dataclass(frozen=True)
class Part:
    """A title, its sentences, a table; `level` 1 is a section, 2 a part of one."""

    title: str
    level: int = 1
    sentences: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    #: Name of the sheet where the table goes in a workbook.
    sheet: str = ""
    #: Columns of figures, from zero.
    figures: frozenset[int] = field(default_factory=frozenset)


def title_of(content: Mapping[str, Any]) -> str:
    """This function will give the title of a report."""
    name = str(ReportKind(content["kind"]).label)
    return f"{name} {content['year']} – {content['identity']['plan']}"


def parts_of(content: Mapping[str, Any]) -> list[Part]:
    """This function will give the parts of a report, in the order its readers expect."""
    made = _activity(content) if content["kind"] == ReportKind.ACTIVITY else _financial(content)
    return numbered([part for part in made if part])


def numbered(sections: list[Part]) -> list[Part]:
    """This function will number the sections of a report, from one."""
    number, found = 0, []
    for part in sections:
        if part.level == 1:
            number += 1
            part = Part(**{**vars(part), "title": f"{number}. {part.title}"})
        found.append(part)
    return found


def number(value: str | None) -> str:
    """This function will write a number of a snapshot as French does."""
    if value is None:
        return "–"
    amount = Decimal(value)
    return f"{amount:,f}".replace(",", "\u202f").replace(".", ",")


def with_unit(one: Mapping[str, Any]) -> str:
    """This function will write a figure of a snapshot with its unit: « 1 séance », « 2 561 présences »."""
    if one["value"] is None:
        return "–"
    return f"{number(one['value'])} {unit_for(Decimal(one['value']), one['unit'])}".rstrip()


def euros(value: str | None) -> str:
    """This function will write an amount of a snapshot: « 1 340,47 € »."""
    return "–" if value is None else f"{number(value)}\u00a0€"


def day(value: str) -> str:
    """This function will write a date of a snapshot."""
    return f"{date.fromisoformat(value):%d/%m/%Y}" if value else ""


def _identity(content: Mapping[str, Any]) -> Part:
    given = content["identity"]
    facts = (
        ("Plan", given["plan"]), ("Programme", given["programme"]), ("Porteur", given["carrier"]),
        ("Pouvoir local", given["authority"]), ("Autres pouvoirs locaux", ", ".join(given["members"])),
        ("Service pilote", given["pilot"]), ("Version du plan", str(given["version"])),
        ("Chiffres arrêtés au", day(content["until"])),
    )  # fmt: skip
    rows = tuple((label, value or "–") for label, value in facts)
    return Part("Identité et porteur", heads=("Quoi", "Texte"), rows=rows, sheet="Identité")


def _rules(content: Mapping[str, Any]) -> Part:
    words = {True: "oui", False: "non", None: "à demander"}
    rows = tuple(
        (
            one["rule"],
            words[one["value"]] if isinstance(one["value"], bool | None) else str(one["value"]),
            one["reference"],
            "vérifiée" if one["is_verified"] else f"règle non vérifiée. {one['note']}".strip(),
        )
        for one in content["regime"]
    )
    heads = ("Règle", "Vaut", "Texte", "Vérifiée ?")
    return Part("Annexe : règles de l’exercice", heads=heads, rows=rows, sheet="Règles")


def _team(content: Mapping[str, Any]) -> Part:
    rows = tuple(
        (
            one["function"], str(one["people"]), number(one["fte"]), number(one["charged_fte"]),
            number(one["mean_charged_fte"]),
        )
        for one in content["staff"]
    )  # fmt: skip
    return Part(
        "Équipe", sentences=() if rows else (_NOTHING,),
        heads=("Fonction", "Personnes au 31/12", "ETP au 31/12", "À charge du plan", "Moyenne de l’année"),
        rows=rows, sheet="Équipe", figures=frozenset({1, 2, 3, 4}),
    )  # fmt: skip


def _conventions(content: Mapping[str, Any], title: str, *, only_art20: bool = False) -> Part:
    kept = [one for one in content["conventions"] if one["is_art20"] or not only_art20]
    rows = tuple(
        (
            one["partner"], one["kind"], ", ".join(f"{n:02d}" for n in one["lines"]),
            *(euros(one[name]) for name in ("granted", "justified", "accepted", "paid", "balance")),
        )
        for one in kept
    )  # fmt: skip
    heads = ("Partenaire", "Nature", "Lignes", "Accordé", "Justifié", "Accepté", "Payé", "Solde")
    return Part(
        title, sentences=() if rows else ("Aucune convention ne court cette année.",), heads=heads,
        rows=rows, sheet="Article 20" if only_art20 else "Conventions",
        figures=frozenset({3, 4, 5, 6, 7}),
    )  # fmt: skip


# --- activity --------------------------------------------------------------------------------


def _activity(content: Mapping[str, Any]) -> list[Part]:
    texts = [
        Part(one["title"], sentences=tuple(one["text"].splitlines()) or (_NOTHING,))
        for one in content["texts"]
    ]
    return [
        _identity(content),
        Part("L’année en bref", sentences=_brief(content)),
        _commission(content),
        _team(content),
        Part("Les lignes du plan", sentences=("Une ligne après l’autre, sous les axes du plan.",)),
        *_lines(content),
        _conventions(content, "Partenariats et conventions"),
        _changes(content),
        *texts,
        _figures(content),
        _rules(content),
    ]


def _brief(content: Mapping[str, Any]) -> tuple[str, ...]:
    lines = content["lines"]
    measured = [one for one in lines if any(f["value"] not in (None, "0") for f in one["figures"])]
    aimed = [f for one in lines for f in one["figures"] if f["reached"] is not None]
    reached = [f for f in aimed if f["reached"]]
    told = [one for one in lines if one["status"]]
    said = [
        f"Le plan a {len(lines)} lignes sur {len({one['axis'] for one in lines})} axes.",
        f"{len(measured)} lignes ont des chiffres cette année ; "
        f"{len(told)} disent en mots comment l’année s’est passée.",
    ]
    if aimed:
        met = "cibles sur {n} sont atteintes" if len(reached) > 1 else "cible sur {n} est atteinte"
        said.append(f"{len(reached)} {met.format(n=len(aimed))}.")
    return tuple(said)


def _commission(content: Mapping[str, Any]) -> Part:
    """Meetings as they were held, then opinions noted without one; older snapshots have the latter alone."""
    meetings = content.get("commission", [])
    rows = [
        (day(one["date"]), point["title"], point["opinion"] or "–")
        for one in meetings
        for point in one["points"]
    ]
    held = {one["date"] for one in meetings}
    rows += [
        (day(one["opinion_date"]), f"Demande {one['number']} : {one['kind']}", one["opinion"])
        for one in content["changes"]
        if one["opinion"] and one["opinion_date"] not in held
    ]
    said = [
        f"Le {day(one['date'])}, {one['voters']} membres qui votent étaient là. "
        f"Présents pour : {', '.join(one['present'])}."
        for one in meetings
    ]
    nothing = "Aucun avis de la commission n’est encodé pour cette année."
    return Part(
        "Commission d’accompagnement", sentences=tuple(said) or (() if rows else (nothing,)),
        heads=("Réunion", "Objet", "Avis"), rows=tuple(rows), sheet="Commission",
    )  # fmt: skip


def _lines(content: Mapping[str, Any]) -> list[Part]:
    found = []
    for axis in content["axes"]:
        lines = [one for one in content["lines"] if one["axis"] == axis["number"]]
        sentences = () if lines else ("Aucune ligne du plan ne sert cet axe.",)
        found.append(Part(f"Axe {axis['number']} : {axis['title']}", level=2, sentences=sentences))
        found += [_line(one) for one in lines]
    return found


def _line(one: Mapping[str, Any]) -> Part:
    who = f"{one['delivery']}, {one['partner']}." if one["partner"] else f"{one['delivery']}."
    said = [who, f"État : {one['status'] or one['state']}."]
    for label, name in (
        ("Pourquoi", "reason"), ("Ce qui a marché", "worked"), ("Difficultés", "hard"),
        ("Ce qui va changer", "change_planned"),
    ):  # fmt: skip
        if one[name]:
            said.append(f"{label} : {one[name]}")
    if not one["figures"]:
        said.append("Cette ligne n’a pas d’indicateur.")
    return Part(
        f"Ligne {one['number']:02d} – {one['code']} {one['title']}", level=3,
        sentences=tuple(said),
        heads=("Indicateur", "Chiffre", "Cible", "Chemin fait") if one["figures"] else (),
        rows=tuple(_figure_row(f) for f in one["figures"]), figures=frozenset({1, 2, 3}),
    )  # fmt: skip


def _figure_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    value = with_unit(one)
    if one["beside"] not in (None, "0"):
        value += f" ; à côté, {one['beside_label'].lower()} : {number(one['beside'])}"
    way = f"{number(one['attained'])} %" if one["attained"] is not None else "–"
    return one["label"], value, number(one["target"]), way


def _changes(content: Mapping[str, Any]) -> Part:
    rows = tuple(
        (
            str(one["number"]), one["kind"], f"{one['line']:02d}" if one["line"] else "nouvelle",
            one["reason"], one["state"], day(one["effective"]),
        )
        for one in content["changes"]
    )  # fmt: skip
    return Part(
        "Modifications du plan, faites et demandées",
        sentences=() if rows else ("Aucune modification cette année.",),
        heads=("N°", "Changement", "Ligne", "Pourquoi", "État", "Prend effet"), rows=rows,
        sheet="Modifications",
    )  # fmt: skip


def _figures(content: Mapping[str, Any]) -> Part:
    rows = tuple(
        (
            f"{line['number']:02d}", line["code"], one["label"], number(one["value"]), one["unit"],
            number(one["target"]), one["measure"] or "encodé", one["how"],
        )
        for line in content["lines"]
        for one in line["figures"]
    )  # fmt: skip
    told = "Des personnes comptées pour deux lignes ne s’additionnent pas : elles sont recomptées."
    return Part(
        "Annexe : tous les chiffres et comment ils sont comptés", sentences=(told,),
        heads=("Ligne", "Code", "Indicateur", "Valeur", "Unité", "Cible", "Mesure", "Comment c’est compté"),
        rows=rows, sheet="Chiffres", figures=frozenset({3, 5}),
    )  # fmt: skip


# --- money -----------------------------------------------------------------------------------


def _financial(content: Mapping[str, Any]) -> list[Part]:
    return [
        _identity(content),
        _recap(content),
        _table(content, "by_nature", "Par nature", "Natures"),
        _table(content, "by_line", "Par ligne", "Lignes"),
        _conventions(content, "Article 20, à part", only_art20=True),
        _team(content),
        _reconciliation(content),
        Part("Déclaration", sentences=(content["declaration"],)),
        _rules(content),
    ]


def _recap(content: Mapping[str, Any]) -> Part:
    given = content["recap"]
    labels = (
        ("subsidy", "Subvention notifiée"), ("own_share_min", "Part propre, au moins"),
        ("total_to_justify", "Total à justifier"), ("eligible", "Dépenses admissibles, hors article 20"),
        ("due", "Subvention due"), ("own_paid", "Part propre payée"),
        ("unused", "Subvention non utilisée"), ("gap", "Reste à justifier"),
    )  # fmt: skip
    said = [] if content["is_verified"] else ["Une règle au moins de ce calcul n’est pas vérifiée."]
    if given["subsidy"] is None:
        said.append("La subvention de cette année n’est pas encore notifiée.")
    return Part(
        "Récapitulatif", sentences=tuple(said), heads=("Quoi", "Montant"),
        rows=tuple((label, euros(given[name])) for name, label in labels), sheet="Récapitulatif",
        figures=frozenset({1}),
    )  # fmt: skip


def _table(content: Mapping[str, Any], key: str, title: str, sheet: str) -> Part:
    names = ("budget", "spent", "eligible", "charged")
    rows = tuple((one["label"], *(euros(one[name]) for name in names)) for one in content[key])
    return Part(
        title, sentences=() if rows else (_NOTHING,),
        heads=(title.removeprefix("Par ").capitalize(), "Budget", "Dépensé", "Admissible", "À charge du plan"),
        rows=rows, sheet=sheet, figures=frozenset({1, 2, 3, 4}),
    )  # fmt: skip


def _reconciliation(content: Mapping[str, Any]) -> Part:
    rows = tuple(
        (
            one["function"], euros(one["accounts"]), euros(one["plan"]), euros(one["difference"]),
            one["why"],
        )
        for one in content["reconciliation"]
    )  # fmt: skip
    return Part(
        "Comptabilité et plan", sentences=() if rows else (_NOTHING,),
        heads=("Fonction", "Comptabilité", "Plan", "Différence", "Explication"), rows=rows,
        sheet="Comptabilité", figures=frozenset({1, 2, 3}),
    )  # fmt: skip
