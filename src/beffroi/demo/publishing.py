"""A report of the demonstration, frozen and voted: what the public page of the plan tells of it."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.core.actors import system_actor
from beffroi.steering import public_queries, queries
from beffroi.steering import services as steering
from beffroi.steering.enums import ReportKind, TextSection, YearStatus
from beffroi.steering.permissions import lines_visible_to

_HOUSE = system_actor("démonstration")
_TEXTS = {
    TextSection.CITIZENS: "Les habitants demandent des lieux ouverts en soirée. Les maisons essaient.",
    TextSection.CHILDREN: "Les enfants choisissent le jeu qui finit l’école de devoirs.",
    TextSection.POVERTY: "On mange ensemble pour presque rien, et personne ne doit dire pourquoi.",
}
_STORIES = {
    1: ("Les enfants reviennent d’eux-mêmes, les parents entrent prendre un café.", "La salle est petite les jours de pluie."),
    12: ("On cuisine ce que l’épicerie sociale ne vend plus.", ""),
    23: ("Le thé est devenu un rendez-vous.", "Venir en bus reste difficile depuis les villages."),
    26: ("La table s’est remplie sans affiche, de bouche à oreille.", "Il manque des bénévoles en été."),
    31: ("Beaucoup repartent avec itsme sur leur téléphone.", ""),
}  # fmt: skip


def load_publication(now: datetime) -> int:
    """This function will freeze and vote the report of the year that has most acts, once."""
    plan, day = queries.plans().first(), timezone.localdate(now)
    if plan is None:
        return 0
    told = len(public_queries.years_told(plan, list(ReportKind)))
    if told:
        return told
    voted = _last_council(day)
    year, frozen = (
        day.year if day.month > 6 else day.year - 1,
        now - timedelta(days=(day - voted).days + 4),
    )
    by = accounts.actor_named("directrice", day)
    lines = {line.number: line for line in lines_visible_to(by).filter(plan=plan)}
    for number, (worked, hard) in _STORIES.items():
        steering.tell_year(
            line=lines[number], year=year, status=YearStatus.ONGOING, worked=worked, hard=hard,
            by=by, at=now,
        )  # fmt: skip
    for section, text in _TEXTS.items():
        steering.write_text(plan=plan, year=year, section=section, text=text, by=by, at=now)
    for kind in ReportKind:
        snapshot = steering.freeze(plan=plan, year=year, kind=kind, by=by, at=frozen)
        steering.move_report(
            report=snapshot.report, move="approve", on=voted, by=_HOUSE, at=now,
            note="Conseil, démonstration : état présenté en séance publique",
        )  # fmt: skip
    return len(ReportKind)


def _last_council(day: date) -> date:
    """A Tuesday gone by: the council of the demonstration meets then."""
    return date.fromordinal(day.toordinal() - (day.weekday() - 1) % 7)
