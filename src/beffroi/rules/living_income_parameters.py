"""The parameters of the living income on one day, as exact amounts, and how each is known."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache

from beffroi.rules.exact import EURO, cents, french, monthly_cents, text, units
from beffroi.rules.series import OutsideParameters, Status, Value, series

CATEGORIES = ("cohabitant", "isolated", "family")
COHABITANT = 0
_CENT = Decimal("0.01")
_NAMES = (
    "living_income_base", "living_income_index", "living_income_published", "spi_general_base",
    "spi_student_grant_base", "spi_shortage_job_base", "spi_artist_base",
    "spi_general_published", "spi_shortage_job_published",
    "spi_student_grant_published", "general_exemption",
    "ale_hourly_exempt", "movable_capital_scale", "built_property", "land_property",
    "property_rules", "transfer_rights", "housing_by_third_party", "partner_rules",
    "household_regime", "spi_not_for",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """An amount of the law on a day: billionths of a euro, its article, how it is known."""

    amount: int
    reference: str
    status: Status
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Regime:
    """Which cohabitants, beside the partner, may count, from a day on."""

    name: str
    since: date
    relations: frozenset[str]
    reference: str
    status: Status


@dataclass(frozen=True)
class Parameters:
    """What the law fixes on a day; amounts in billionths of a euro."""

    since: date
    base: tuple[str, ...]
    coefficient: str
    full: tuple[Known, Known, Known]
    general_exemption: tuple[Known, Known, Known]
    spi_general: Known
    spi_student_with_grant: Known
    spi_shortage_job: Known | None
    spi_artist: Known
    ale_hour: Known
    scale: tuple[tuple[int, int | None, int], ...]
    built_exempt: int
    built_per_child: int
    built_factor: int
    land_exempt: int
    land_factor: int
    interest_cap_divisor: int
    transfer_percent: dict[str, int]
    transfer_years: int
    partner_whole: frozenset[str]
    spi_not_for: frozenset[str]
    regime: Regime
    known: dict[str, Value]

    @cached_property
    def full_amounts(self) -> tuple[int, ...]:
        """The full yearly amounts, by category."""
        return tuple(one.amount for one in self.full)

    @cached_property
    def exemptions(self) -> tuple[int, ...]:
        """The general exemptions, by category."""
        return tuple(one.amount for one in self.general_exemption)

    @cached_property
    def full_in_words(self) -> tuple[str, ...]:
        """How each full amount comes about: « 9 058,25 € × 1,7410 »."""
        index = self.coefficient.replace(".", ",")
        return tuple(f"{french(units(one))} × {index}" for one in self.base)

    def reference(self, name: str) -> tuple[str, Status]:
        """This function will give the article of a parameter and how it is known."""
        one = self.known[name]
        return one.reference, one.status


def coefficient(pivots: int) -> Decimal:
    """This function will give the index coefficient after so many passings of the pivot index."""
    return (Decimal("1.02") ** pivots).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def indexed(base: Decimal | str, by: Decimal | str) -> Decimal:
    """This function will give a base amount times its coefficient, rounded to the cent."""
    return (Decimal(base) * Decimal(by)).quantize(_CENT, ROUND_HALF_UP)


def index_table(base: list[str], pivots: int) -> dict[str, list[str]]:
    """This function will give the yearly and monthly amounts of base amounts, in euros.

    Raises: ValueError for a base that is not an amount, or pivots out of 0 to 100.
    """
    if isinstance(pivots, bool) or not isinstance(pivots, int) or not 0 <= pivots <= 100:
        raise ValueError("pivots: a whole number from 0 to 100 is expected")
    annual = [units(indexed(_base_amount(one), coefficient(pivots))) for one in base]
    return {
        "annual": [text(cents(one)) for one in annual],
        "monthly": [text(monthly_cents(one)) for one in annual],
    }


def _base_amount(given: object) -> Decimal:
    try:
        amount = Decimal(str(given))
    except ArithmeticError:
        amount = Decimal("nan")
    if not amount.is_finite() or not 0 <= amount < 10**9:
        raise ValueError(f"base: {given!r} is not an amount")
    return amount


def parameters_on(day: date) -> Parameters:
    """This function will give the parameters in force on `day`.

    Raises: OutsideParameters where an amount is not known.
    """
    days = _days_of_change()
    index = bisect_right(days, day) - 1
    try:
        return _parameters_since(days[max(0, index)])
    except OutsideParameters:
        words = f"date: no amount of the living income is known on {day.isoformat()}"
        raise OutsideParameters(words) from None


def days_of_adaptation() -> list[date]:
    """This function will give the days on which the law or the index changes the full amounts."""
    names = ("living_income_base", "living_income_index")
    return sorted({v.since for name in names for v in series(name).values if v.value is not None})


@lru_cache(maxsize=1)
def _days_of_change() -> list[date]:
    """The days on which some parameter changes."""
    return sorted({day for name in _NAMES for day in series(name).changes()})


@lru_cache(maxsize=256)
def _parameters_since(day: date) -> Parameters:
    known = {name: one for name in _NAMES if (one := series(name).get(day)) is not None}
    for name in ("living_income_base", "living_income_index"):
        series(name).on(day)
    index = known["living_income_index"].value["coefficient"]
    built, land = known["built_property"].value, known["land_property"].value
    rights = dict(known["transfer_rights"].value)
    years = rights.pop("years")
    spi = _indexed("spi_general_base", known, index, "spi_general_published")
    return Parameters(
        since=day,
        base=tuple(known["living_income_base"].value),
        coefficient=index,
        full=_full_amounts(known, index),
        general_exemption=_by_category(known["general_exemption"]),
        spi_general=spi,
        spi_student_with_grant=_maybe("spi_student_grant_base", known, index) or spi,
        spi_shortage_job=_maybe("spi_shortage_job_base", known, index),
        spi_artist=_indexed("spi_artist_base", known, index),
        ale_hour=_known(known["ale_hourly_exempt"], units(known["ale_hourly_exempt"].value)),
        scale=_scale(known["movable_capital_scale"]),
        built_exempt=units(built["exempt"]),
        built_per_child=units(built["per_child"]),
        built_factor=built["factor"],
        land_exempt=units(land["exempt"]),
        land_factor=land["factor"],
        interest_cap_divisor=known["property_rules"].value["interest_cap_divisor"],
        transfer_percent=rights,
        transfer_years=years,
        partner_whole=frozenset(known["partner_rules"].value["counted_whole"]),
        spi_not_for=frozenset(known["spi_not_for"].value),
        regime=_regime(known["household_regime"]),
        known=known,
    )


def regime_named(name: str, day: date) -> Regime:
    """This function will give a regime of cohabitants by its name, if it is in force on `day`.

    Raises: ValueError when the name is unknown, or not yet in force.
    """
    for one in series("household_regime").values:
        if one.value["name"] == name:
            if one.since > day:
                raise ValueError(f"regime: {name} starts on {one.since.isoformat()}")
            return _regime(one)
    raise ValueError(f"regime: {name!r} is not known")


def regime_names() -> tuple[str, ...]:
    """This function will name the regimes of cohabitants, the oldest first."""
    return tuple(one.value["name"] for one in series("household_regime").values)


@lru_cache(maxsize=1)
def relations_that_may_count() -> frozenset[str]:
    """This function will give the relations that count under one regime or another."""
    return frozenset().union(*(one.value["relations"] for one in series("household_regime").values))


def _regime(one: Value) -> Regime:
    return Regime(
        one.value["name"], one.since, frozenset(one.value["relations"]), one.reference, one.status
    )


def _known(one: Value, amount: int, status: Status | None = None) -> Known:
    return Known(amount, one.reference, status or one.status, one.source.title, one.source.url)


def _by_category(one: Value) -> tuple[Known, Known, Known]:
    first, second, third = (_known(one, units(amount)) for amount in one.value)
    return first, second, third


def _full_amounts(known: dict[str, Value], index: str) -> tuple[Known, Known, Known]:
    """The full amounts; read where the published monthly amount is the one computed."""
    base, layer = known["living_income_base"], known["living_income_index"]
    published = known.get("living_income_published")
    found = []
    for position, amount in enumerate(base.value):
        annual = units(indexed(amount, index))
        shown = published and published.value[position]
        if published and shown == text(monthly_cents(annual)):
            found.append(_known(published, annual, "read"))
        else:
            both = base.is_read and layer.is_read
            found.append(_known(base, annual, "read" if both else "inferred"))
    return found[0], found[1], found[2]


def _indexed(name: str, known: dict[str, Value], index: str, published: str = "") -> Known:
    """A base amount with its index; read where the published amount is the one computed."""
    amount = indexed(known[name].value, index)
    shown = known.get(published)
    if shown is not None and Decimal(shown.value) == amount:
        return _known(shown, units(amount))
    return _known(known[name], units(amount), "inferred")


def _maybe(name: str, known: dict[str, Value], index: str) -> Known | None:
    return (
        _indexed(name, known, index, name.replace("_base", "_published")) if name in known else None
    )


def _scale(one: Value) -> tuple[tuple[int, int | None, int], ...]:
    """The tranches as (from, up to, per cent); the last one has no end."""
    lower, tranches = 0, []
    for tranche in one.value:
        upper = None if tranche["up_to"] is None else int(tranche["up_to"]) * EURO
        tranches.append((lower, upper, tranche["percent"]))
        lower = upper or 0
    return tuple(tranches)
