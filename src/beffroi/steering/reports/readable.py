"""The edition of the annual report that a citizen reads: protected figures, charts, plain words.

It is made from the snapshot and from what was published of it and before it, and from nothing else:
the same publication is the same file. Pictures are not in it: whoever agreed to one may change her
mind; they are looked up on the page of the plan each time it is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from beffroi.core.text import unit_for
from beffroi.documents.pdf import render_pdf
from beffroi.steering.reports.charts import Chart, bars, progress, years
from beffroi.steering.telling import PEOPLE, PRESENCES
from beffroi.steering.telling.words import number_words, shown_words, without_counts

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
_LINE_TEXTS = (
    ("worked", "Ce qui a marché"), ("hard", "Ce qui a été difficile"),
    ("change_planned", "Ce qui va changer"),
)  # fmt: skip
_LIMITS = (
    "Un compte de moins de cinq personnes n’est pas publié, ni de moins de dix quand il s’agit de santé, de justice, d’assuétudes ou de violences. D’autres chiffres sont cachés quand une soustraction dirait ceux-là. Une personne comptée dans deux lignes n’est pas deux personnes\u00a0: on la recompte, on n’additionne pas.",
    "Les photos ne sont pas dans ce rapport\u00a0: elles se voient sur la page du plan, tant que toutes les personnes visibles sont d’accord.",
)  # fmt: skip


@dataclass(frozen=True)
class LineStory:
    """A line as a citizen reads it: who does it, how it went, its figures as (words, how)."""

    number: int
    title: str
    who: str
    status: str
    told: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AxisStory:
    """An axis with its lines."""

    number: int
    title: str
    sentence: str
    lines: tuple[LineStory, ...]


@dataclass(frozen=True)
class Story:
    """The whole readable report; `vote` says who voted it, or that nobody did yet."""

    title: str
    plan: str
    year: int
    #: Who voted it and to which day it counts.
    vote: str
    lead: tuple[str, ...]
    charts: tuple[Chart, ...]
    axes: tuple[AxisStory, ...]
    texts: tuple[tuple[str, str], ...]
    #: What the figures do not say, at the end.
    limits: tuple[str, ...] = _LIMITS


def day_words(day: date) -> str:
    """This function will write a day: « 3 mars 2026 », « 1er avril 2026 »."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def story_of(
    content: Mapping[str, Any], page: Mapping[str, Any], past: Sequence[Mapping[str, Any]],
    voted: date | None,
) -> Story:  # fmt: skip
    """This function will tell a year from its snapshot and its published page, in French.

    `past` are the pages published of the years before, the oldest first.
    """
    raw = {one["number"]: one for one in content["lines"]}
    texts = [(one["title"], without_counts(one["text"])) for one in content["texts"]]
    vote = f"Voté par le conseil le {day_words(voted)}." if voted else "Projet\u00a0: le conseil n’a pas encore voté ce rapport."  # fmt: skip
    return Story(
        f"{content['year']}, ce qui s’est fait ensemble", content["identity"]["plan"],
        content["year"], f"{vote} Chiffres jusqu’au {day_words(date.fromisoformat(content['until']))}.",
        _lead(page),
        tuple(_charts(page, past)),
        tuple(_axis(one, page, raw) for one in page["axes"]),
        tuple((title, text) for title, text in texts if text),
    )  # fmt: skip


def write_readable(story: Story, foot: str) -> bytes:
    """This function will write the readable report as a PDF: the same story is the same file."""
    with override("fr"):
        html = render_to_string("steering/readable.html", {"story": story, "foot": foot})
    return render_pdf(html, styles=["beffroi/css/a4.css", "beffroi/css/readable.css"])


def _lead(page: Mapping[str, Any]) -> tuple[str, ...]:
    lines = [one for one in page["lines"] if one["figures"]]
    told = [_counted(len(page["lines"]), len(lines))]
    if page["people"] is not None:
        told.append(f"{number_words(page['people'])} personnes différentes sont venues aux activités, chacune comptée une fois.")  # fmt: skip
    if page["presences"] is not None:
        told.append(f"Cela fait {number_words(page['presences'])} présences, ligne après ligne.")
    sessions = _sum_of_things(page, "activities.sessions_held")
    if sessions:
        told.append(f"Les équipes ont tenu {number_words(sessions)} séances.")
    aimed = sum(one["aimed"] for one in page["axes"])
    if aimed:
        reached = sum(one["reached"] for one in page["axes"])
        told.append(_reached(aimed, reached))
    return tuple(told)


def _counted(lines: int, counted: int) -> str:
    if lines == counted:
        return f"Le plan a {lines} lignes\u00a0; chacune se compte."
    return f"Le plan a {lines} lignes\u00a0; {counted} d’entre elles se comptent."


def _reached(aimed: int, reached: int) -> str:
    many = f"Sur {aimed} cibles dont le chiffre peut être publié," if aimed > 1 else ""
    if not many:
        said = "est atteinte" if reached else "n’est pas encore atteinte"
        return f"La seule cible dont le chiffre peut être publié {said}."
    if not reached:
        return f"{many} aucune n’est encore atteinte."
    return f"{many} {reached} {'sont atteintes' if reached > 1 else 'est atteinte'}."


def _sum_of_things(page: Mapping[str, Any], measure: str) -> int:
    """Sessions of lines: one that counts for two lines is held for both."""
    figures = [f for one in page["lines"] for f in one["figures"] if f["measure"] == measure]
    return sum(int(one["value"]) for one in figures if one["value"] is not None)


def _charts(page: Mapping[str, Any], past: Sequence[Mapping[str, Any]]) -> list[Chart]:
    found = [_told_by_axis(page)]
    rows = _presences(page)
    if any(value for _label, value, _said in rows):
        words = "Une présence est une personne venue une fois. Les comptes de peu de personnes ne sont pas publiés."  # fmt: skip
        found.append(bars("presences", "Les présences, ligne par ligne", words, "Présences", rows))
    by_axis = [
        (f"Axe {one['number']}\u00a0: {one['title']}", one["people"], number_words(one["people"]))
        for one in page["axes"]
        if one["people"]
    ]
    if by_axis:
        words = "Chaque personne compte une fois dans chaque axe\u00a0: ces nombres ne s’additionnent pas."  # fmt: skip
        found.append(bars("personnes", "Les personnes différentes, axe par axe", words, "Personnes", by_axis))  # fmt: skip
    spots = [(one["year"], one["people"], _or_not(one["people"])) for one in (*past, page)]
    if sum(value is not None for _year, value, _said in spots) > 1:
        words = "Toutes les activités du plan ensemble, chaque personne une fois par an."
        found.append(years("annees", "Les personnes différentes, année après année", words, ("Année", "Personnes"), spots))  # fmt: skip
    return found


def way_of(page: Mapping[str, Any], axis: int) -> int | None:
    """This function will say how far an axis is on the way to its targets that may be told, in %.

    A target that is passed counts as reached and no more; None where there is none.
    """
    lines = [one for one in page["lines"] if one["axis"] == axis]
    ways = [f["percent"] for one in lines for f in one["figures"] if f["percent"] is not None]
    return sum(min(100, way) for way in ways) // len(ways) if ways else None


def _told_by_axis(page: Mapping[str, Any]) -> Chart:
    values = []
    for one in page["axes"]:
        way = way_of(page, one["number"])
        said = f"{way}\u00a0% · {one['reached']} sur {one['aimed']}" if way is not None else "pas de cible"  # fmt: skip
        label = f"Axe {one['number']}\u00a0: {one['title']}"
        values.append((label, way or 0, 100, said))
    words = "Le chemin fait vers les cibles de l’année, et combien sont atteintes, parmi celles dont le chiffre peut être publié."  # fmt: skip
    return progress("axes", "Où en sont les cibles", words, ("Axe", "Cibles atteintes"), values)


def _presences(page: Mapping[str, Any]) -> list[tuple[str, int | None, str]]:
    rows = []
    for line in page["lines"]:
        for figure in line["figures"]:
            if figure["measure"] == PRESENCES and figure["value"] != "0":
                value = int(figure["value"]) if figure["value"] else None
                rows.append((f"{line['number']:02d} {line['title']}", value, shown_words(figure)))
    return rows


def _or_not(value: int | None) -> str:
    return "pas publié" if value is None else number_words(value)


def _axis(
    axis: Mapping[str, Any], page: Mapping[str, Any], raw: Mapping[int, Mapping[str, Any]]
) -> AxisStory:
    lines = [one for one in page["lines"] if one["axis"] == axis["number"]]
    said = f"{len(lines)} lignes" if len(lines) > 1 else f"{len(lines) or 'Aucune'} ligne"
    if axis["people"]:
        said += f", {number_words(axis['people'])} personnes différentes"
    stories = tuple(_line(one, raw[one["number"]]) for one in lines)
    return AxisStory(axis["number"], axis["title"], f"{said}.", stories)


def _line(told: Mapping[str, Any], raw: Mapping[str, Any]) -> LineStory:
    who = f"{told['delivery']}, {told['partner']}." if told["partner"] else f"{told['delivery']}."
    words = [(label, without_counts(raw[name])) for name, label in _LINE_TEXTS]
    return LineStory(
        told["number"], told["title"], who, told["status"] or told["state"],
        tuple((label, text) for label, text in words if text),
        tuple((figure_sentence(one), one["how"]) for one in told["figures"] if says_something(one)),
    )  # fmt: skip


def says_something(one: Mapping[str, Any]) -> bool:
    """This function will say whether a figure is worth a sentence: not a zero that nobody aimed at."""
    return bool(one["value"] != "0" or one["target"])


def figure_sentence(one: Mapping[str, Any]) -> str:
    """This function will write a figure with what stands beside it, in French."""
    said = f"{one['label']}\u00a0: {shown_words(one)}"
    if one["shown"] == "plain" and one["unit"] and one["unit"].lower() not in one["label"].lower():
        said += f"\u00a0{unit_for(Decimal(one['value']), one['unit'])}"
    beside = one["beside"]
    if beside and beside["shown"] == "plain" and beside["value"] != "0":
        said += f"\u00a0; à côté, {beside['label'].lower()}\u00a0: {number_words(beside['value'])}"
    if one["percent"] is not None and one["measure"] != PEOPLE:
        said += f" ({one['percent']}\u00a0% de la cible de {number_words(one['target'])})"
    elif one["target"] and one["shown"] == "plain":
        said += f" (cible\u00a0: {number_words(one['target'])})"
    if one["old"]:
        said += "\u00a0; chiffre d’une révision précédente"
    return said
