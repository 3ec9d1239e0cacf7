"""How days, amounts and weights of what is handed over read."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _

_SOON = timedelta(days=7)


def day(one: date | None) -> str:
    """This function will write a day: 3 mars 2026."""
    return str(date_filter(one, "j F Y")) if one else ""


def number(amount: Decimal) -> str:
    """This function will write points as French does, without a useless end: 4,50 and 12."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f}" if whole else f"{amount:.2f}".replace(".", ",")


def points(amount: Decimal) -> str:
    """This function will write points with their word: 1 point, 4,50 points; French counts from two."""
    said = _("%s points") if amount >= 2 else _("%s point")
    return said % number(amount)


def euros(amount: Decimal) -> str:
    """This function will write an amount: 1 314,20 €."""
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",") + " €"


def weight(grams: int) -> str:
    """This function will write a weight in kilograms: 12,4 kg."""
    said = f"{Decimal(grams) / 1000:,.1f}".replace(",", " ").replace(".", ",")
    return f"{said} kg"


def lot_state(lot: Any, today: date) -> dict[str, str]:
    """This function will say whether a lot may be handed over, and until when."""
    if lot.recall_id:
        return {"tag": _("rappelé"), "tone": "red"}
    if lot.expires_date is None:
        return {"text": _("sans date")}
    if lot.expires_date < today:
        return {"text": day(lot.expires_date), "tag": _("périmé"), "tone": "red"}
    if lot.expires_date <= today + _SOON:
        return {"text": day(lot.expires_date), "tag": _("bientôt"), "tone": "amber"}
    return {"text": day(lot.expires_date)}


def lot_days(until: date, today: date) -> dict[str, str]:
    """This function will say until when tickets are valid, and whether that is over."""
    over = {"tag": _("échu"), "tone": "red"} if until < today else {}
    return {"text": day(until), **over}
