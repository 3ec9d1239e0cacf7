"""A second, slower reading of the law, one case at a time in fractions, to check the engine.

Written from the articles and not from the engine: it shares no code, no parameter file and no
arithmetic with it. The amounts of five days are copied out by hand.
"""

from datetime import date
from fractions import Fraction as F
from typing import Any

# full amounts a year; exemptions: general, student with a grant, shortage job (month), artist (year)
DAYS = {
    "2020-03-01": (("7671.25", "11506.89", "15550.96"), "253.88", "70.81", None, "3046.52"),
    "2021-12-31": (("8195.85", "12293.82", "16614.44"), "258.96", "72.23", None, "3107.53"),
    "2022-12-01": (("9471.48", "14207.27", "19200.32"), "291.63", "291.63", None, "3499.60"),
    "2025-02-01": (("10513.60", "15770.41", "21312.87"), "309.48", "309.48", "443.52", "3713.76"),
    "2026-03-01": (("10723.75", "16085.64", "21738.88"), "315.67", "315.67", "452.39", "3787.99"),
}
RANK = {"cohabitant": 0, "isolated": 1, "family": 2}
EXEMPT = (F(155), F(250), F(310))
BEFORE = {"parent", "adult_child"}
SINCE_2026 = BEFORE | {
    "grandparent", "adult_grandchild", "parent_in_law", "child_in_law", "former_spouse",
}  # fmt: skip
ASCENDING = {"parent", "grandparent", "parent_in_law"}


def half_up(amount: F, places: int = 100) -> F:
    return F((2 * amount * places + 1) // 2, places)


def money(amount: F) -> str:
    cents = int(half_up(amount) * 100)
    return f"{cents // 100}.{cents % 100:02d}"


def year_of_resources(resources: list[dict], day: str, grant: bool, exempted: bool = True) -> F:
    """What resources count for in a year."""
    _full, general, student, shortage, artist = DAYS[day]
    a_month = {"general": F(general), "student": F(student) if grant else F(general)}
    a_month["shortage_job"] = F(shortage) if shortage else F(0)
    total, by_kind = F(0), {}
    for one in resources:
        if one["kind"] == "exempt":
            continue
        amount = 12 * F(one["monthly"])
        kind = one.get("exemption", "none")
        if one["kind"] == "work" and kind != "none" and exempted:
            by_kind[kind] = by_kind.get(kind, F(0)) + amount
        else:
            total += amount
    for kind, amount in by_kind.items():
        less = F(artist) if kind == "artist" else 12 * a_month[kind]
        if amount > less:
            total += amount - less
    return total


def lent(capital: F) -> F:
    """Art. 27."""
    if capital <= 6200:
        return F(0)
    if capital <= 12500:
        return (capital - 6200) * 6 / 100
    return F(378) + (capital - 12500) / 10


def of_property(case: dict) -> F:
    """Art. 25 and 26."""
    total = F(0)
    for kind in ("built", "land"):
        owned = [one for one in case.get("properties", []) if one["kind"] == kind]
        exempt = F(30)
        if kind == "built":
            exempt = F(750) + 125 * case.get("children_allocataire", 0)
        lived = let = rent = interest = F(0)
        for one in owned:
            mine = F(one["cadastral_income"]) * F(one.get("share", "1"))
            interest += F(one.get("annual_mortgage_interest", "0"))
            if one.get("annual_rent") is None:
                lived += mine
            else:
                let += mine
                rent += F(one["annual_rent"]) * F(one.get("share", "1"))
        by_cadastre = 3 * max(F(0), lived + let - exempt)
        by_rent = 3 * max(F(0), lived - exempt) + rent
        gross = max(by_cadastre, by_rent)
        total += gross - min(interest, gross / 2)
    return total


def of_transfers(case: dict) -> F:
    """Art. 28 to 32."""
    day = date.fromisoformat(case["date"])
    given = F(0)
    for one in case.get("transfers", []):
        when = date.fromisoformat(one["date"])
        if (when.year + 10, when.month, when.day) < (day.year, day.month, day.day):
            continue
        right = {"full": F(1), "usufruct": F(2, 5), "bare_ownership": F(3, 5)}
        value = F(one["value"]) * right[one.get("right", "full")] * F(one.get("share", "1"))
        given += max(F(0), value - F(one.get("debts_paid", "0")))
    return lent(given)


def of_household(case: dict) -> F:
    """Art. 34."""
    cohabitant = F(DAYS[case["date"]][0][0])
    grant = case.get("study_grant", False)
    relations = SINCE_2026 if case["date"] >= "2026-03-01" else BEFORE
    partner, sums, weighed, shares = F(0), F(0), F(0), []
    for one in case.get("cohabitants", []):
        share = F(one.get("counted_share", "1"))
        if one.get("claims_ris") or share == 0:
            continue
        relation = one["relation"]
        has = year_of_resources(
            one.get("resources", []), case["date"], grant, relation not in ASCENDING
        )
        if relation == "partner":
            counted = has if case["category"] == "family" else max(F(0), has - cohabitant)
            partner = counted * share
        elif relation in relations:
            sums, weighed = sums + has, weighed + has * share
            shares.append(share)
    excess = max(F(0), sums - cohabitant * len(shares))
    if not excess:
        return partner
    return partner + excess * (shares[0] if len(set(shares)) == 1 else weighed / sums)


def reference(case: dict) -> dict[str, Any]:
    """This function will give the amounts of the contract that matter, from the law alone."""
    full = F(DAYS[case["date"]][0][RANK[case["category"]]])
    grant = case.get("study_grant", False)
    total = (
        year_of_resources(case.get("resources", []), case["date"], grant)
        + lent(F(case.get("movable_capital", "0")))
        + of_property(case)
        + 12 * F(case.get("housing_paid_by_third_party_monthly", "0"))
        + of_transfers(case)
        + of_household(case)
    )
    entitled = total < full
    exemption = min(EXEMPT[RANK[case["category"]]], total) if entitled else F(0)
    before = full - total if entitled else F(0)
    return {
        "status": "entitled" if entitled else "not_entitled",
        "total": money(total),
        "general_exemption": money(exemption),
        "before": (money(before), money(before / 12)),
        "granted": (money(before + exemption), money((before + exemption) / 12)),
    }
