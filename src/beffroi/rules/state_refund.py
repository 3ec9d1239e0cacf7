"""What the State refunds of the living income, and the monthly claim.

The standard rate follows the average number of persons entitled in the year n−2 (loi
26/05/2002 art. 32): it rises for the first time only with five per cent more persons, and
falls by one point a year unless the number fell by less than three per cent. Who was shut
out of unemployment benefits in 2026 has rates of her own; a project adds ten points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from beffroi.rules.amounts import ZERO, euros, number, percent, to_cent
from beffroi.rules.figures import Explanation, Figure, Table, figure, table
from beffroi.rules.series import series
from beffroi.rules.steps import Step

Entry = Literal["standard", "excluded_unemployment"]
_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Rate:
    """The part of a payment that the State refunds, and how."""

    rate: Decimal
    steps: tuple[Step, ...]


def standard_rate(
    year: int, two_years_before: Decimal, three_years_before: Decimal, last_rate: Decimal
) -> Rate:
    """This function will give a centre's rate for `year`.

    The averages are persons entitled each month in the years n−2 and n−3; `last_rate` is the
    rate of the year n−1. Raises: OutsideParameters; ValueError for a negative average.
    """
    if min(two_years_before, three_years_before) < 0:
        raise ValueError("an average is zero or more")
    day, told = date(year, 1, 1), Explanation()
    rates, limits = table("refund_rates", day), table("refund_thresholds", day)
    aim = _aim(two_years_before, rates, limits)
    words = f"moyenne de {year - 2} : {number(two_years_before)} ayants droit par mois"
    told.add("aim", "Taux que donne le nombre", words, aim, [rates, limits])
    change = ZERO
    if three_years_before:
        change = (two_years_before - three_years_before) / three_years_before
    rate = last_rate
    if aim > last_rate and (change >= limits.content["growth"] or not three_years_before):
        rate = aim
    elif aim < last_rate and -change >= limits.content["fall"]:
        rate = max(aim, last_rate - limits.content["yearly_decrease"])
    words = f"{year - 1} : {percent(last_rate)}, évolution de {percent(round(change, 4))}"
    told.add("rate", f"Taux de {year}", f"{words} → {percent(rate)}", rate, [limits])
    return Rate(rate, told.done())


def _aim(average: Decimal, rates: Table, limits: Table) -> Decimal:
    if average >= limits.content["large"]:
        return Decimal(rates.content["from_1000"])
    if average >= limits.content["small"]:
        return Decimal(rates.content["from_500"])
    return Decimal(rates.content["standard"])


@dataclass(frozen=True, slots=True)
class Payment:
    """A month's living income paid in a file, in euros; below zero for a recovery.

    `applied` is the day of the request, `entry` what brought the person; `is_direct` is false
    for a right derived from another's exclusion. `in_project` says a subsidised project runs.
    """

    file: str
    month: date
    amount: Decimal
    applied: date
    entry: Entry = "standard"
    is_direct: bool = True
    in_project: bool = False


def rate_of(payment: Payment, standard: Decimal) -> Rate:
    """This function will give the part of a payment that the State refunds, at most the whole.

    `standard` is the centre's rate for the year of the payment.
    """
    told, rate = Explanation(), standard
    told.add(
        "standard", "Taux du centre", percent(standard), standard,
        reference="loi 26/05/2002 art. 32",
    )  # fmt: skip
    if payment.entry == "excluded_unemployment" and payment.is_direct:
        rate, used, words = _excluded(payment, standard)
        told.add("excluded", "Personne exclue du chômage", words, rate, [used])
    if payment.in_project:
        bonus = figure("piis_subsidy_rate", payment.month)
        words = f"{percent(rate)} + {percent(bonus.amount)}"
        rate += bonus.amount
        told.add("project", "Projet individualisé d’intégration", words, rate, [bonus])
    if rate > _WHOLE:
        rate = _WHOLE
        used = Figure(_WHOLE, "loi 26/05/2002 art. 32", "inferred")
        told.add("whole", "Jamais plus que le tout", percent(rate), rate, [used])
    return Rate(rate, told.done())


def _excluded(payment: Payment, standard: Decimal) -> tuple[Decimal, Figure, str]:
    first = series("refund_excluded_first_half").values[0].since
    later = series("refund_excluded_bonus").values[0].since
    if payment.applied >= later:
        bonus = figure("refund_excluded_bonus", payment.applied)
        rate = standard + bonus.amount
        return rate, bonus, f"{percent(standard)} + {percent(bonus.amount)} = {percent(rate)}"
    if payment.applied >= first:
        whole = figure("refund_excluded_first_half", payment.month)
        return whole.amount, whole, f"taux de {payment.month.year} : {percent(whole.amount)}"
    used = Figure(standard, "loi de compensation de la réforme du chômage")
    return standard, used, "demande d’avant 2026 : taux du centre"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A payment and what the State owes for it, to the cent."""

    payment: Payment
    rate: Decimal
    refund: Decimal
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A month's claim: its lines in the order given, and its total in euros."""

    lines: tuple[ClaimLine, ...]
    file_costs: Decimal
    total: Decimal
    steps: tuple[Step, ...]


def monthly_claim(
    payments: Sequence[Payment], standard: Decimal, files_first_claimed: Sequence[str] = ()
) -> Claim:
    """This function will give the claim of a month's payments.

    `files_first_claimed` are the files of excluded persons for which the yearly file cost is
    claimed for the first time this year. Raises: ValueError when the payments are of several
    months, or a file cost is asked for a file without such a payment.
    """
    if len({(one.month.year, one.month.month) for one in payments}) > 1:
        raise ValueError("a claim is for one month")
    told, lines = Explanation(), []
    for one in payments:
        found = rate_of(one, standard)
        lines.append(ClaimLine(one, found.rate, to_cent(one.amount * found.rate), found.steps))
    for rate in sorted({line.rate for line in lines}):
        of_rate = [line for line in lines if line.rate == rate]
        paid = sum((line.payment.amount for line in of_rate), ZERO)
        owed = sum((line.refund for line in of_rate), ZERO)
        words = f"{len(of_rate)} paiement(s), {euros(paid)} → {euros(owed)}"
        used = [
            Figure(step.value, step.reference, step.source)
            for line in of_rate
            for step in line.steps
            if isinstance(step.value, Decimal)
        ]
        told.add("rate", f"À {percent(rate)}", words, owed, used)
    costs = _file_costs(payments, files_first_claimed, told)
    total = sum((line.refund for line in lines), costs)
    told.conclude("total", "Créance du mois", euros(total), total)
    return Claim(tuple(lines), costs, total, told.done())


def _file_costs(payments: Sequence[Payment], files: Sequence[str], told: Explanation) -> Decimal:
    if not files:
        return ZERO
    entitled = {
        one.file for one in payments if one.entry == "excluded_unemployment" and one.is_direct
    }
    strangers = sorted(set(files) - entitled)
    if strangers or len(set(files)) < len(files):
        raise ValueError(f"no file cost for: {', '.join(strangers) or 'the same file twice'}")
    cost = figure("refund_file_cost", payments[0].month)
    total = cost.amount * len(files)
    words = f"{len(files)} × {euros(cost.amount)} = {euros(total)}"
    told.add("file_costs", "Frais de dossier", words, total, [cost])
    return total
