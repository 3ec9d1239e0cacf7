"""A fictional council: its members, a sitting that is over, two that are convened.

Names and matters are invented. Whoever has no account in the list of the demo cannot sign in.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.accounts import services as accounts_services
from beffroi.accounts.enums import Role
from beffroi.acts.bodies import queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import BodyKind, MandateRole
from beffroi.acts.bodies.services import Totals
from beffroi.acts.requests.search_queries import search
from beffroi.core.actors import Actor, system_actor
from beffroi.core.dates import next_working_day

#: About so many people live there; the law draws the seats from it.
POPULATION = 96_000
_SINCE = date(2024, 12, 2)
_HOUSE = system_actor("beffroi load")
#: The other members of the council; the first three sit in the special committee too.
MEMBERS = (
    ("Baudouin", "Lefort"), ("Fatima", "Ouali"), ("Jean-Marc", "Dubrulle"), ("Céline", "Hanot"),
    ("Giulia", "Ferrante"), ("Didier", "Wattiez"), ("Nathalie", "Crombez"), ("Mehmet", "Yildiz"),
    ("Paule", "Sirjacques"), ("Thomas", "Bertiaux"), ("Rita", "Vancoppenolle"),
)  # fmt: skip
#: What the council delegates to the committee: individual aid.
DELEGATED = {
    "living_income": "Revenu d’intégration", "equivalent": "Aide équivalente",
    "medical_card": "Carte médicale", "medicines": "Remboursement de médicaments",
    "rental_guarantee": "Garantie locative", "installation_grant": "Prime d’installation",
    "heating_allowance": "Allocation de chauffage", "energy_fund": "Fonds énergie",
    "advance": "Avance sur prestations", "rest_home": "Intervention en maison de repos",
    "material_aid": "Aide matérielle et alimentaire", "article_60": "Article 60 §7",
    "article_61": "Article 61", "piis": "Projet individualisé d’intégration sociale",
    "debt_mediation": "Médiation de dettes", "asylum_reception": "Accueil en ILA",
    "sanction": "Sanction", "recovery": "Récupération",
}  # fmt: skip
KEPT = {
    "urgent_ratification": "Ratification d’une aide urgente", "budget": "Budget",
    "internal_rules": "Règlement d’ordre intérieur", "appointment": "Désignation",
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """Who plays, and the moment of now."""

    director: Actor
    president: Actor
    now: datetime

    def at(self, days: float, hour: int = 18) -> datetime:
        """This function will give an hour of a day before or after now."""
        day = next_working_day(timezone.localdate(self.now) + timedelta(days=days))
        return timezone.make_aware(datetime.combine(day, time(hour)))


def load_council(now: datetime) -> int:
    """This function will compose the fictional council and hold its sittings, once.

    It gives how many bodies there are.
    """
    if queries.bodies().exists():
        return queries.bodies().count()
    day = timezone.localdate(now)
    stage = Stage(
        accounts.actor_named("directrice", day), accounts.actor_named("presidente", day), now
    )
    _compose(now, day)
    _sitting_that_is_over(stage)
    _sittings_to_come(stage)
    return queries.bodies().count()


def _compose(now: datetime, day: date) -> None:
    key: dict[str, Any] = {"by": _HOUSE, "at": now}
    bodies.create_council(name="Conseil de l’action sociale", population=POPULATION, **key)
    member = accounts.actor_named("conseillere", day).ref
    others = [_member(number, *name) for number, name in enumerate(MEMBERS, 1)]
    seats = [(accounts.actor_named("presidente", day).ref, MandateRole.PRESIDENT)]
    seats += [(ref, MandateRole.MEMBER) for ref in (member, *others)]
    pen = (accounts.actor_named("directrice", day).ref, MandateRole.SECRETARY)
    bodies.create_body(
        key="csss", name="Comité spécial du service social", kind=BodyKind.COMMITTEE, seats=5, **key
    )
    for body, held in (("conseil", [*seats, pen]), ("csss", [*seats[:5], pen])):
        for ref, role in held:
            bodies.give_mandate(
                body_key=body, agent=int(ref), role=role, from_date=_SINCE,
                oath_date=_SINCE if role != MandateRole.SECRETARY else None, **key,
            )  # fmt: skip
    for kinds, body in ((DELEGATED, "csss"), (KEPT, "conseil")):
        for kind, label in kinds.items():
            bodies.attribute(kind=kind, label=label, body_key=body, **key)


def _member(number: int, first_name: str, last_name: str) -> str:
    """An agent who sits and does not sign in: nobody knows her password."""
    agent = accounts_services.add_agent(
        username=f"membre-{number}", first_name=first_name, last_name=last_name,
        email=f"membre-{number}@exemple.test", password=secrets.token_urlsafe(32),
        posts=[(Role.COUNCIL_MEMBER, "")], since=_SINCE,
    )  # fmt: skip
    return str(agent.pk)


def _submit(number: int, title: str, kind: str, at: datetime, **more: object) -> str:
    """A matter put forward by the worker of the file, or by the director general."""
    given: dict[str, Any] = {
        "subject_kind": "example", "subject_ref": f"EX-{number}", "person_ref": f"EX-{number}",
        "file_team": "general_aid", "summary": (), **more,
    }  # fmt: skip
    by = accounts.actor_named(
        "assistante" if given["file_team"] else "directrice", timezone.localdate(at)
    )
    return bodies.submit_item(title=title, kind=kind, by=by, at=at, **given)


def _facts(need: str, **lines: str) -> list[dict[str, object]]:
    """The facts a member reads: the situation, then the proposal line by line."""
    proposal = [{"label": k.replace("_", " "), "value": v} for k, v in lines.items()]
    return [
        {"title": "Situation", "text": need},
        {"title": "Proposition du service", "lines": proposal},
    ]


def _sitting_that_is_over(stage: Stage) -> None:
    before = stage.at(-30, 10)
    guarantee = _submit(
        1, "Garantie locative : famille Marchand", "rental_guarantee", before,
        summary=_facts("Deux enfants, bail signé à Cuesmes.", Montant="1 240,00 €",
                       Remboursement="51,66 € par mois pendant 24 mois"),
    )  # fmt: skip
    card = _submit(
        2, "Carte médicale : Joseph Kabila-Renard", "medical_card", before,
        summary=_facts("Soins réguliers, sans mutuelle.", Durée="12 mois"),
    )  # fmt: skip
    late = _submit(
        3, "Fonds énergie : Monique Delattre", "energy_fund", before,
        summary=_facts("Facture de régularisation de 612 €.", Montant="300,00 €"),
    )  # fmt: skip
    row = bodies.plan_sitting(
        body_key="csss", starts_at=stage.at(-16), place="salle du Comité", by=stage.director,
        at=before,
    )  # fmt: skip
    key: dict[str, Any] = {"sitting": row.reference, "by": stage.director}
    bodies.schedule_items(items=[guarantee, card, late], at=before, **key)
    bodies.convene(at=stage.at(-24, 11), **key)
    _hold(stage, row.reference, [(guarantee, Totals(4, 0, 0), ""), (card, Totals(3, 1, 0), "")])
    bodies.postpone_item(item=late, reason="La facture manque.", at=stage.at(-16, 19), **key)
    bodies.close_sitting(at=stage.at(-16, 19), **key)
    bodies.draft_minutes(at=stage.at(-15, 9), **key)
    bodies.approve_minutes(sitting=row.reference, by=stage.president, at=stage.at(-9, 9))


def _hold(stage: Stage, sitting: str, votes: list[tuple[str, Totals, str]]) -> None:
    """Opens the sitting with four members of five and votes each matter."""
    row = bodies.read_sitting(reference=sitting, by=stage.director, at=stage.at(-16))
    present = [m.pk for m in row.members][:4]
    key: dict[str, Any] = {"sitting": sitting, "by": stage.director}
    bodies.open_sitting(present=present, chair=present[0], at=stage.at(-16), **key)
    for item, totals, amendment in votes:
        bodies.record_vote(
            item=item, totals=totals, amendment=amendment, at=stage.at(-16), **key
        )  # fmt: skip


def _sittings_to_come(stage: Stage) -> None:
    sent = stage.now - timedelta(hours=20)
    aid = _submit_aid(stage, sent - timedelta(days=1))
    _convened(stage, "csss", 7, "salle du Comité", aid, sent)
    grant = _urgent(stage, sent - timedelta(days=1))
    rules = _submit(
        4, "Règlement d’ordre intérieur : montant de l’aide urgente", "internal_rules",
        sent - timedelta(days=2), person_ref="", file_team="",
        summary=_facts("Le montant date de 2019.", Montant_proposé="500,00 €"),
    )  # fmt: skip
    _convened(stage, "conseil", 9, "salle du Conseil", [grant, rules], sent)
    _submit(
        5, "Prime d’installation : Steve Allard", "installation_grant", sent,
        summary=_facts("Quitte la rue pour un studio à Jemappes.", Montant="1 811,57 €"),
    )  # fmt: skip


def _convened(
    stage: Stage, body: str, days: int, place: str, items: list[str], sent: datetime
) -> None:
    row = bodies.plan_sitting(
        body_key=body, starts_at=stage.at(days), place=place, by=stage.director, at=sent
    )
    key: dict[str, Any] = {"sitting": row.reference, "by": stage.director, "at": sent}
    bodies.schedule_items(items=items, **key)
    bodies.convene(**key)


def _reference(stage: Stage, name: str) -> str:
    """The request of this fictional person, as the worker who holds it finds it."""
    worker = accounts.actor_named("assistante", timezone.localdate(stage.now))
    found = search(worker, name).first()
    return found.reference if found else name


def _submit_aid(stage: Stage, at: datetime) -> list[str]:
    haddad, aydin = _reference(stage, "Haddad"), _reference(stage, "Aydin")
    return [
        _submit(
            6, "Revenu d’intégration : Lina Haddad", "living_income", at,
            subject_kind="request", subject_ref=haddad, person_ref=haddad,
            summary=_facts(
                "Fin d’un contrat d’intérim, sans droit au chômage. Vit seule avec son fils de "
                "six ans à Jemappes. Visite à domicile faite, enquête complète.",
                Catégorie="Famille à charge", Début="jour de la demande",
                Montant="1 811,57 € par mois", Projet="PIIS à conclure dans les trois mois",
            ),
        ),
        _submit(
            7, "Médicaments : Yusuf Aydin", "medicines", at, file_team="health_aid",
            subject_kind="request", subject_ref=aydin, person_ref=aydin,
            summary=_facts("Traitement du cœur, 84 € par mois.", Montant="84,00 € par mois",
                           Durée="6 mois"),
        ),
    ]  # fmt: skip


def _urgent(stage: Stage, at: datetime) -> str:
    dufrasne = _reference(stage, "Dufrasne")
    return bodies.urgent_decision(
        subject_kind="request", subject_ref=dufrasne, title="Aide urgente : Marc Dufrasne",
        person_ref=dufrasne, kind="urgent_aid", amount=Decimal("150.00"),
        reason="Sans abri et sans nourriture depuis deux jours.", by=stage.president, at=at,
        file_team="general_aid",
        summary=_facts("Dort chez un ami, plus rien pour manger.", Montant="150,00 €",
                       Forme="espèces et colis"),
    ).item  # fmt: skip
