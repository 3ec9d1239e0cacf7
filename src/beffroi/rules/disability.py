"""The integration allowance for a disabled person: points, category, arrears. For information.

Six activities get 0 to 3 points each; seven in all open the right (loi 27/02/1987; AR
06/07/1987). Only the doctor of the federal service gives the points: this simulation binds
nobody and never says that there is no right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.core.dates import add_months
from beffroi.rules.amounts import euros, in_words
from beffroi.rules.figures import Explanation, Table, table
from beffroi.rules.series import series
from beffroi.rules.steps import Step

ACTIVITIES = (
    "se déplacer",
    "préparer et prendre ses repas",
    "se laver et s’habiller",
    "entretenir son logement",
    "vivre sans surveillance, éviter les dangers",
    "avoir des contacts",
)


@dataclass(frozen=True, slots=True)
class Simulation:
    """The points and the category they would give; the most a month in euros, where known.

    `is_binding` is always false.
    """

    points: int | None
    is_eligible: bool | None
    category: int | None
    highest_monthly: Decimal | None
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    is_binding: bool = False


def simulation(points: Sequence[int | None], day: date) -> Simulation:
    """This function will give the category that six scores would open; None: not scored.

    Raises: ValueError for another number of scores, or one outside 0 to 3.
    """
    bands = _bands(day)
    most = int(bands.content["most_per_activity"])
    if len(points) != bands.content["activities"]:
        raise ValueError(f"six activities are scored, not {len(points)}")
    if any(one is not None and not 0 <= one <= most for one in points):
        raise ValueError(f"a score goes from 0 to {most}")
    missing = tuple(label for label, one in zip(ACTIVITIES, points, strict=True) if one is None)
    if missing:
        return Simulation(None, None, None, None, missing, ())
    told, scores = Explanation(), [one or 0 for one in points]
    total = sum(scores)
    words = f"{' + '.join(str(one) for one in scores)} = {total}"
    told.add("points", "Points d’autonomie", words, str(total), [bands])
    if total < bands.content["least"]:
        words = f"moins de {bands.content['least']} points selon cette simulation"
        told.add("category", "Catégorie", words, "0", [bands])
        return Simulation(total, False, None, None, (), told.done())
    held = max(
        (one for one in bands.content["categories"] if total >= one["from"]),
        key=lambda one: one["from"],
    )
    category = int(held["category"])
    told.add(
        "category", "Catégorie", f"{total} points : catégorie {category}", str(category), [bands]
    )
    return Simulation(total, True, category, held["amount"], (), told.done())


def _bands(day: date) -> Table:
    first = series("disability_bands").values[0].since
    return table("disability_bands", max(day, first))


def right_begins(filed: date) -> date:
    """This function will give the first day of the month after the request."""
    return add_months(filed.replace(day=1), 1)


@dataclass(frozen=True, slots=True)
class Arrears:
    """Arrears in euros shared between the CPAS that advanced money, first, and the person."""

    to_cpas: Decimal
    to_person: Decimal
    advances_left: Decimal
    steps: tuple[Step, ...]


def arrears(filed: date, decided: date, owed: Decimal, advances: Sequence[Decimal]) -> Arrears:
    """This function will share arrears: the advances of the CPAS are paid back first.

    Raises: ValueError for a negative amount.
    """
    if owed < 0 or any(one < 0 for one in advances):
        raise ValueError("arrears and advances are zero or more")
    told, advanced = Explanation(), sum(advances, Decimal("0.00"))
    begins = right_begins(filed)
    words = f"demande du {in_words(filed)} : droit à partir du {in_words(begins)}"
    told.add("begins", "Début du droit", words, begins.isoformat(), reference="AR 22/05/2003")
    back = min(owed, advanced)
    words = f"{len(advances)} avance(s), {euros(advanced)}, sur {euros(owed)} d’arriérés"
    words += f" au {in_words(decided)}"
    told.add("to_cpas", "Rendu au CPAS", words, back, reference="loi 08/07/1976 art. 99 §2")
    told.conclude("to_person", "Versé à la personne", euros(owed - back), owed - back)
    return Arrears(back, owed - back, advanced - back, told.done())
