"""The strategic plan of a CPAS built from its declaration, and the draft of the prevention plan.

The commitments are those of the declaration; people, dates, amounts and progress are made up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.core.actors import system_actor
from beffroi.steering import services as steering
from beffroi.steering.permissions import lines_visible_to
from beffroi.steering.services import PlanDraft
from beffroi.steering.strategic_enums import Level, Part
from beffroi.steering.strategic_permissions import strategic_plans_visible_to
from beffroi.steering.strategic_queries import commitments_by_number, indicators_for

_KEY = "cpas-mons-pst-2018"
_INVENTED = "Plan inventé pour la démonstration, d’après une déclaration publique"
#: Key, quality, civility (or none), first name, last name, function, account of the demonstration.
_PEOPLE = (
    ("director", "agent", "madame", "Martine", "Cordier", "Direction générale", "directrice"),
    ("president", "mandatary", "madame", "Hélène", "Brisbois", "Présidence du CPAS", "presidente"),
    ("lead", "agent", "", "Yasmine", "Hubert", "Chef de projet PCS", "projet-pcs"),
    ("finance", "agent", "monsieur", "Olivier", "Stassart", "Direction financière", "finances"),
    ("housing", "agent", "mx", "Camille", "Sauvage", "Service logement", ""),
    ("work", "agent", "monsieur", "Idris", "Lambrecht", "Service insertion", ""),
)  # fmt: skip


@dataclass(frozen=True)
class _Action:
    """An action: what it carries, who answers, when, how far, how well, with whose money."""

    title: str
    who: str
    since: tuple[int, int]
    until: tuple[int, int]
    progress: int | None = None
    commitments: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    steps: tuple[str, ...] = ("start",)
    health: str = "good"
    words: str = ""
    fte: str = ""
    amount: int = 0
    parts: tuple[tuple[str, str], ...] = (("cpas", "100"),)
    synergy: tuple[str, str] = ("", "")
    weight: int = 1


_GOALS: tuple[tuple[str, str, tuple[tuple[str, tuple[_Action, ...]], ...]], ...] = (
    ("Un CPAS que l’on trouve et que l’on comprend", Part.INTERNAL, (
        ("Accueillir et informer", (
            _Action("Réécrire les pages du CPAS sur le site de la commune", "director", (2019, 2), (2020, 6), 100, (1,), steps=("start", "finish"), fte="0.30", amount=12000, synergy=("pooling", "Le service communication de la commune relit et publie")),
            _Action("Dire le travail du personnel et des conseillers dans les infos communales", "director", (2019, 9), (2024, 11), 70, (1,), fte="0.10", synergy=("pooling", "Une page réservée dans chaque numéro")),
        )),
        ("Travailler avec les autres services", (
            _Action("Tenir une réunion de coordination par trimestre", "director", (2019, 3), (2024, 11), 85, (9,), fte="0.05"),
            _Action("Tables rondes avec les CPAS voisins", "president", (2020, 1), (2023, 12), 20, (17,), steps=("start", "stop"), health="paused", words="Suspendues depuis la crise sanitaire"),
        )),
    )),
    ("Retrouver une place et un revenu", Part.EXTERNAL, (
        ("Remettre au travail", (
            _Action("Évaluer chaque projet individualisé tous les trois mois", "work", (2019, 3), (2024, 11), 75, (2, 3), fte="2.50", amount=145000, parts=(("federal", "50"), ("cpas", "50")), weight=2),
            _Action("Atelier de rédaction de CV dans les maisons de quartier", "work", (2020, 1), (2024, 11), 60, (3,), (2,), fte="0.50", amount=9000, parts=(("wallonia", "75"), ("cpas", "25"))),
        )),
        ("Aider avant qu’il soit trop tard", (
            _Action("Épicerie sociale", "lead", (2020, 1), (2024, 11), 80, (4,), (13,), fte="1.00", amount=48000, parts=(("wallonia", "80"), ("cpas", "20"))),
            _Action("Permanences énergie dans les quartiers", "finance", (2021, 1), (2023, 12), 45, (4, 5), health="watch", words="Un poste vacant depuis mars", fte="1.00", amount=61000, parts=(("federal", "66.67"), ("cpas", "33.33"))),
        )),
    )),
    ("Un toit pour chacun", Part.EXTERNAL, (
        ("Créer et acheter des logements", (
            _Action("Six logements avec la société de logement public", "housing", (2019, 9), (2023, 6), 35, (6,), health="bad", words="Le permis est refusé une première fois", fte="0.50", amount=720000, parts=(("wallonia", "60"), ("commune", "20"), ("cpas", "20")), weight=3, synergy=("convention", "La commune cède le terrain par bail emphytéotique")),
            _Action("Acheter un logement de transit", "housing", (2020, 3), (2022, 12), 100, (7,), steps=("start", "finish"), amount=165000, parts=(("wallonia", "40"), ("cpas", "60"))),
        )),
    )),
    ("Vivre ensemble, rester chez soi", Part.EXTERNAL, (
        ("Culture et sport pour tous", (
            _Action("Tickets Article 27", "lead", (2020, 1), (2024, 11), 90, (11,), (24,), amount=5000, parts=(("wallonia", "100"),)),
            _Action("Aide à l’inscription aux plaines et aux clubs de sport", "lead", (2020, 5), (2024, 11), 65, (12,), (16,), amount=7500, parts=(("commune", "50"), ("cpas", "50")), synergy=("shared_service", "Inscriptions faites au service des sports de la commune")),
            _Action("Mener avec la commune un plan de cohésion sociale", "president", (2019, 1), (2020, 1), 100, (13,), steps=("start", "finish"), synergy=("convention", "Plan confié au CPAS")),
        )),
        ("Rester chez soi, voir du monde", (
            _Action("Relancer les repas à domicile", "director", (2021, 9), (2024, 6), None, (16,), steps=()),
            _Action("Taxi social avec des bénévoles", "lead", (2019, 6), (2024, 11), 55, (18,), fte="1.50", amount=39000, parts=(("province", "33.33"), ("commune", "33.33"), ("cpas", "33.34"))),
            _Action("Goûter des aînés", "lead", (2022, 1), (2024, 11), 50, (19,), (20,), amount=3200),
            _Action("Excursions en famille", "lead", (2020, 6), (2024, 9), 70, (20,), (23,), amount=6400),
        )),
    )),
)  # fmt: skip


def load_strategic(now: datetime) -> int:
    """This function will load the declaration, the plan built on it and the prevention draft, once."""
    house, day = system_actor("beffroi load"), timezone.localdate(now)
    held = strategic_plans_visible_to(house)
    if held.filter(key=_KEY).exists():
        return held.count()
    declaration = steering.load_declaration(by=house, at=now)
    prevention = steering.load_prevention_draft(by=house, at=now)
    steering.share_staff(
        plan=prevention, agent=int(accounts.actor_named("prevention", day).ref),
        function="Coordination de la prévention", since=date(2022, 1, 1), until=None,
        fte=Decimal(1), charged_fte=Decimal("0.60"), by=house, at=now,
    )  # fmt: skip
    by = accounts.actor_named("directrice", day)
    draft = PlanDraft(
        key=_KEY, kind="pst", organisation="CPAS", authority="CPAS de Mons", nis_code="53053",
        name="Programme stratégique transversal du CPAS 2018-2024", source=_INVENTED,
        starts_date=date(2018, 12, 3), ends_date=date(2024, 12, 1), declaration=declaration,
    )  # fmt: skip
    plan = steering.open_strategic_plan(draft=draft, by=by, at=now)
    people = _people(plan, day, by=by, at=now)
    about = {
        "commitments": commitments_by_number(declaration),
        "lines": {line.number: line for line in lines_visible_to(by)}, "people": people,
    }  # fmt: skip
    for title, part, middles in _GOALS:
        top = _add(
            plan, Level.STRATEGIC, None, by, now, part=part, title=title, department="CPAS de Mons"
        )
        _road(top, ("start",), date(2019, 1, 7), by, now)
        for label, actions in middles:
            middle = _add(
                plan, Level.OPERATIONAL, top, by, now, title=label, mandatary=people["president"]
            )
            _road(middle, ("start",), date(2019, 1, 7), by, now)
            for one in actions:
                _act(plan, middle, one, about, by, now)
    steering.note_strategic_decision(
        plan=plan, body="cpas_council", on=date(2019, 6, 24), item="7", adopts=True,
        title="Adoption du programme stratégique transversal", by=by, at=now,
    )  # fmt: skip
    steering.freeze_progress(
        plan=plan, on=day, reason="Évaluation de fin de législature", by=by, at=now
    )
    return held.count()


def _people(plan: Any, day: date, **who: Any) -> dict[str, Any]:
    found = {}
    for key, quality, civility, first, last, function, account in _PEOPLE:
        agent = int(accounts.actor_named(account, day).ref) if account else None
        found[key] = steering.name_responsible(
            plan=plan, quality=quality, first_name=first, last_name=last, function=function,
            civility=civility, said=date(2019, 1, 7) if civility else None, agent=agent,
            email=f"{account or first.lower()}@exemple.test", **who,
        )  # fmt: skip
    return found


def _add(
    plan: Any, level: str, parent: Any, by: Any, now: datetime, part: str = "", **values: Any
) -> Any:
    return steering.add_element(
        plan=plan, level=level, parent=parent, part=part, values=values, by=by, at=now
    )


def _road(
    row: Any, steps: Iterable[str], first: date, by: Any, now: datetime, last: date | None = None
) -> None:
    for step in steps:
        on = last if step in ("finish", "stop") and last else first
        why = "Réunions impossibles" if step == "stop" else ""
        steering.move_element(element=row, move=step, on=on, why=why, by=by, at=now)


def _act(
    plan: Any, parent: Any, one: _Action, about: dict[str, Any], by: Any, now: datetime
) -> None:
    first, last = date(*one.since, 1), date(*one.until, 28)
    who = about["people"][one.who]
    role = "mandatary" if who.quality == "mandatary" else "responsible"
    kind, note = one.synergy
    row = _add(
        plan, Level.ACTION, parent, by, now, title=one.title, planned_start=first, planned_end=last,
        department=who.function, weight=one.weight, fte=Decimal(one.fte) if one.fte else None,
        commitments=[about["commitments"][n] for n in one.commitments],
        lines=[about["lines"][n] for n in one.lines if n in about["lines"]],
        synergy_kind=kind, synergy_note=note, **{role: who},
    )  # fmt: skip
    _road(row, one.steps, first, by, now, last)
    if one.progress is not None and row.progress != one.progress:
        steering.tell_progress(
            element=row, progress=one.progress, health=one.health, words=one.words,
            version=row.version, by=by, at=now,
        )  # fmt: skip
    if one.amount:
        parts = {name: Decimal(part) for name, part in one.parts}
        steering.set_element_budget(
            element=row, year=2022, amount=Decimal(one.amount), parts=parts, by=by, at=now
        )
    followed = indicators_for(row).first() if one.lines else None
    if followed is not None:
        steering.measure_element(element=row, indicator=followed, by=by, at=now)
