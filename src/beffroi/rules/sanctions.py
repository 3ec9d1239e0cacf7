"""Sanctions of the right to integration (loi 26/05/2002 art. 30): grounds, most, repeats, days.

The council decides and motivates; this says what the law allows, and from when. A sanction
stops the payment, in whole or in part, never the right itself.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from beffroi.core.dates import add_months
from beffroi.rules.amounts import in_words, percent
from beffroi.rules.figures import Explanation, Figure, table
from beffroi.rules.outcomes import unknown
from beffroi.rules.steps import Step

Ground = Literal["omission", "fraud", "piis"]
_BEGINS_PIIS = Figure(Decimal(2), "loi 26/05/2002 art. 30 §2")


@dataclass(frozen=True, slots=True)
class Facts:
    """A sanction as proposed. None: nobody knows yet.

    `months` are the months of suspension, of which `months_suspended` are not carried out
    (sursis); `share` is the part of the payment that stops. `last_final` is the day the
    former sanction on the same ground became final. `begins` is chosen by the council, but
    for a project, where the law gives the day.
    """

    ground: Ground
    decided: date
    months: int
    share: Decimal = Decimal(1)
    months_suspended: int = 0
    last_final: date | None = None
    formal_notice: date | None = None
    legitimate_reason: bool | None = None
    offered_hearing: bool | None = None
    worker_opinion: bool | None = None
    begins: date | None = None


@dataclass(frozen=True, slots=True)
class Sanction:
    """What the law allows: the longest, whether it is a repeat, the days, and every objection.

    `begins` and `ends` frame the months carried out, both included; None where there are none.
    """

    is_allowed: bool
    most_months: int
    is_repeat: bool
    begins: date | None
    ends: date | None
    objections: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[Step, ...]


def first_day_of_second_month_after(day: date) -> date:
    """This function will give the day a project's sanction takes effect."""
    return add_months(day.replace(day=1), 2)


def is_repeat(ground: Ground, decided: date, last_final: date | None) -> bool:
    """This function will say whether a former final sanction makes this one a repeat."""
    if last_final is None:
        return False
    years = table("sanction_repeat_years", decided).figure(ground)
    return last_final <= decided <= add_months(last_final, 12 * int(years.amount))


def sanction(facts: Facts) -> Sanction:
    """This function will check a proposed sanction against the law.

    Raises: ValueError for months below zero, a sursis beyond them, or a share outside 0 to 1.
    """
    if not (0 <= facts.months_suspended <= facts.months and 0 < facts.share <= 1):
        raise ValueError("months, sursis and share contradict each other")
    told = Explanation()
    repeat = is_repeat(facts.ground, facts.decided, facts.last_final)
    limits = table("sanction_months", facts.decided)
    most = int(limits.content[f"{facts.ground}_repeat" if repeat else facts.ground])
    words = f"{'récidive' if repeat else 'première fois'} : {most} mois au plus"
    told.add("most", "Durée la plus longue", words, str(most), [limits])
    missing = _missing(facts)
    objections = _objections(facts, most)
    begins = facts.begins
    if facts.ground == "piis":
        begins = first_day_of_second_month_after(facts.decided)
        words = f"décision du {in_words(facts.decided)} → {in_words(begins)}"
        told.add("begins", "Prise d’effet", words, begins.isoformat(), [_BEGINS_PIIS])
    carried = facts.months - facts.months_suspended
    ends = None
    if begins is not None and carried:
        ends = add_months(begins, carried) - timedelta(days=1)
        words = f"{carried} mois, {percent(facts.share)} du paiement, jusqu’au {in_words(ends)}"
        told.add("carried_out", "Suspension exécutée", words, ends.isoformat(), [limits])
    allowed = not objections and not missing
    return Sanction(
        allowed, most, repeat, begins if ends else None, ends,
        tuple(objections), tuple(missing), told.done(),
    )  # fmt: skip


def _missing(facts: Facts) -> list[str]:
    asked: dict[str, object] = {
        "si la personne a été informée de son droit d’être entendue": facts.offered_hearing,
        "si le travailleur social a donné son avis": facts.worker_opinion,
    }
    if facts.ground == "piis":
        asked["si la personne avait un motif légitime"] = facts.legitimate_reason
    else:
        asked["le jour où la sanction commence"] = facts.begins
    return unknown(asked)


def _objections(facts: Facts, most: int) -> list[str]:
    found = []
    if facts.months > most:
        found.append(f"La loi permet {most} mois au plus, {facts.months} sont proposés.")
    if facts.months == 0:
        found.append("Aucun mois de suspension n’est proposé.")
    if facts.offered_hearing is False:
        found.append("La personne doit être informée de son droit d’être entendue.")
    if facts.worker_opinion is False:
        found.append("L’avis du travailleur social manque.")
    if facts.ground == "piis":
        if facts.formal_notice is None:
            found.append("La mise en demeure manque.")
        elif facts.formal_notice >= facts.decided:
            found.append("La mise en demeure doit précéder la décision.")
        if facts.legitimate_reason:
            found.append("La personne avait un motif légitime.")
    elif facts.begins is not None and facts.begins < facts.decided:
        found.append("La sanction ne peut commencer avant la décision.")
    return found
