"""What fictional people ask besides a living income: the answers of the form, the need, the amount."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from beffroi.core.dates import add_months


@dataclass(frozen=True)
class Asked:
    """One aid as it is asked here; answers in `days` are so many days from the day it is asked."""

    situation: str
    needs: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    #: Euros that the worker proposes where no rule fixes them; euros of income by month.
    amount: str = ""
    income: str = ""

    def details(self, day: date) -> dict[str, Any]:
        """This method gives the answers of an application made on `day`."""
        dated = {k: (day + timedelta(days=n)).isoformat() for k, n in self.days.items()}
        return {**self.answers, **dated}

    @property
    def proposed(self) -> Decimal | None:
        return Decimal(self.amount) if self.amount else None


#: Days until a card ends, or a year has gone by.
_YEAR = (add_months(date(2026, 1, 1), 12) - date(2026, 1, 2)).days
ASKED = {
    "medical_card": Asked(
        "Suit un traitement lourd et vit sans réserve d’argent.",
        "Reporte ses soins faute de pouvoir avancer le ticket modérateur.",
        {"categories": ["doctor", "pharmacy"], "cover": "own", "pharmacy": "Pharmacie du Beffroi fictif", "monthly_cap": "40,00"},
        {"first_day": 0, "last_day": 180},
    ),
    "medicines": Asked(
        "Trois traitements chroniques et une petite pension.",
        "Les médicaments prennent 84 € par mois sur son budget.",
        {"monthly_cap": "60", "paid_to": "person"}, {"first_day": 0, "last_day": _YEAR},
    ),
    "rental_guarantee": Asked(
        "A trouvé un logement décent ; le bail attend la garantie.",
        "Ne peut réunir deux mois de loyer d’un coup.",
        {"form": "advance", "rent": "620,00", "asked_amount": "1240,00", "instalment": "50", "dwelling": "Rue des Porions 18, 7012 Jemappes", "landlord": "Immo Exemple", "is_decent": "yes", "payee_name": "Immo Exemple"},
    ),
    "installation_grant": Asked(
        "Quitte la rue pour un studio à Jemappes.", "N’a ni lit, ni table, ni de quoi cuisiner.",
        {"dwelling": "Rue de l’Épinoche 4, 7012 Jemappes", "was_homeless": "yes", "settles_in_home": "yes", "received_before": "no", "receives_living_income": "yes"},
        {"settled_on": -8},
    ),
    "heating_allowance": Asked(
        "Maison mal isolée, chauffée au mazout, intervention majorée.",
        "La livraison de 1 000 litres pèse trois semaines de revenu.",
        {"fuel": "bulk_oil", "litres": "1000", "price_per_litre": "1,05", "all_increased_refund": "yes", "scale_rate": "0,17", "scale_litres": "1500", "scale_most": "300"},
        {"delivered": -18},
    ),
    "energy_fund": Asked(
        "Facture de régularisation de gaz ; un plan du fournisseur couvre le reste.",
        "Sans aide, le compteur à budget sera posé ce mois-ci.",
        {"purpose": "arrears", "energy": ["gas"], "bill_amount": "612,00", "payee_name": "Lumière et Gaz du Hainaut", "paid_to": "third_party"},
        amount="300.00",
    ),
    "advance": Asked(
        "Ses allocations de chômage sont en retard de deux mois.",
        "Vit d’emprunts à ses voisins en attendant.",
        {"benefit": "unemployment", "paying_body": "CAPAC de Mons"}, {"claimed_on": -25}, "450.00",
    ),
    "material_aid": Asked(
        "Frigo presque vide, trois enfants à table.", "Un colis par semaine évite de sauter des repas.",
        {"form": "parcel", "quantity": "un colis par semaine, huit semaines"},
    ),
    "rest_home": Asked(
        "Quatre-vingt-deux ans, une chute en septembre : il ne peut plus vivre seul dans sa maison.",
        "Sa pension ne couvre ni le prix de la journée ni les frais de pharmacie.",
        {"home": "Résidence du Vieux Lavoir fictif", "day_price": "62,50", "pocket_money": "120", "other_costs": "25,00", "last_domicile": "yes", "children_count": "2"},
        {"entered_on": -6}, income="1450.00",
    ),
    "equivalent": Asked(
        "Hébergée puis locataire, séjour temporaire en cours.",
        "Aucune ressource tant que le travail n’est pas permis.",
        {"residence_status": "temporary", "code_207_absent": "yes"}, income="0.00",
    ),
    "disability_file": Asked(
        "Attend la décision du SPF depuis cinq mois.",
        "Ne peut plus travailler ; le dossier doit être complété avec son médecin.",
        {"kind": "integration", "points_move": "1", "points_eat": "2", "points_wash": "1", "points_home": "2", "points_safe": "0", "points_contacts": "1", "wants_advance": "no"},
        {"filed_on": -150},
    ),
    "transit_housing": Asked(
        "Expulsée à la fin du mois avec ses deux enfants.", "Doit être logée le temps de trouver.",
        {"dwelling": "Rue fictive 12, 7000 Mons", "rooms": "2", "adults": "1", "children": "2"},
        {"entered_on": 3}, income="1314.20",
    ),
    "asylum_reception": Asked(
        "Famille désignée par Fedasil, arrivée avec deux valises.",
        "À loger, à accompagner à l’école et chez le médecin.",
        {"unit": "Appartement 3", "fedasil_number": "FED-000123", "person_kind": "adult", "phase": "oe"},
        {"arrived_on": -1}, "72.50",
    ),
    "debt_mediation": Asked(
        "Quatre crédits et une lettre d’huissier.", "Plus rien ne reste après les retenues.",
        {"creditors": "5", "has_bailiff": "yes"},
    ),
    "home_help": Asked(
        "Sort de l’hôpital et vit seule au premier étage.",
        "Ne peut ni cuisiner ni faire ses courses pour l’instant.",
        {"tasks": "courses et lessive", "hours": "12", "scale_rate": "6,19"}, income="1300.00",
    ),
}  # fmt: skip
#: How many households ask for each of these, and of which team.
HOW_MANY = (
    ("energy", "heating_allowance", 8), ("energy", "energy_fund", 6),
    ("health_aid", "medical_card", 8), ("health_aid", "medicines", 5),
    ("housing", "rental_guarantee", 5), ("housing", "installation_grant", 3),
    ("housing", "transit_housing", 2), ("general_aid", "material_aid", 3),
    ("general_aid", "advance", 3), ("rest_home", "rest_home", 2),
    ("equality", "disability_file", 2), ("foreigners", "equivalent", 5),
    ("foreigners", "asylum_reception", 3), ("debts", "debt_mediation", 3),
)  # fmt: skip
