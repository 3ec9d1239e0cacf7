"""The installation grant: once in a life, for who leaves homelessness and settles in a home.

It is worth one month of living income of category 3. Three legal bases, in this order: the
right to integration (loi 26/05/2002 art. 14 §3), social aid (loi 08/07/1976 art. 57bis; AR
21/09/2004) and the ministerial order of 30/01/1995 for persons outside the registers.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from beffroi.rules.amounts import ZERO, euros, percent, to_cent
from beffroi.rules.figures import Explanation, Figure, figure
from beffroi.rules.outcomes import Outcome, granted, not_computable, refused, unknown

Basis = Literal["integration", "social_aid", "order_1995"]
_ARTICLES: dict[str, str] = {
    "integration": "loi 26/05/2002 art. 14 §3",
    "social_aid": "loi 08/07/1976 art. 57bis; AR 21/09/2004",
    "order_1995": "AM 30/01/1995",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the person on the day she settles; None: nobody knows yet.

    `was_homeless` and `settles_in_home` are a worker's appreciation. `living_income` is the
    full monthly amount of the person's own category; `family_amount` the one of category 3,
    both as the living income gives them for that day.
    """

    day: date
    family_amount: Figure
    was_homeless: bool | None = None
    settles_in_home: bool | None = None
    received_before: bool | None = None
    receives_living_income: bool | None = None
    in_registers: bool | None = True
    has_replacement_income: bool | None = False
    monthly_income: Decimal | None = None
    living_income: Figure | None = None
    granted_at_same_address: bool | None = False


def basis_of(facts: Facts) -> Basis:
    """This function will say on which law the grant would rest."""
    if facts.receives_living_income:
        return "integration"
    return "social_aid" if facts.in_registers else "order_1995"


def grant(facts: Facts) -> Outcome:
    """This function will give the installation grant, in euros, or every reason against it.

    Raises: OutsideParameters before the margin of article 57bis is known.
    """
    missing = _missing(facts)
    if missing:
        return not_computable(missing)
    told, basis = Explanation(), basis_of(facts)
    article = _ARTICLES[basis]
    told.add("basis", "Base légale", article, basis, reference=article)
    reasons = _reasons(facts)
    if basis == "social_aid":
        reasons += _means(facts, told)
    if reasons:
        return refused(reasons, told.steps)
    amount = to_cent(facts.family_amount.amount)
    words = f"un mois de revenu d’intégration, catégorie 3 : {euros(amount)}"
    used = [facts.family_amount]
    told.add("amount", "Prime d’installation", words, amount, used, f"{article}; art. 14 §1er, 3°")
    return granted(amount, told.steps)


def _missing(facts: Facts) -> list[str]:
    asked: dict[str, object] = {
        "si la personne était sans abri": facts.was_homeless,
        "si elle s’installe dans un logement qui devient sa résidence": facts.settles_in_home,
        "si elle a déjà reçu la prime (registre du SPP IS)": facts.received_before,
        "si elle reçoit le revenu d’intégration": facts.receives_living_income,
    }
    missing = unknown(asked)
    if missing or facts.receives_living_income:
        return missing
    missing = unknown({"si elle est inscrite aux registres": facts.in_registers})
    if missing or not facts.in_registers:
        return missing
    asked = {
        "si elle vit d’un revenu de remplacement": facts.has_replacement_income,
        "si une prime a été accordée à cette adresse": facts.granted_at_same_address,
    }
    missing = unknown(asked)
    if facts.has_replacement_income is False:
        missing += unknown(
            {
                "ses revenus du mois": facts.monthly_income,
                "le revenu d’intégration de sa catégorie": facts.living_income,
            }
        )
    return missing


def _reasons(facts: Facts) -> list[str]:
    found = []
    if not facts.was_homeless:
        found.append("La personne n’avait pas la qualité de sans-abri.")
    if not facts.settles_in_home:
        found.append("La personne ne s’installe pas dans un logement qui devient sa résidence.")
    if facts.received_before:
        found.append("La prime d’installation ne s’accorde qu’une fois dans la vie.")
    return found


def _means(facts: Facts, told: Explanation) -> list[str]:
    found = []
    if facts.granted_at_same_address:
        found.append("Une prime a déjà été accordée à ce ménage, à la même adresse.")
    if facts.has_replacement_income or facts.living_income is None:
        return found
    margin = figure("installation_grant_income_margin", facts.day)
    limit = to_cent(facts.living_income.amount * (1 + margin.amount))
    words = f"{euros(facts.living_income.amount)} + {percent(margin.amount)} = {euros(limit)}"
    told.add("limit", "Revenus à ne pas dépasser", words, limit, [facts.living_income, margin])
    if (facts.monthly_income or ZERO) > limit:
        found.append(f"Les revenus dépassent {euros(limit)} par mois.")
    return found
