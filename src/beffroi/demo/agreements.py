"""Projects, contracts and conventions of fictional people, with invented partners."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import (
    AgreementKind,
    Finding,
    PartnerKind,
    PartySide,
    PlaceKind,
    ProjectKind,
)
from beffroi.acts.agreements.permissions import agreements_visible_to
from beffroi.acts.agreements.services import ClauseDraft
from beffroi.core.actors import Actor
from beffroi.core.dates import add_months
from beffroi.documents.letters import services as letters
from beffroi.people import services as people

WORKER = "insertion"
PEOPLE = (
    ("Lambert", "Kevin", date(2002, 4, 9)), ("Haddad", "Lina", date(1990, 2, 17)),
    ("Benali", "Samira", date(1987, 11, 3)), ("Vanhove", "Loïc", date(1999, 6, 21)),
    ("Kovalenko", "Olena", date(1985, 8, 12)), ("Delmotte", "Sarah", date(2004, 1, 30)),
)  # fmt: skip
PARTNERS = (
    ("La Recyclerie du Beffroi", PartnerKind.SOCIAL_ECONOMY, PlaceKind.WORK, "Tri et réparation", 4),
    ("Cuisines de la Ville", PartnerKind.COMMUNE, PlaceKind.WORK, "Aide en cuisine", 2),
    ("Le Plein Air", PartnerKind.TRAINER, PlaceKind.TRAINING, "Parcs et jardins", 12),
)  # fmt: skip


def load_agreements(now: datetime, persons: Sequence[str] = ()) -> int:
    """This function will enter six agreements for these persons, or for people of its own.

    Nothing is entered twice: where the team already has some, it stops.
    """
    by = accounts.actor_named(WORKER, timezone.localdate(now))
    if agreements_visible_to(by).exists():
        return agreements_visible_to(by).count()
    who = list(persons[:6]) or _people(by, now)
    places = [_place(by, now, *row) for row in PARTNERS]
    plays = (_running, _late, _article60, _reflection, _transit, _student)
    with letters.printed_later():
        for play, person in zip(plays, who, strict=False):
            play(by, person, now, places)
    return len(who)


def _people(by: Actor, now: datetime) -> list[str]:
    return [
        people.add_person(last_name=last, first_name=first, birth_date=born, by=by, at=now)
        for last, first, born in PEOPLE
    ]


def _place(
    by: Actor, now: datetime, name: str, kind: PartnerKind, place: PlaceKind, title: str, seats: int
) -> tuple[int, int]:
    partner = agreements.keep_partner(name=name, kind=kind, contact="Mme Fictive", by=by, at=now)
    offered = agreements.keep_place(
        partner=partner, kind=place, title=title, seats=seats, by=by, at=now
    )
    return partner, offered


class Story:
    """Plays one agreement, each act on its day."""

    def __init__(self, reference: str, by: Actor, now: datetime) -> None:
        self.reference, self.by, self.now = reference, by, now

    def do(self, days_ago: int, service: Any, **given: Any) -> Any:
        at = self.now - timedelta(days=days_ago)
        return service(reference=self.reference, by=self.by, at=at, **given)

    def write(self, days_ago: int, title: str, hers: Sequence[str], ours: Sequence[str]) -> None:
        today = timezone.localdate(self.now - timedelta(days=days_ago))
        self.do(
            days_ago,
            agreements.set_terms,
            title=title,
            starts_date=today,
            ends_date=add_months(today, 12),
        )
        clauses = [ClauseDraft(PartySide.PERSON, text) for text in hers]
        clauses += [ClauseDraft(PartySide.CPAS, text) for text in ours]
        self.do(days_ago, agreements.add_clauses, clauses=clauses)

    def sign(self, days_ago: int, proposed: int) -> None:
        self.do(proposed, agreements.propose)
        day = timezone.localdate(self.now - timedelta(days=days_ago))
        self.do(days_ago, agreements.sign, signed_date=day)
        self.do(days_ago, agreements.start)
        self.do(days_ago, agreements.write_paper, what="text-1")


def _piis(by: Actor, person: str, now: datetime, days_ago: int, kind: ProjectKind) -> Story:
    at = now - timedelta(days=days_ago)
    reference = agreements.draft_piis(
        subject_ref="", person_ref=person, granted_on=timezone.localdate(at), project_kind=kind,
        monthly_amount=Decimal("1340.47"), by=by, at=at,
    )  # fmt: skip
    return Story(reference, by, now)


def _running(by: Actor, person: str, now: datetime, places: list[tuple[int, int]]) -> None:
    """A training of welder, evaluated twice, the third evaluation near."""
    play = _piis(by, person, now, 280, ProjectKind.TRAINING)
    play.do(
        275,
        agreements.note_needs,
        needs="Aime le travail manuel. Pas de permis. A arrêté l’école à dix-sept ans.",
        project_kind=ProjectKind.TRAINING,
    )
    play.write(
        270,
        "Une formation de soudeur, puis un stage",
        ["Suivre la formation et prévenir en cas d’absence", "Venir aux évaluations"],
        ["Payer le matériel jusqu’à 150 €", "Payer l’abonnement de train"],
    )
    play.sign(255, 265)
    for days, finding, words in (
        (
            170,
            Finding.ON_COURSE,
            "Deux absences, toutes deux justifiées. Le formateur est content.",
        ),
        (
            84,
            Finding.HELP_NEEDED,
            "Le train du matin arrive trop tard : on cherche une place plus près.",
        ),
    ):
        play.do(
            days,
            agreements.evaluate,
            held_date=timezone.localdate(now - timedelta(days=days)),
            finding=finding,
            worker_words=words,
            person_words="Je veux aller au bout.",
            present="Kevin, l’assistante sociale",
        )
    play.do(170, agreements.write_paper, what="evaluation-1")


def _late(by: Actor, person: str, now: datetime, places: list[tuple[int, int]]) -> None:
    """A project not signed in time: the subsidy is at risk."""
    play = _piis(by, person, now, 110, ProjectKind.SOCIAL)
    play.do(
        60,
        agreements.note_needs,
        needs="Seule avec son fils de six ans ; le français vient bien.",
        project_kind=ProjectKind.SOCIAL,
    )


def _article60(by: Actor, person: str, now: datetime, places: list[tuple[int, int]]) -> None:
    """A contract in the kitchens, with its months counted."""
    first = add_months(timezone.localdate(now).replace(day=1), -9)
    at = now - timedelta(days=300)
    partner, place = places[1]
    reference = agreements.draft_work(
        kind=AgreementKind.ART60, person_ref=person, partner=partner, job="Aide en cuisine",
        tutor="M. Inventé", first_date=first, by=by, at=at,
    )  # fmt: skip
    play = Story(reference, by, now)
    clauses = [
        ClauseDraft(PartySide.PERSON, "Venir au travail, prévenir si malade"),
        ClauseDraft(PartySide.CPAS, "Payer le salaire et suivre le travail chaque mois"),
    ]
    play.do(299, agreements.add_clauses, clauses=clauses)
    play.sign(285, 298)
    play.do(280, agreements.take_place, place=place)
    for number in range(8):
        month = add_months(first, number)
        unpaid = 6 if number == 4 else 0
        play.do(0, agreements.count_month, month=month, paid_days=21 - unpaid, unpaid_days=unpaid)


def _reflection(by: Actor, person: str, now: datetime, places: list[tuple[int, int]]) -> None:
    """A text handed over two days ago."""
    play = _piis(by, person, now, 40, ProjectKind.WORK)
    play.do(
        20,
        agreements.note_needs,
        needs="Cherche dans le bâtiment ; permis B obtenu.",
        project_kind=ProjectKind.WORK,
    )
    play.write(
        10,
        "Un emploi dans le bâtiment",
        ["Chercher trois offres par semaine"],
        ["Aider au CV et aux lettres"],
    )
    play.do(2, agreements.propose)


def _transit(by: Actor, person: str, now: datetime, places: list[tuple[int, int]]) -> None:
    """Transit housing, near its end."""
    first = timezone.localdate(now - timedelta(days=150))
    at = now - timedelta(days=160)
    reference = agreements.draft_transit(
        person_ref=person, dwelling="Rue des Fictions 12, premier étage", rooms=2,
        income=Decimal("1811.57"), first_date=first, by=by, at=at,
    )  # fmt: skip
    play = Story(reference, by, now)
    clauses = [
        ClauseDraft(PartySide.PERSON, "Chercher un logement durable"),
        ClauseDraft(PartySide.CPAS, "Aider à la garantie locative"),
    ]
    play.do(159, agreements.add_clauses, clauses=clauses)
    play.sign(150, 158)


def _student(by: Actor, person: str, now: datetime, places: list[tuple[int, int]]) -> None:
    """A student, whose project has just begun to be written."""
    _piis(by, person, now, 25, ProjectKind.STUDIES)
