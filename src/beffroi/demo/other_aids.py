"""What fictional people ask besides a living income: the answers of the form, the need, the amount."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from beffroi.casework import aids


@dataclass(frozen=True)
class Asked:
    """One aid as it is asked here: its answers, what is seen and needed, euros where it is money."""

    situation: str
    needs: str
    amount: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)

    def motives(self, kind: str) -> str:
        """This method gives the motives of the aid with what this enquiry found."""
        return f"{aids.aid(kind).motives}\n{self.needs}"


ASKED = {
    "medical_card": Asked("Suit un traitement lourd, sans réserve d’argent.", "Reporte ses soins faute de pouvoir avancer le ticket modérateur."),
    "medicines": Asked("Trois traitements chroniques, une petite pension.", "Les médicaments prennent 84 € par mois sur son budget.", "84.00"),
    "rental_guarantee": Asked("A trouvé un logement adapté, bail prêt à signer.", "Ne peut réunir deux mois de loyer d’un coup.", "1240.00"),
    "installation_grant": Asked("Quitte la rue pour un studio à Jemappes.", "N’a ni lit, ni table, ni de quoi cuisiner.", "1811.57"),
    "heating_allowance": Asked("Maison mal isolée, chauffée au mazout, statut BIM.", "La livraison de 1 000 litres pèse trois semaines de revenu.", "210.00", {"litres": "1000"}),
    "energy_fund": Asked("Facture de régularisation de gaz de 612 €.", "Risque le compteur à budget ; un plan du fournisseur couvre la moitié.", "300.00"),
    "advance": Asked("Ses allocations sont en retard de deux mois.", "Vit d’emprunts à ses voisins en attendant.", "450.00"),
    "rest_home": Asked("Quatre-vingts ans passés, ne peut plus vivre seul.", "Sa pension ne couvre pas le prix de la maison de repos.", "480.00"),
    "material_aid": Asked("Frigo presque vide, trois enfants.", "Un colis par semaine évite de sauter des repas."),
    "equivalent": Asked("Réfugiée reconnue depuis peu, hébergée puis locataire.", "Aucune ressource tant que l’inscription au chômage n’est pas possible.", "950.00"),
    "debt_mediation": Asked("Quatre crédits et un huissier.", "Plus rien ne reste après les retenues."),
    "disability": Asked("Attend la décision du SPF depuis cinq mois.", "Ne peut plus travailler et n’a pas d’autre revenu."),
    "transit_housing": Asked("Expulsée à la fin du mois.", "Doit être logée avec ses deux enfants."),
    "home_help": Asked("Sort de l’hôpital, vit seule au premier étage.", "Ne peut ni cuisiner ni faire ses courses pour l’instant."),
}  # fmt: skip
_PLAIN = Asked("La situation a été vue avec la personne.", "L’aide évite que la situation ne s’aggrave.", "100.00")  # fmt: skip


def asked_of(kind: str, day: date) -> Asked:
    """This function will give how an aid is asked here, with every answer its form wants."""
    known = ASKED.get(kind, _PLAIN)
    given = {
        one.key: known.answers.get(one.key) or _answer(one, day)
        for one in aids.aid(kind).fields
        if one.required or one.key in known.answers
    }
    return Asked(known.situation, known.needs, known.amount, known.answers, given)


def _answer(one: aids.AidField, day: date) -> str:
    if one.choices:
        return one.choices[0][0]
    plain = {
        "money": "120.00", "integer": "1", "months": "6", "bool": "yes",
        "date": (day - timedelta(days=20)).isoformat(),
    }  # fmt: skip
    return plain.get(one.type, "Voir le rapport social")
