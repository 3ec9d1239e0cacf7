"""A state of progress as parts in their order, from its snapshot alone."""

from collections.abc import Mapping
from typing import Any

from beffroi.steering.reports.parts import Part, day, euros, number, numbered, with_unit

_OBJECTIVES = ("strategic", "operational")


def progress_title(content: Mapping[str, Any]) -> str:
    """This function will give the title of a state of progress."""
    return f"État d’avancement au {day(content['until'])} – {content['identity']['plan']}"


def progress_parts(content: Mapping[str, Any]) -> list[Part]:
    """This function will give the parts of a state of progress, in the order its readers expect."""
    parts = [
        _identity(content),
        Part("En bref", sentences=_brief(content)),
        _objectives(content),
        Part("Les actions", sentences=("Une action après l’autre, sous les objectifs du plan.",)),
        *_actions(content),
        *_commitments(content),
        _budget(content),
        _decisions(content),
        _figures(content),
    ]
    return numbered(parts)


def _identity(content: Mapping[str, Any]) -> Part:
    given = content["identity"]
    facts = (
        ("Plan", given["plan"]), ("Nature", given["nature"]), ("Institution", given["organisation"]),
        ("Pouvoir local", given["pilot"]), ("Du", day(given["starts"])), ("Au", day(given["ends"])),
        ("Adopté le", day(given["adopted"]) or "projet, pas encore adopté"),
        ("Déclaration de politique", given["declaration"]), ("État au", day(content["until"])),
    )  # fmt: skip
    rows = tuple((label, value or "–") for label, value in facts)
    return Part("Le plan", heads=("Quoi", "Texte"), rows=rows, sheet="Plan")


def _percent(value: str | None) -> str:
    return "–" if value is None else f"{number(value)}\u00a0%"


def _brief(content: Mapping[str, Any]) -> tuple[str, ...]:
    actions = [one for one in content["elements"] if one["level"] not in _OBJECTIVES]
    states = ", ".join(f"{label.lower()} ({count})" for label, count in content["states"])
    health = ", ".join(f"{label.lower()} ({count})" for label, count in content["health"])
    said = [f"Le plan a {len(actions)} actions et sous-actions : {states or 'aucune'}."]
    if health:
        said.append(f"Santé : {health}.")
    said.append(
        _counted(content["late"], "action a dépassé sa fin prévue", "actions ont dépassé leur fin prévue")
    )  # fmt: skip
    said.append(
        _counted(content["begins_late"], "action aurait dû commencer", "actions auraient dû commencer")
    )  # fmt: skip
    if content["commitments"]:
        bare = len(content["bare_commitments"])
        said.append(
            _counted(bare, "engagement n’a pas encore d’action", "engagements n’ont pas encore d’action")
        )  # fmt: skip
    return tuple(one for one in said if one)


def _counted(count: int, one: str, more: str) -> str:
    """A sentence that counts, nothing where there is nothing to count."""
    return f"{count} {one if count == 1 else more}." if count else ""


def _objectives(content: Mapping[str, Any]) -> Part:
    rows = tuple(
        (
            one["reference"], one["title"], one["state"], _percent(one["progress"]),
            str(one["apart"]) if one["apart"] else "–",
        )
        for one in content["elements"]
        if one["level"] in _OBJECTIVES
    )  # fmt: skip
    return Part(
        "Les objectifs",
        sentences=("L’avancement d’un objectif est la moyenne pondérée de ce qui est en dessous ; "
                   "ce qui est arrêté ou abandonné est à part et n’y compte pas.",),
        heads=("N°", "Objectif", "État", "Avancement", "À part"), rows=rows, sheet="Objectifs",
        figures=frozenset({4}),
    )  # fmt: skip


def _actions(content: Mapping[str, Any]) -> list[Part]:
    found = []
    for one in content["elements"]:
        name = f"{one['reference']} – {one['title']}"
        if one["level"] == "strategic":
            found.append(Part(name, level=2))
        elif one["level"] != "operational":
            found.append(_action(one, name))
    return found


def _action(one: Mapping[str, Any], name: str) -> Part:
    late = " Fin prévue dépassée." if one["late"] else ""
    late = " Aurait dû commencer." if one["begins_late"] and not late else late
    said = [f"{one['state']}, {_percent(one['progress'])}. Santé : {one['health'].lower()}.{late}"]
    facts = (
        ("", one["description"]), ("Pourquoi cette santé", one["health_words"]),
        ("Prévu", _period(one["planned"])), ("Effectif", _period(one["effective"])),
        ("Responsable", one["responsible"]), ("Mandataire", one["mandatary"]),
        ("Service", one["department"]), ("Partenaires", ", ".join(one["partners"])),
        ("Équivalents temps plein", number(one["fte"]) if one["fte"] else ""),
        ("Lignes du plan de cohésion sociale", ", ".join(f"{n:02d}" for n in one["lines"])),
        ("Engagements", ", ".join(one["commitments"])),
        ("Synergie commune–CPAS", one["synergy"]),
    )  # fmt: skip
    said += [f"{label} : {text}" if label else text for label, text in facts if text]
    rows = tuple((f["label"], _value(f), number(f["target"])) for f in one["figures"])
    heads = ("Indicateur", "Chiffre", "Cible") if rows else ()
    return Part(name, level=3, sentences=tuple(said), heads=heads, rows=rows)


def _period(days: list[str]) -> str:
    return " – ".join(day(one) or "…" for one in days) if any(days) else ""


def _value(one: Mapping[str, Any]) -> str:
    value = with_unit(one)
    if one["beside"] not in (None, "0"):
        value += f" ; à côté, {one['beside_label'].lower()} : {number(one['beside'])}"
    return value


def _commitments(content: Mapping[str, Any]) -> list[Part]:
    given = content["commitments"]
    if not given:
        return []
    rows = tuple(
        (
            one["number"], one["heading"], one["text"],
            ", ".join(one["actions"]) or ("par ses détails" if one["covered"] else "sans action"),
        )
        for one in given
    )  # fmt: skip
    return [
        Part("Les engagements", heads=("N°", "Chapitre", "Engagement", "Actions"), rows=rows,
             sheet="Engagements"),
    ]  # fmt: skip


def _budget(content: Mapping[str, Any]) -> Part:
    rows = tuple(
        (str(one["year"]), origin, euros(amount))
        for one in content["budgets"]
        for origin, amount in (*one["origins"].items(), ("Total", one["amount"]))
    )
    nothing = () if rows else ("Aucun budget n’est encodé.",)
    heads = ("Année", "Origine", "Montant")
    return Part("Le budget", 1, nothing, heads, rows, "Budget", frozenset({2}))


def _decisions(content: Mapping[str, Any]) -> Part:
    rows = tuple(
        (day(one["on"]), one["body"], one["item"], one["element"], one["title"])
        for one in content["decisions"]
    )
    nothing = () if rows else ("Aucune décision n’est encodée.",)
    heads = ("Séance", "Qui décide", "Point", "Élément", "Objet")
    return Part("Les décisions", 1, nothing, heads, rows, "Décisions")


def _figures(content: Mapping[str, Any]) -> Part:
    rows = tuple(
        (one["reference"], f["label"], _value(f), number(f["target"]), f["how"])
        for one in content["elements"]
        for f in one["figures"]
    )
    nothing = () if rows else ("Aucune action n’est encore mesurée.",)
    heads = ("Élément", "Indicateur", "Chiffre", "Cible", "Comment c’est compté")
    return Part("Annexe : tous les chiffres", 1, nothing, heads, rows, "Chiffres")
