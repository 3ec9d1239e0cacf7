"""The facts of a living income, as the enquiry established them; checked, never completed.

A fact that is not known is `None`: the computation then says « not computable » and names it.
A category, the share counted of a cohabitant, an abatement for equity are decisions of a person:
each may carry who took it, on which day and why (`Given`), and the explanation repeats them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from beffroi.rules.living_income_parameters import CATEGORIES, regime_names

RESOURCE_KINDS = {
    "work": "Revenus du travail",
    "other": "Autres ressources",
    "alimony_for_self": "Pension alimentaire pour soi",
    "unemployment": "Allocations de chômage",
    "family_benefit_for_self": "Allocations familiales perçues pour soi",
    "ale": "Travail ALE",
    "exempt": "Ressource exonérée",
}
EXEMPTIONS = ("none", "general", "student", "shortage_job", "artist")
RELATIONS = {
    "partner": "Conjoint ou partenaire",
    "parent": "Parent",
    "grandparent": "Grand-parent",
    "adult_child": "Enfant majeur",
    "adult_grandchild": "Petit-enfant majeur",
    "parent_in_law": "Beau-parent",
    "child_in_law": "Gendre ou belle-fille",
    "former_spouse": "Ex-conjoint",
    "sibling": "Frère ou sœur",
    "friend": "Ami ou autre personne",
    "minor_child": "Enfant mineur",
}
RIGHTS = ("full", "usufruct", "bare_ownership")
PROPERTY_KINDS = ("built", "land")
LARGEST = Decimal("100000000")
_SHARE_DECIMALS = 12
_ZERO, _ONE = Decimal(0), Decimal(1)

Share = Decimal | Fraction


class ImpossibleFact(ValueError):
    """A fact that cannot be: an unknown word, a negative amount; says which one."""

    def __init__(self, name: str, words: str) -> None:
        self.name, self.words = name, words
        super().__init__(f"{name}: {words}")

    def inside(self, path: str) -> "ImpossibleFact":
        """This function will give the same fault, named from further out."""
        dot = "" if self.name.startswith("[") else "."
        return ImpossibleFact(f"{path}{dot}{self.name}", self.words)


@dataclass(frozen=True, slots=True)
class Given:
    """A human appreciation: who decided it, on which day, and why."""

    by: str
    on: date
    why: str

    def __post_init__(self) -> None:
        _text("by", self.by)
        _day("on", self.on)
        _text("why", self.why)

    def __str__(self) -> str:
        return f"décidé le {self.on:%d/%m/%Y} par {self.by} : {self.why}"


@dataclass(frozen=True, slots=True)
class Resource:
    """Money that comes in each month, net, in euros; `hours` only for ALE work, by month."""

    kind: str
    monthly: Decimal | None
    exemption: str = "none"
    label: str = ""
    hours: Decimal | None = None

    def __post_init__(self) -> None:
        _one_of("kind", self.kind, RESOURCE_KINDS)
        _one_of("exemption", self.exemption, EXEMPTIONS)
        _amount("monthly", self.monthly)
        _text("label", self.label)
        if self.exemption != "none" and self.kind != "work":
            raise ImpossibleFact("exemption", f"{self.exemption} is only for work, not {self.kind}")
        if self.hours is not None:
            _amount("hours", self.hours)
            if self.kind != "ale":
                raise ImpossibleFact("hours", f"only for ALE work, not {self.kind}")


@dataclass(frozen=True, slots=True)
class Property:
    """A building or a plot owned or held in usufruct; yearly euros.

    `annual_mortgage_interest` is what the person herself bears; `annual_rent` the rent of the
    whole property, None when it is not let.
    """

    kind: str
    cadastral_income: Decimal | None
    share: Share = _ONE
    usufruct: bool = False
    annual_mortgage_interest: Decimal | None = _ZERO
    annual_rent: Decimal | None = None

    def __post_init__(self) -> None:
        _one_of("kind", self.kind, PROPERTY_KINDS)
        _amount("cadastral_income", self.cadastral_income)
        _share("share", self.share)
        _flag("usufruct", self.usufruct)
        _amount("annual_mortgage_interest", self.annual_mortgage_interest)
        _amount("annual_rent", self.annual_rent)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A property given away or sold: its full market value on that day, in euros.

    `abatement` is granted by a person (`given`), never computed.
    """

    date: date
    value: Decimal | None
    right: str = "full"
    share: Share = _ONE
    debts_paid: Decimal | None = _ZERO
    abatement: Decimal = _ZERO
    given: Given | None = None

    def __post_init__(self) -> None:
        _day("date", self.date)
        _amount("value", self.value)
        _one_of("right", self.right, RIGHTS)
        _share("share", self.share)
        _amount("debts_paid", self.debts_paid)
        _amount("abatement", self.abatement)


@dataclass(frozen=True, slots=True)
class Cohabitant:
    """Somebody who lives there; `counted_share` is decided by a person, 0 for « not counted ».

    `activated` says that a partner who has the right works under art. 60 §7 or an activation.
    """

    relation: str
    claims_ris: bool = False
    counted_share: Share = _ONE
    resources: tuple[Resource, ...] = ()
    activated: bool = False
    label: str = ""
    given: Given | None = None

    def __post_init__(self) -> None:
        _one_of("relation", self.relation, RELATIONS)
        _flag("claims_ris", self.claims_ris)
        _flag("activated", self.activated)
        _share("counted_share", self.counted_share)
        _text("label", self.label)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a living income is computed from, on a day.

    `regime` is that of the decision, by default that of the day. `given` holds the decisions of a
    person, by what they are about: `category`, `regime`, or an exemption of work (`general`…).
    """

    date: date
    category: str
    resources: tuple[Resource, ...] = ()
    movable_capital: Decimal | None = _ZERO
    properties: tuple[Property, ...] = ()
    children_allocataire: int | None = 0
    housing_paid_by_third_party_monthly: Decimal | None = _ZERO
    transfers: tuple[Transfer, ...] = ()
    cohabitants: tuple[Cohabitant, ...] = ()
    study_grant: bool = False
    regime: str = ""
    given: Mapping[str, Given] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        _day("date", self.date)
        _one_of("category", self.category, CATEGORIES)
        _amount("movable_capital", self.movable_capital)
        _amount("housing_paid_by_third_party_monthly", self.housing_paid_by_third_party_monthly)
        _flag("study_grant", self.study_grant)
        children = self.children_allocataire
        if children is not None and (type(children) is not int or not 0 <= children <= 50):
            raise ImpossibleFact(
                "children_allocataire", f"{children!r} is not a number of children"
            )
        if self.regime:
            _one_of("regime", self.regime, regime_names())
        for index, one in enumerate(self.transfers):
            if one.date > self.date:
                raise ImpossibleFact(f"transfers[{index}].date", "is after the day of the decision")
        if sum(1 for one in self.cohabitants if one.relation == "partner") > 1:
            raise ImpossibleFact("cohabitants", "there can be one partner only")


def _one_of(name: str, value: object, allowed: Mapping[str, str] | tuple[str, ...]) -> None:
    if not isinstance(value, str) or value not in allowed:
        raise ImpossibleFact(name, f"{value!r} is not one of {', '.join(allowed)}")


def _amount(name: str, value: object) -> None:
    if value is None:
        return
    if type(value) is not Decimal or not value.is_finite():
        raise ImpossibleFact(name, f"{value!r} is not an amount")
    if value < 0:
        raise ImpossibleFact(name, f"{value} is negative")
    if value > LARGEST:
        raise ImpossibleFact(name, f"{value} is too large")
    if value.as_tuple().exponent < -2 and value != value.quantize(Decimal("0.01")):  # type: ignore[operator]
        raise ImpossibleFact(name, f"{value} has more than two decimals")


def _share(name: str, value: object) -> None:
    if isinstance(value, Fraction):
        possible = 0 <= value <= 1 and value.denominator < 10**_SHARE_DECIMALS
    elif type(value) is Decimal and value.is_finite():
        possible = 0 <= value <= 1 and value.adjusted() > -_SHARE_DECIMALS
        possible = possible and len(value.as_tuple().digits) <= _SHARE_DECIMALS
    else:
        possible = False
    if not possible:
        raise ImpossibleFact(name, f"{value!s} is not a share from 0 to 1")


def _flag(name: str, value: object) -> None:
    if not isinstance(value, bool):
        raise ImpossibleFact(name, f"{value!r} is neither true nor false")


def _text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise ImpossibleFact(name, f"{value!r} is not a text")


def _day(name: str, value: object) -> None:
    if type(value) is not date:
        raise ImpossibleFact(name, f"{value!r} is not a date")
