"""At which rate the State refunds a living income that was paid: the law, or what was decided.

A rate that a fact is missing for is not guessed: it has no share, and says what lacks.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from beffroi.acts.payments.enums import EntryReason
from beffroi.rules import state_refund
from beffroi.rules.amounts import percent
from beffroi.rules.figures import figure
from beffroi.rules.series import OutsideParameters, series

#: From the files of a month to those in which a subsidised project of integration runs then.
ProjectReader = Callable[[Collection[str], date], frozenset[str]]
_project_readers: list[ProjectReader] = []


def add_project_reader(reader: ProjectReader) -> None:
    """This function will have `reader` say in which files a subsidised project runs in a month."""
    if reader not in _project_readers:
        _project_readers.append(reader)


def files_in_project(files: Collection[str], month: date) -> frozenset[str]:
    """This function will give the files in which a subsidised project of integration runs."""
    return frozenset().union(*(reader(files, month) for reader in _project_readers))


@dataclass(frozen=True)
class CentreShare:
    """What the State refunds this centre as a rule in a year, from 0 to 1, and how it is known."""

    share: Decimal
    is_verified: bool


@dataclass(frozen=True)
class RefundFacts:
    """What the rate depends on: kind of aid, month paid for, the file's entry, the centre's rate."""

    aid_kind: str
    month: date
    file: Mapping[str, Any]
    centre: CentreShare | None = None
    in_project: bool = False


@dataclass(frozen=True)
class Rate:
    """A share from 0 to 1, why, by which article, and whether it was read in a source.

    Without a share, `basis` says which fact is missing. `file_cost` is what the State adds for
    the file in euros, once a year.
    """

    share: Decimal | None
    basis: str
    is_verified: bool = False
    reference: str = ""
    file_cost: Decimal = Decimal("0.00")


#: Gives the rate of a paid living income.
RateFor = Callable[[RefundFacts], Rate]


def lawful_rate(facts: RefundFacts) -> Rate:
    """This function will give the rate that was decided for the order, or else that of the law."""
    return decided_rate(facts) or _by_law(facts)


def decided_rate(facts: RefundFacts) -> Rate | None:
    """This function will give the rate that the decision itself carries, or None without one.

    The decision says `{"rate": "0.55", "basis": "…", "verified": true}` in the facts of its order.
    """
    given = facts.file.get("rate")
    if given in (None, ""):
        return None
    try:
        share = Decimal(str(given))
    except InvalidOperation:
        raise ValueError(f"{given} is not a share") from None
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is not a share")
    return Rate(share, str(facts.file.get("basis", "")), bool(facts.file.get("verified")))


def _by_law(facts: RefundFacts) -> Rate:
    try:
        return _found(facts)
    except OutsideParameters:
        return Rate(None, _("La loi n’est pas connue ici pour ce mois."))


def _found(facts: RefundFacts) -> Rate:
    if facts.aid_kind != "living_income":
        found = figure("refund_equivalent", facts.month)
        words = _("Équivalent du revenu d’intégration : %(rate)s") % {"rate": percent(found.amount)}
        return Rate(found.amount, words, found.status == "read", found.reference)
    if facts.centre is None:
        return Rate(None, _("Le taux du centre pour %(year)s manque.") % {"year": facts.month.year})
    applied = _day(facts.file.get("asked_on"))
    if applied is None:
        return Rate(None, _("Le jour de la demande manque."))
    entry = str(facts.file.get("entry_reason") or "")
    if entry not in EntryReason.values and applied >= _reform():
        return Rate(None, _("Le motif d’entrée manque : exclusion du chômage, ou non."))
    return _living_income(facts, facts.centre, applied, entry)


def _living_income(facts: RefundFacts, centre: CentreShare, applied: date, entry: str) -> Rate:
    is_direct = entry == EntryReason.EXCLUDED
    payment = state_refund.Payment(
        file="", month=facts.month, amount=Decimal(0), applied=applied,
        entry="excluded_unemployment" if is_direct else "standard",
        in_project=facts.in_project,
    )  # fmt: skip
    found = state_refund.rate_of(payment, centre.share)
    told = [step for step in found.steps if step.key != "standard"] or list(found.steps)
    # Where the excluded person's own rate stands alone, the centre's plays no part in it.
    rests_on_centre = not (is_direct and _reform() <= applied < _bonus())
    verified = all(step.is_read for step in told) and (centre.is_verified or not rests_on_centre)
    basis = " ; ".join(f"{step.label} : {step.formula}" for step in told)
    reference = " ; ".join(dict.fromkeys(step.reference for step in told if step.reference))
    return Rate(found.rate, basis, verified, reference, _file_cost(entry, applied, facts.month))


def _file_cost(entry: str, applied: date, month: date) -> Decimal:
    if entry != EntryReason.EXCLUDED or applied < _reform():
        return Decimal("0.00")
    try:
        return figure("refund_file_cost", month).amount
    except OutsideParameters:
        return Decimal("0.00")


def _reform() -> date:
    return series("refund_excluded_first_half").values[0].since


def _bonus() -> date:
    return series("refund_excluded_bonus").values[0].since


def _day(given: Any) -> date | None:
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None
