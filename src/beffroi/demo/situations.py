"""What fictional people live through when they ask for a living income, and what the enquiry finds."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Income:
    """A resource by month, in euros; None is one that nobody knows yet."""

    kind: str
    label: str
    monthly: str | None
    exemption: str = "none"

    @property
    def amount(self) -> Decimal | None:
        return None if self.monthly is None else Decimal(self.monthly)


@dataclass(frozen=True)
class Situation:
    """One way of living: what is seen, what is needed, what comes in, and how it is judged."""

    category: str
    seen: str
    needs: str
    opinion: str
    why: str
    incomes: tuple[Income, ...] = ()
    capital: str = ""
    charges: tuple[tuple[str, str], ...] = (("Loyer", "620.00"), ("Gaz et électricité", "140.00"))
    #: Somebody who lives there: relation, and what she earns by month.
    beside: tuple[str, str] | None = None
    refused: bool = False


ISOLATED = (
    Situation(
        "isolated", "Un studio de 24 m² au deuxième étage, propre, une seule personne.",
        "Le loyer prend plus de la moitié de ce qui reste ; les repas sont sautés en fin de mois.",
        "Favorable à l’octroi au taux isolé.", "Elle vit seule : un bail à son nom, un seul lit.",
    ),
    Situation(
        "isolated", "Un appartement d’une chambre, bail d’un an, une seule brosse à dents.",
        "Son mi-temps ne couvre ni le loyer ni la nourriture.",
        "Favorable à l’octroi du complément, avec l’exonération du travail.",
        "Vit seul depuis la fin d’une colocation, le bail le prouve.",
        (Income("work", "Salaire net, titres-services à mi-temps", "640.00", "general"),),
    ),
    Situation(
        "isolated", "Un kot d’étudiante loué à l’année ; elle ne rentre plus chez ses parents.",
        "Ses parents ne peuvent plus payer ni le kot ni les syllabus.",
        "Favorable : elle poursuit des études de plein exercice.",
        "Elle a rompu avec sa famille il y a un an et vit seule dans son kot.",
        (Income("work", "Job d’étudiante, moyenne des trois mois", "310.00", "student"),),
        charges=(("Kot, charges comprises", "430.00"), ("Syllabus et minerval étalé", "70.00")),
    ),
    Situation(
        "isolated", "Une maison de rangée, deux pièces chauffées, une personne.",
        "Le chômage a été réduit ; le chauffage est coupé la semaine.",
        "Favorable à un complément.", "Vit seule depuis le décès de son compagnon.",
        (Income("unemployment", "Allocation de chômage dégressive", "742.30"),), "3200.00",
    ),
    Situation(
        "isolated", "Un appartement bien tenu ; il vit seul et travaille à quatre cinquièmes.",
        "Les dettes pèsent, mais le salaire dépasse ce que la loi garantit.",
        "Défavorable pour le revenu d’intégration ; il est orienté vers la médiation de dettes.",
        "Vit seul, le bail et le registre concordent.",
        (Income("work", "Salaire net, quatre cinquièmes", "1985.00"),), refused=True,
    ),
)  # fmt: skip
WITH_CHILDREN = (
    Situation(
        "family", "Deux chambres, les enfants dorment dans la même ; frigo presque vide.",
        "Plus aucun revenu depuis la fin du contrat ; la cantine n’est plus payée.",
        "Favorable à l’octroi au taux famille à charge.",
        "Elle a des enfants mineurs à sa charge, qui vivent avec elle.",
        charges=(("Loyer", "740.00"), ("Gaz et électricité", "210.00"), ("Cantine", "68.00")),
    ),
    Situation(
        "family", "Maison de trois chambres, cahiers sur la table, rien d’anormal.",
        "Le mi-temps et la pension alimentaire ne suffisent pas au loyer.",
        "Favorable à un complément.", "Vit seul avec des enfants mineurs à sa charge.",
        (Income("work", "Salaire net, mi-temps", "890.00", "general"),
         Income("alimony_for_self", "Pension alimentaire pour soi", "120.00")),
        charges=(("Loyer", "810.00"), ("Gaz et électricité", "185.00"), ("Bus scolaire", "24.00")),
    ),
    Situation(
        "family", "Un appartement humide au rez-de-chaussée, deux enfants toussent.",
        "Les allocations de chômage se terminent ; le logement coûte plus qu’il ne vaut.",
        "Favorable, avec un suivi du logement.", "Les enfants mineurs sont à sa seule charge.",
        (Income("unemployment", "Dernières allocations de chômage", "612.40"),),
    ),
)  # fmt: skip
TOGETHER = (
    Situation(
        "cohabitant", "Un appartement partagé : deux noms sur la boîte, un seul budget.",
        "Le salaire du compagnon paie le loyer ; il ne reste rien pour le reste.",
        "Favorable à un complément au taux cohabitant.",
        "Le loyer, les courses et le chauffage se paient ensemble.",
        beside=("partner", "1120.00"),
    ),
    Situation(
        "cohabitant", "La chambre d’enfance chez les parents, qui touchent une petite pension.",
        "Les parents aident pour le toit, pas pour le reste ; aucune ressource propre.",
        "Favorable au taux cohabitant.", "Vit chez un parent et partage les repas.",
        beside=("parent", "1150.00"),
    ),
    Situation(
        "cohabitant", "Une maison partagée ; le conjoint travaille à temps plein.",
        "Le ménage a des dettes, mais ses revenus dépassent le plafond.",
        "Défavorable : les ressources du conjoint dépassent ce que la loi garantit.",
        "Le couple vit ensemble et partage tout.", beside=("partner", "3150.00"), refused=True,
    ),
)  # fmt: skip
#: How the living together of somebody is called in her household, and the ways of living it has.
BY_HOME = {"alone": ISOLATED, "children": WITH_CHILDREN, "together": TOGETHER}
REFUSAL = (
    "L’enquête sociale établit que la personne dispose de ressources supérieures au montant que la "
    "loi garantit : la quatrième condition de l’article 3 de la loi du 26 mai 2002 n’est pas remplie."
)
