"""The facts of an enquiry as the computation of the living income takes them."""

from decimal import Decimal
from typing import Any

from beffroi.casework.enums import AssetKind, Question
from beffroi.casework.models import Application, Appreciation, Asset, Cohabitant, Resource

CATEGORIES = ("cohabitant", "isolated", "family")


def appreciation_of(
    application: Application, question: str, about: str = ""
) -> Appreciation | None:
    """This function will give what was last judged on a question, if anything was."""
    return (
        application.appreciations.filter(question=question, about=about).order_by("at", "pk").last()
    )


def living_income_facts(application: Application) -> dict[str, Any]:
    """This function will gather what the enquiry knows, an unknown amount as null.

    Amounts are in euros by month (resources, housing) or as they stand (capital, values).
    """
    category = appreciation_of(application, Question.CATEGORY)
    regime = appreciation_of(application, Question.REGIME)
    assets = list(application.assets.all())
    resources = list(application.resources.all())
    facts: dict[str, Any] = {
        "date": application.wanted_from.isoformat(),
        "category": category.value if category else None,
        "resources": [_resource(one) for one in resources if one.cohabitant_id is None],
        "movable_capital": _sum(assets, AssetKind.CAPITAL),
        "properties": [_property(one) for one in assets if one.kind in ("built", "land")],
        "children_allocataire": int(application.details.get("children_allocataire") or 0),
        "housing_paid_by_third_party_monthly": _sum(assets, AssetKind.HOUSING),
        "transfers": [_transfer(one) for one in assets if one.kind == AssetKind.TRANSFER],
        "cohabitants": [
            _cohabitant(one, [r for r in resources if r.cohabitant_id == one.pk])
            for one in application.cohabitants.all()
        ],
    }
    if regime is not None:
        facts["regime"] = regime.value
    return facts


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _resource(one: Resource) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "monthly": _money(one.monthly),
        "exemption": one.exemption,
        "label": one.label,
    }


def _sum(assets: list[Asset], kind: AssetKind) -> str | None:
    """The sum of the assets of a kind; not known as soon as one of them is not."""
    amounts = [one.amount for one in assets if one.kind == kind]
    if any(amount is None for amount in amounts):
        return None
    return f"{sum((a for a in amounts if a is not None), Decimal(0)):.2f}"


def _property(one: Asset) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "cadastral_income": _money(one.amount),
        "share": one.details.get("share") or "1",
        "usufruct": bool(one.details.get("usufruct")),
        "annual_mortgage_interest": one.details.get("annual_mortgage_interest") or "0.00",
        "annual_rent": one.details.get("annual_rent") or None,
    }


def _transfer(one: Asset) -> dict[str, Any]:
    return {
        "date": one.details.get("date"),
        "value": _money(one.amount),
        "right": one.details.get("right") or "full",
        "share": one.details.get("share") or "1",
        "debts_paid": one.details.get("debts_paid") or "0.00",
    }


def _cohabitant(one: Cohabitant, resources: list[Resource]) -> dict[str, Any]:
    return {
        "relation": one.relation,
        "claims_ris": one.claims_ris,
        "counted_share": f"{one.counted_share.normalize():f}",
        "resources": [_resource(r) for r in resources],
    }
