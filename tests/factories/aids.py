"""Every kind of aid with answers that open it, and the road of one from the request to its end."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from beffroi.acts.payments.services.ledger import load_plan
from beffroi.casework import aids, motives
from beffroi.casework import services as casework
from beffroi.casework.enums import Outcome, Question
from beffroi.casework.models import Decision
from beffroi.people import services as people
from beffroi.people.services import AddressDraft
from tests.factories import casework as made
from tests.factories import council as bodies
from tests.factories.payments import iban

AFTER = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)

#: Answers that a worker would type, comma or point, for each kind of aid.
ANSWERS: dict[str, dict[str, Any]] = {
    "living_income": {},
    "equivalent": {"residence_status": "temporary", "code_207_absent": "yes"},
    "urgent_aid": {"purpose": "nourriture jusqu’au 1er décembre", "paid_to": "person"},
    "advance": {
        "benefit": "unemployment", "paying_body": "CAPAC de Mons", "claimed_on": "2026-11-02",
    },
    "material_aid": {"form": "parcel", "quantity": "un colis par semaine, quatre semaines"},
    "medical_card": {
        "categories": ["doctor", "pharmacy"], "cover": "own", "first_day": "2026-11-24",
        "last_day": "2027-05-23", "pharmacy": "Pharmacie de l’Exemple", "monthly_cap": "40,00",
    },
    "medicines": {
        "first_day": "2026-11-24", "last_day": "2027-11-23", "monthly_cap": "40",
        "paid_to": "person",
    },
    "rest_home": {
        "home": "Résidence de l’Exemple", "entered_on": "2026-11-01", "day_price": "62,50",
        "pocket_money": "120", "other_costs": "25,00", "last_domicile": "yes",
        "children_count": "3",
    },
    "disability_file": {
        "kind": "integration", "filed_on": "2024-08-14", "points_move": "1", "points_eat": "2",
        "points_wash": "1", "points_home": "2", "points_safe": "0", "points_contacts": "1",
        "wants_advance": "no",
    },
    "rental_guarantee": {
        "form": "advance", "rent": "650,00", "asked_amount": "1.950,00", "instalment": "50",
        "dwelling": "rue Fictive 8, 7000 Mons", "landlord": "Immo Exemple", "is_decent": "yes",
        "payee_name": "Banque de l’Exemple",
    },
    "installation_grant": {
        "settled_on": "2026-11-16", "dwelling": "rue Fictive 8, 7000 Mons", "was_homeless": "yes",
        "settles_in_home": "yes", "received_before": "no", "receives_living_income": "yes",
    },
    "heating_allowance": {
        "delivered": "2026-11-03", "fuel": "bulk_oil", "litres": "1000", "price_per_litre": "1,05",
        "all_increased_refund": "yes", "scale_rate": "0,17", "scale_litres": "1500",
        "scale_most": "300",
    },
    "energy_fund": {
        "purpose": "arrears", "energy": ["gas"], "bill_amount": "412,33",
        "payee_name": "Énergie de l’Exemple", "paid_to": "third_party",
    },
    "transit_housing": {
        "dwelling": "rue Fictive 12, 7000 Mons", "entered_on": "2026-11-24", "rooms": "2",
        "adults": "1",
    },
    "insertion_housing": {
        "dwelling": "rue Fictive 14, 7000 Mons", "entered_on": "2026-12-01", "rent": "480",
    },
    "article_60": {
        "goal": "rights", "job": "aide en cuisine", "place": "Résidence de l’Exemple",
        "starts_on": "2027-01-04",
    },
    "article_61": {"job": "magasinier", "place": "Épicerie Exemple", "starts_on": "2027-01-04"},
    "piis": {"goal": "training", "goal_text": "devenir aide-soignante, puis travailler"},
    "debt_mediation": {"creditors": "7", "has_bailiff": "yes"},
    "asylum_reception": {
        "unit": "Appartement 3", "fedasil_number": "FED-000123", "arrived_on": "2026-11-20",
        "person_kind": "adult", "phase": "oe",
    },
    "home_help": {"tasks": "courses et lessive", "hours": "12", "scale_rate": "6,19"},
    "meals": {"meals_week": "5", "tariff": "example", "second_meal": "no"},
}  # fmt: skip

#: What the worker proposes where no rule fixes it.
TYPED: dict[str, Decimal] = {
    "urgent_aid": Decimal("80.00"),
    "advance": Decimal("900.00"),
    "energy_fund": Decimal("412.33"),
    "asylum_reception": Decimal("72.50"),
}
#: Monthly income noted in the enquiry, where the computation needs one.
INCOMES = {
    "living_income": "420.00", "equivalent": "420.00", "rest_home": "1450.00",
    "transit_housing": "1314.20", "home_help": "1300.00", "meals": "1300.00",
}  # fmt: skip
KINDS = tuple(aid.key for aid in aids.aids())


@dataclass
class Road:
    """One application of a kind, and the council that decides it."""

    house: bodies.Council
    one: made.Held
    item: str = ""
    number: str = ""

    @property
    def decision(self) -> Decision:
        return Decision.objects.get(number=self.number)


def opened(kind: str, house: bodies.Council | None = None, **more: Any) -> Road:
    """The application of a kind entered, at an address where a letter may go."""
    house = house or bodies.council()
    load_plan()
    answers = {**ANSWERS[kind], **more.pop("answers", {})}
    one = made.held(kind=kind, details=answers, **more)
    people.add_address(
        reference=one.person, by=made.HOUSE, at=made.NOW,
        draft=AddressDraft(street="Rue d’Havré 13", postal_code="7000", locality="Mons"),
    )  # fmt: skip
    return Road(house, one)


def enquired(road: Road) -> Road:
    """The enquiry done: the household’s income where it counts, and the signed report."""
    one, kind = road.one, road.one.application.kind
    given: dict[str, Any] = {"reference": one.reference, "by": one.worker, "at": made.NOW}
    casework.start_enquiry(**given)
    for document in one.application.documents.all():
        casework.settle_document(document=document.pk, **given)
    visit = casework.plan_visit(planned_at=made.NOW, is_announced=True, **given)
    casework.record_visit(
        visit=visit, result="seen", done_at=made.NOW, findings="Vu chez elle.", **given
    )
    if aids.aid(kind).computation == "living_income":
        casework.appreciate(
            question=Question.CATEGORY, value="isolated", why="Elle vit seule ici.", **given
        )
    if kind in INCOMES:
        is_law = aids.aid(kind).computation == "living_income"
        casework.add_resource(
            kind="work" if is_law else "other", label="Revenus", monthly=Decimal(INCOMES[kind]),
            exemption="general" if is_law else "none", **given,
        )  # fmt: skip
    casework.write_report(
        situation="Vit à Mons.", needs="Ce besoin n’est pas couvert.", other_rights="",
        opinion="Favorable.", sign=True, **given,
    )  # fmt: skip
    return road


def proposed(road: Road, outcome: Outcome = Outcome.GRANT, **more: Any) -> Road:
    """The proposal with the motives that the house prepares."""
    application = road.one.application
    text = motives.prepared(application.kind, application.details, outcome)
    amount = None if outcome == Outcome.REFUSAL else TYPED.get(application.kind)
    casework.propose(
        reference=road.one.reference, by=road.one.worker, at=made.NOW,
        **{"outcome": outcome, "motives": text, "amount": amount, **more},
    )  # fmt: skip
    return road


def decided(road: Road) -> Road:
    """The vote of the council, and its decision recorded."""
    one, house = road.one, road.house
    road.item = casework.submit(reference=one.reference, by=one.worker, at=made.NOW)
    bodies.vote(house, bodies.opened(house, [road.item]), road.item, 9, 0, 0)
    road.number = casework.decide(reference=one.reference, by=house.secretary, at=AFTER)
    return road


def notified(road: Road) -> Road:
    """The letter written and handed over."""
    key: dict[str, Any] = {"number": road.number, "by": road.one.worker, "at": AFTER}
    casework.write_decision_letter(delivery="hand", **key)
    casework.notify(delivery="hand", **key)
    return road


def executed(road: Road) -> str:
    """The decision carried out; the reference of the order, or empty."""
    application = road.one.application
    kind = aids.aid(application.kind)
    paid = kind.pays(application.details)
    third = application.details.get("payee_name", "") if kind.payees[0] == "third_party" else ""
    return casework.execute(
        reference=road.one.reference, by=road.one.worker, at=AFTER,
        account=iban() if paid else "", third_party=third if paid else "",
    )  # fmt: skip


def whole(kind: str, **more: Any) -> Road:
    """The whole road of a kind, up to the notification."""
    return notified(decided(proposed(enquired(opened(kind, **more)))))


def day(text: str) -> date:
    """A date as it is written."""
    return date.fromisoformat(text)
