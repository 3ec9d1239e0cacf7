"""The explanation of a living income: one line a step, that the person can follow.

A step says what is computed, with the figures of the case, what it gives, the article, and
whether the value of the law behind it was read in its source or inferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from beffroi.rules.exact import (
    WHOLE_SHARE,
    Number,
    cents,
    french,
    monthly_cents,
    share_units,
    text,
    units,
)
from beffroi.rules.living_income_facts import (
    RELATIONS,
    RESOURCE_KINDS,
    Cohabitant,
    Facts,
    Property,
    Resource,
)
from beffroi.rules.living_income_inputs import (
    Household,
    Inputs,
    ale_counted,
    is_recent,
    transferred,
)

if TYPE_CHECKING:
    from beffroi.rules.living_income import Amounts
    from beffroi.rules.living_income_parameters import Known, Parameters, Regime

RATES = {"cohabitant": "cohabitant", "isolated": "isolé", "family": "famille à charge"}
_RIGHTS = {"full": "pleine propriété", "usufruct": "usufruit", "bare_ownership": "nue-propriété"}
_ALL_COUNT = "loi 26/05/2002 art. 16 §1"
_AFTER = "AR 11/07/2002 art. 22 §2"


class Step(NamedTuple):
    """One line of the explanation; `value` in euros, `source` read or inferred.

    `note` repeats the human decision behind the step, where there is one.
    """

    key: str
    label: str
    formula: str
    value: str
    reference: str
    source: str
    note: str = ""


def explain(
    facts: Facts, i: Inputs, household: Household, a: Amounts, p: Parameters, regime: Regime
) -> tuple[Step, ...]:
    """This function will tell how a result came about, from the full amount to the month."""
    full = p.full[i.category]
    decision = facts.given.get("category", "")
    steps = [
        Step("full", f"Montant complet par an, taux {RATES[facts.category]}",
             p.full_in_words[i.category], text(cents(full.amount)),
             "loi 26/05/2002 art. 14 §1 et 50", full.status, str(decision)),
        Step("full_monthly", "Montant complet par mois", f"{french(full.amount)} ÷ 12",
             text(monthly_cents(full.amount)), full.reference, full.status),
    ]  # fmt: skip
    if facts.resources:
        _tell_resources(steps, facts, i, p)
    if i.capital:
        _tell_scale(steps, "movable_capital", "Capitaux mobiliers", i.capital, a.capital, p)
    if facts.properties:
        _tell_properties(steps, facts, i, a, p)
    if i.housing:
        reference, status = p.reference("housing_by_third_party")
        steps.append(
            Step("housing", "Logement payé par une personne qui n’y vit pas",
                 f"{french(i.housing // 12)} × 12", text(cents(i.housing)), reference, status)
        )  # fmt: skip
    if facts.transfers:
        _tell_transfers(steps, facts, i, a, p)
    if facts.cohabitants:
        _tell_household(steps, facts, i, household, a, p, regime)
    _tell_end(steps, a, full, p, i.category)
    return tuple(steps)


def _tell_resources(steps: list[Step], facts: Facts, i: Inputs, p: Parameters) -> None:
    work: dict[str, list[int]] = {}
    for one in facts.resources:
        label = one.label or RESOURCE_KINDS[one.kind]
        if one.kind == "work":
            assert one.monthly is not None
            work.setdefault(one.exemption, []).append(units(one.monthly))
        elif one.kind == "exempt":
            steps.append(
                Step("exempt", label, "ressource exonérée, non comptée", "0.00",
                     "AR 11/07/2002 art. 22 §1", "read")
            )  # fmt: skip
        elif one.kind == "ale":
            _tell_ale(steps, one, label, p)
        else:
            assert one.monthly is not None
            month = units(one.monthly)
            steps.append(
                Step(one.kind, label, f"{french(month)} × 12", text(cents(12 * month)),
                     _ALL_COUNT, "read")
            )  # fmt: skip
    for exemption, months in work.items():
        _tell_work(steps, exemption, months, facts, p)


def _tell_ale(steps: list[Step], one: Resource, label: str, p: Parameters) -> None:
    assert one.monthly is not None
    hour = p.ale_hour
    formula = f"({french(units(one.monthly))} − {one.hours} h × {french(hour.amount)}) × 12"
    value = text(cents(ale_counted(one, p, [])))
    steps.append(Step("ale", label, formula, value, hour.reference, hour.status))


def _tell_work(
    steps: list[Step], exemption: str, months: list[int], facts: Facts, p: Parameters
) -> None:
    total = sum(months)
    wages = " + ".join(map(french, months))
    if exemption == "none":
        steps.append(
            Step("work", "Revenus du travail, sans exonération", f"({wages}) × 12",
                 text(cents(12 * total)), _ALL_COUNT, "read")
        )  # fmt: skip
        return
    if exemption == "artist":
        known, words = p.spi_artist, "exonération annuelle des revenus artistiques"
        formula = f"({wages}) × 12 − {french(known.amount)}"
        left = 12 * total - known.amount
    else:
        known, words = _exemption(exemption, facts, p)
        formula = f"({wages} − {french(known.amount)}) × 12"
        left = 12 * (total - known.amount)
    if left < 0:
        formula += ", pas moins de zéro"
    decision = facts.given.get(exemption, "")
    steps.append(
        Step(f"work_{exemption}", f"Revenus du travail, {words}", formula,
             text(cents(max(0, left))), known.reference, known.status, str(decision))
    )  # fmt: skip


def _exemption(exemption: str, facts: Facts, p: Parameters) -> tuple[Known, str]:
    if exemption == "shortage_job":
        assert p.spi_shortage_job is not None
        return p.spi_shortage_job, "exonération du métier en pénurie"
    if exemption == "student":
        known = p.spi_student_with_grant if facts.study_grant else p.spi_general
        return known, "exonération de l’étudiant"
    return p.spi_general, "exonération socioprofessionnelle"


def _tell_scale(
    steps: list[Step], key: str, label: str, capital: Number, income: Number, p: Parameters
) -> None:
    parts = []
    for lower, upper, percent in p.scale:
        if percent and capital > lower:
            top = capital if upper is None or capital < upper else upper
            parts.append(f"{percent} % × ({french(top)} − {french(lower)})")
    formula = " + ".join(parts)
    if not parts:
        formula = f"{french(capital)} ne dépasse pas {french(p.scale[0][1] or 0)}"
    reference, status = p.reference("movable_capital_scale")
    steps.append(Step(key, label, formula, text(cents(income)), reference, status))


def _tell_properties(steps: list[Step], facts: Facts, i: Inputs, a: Amounts, p: Parameters) -> None:
    for kind, label, exempt, factor, value in (
        ("built", "Immeubles bâtis", p.built_exempt, p.built_factor, a.built),
        ("land", "Immeubles non bâtis", p.land_exempt, p.land_factor, a.land),
    ):
        owned = [one for one in facts.properties if one.kind == kind]
        if not owned:
            continue
        formula = _property_formula(owned, exempt, factor, i, p if kind == "built" else None)
        reference, status = p.reference(f"{kind}_property")
        alone = len(owned) == 1 and owned[0].share == 1 and owned[0].annual_rent is None
        if not alone or owned[0].annual_mortgage_interest:
            status = p.reference("property_rules")[1]
        steps.append(
            Step(f"{kind}_property", label, formula, text(cents(value)), reference, status)
        )


def _property_formula(
    owned: list[Property], exempt: int, factor: int, i: Inputs, built: Parameters | None
) -> str:
    incomes = " + ".join(
        french(units(one.cadastral_income or 0))
        + ("" if one.share == 1 else f" × {_share_words(one.share)}")
        for one in owned
    )
    formula = f"({incomes} − {french(exempt)}"
    if built and i.children:
        formula += f" − {i.children} × {french(built.built_per_child)}"
    formula += f") × {factor}, pas moins de zéro"
    rent = i.built_rent if built else i.land_rent
    if rent:
        formula = f"le plus élevé de {formula}, et du loyer, {french(rent)} par an"
    interest = i.built_interest if built else i.land_interest
    if interest:
        formula += f" ; moins les intérêts, {french(interest)}, jusqu’à la moitié"
    return formula


def _share_words(share: object) -> str:
    return str(share).replace(".", ",")


def _tell_transfers(steps: list[Step], facts: Facts, i: Inputs, a: Amounts, p: Parameters) -> None:
    reference, status = p.reference("transfer_rights")
    for one in facts.transfers:
        label = f"Bien cédé le {one.date:%d/%m/%Y}, {_RIGHTS[one.right]}"
        if not is_recent(one, facts, p):
            old = f"cédé il y a plus de {p.transfer_years} ans, non compté"
            steps.append(Step("transfer", label, old, "0.00", reference, status))
            continue
        formula = french(units(one.value or 0))
        if one.right != "full":
            formula += f" × {p.transfer_percent[one.right]} %"
        if one.share != 1:
            formula += f" × {_share_words(one.share)}"
        if one.debts_paid:
            formula += f" − {french(units(one.debts_paid))} de dettes"
        if one.abatement:
            formula += f" − {french(units(one.abatement))} d’abattement"
        value = text(cents(transferred(one, p, [])))
        note = str(one.given or "")
        steps.append(Step("transfer", label, formula, value, reference, status, note))
    _tell_scale(steps, "transfers", "Biens cédés, revenu annuel prêté", i.transfers, a.transfers, p)


def _tell_household(
    steps: list[Step], facts: Facts, i: Inputs, household: Household, a: Amounts,
    p: Parameters, regime: Regime,
) -> None:  # fmt: skip
    for one, reason in household.ignored:
        _tell_person(steps, one, reason, 0, regime, str(facts.given.get("regime", "")))
    if household.partner:
        one, amount = household.partner
        reference, status = p.reference("partner_rules")
        formula = _had(one, facts, p)
        if not i.partner_whole:
            formula += f" − {french(p.full[0].amount)} (taux cohabitant), pas moins de zéro"
        formula += _share_of(i.partner_share)
        label = f"{one.label or RELATIONS['partner']}, ressources comptées"
        value, note = text(cents(a.partner)), str(one.given or "")
        steps.append(Step("partner", label, formula, value, reference, status, note))
    for one, amount in household.others:
        formula = _had(one, facts, p)
        if share_units(one.counted_share) != WHOLE_SHARE:
            formula += f", comptées pour {_share_words(one.counted_share)}"
        _tell_person(steps, one, formula, amount, regime)
    if household.others:
        formula = (
            f"{french(i.others)} − {i.others_count} × {french(p.full[0].amount)} (taux cohabitant), "
            f"pas moins de zéro{_share_of(i.others_share)}"
        )
        shared = i.others_share != WHOLE_SHARE and len(household.others) > 1
        status = "inferred" if shared else regime.status
        label, value = "Ressources comptées des cohabitants", text(cents(a.others))
        note = str(facts.given.get("regime", ""))
        steps.append(Step("cohabitants", label, formula, value, regime.reference, status, note))


def _tell_person(
    steps: list[Step], one: Cohabitant, formula: str, amount: Number, regime: Regime,
    decision: str = "",
) -> None:  # fmt: skip
    label = one.label or RELATIONS[one.relation]
    value, note = text(cents(amount)), str(one.given or decision)
    steps.append(
        Step("cohabitant", f"{label}, ressources par an", formula, value, regime.reference,
             regime.status, note)
    )  # fmt: skip


def _had(one: Cohabitant, facts: Facts, p: Parameters) -> str:
    """What a cohabitant has a year, as a formula: « (1 000,00 € − 309,48 €) × 12 + … »."""
    groups: dict[str, list[str]] = {}
    parts = []
    for resource in one.resources:
        if resource.kind == "ale":
            parts.append(french(ale_counted(resource, p, [])))
        elif resource.kind != "exempt" and resource.monthly is not None:
            exemption = "none" if one.relation in p.spi_not_for else resource.exemption
            groups.setdefault(exemption, []).append(french(units(resource.monthly)))
    for exemption, months in groups.items():
        wages = " + ".join(months)
        if exemption == "none":
            parts.append(f"({wages}) × 12")
        elif exemption == "artist":
            parts.append(f"(({wages}) × 12 − {french(p.spi_artist.amount)}, pas moins de zéro)")
        else:
            known = _exemption(exemption, facts, p)[0]
            parts.append(f"({wages} − {french(known.amount)}, pas moins de zéro) × 12")
    return " + ".join(parts) or french(0)


def _share_of(share: Number) -> str:
    if share == WHOLE_SHARE:
        return ""
    percent = f"{float(share) / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f", × {percent} %"


def _tell_end(steps: list[Step], a: Amounts, full: Known, p: Parameters, category: int) -> None:
    parts = (
        a.work, a.other, a.capital, a.built, a.land, a.housing, a.transfers, a.partner, a.others,
    )  # fmt: skip
    added = " + ".join(french(part) for part in parts if part) or "aucune ressource comptée"
    total, whole = french(a.total), french(a.full)
    steps.append(
        Step(
            "total",
            "Total des ressources comptées",
            added,
            text(cents(a.total)),
            _ALL_COUNT,
            "read",
        )
    )
    if not a.is_entitled:
        steps.append(
            Step("granted", "Revenu d’intégration",
                 f"{total} atteint le montant complet, {whole} : rien à compléter", "0.00",
                 "loi 26/05/2002 art. 3, 4°", "read")
        )  # fmt: skip
        return
    if a.total:
        known = p.general_exemption[category]
        steps += [
            Step("general_exemption", "Exonération générale, en dernier",
                 f"{total} < {whole} : {french(known.amount)} au plus",
                 text(cents(a.general_exemption)), known.reference, known.status),
            Step("deducted", "Ressources à déduire",
                 f"{total} − {french(a.general_exemption)}", text(cents(a.deducted)), _AFTER, "read"),
        ]  # fmt: skip
    steps += [
        Step("granted_annual", "Revenu d’intégration par an",
             f"{whole} − {french(a.deducted)}", text(cents(a.granted)), full.reference, full.status),
        Step("granted", "Revenu d’intégration par mois, arrondi au centime",
             f"{french(a.granted)} ÷ 12", text(monthly_cents(a.granted)), full.reference, full.status),
    ]  # fmt: skip
