"""The questions of the estimate: what is asked, why, and how to find what one does not know."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from beffroi.web.portal.estimate.answers import NO, UNKNOWN, YES

_YES_NO = ((YES, lazy("Oui")), (NO, lazy("Non")), (UNKNOWN, lazy("Je ne sais pas")))
MONTHLY = "1000000"
LARGEST = "100000000"


@dataclass(frozen=True)
class Question:
    """One question; `when` names the answer that makes it arise, as (question, answers).

    `kind` is one of several, choice, amount, number. `find` says how to find what is not known.
    """

    name: str
    kind: str
    label: Any
    why: Any = ""
    hint: Any = ""
    find: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    when: tuple[str, tuple[str, ...]] = ("", ())
    most: str = MONTHLY


@dataclass(frozen=True)
class Part:
    """Questions that belong together, under one title."""

    key: str
    title: Any
    questions: tuple[Question, ...]


_PAY = lazy("Votre fiche de paie ou vos derniers extraits de compte le disent.")
_ASK_THEM = lazy("Demandez-le à ces personnes : leurs fiches de paie ou leurs extraits le disent.")
_WHO_LIVES_THERE = lazy(
    "Le montant n’est pas le même pour qui vit seul, avec d’autres, ou avec un enfant à charge."
)
_THEY_COUNT = lazy(
    "La loi compte une partie de ce que gagnent certaines personnes qui vivent avec vous."
)
_ALL_COUNTS = lazy("Le revenu d’intégration complète ce que vous avez déjà : il faut le connaître.")
_NET = lazy("Net, en euros, par mois. Le montant qui arrive sur votre compte.")
_RC = lazy("Le revenu cadastral, non indexé : il sert à estimer ce que le bien peut rapporter.")
_RC_FIND = lazy(
    "Le revenu cadastral est sur l’avertissement du précompte immobilier, et sur MyMinfin."
)

HOME = Part(
    "home",
    lazy("Avec qui vous vivez"),
    (
        Question(
            "home", "several", lazy("Qui vit avec vous ?"), _WHO_LIVES_THERE,
            lazy("Cochez tout ce qui est vrai. Pas de logement ? Cochez « Personne d’autre que moi »."),
            lazy("Comptez ceux qui dorment chez vous presque chaque nuit. En cas de doute, parlez-en avec nous."),
            (
                ("alone", lazy("Personne d’autre que moi")),
                ("child", lazy("Mon enfant de moins de 18 ans, ou plusieurs")),
                ("partner", lazy("Mon conjoint ou mon partenaire")),
                ("family", lazy("De la famille : parents, grands-parents, beaux-parents, enfant ou petit-enfant majeur, gendre, belle-fille, ex-conjoint")),
                ("others", lazy("D’autres personnes : frère, sœur, ami, colocataires")),
                (UNKNOWN, lazy("Je ne sais pas")),
            ),
        ),
        Question(
            "child_time", "choice", lazy("Votre enfant vit-il avec vous tout le temps ?"),
            lazy("S’il vit aussi ailleurs, c’est le CPAS qui apprécie."),
            choices=(
                ("all", lazy("Oui, tout le temps")),
                ("part", lazy("Une partie du temps seulement")),
                (UNKNOWN, lazy("Je ne sais pas")),
            ),
            when=("home", ("child",)),
        ),
        Question(
            "shares", "choice", lazy("Partagez-vous les dépenses : loyer, courses, factures ?"),
            lazy("Vivre sous le même toit ne suffit pas : la loi regarde si vous faites ménage commun."),
            choices=_YES_NO, when=("home", ("family", "others")),
        ),
        Question(
            "partner_claims", "choice",
            lazy("Votre partenaire reçoit-il, ou demande-t-il, le revenu d’intégration pour lui-même ?"),
            lazy("Alors ses ressources ne comptent pas avec les vôtres."),
            find=lazy("Demandez à votre partenaire s’il reçoit une aide d’un CPAS à son nom."),
            choices=_YES_NO, when=("home", ("partner",)),
        ),
        Question(
            "partner_income", "amount", lazy("Ce que gagne votre partenaire"), _THEY_COUNT, _NET,
            _ASK_THEM, when=("partner_claims", (NO, UNKNOWN)),
        ),
        Question(
            "family_count", "number", lazy("Combien sont-ils, dans cette famille qui vit avec vous ?"),
            _THEY_COUNT,
            lazy("Sans votre partenaire, sans les frères et sœurs, sans ceux qui reçoivent eux-mêmes le revenu d’intégration."),
            lazy("Comptez les adultes de la famille qui vivent avec vous."),
            when=("home", ("family",)),
        ),
        Question(
            "family_income", "amount", lazy("Ce que ces personnes gagnent, toutes ensemble"),
            _THEY_COUNT, _NET, _ASK_THEM, when=("home", ("family",)),
        ),
    ),
)  # fmt: skip

INCOME = Part(
    "income",
    lazy("Ce qui rentre chaque mois"),
    (
        Question(
            "incomes", "several", lazy("Que recevez-vous chaque mois ?"), _ALL_COUNTS,
            lazy("Ne comptez pas les allocations familiales de vos enfants, une bourse d’études ou une aide du CPAS."),
            lazy("Regardez ce qui est entré sur votre compte le mois dernier."),
            (
                ("none", lazy("Rien")),
                ("work", lazy("Un salaire, ou ce que je gagne comme indépendant")),
                ("unemployment", lazy("Des allocations de chômage")),
                ("alimony", lazy("Une pension alimentaire pour moi")),
                ("own_benefit", lazy("Des allocations familiales versées pour moi")),
                ("other_income", lazy("Autre chose : mutuelle, pension…")),
                (UNKNOWN, lazy("Je ne sais pas")),
            ),
        ),
        Question("work", "amount", lazy("Votre salaire"), _ALL_COUNTS, _NET, _PAY, when=("incomes", ("work",))),
        Question(
            "unemployment", "amount", lazy("Vos allocations de chômage"), _ALL_COUNTS, _NET,
            lazy("Votre caisse de paiement le dit, et vos extraits de compte."), when=("incomes", ("unemployment",)),
        ),
        Question(
            "alimony", "amount", lazy("Votre pension alimentaire"), _ALL_COUNTS,
            lazy("Seulement ce qui est vraiment payé, en euros, par mois."),
            lazy("Regardez ce qui est entré sur votre compte le mois dernier."), when=("incomes", ("alimony",)),
        ),
        Question(
            "own_benefit", "amount", lazy("Vos propres allocations familiales"), _ALL_COUNTS, _NET,
            lazy("Votre caisse d’allocations familiales le dit."), when=("incomes", ("own_benefit",)),
        ),
        Question(
            "other_income", "amount", lazy("Cette autre somme"), _ALL_COUNTS, _NET,
            lazy("Regardez ce qui est entré sur votre compte le mois dernier."), when=("incomes", ("other_income",)),
        ),
        Question(
            "student", "choice", lazy("Êtes-vous étudiant ?"),
            lazy("Une partie du salaire d’un étudiant peut ne pas compter."), choices=_YES_NO,
        ),
        Question(
            "receiving", "choice", lazy("Recevez-vous déjà le revenu d’intégration ?"),
            lazy("Si vous avez commencé à travailler depuis, une partie du salaire peut ne pas compter."),
            choices=_YES_NO,
        ),
    ),
)  # fmt: skip

_OWNS = ("home", "building", "land")
WEALTH = Part(
    "wealth",
    lazy("Ce que vous avez"),
    (
        Question(
            "savings", "choice", "", lazy("Les comptes et placements comptent un peu, au-delà d’une première somme. Personne ne vous demande de les dépenser d’abord."),
            lazy("Tous vos comptes ensemble : à vue, épargne, placements."),
            lazy("Additionnez les soldes de vos comptes : l’application ou le guichet de votre banque les donne."),
            _YES_NO,
        ),
        Question(
            "savings_amount", "amount", lazy("Combien, en tout ?"), "", lazy("En euros, tous vos comptes ensemble."),
            lazy("Additionnez les soldes de vos comptes : l’application ou le guichet de votre banque les donne."),
            when=("savings", (YES,)), most=LARGEST,
        ),
        Question(
            "property", "several", lazy("Avez-vous une maison, un appartement ou un terrain ?"),
            lazy("Un bien compte, même petit, même habité par vous ; souvent il compte peu, ou pas du tout."),
            lazy("En Belgique ou ailleurs, même une part."),
            lazy("MyMinfin, sur internet, montre les biens à votre nom ; nous pouvons regarder ensemble."),
            (
                ("none", lazy("Non, rien")),
                ("home", lazy("Oui, le logement où je vis")),
                ("building", lazy("Oui, une autre maison ou un autre appartement")),
                ("land", lazy("Oui, un terrain")),
                (UNKNOWN, lazy("Je ne sais pas")),
            ),
        ),
        Question("rc_home", "amount", lazy("Revenu cadastral de votre logement"), _RC, lazy("En euros, par an, non indexé."), _RC_FIND, when=("property", ("home",))),
        Question("rc_building", "amount", lazy("Revenu cadastral de l’autre maison ou appartement"), _RC, lazy("En euros, par an, non indexé."), _RC_FIND, when=("property", ("building",))),
        Question(
            "rent", "amount", lazy("Le loyer que vous en recevez"), lazy("Le loyer compte à la place, s’il est plus élevé."),
            lazy("En euros, par mois. Écrivez 0 si le bien n’est pas loué."), lazy("Le bail le dit."), when=("property", ("building",)),
        ),
        Question("rc_land", "amount", lazy("Revenu cadastral du terrain"), _RC, lazy("En euros, par an, non indexé."), _RC_FIND, when=("property", ("land",))),
        Question(
            "part", "choice", lazy("Quelle part est à vous ?"), lazy("Seule votre part compte."),
            find=lazy("L’acte du notaire le dit. Une autre part ? Le CPAS fera le calcul avec vous."),
            choices=(
                ("whole", lazy("Tout")), ("half", lazy("La moitié")), ("third", lazy("Un tiers")),
                ("quarter", lazy("Un quart")), (UNKNOWN, lazy("Une autre part, ou je ne sais pas")),
            ),
            when=("property", _OWNS),
        ),
        Question(
            "interest", "amount", lazy("Les intérêts de votre emprunt pour ce bien"), lazy("Ils se déduisent, jusqu’à la moitié."),
            lazy("En euros, par an, sans le capital remboursé. Écrivez 0 s’il n’y a pas d’emprunt."),
            lazy("L’attestation annuelle de votre banque le dit."), when=("property", ("home", "building")),
        ),
        Question(
            "children", "number", lazy("Pour combien d’enfants recevez-vous les allocations familiales ?"),
            lazy("Chaque enfant diminue ce que le bien compte."), lazy("Écrivez 0 s’il n’y en a pas."),
            lazy("Votre caisse d’allocations familiales le dit."), when=("property", ("home", "building")),
        ),
        Question(
            "given", "choice", lazy("Avez-vous donné ou vendu une maison ou un terrain depuis dix ans ?"),
            lazy("La loi compte encore un peu ce qui a été donné ou vendu, pendant dix ans."),
            find=lazy("L’acte du notaire le dit."), choices=_YES_NO,
        ),
        Question(
            "given_value", "amount", lazy("La valeur de votre part, le jour où vous l’avez donnée ou vendue"),
            lazy("Le CPAS regarde aussi les dettes payées avec, et peut diminuer ce montant."), lazy("En euros."),
            lazy("L’acte du notaire le dit."), when=("given", (YES,)), most=LARGEST,
        ),
        Question(
            "housing", "choice", lazy("Quelqu’un qui ne vit pas avec vous paie-t-il votre logement ?"),
            lazy("Un loyer payé par quelqu’un d’autre compte comme une ressource. Être hébergé chez lui ne compte pas."),
            find=lazy("Demandez à la personne qui reçoit le loyer qui le paie."), choices=_YES_NO,
        ),
        Question(
            "housing_amount", "amount", lazy("Combien cette personne paie-t-elle ?"), "", lazy("En euros, par mois : loyer, énergie, emprunt du logement."),
            lazy("Demandez-le à cette personne, ou au propriétaire."), when=("housing", (YES,)),
        ),
    ),
)  # fmt: skip

PARTS = (HOME, INCOME, WEALTH)
QUESTIONS = {one.name: one for part in PARTS for one in part.questions}
