"""The amounts of the living income in force, with where each was read, and how they changed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.utils import formats
from django.utils.translation import gettext as _

from beffroi.rules.exact import cents, units
from beffroi.rules.living_income_parameters import (
    CATEGORIES,
    Known,
    Parameters,
    parameters_on,
)
from beffroi.rules.series import OutsideParameters, series
from beffroi.web.portal.estimate import words


def in_force(p: Parameters) -> dict[str, Any]:
    """This function will give the amounts of a day, in words, with their articles and sources."""
    rates = [
        {
            "label": words.first_capital(words.rate(category)),
            "monthly": words.monthly(p.full[place]),
            "yearly": words.money(cents(p.full[place].amount)),
            "base": words.money(cents(units(p.base[place]))),
            "exemption": words.rounded(p.general_exemption[place].amount),
            **_known(p.full[place]),
        }
        for place, category in enumerate(CATEGORIES)
    ]
    return {
        "since": words.day(p.since),
        "index": formats.number_format(Decimal(p.coefficient), 4, use_l10n=True),
        "index_since": words.day(p.known["living_income_index"].since),
        "rates": rates,
        "rules": list(_rules(p)),
        "first_savings": words.rounded(p.scale[0][1] or 0),
        "exempt_work": words.rounded(p.spi_general.amount),
        "years": p.transfer_years,
    }


def _known(one: Known) -> dict[str, Any]:
    return {
        "article": words.reference(one.reference), "is_read": one.status == "read",
        "url": one.url, "host": host(one.url),
    }  # fmt: skip


def host(url: str) -> str:
    """This function will name a source by its site: the same in every language."""
    return urlsplit(url).hostname or ""


def _rules(p: Parameters) -> Iterator[dict[str, Any]]:
    """Each other amount of the law that the sum rests on."""
    over = _("ce qui dépasse %(amount)s par an") % {"amount": words.money(cents(p.full[0].amount))}
    yield {"label": _("Travail : part du salaire qui peut ne pas compter"),
           "value": _("%(amount)s par mois") % {"amount": words.rounded(p.spi_general.amount)},
           **_known(p.spi_general)}  # fmt: skip
    for label, value, name in (
        (_("Épargne"), words.scale_in_words(p), "movable_capital_scale"),
        (_("Maison ou appartement"), words.built_in_words(p), "built_property"),
        (_("Terrain"), words.land_in_words(p), "land_property"),
        (_("Votre partenaire, s’il ne demande rien"), over, "partner_rules"),
        (_("La famille qui vit avec vous"), over, "household_regime"),
        (_("Logement payé par quelqu’un qui n’y vit pas"), _("compte en entier"), "housing_by_third_party"),
    ):  # fmt: skip
        one = p.known[name]
        yield {"label": label, "value": value, "article": words.reference(one.reference),
               "is_read": one.is_read, "url": one.source.url, "host": host(one.source.url)}  # fmt: skip


def history(today: date) -> list[dict[str, Any]]:
    """This function will give the monthly amounts since the first known, the latest first."""
    names = ("living_income_base", "living_income_index")
    days = {day for name in names for day in series(name).changes() if day <= today}
    rows = []
    for day in sorted(days, reverse=True):
        try:
            p = parameters_on(day)
        except OutsideParameters:
            continue
        rows.append(
            {
                "since": words.day(day),
                "amounts": [
                    {"text": words.monthly(one), "is_read": one.status == "read"} for one in p.full
                ],
            }
        )
    return rows
