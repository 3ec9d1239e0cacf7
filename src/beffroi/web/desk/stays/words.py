"""How nights, days and what they count are said."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.template.defaultfilters import date as date_filter
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.stays.enums import OpeningState, Sex


def when(day: date, sleeps: bool) -> str:
    """This function will name a night or a day: « Nuit du mardi 24 novembre 2026 »."""
    said = date_filter(day, "l j F Y")
    return (_("Nuit du %(day)s") if sleeps else _("Journée du %(day)s")) % {"day": said}


def nights(count: int) -> str:
    """This function will count nights in words."""
    return ngettext("%(n)d nuit", "%(n)d nuits", count) % {"n": count}


def visits(count: int) -> str:
    """This function will count day visits in words."""
    return ngettext("%(n)d passage", "%(n)d passages", count) % {"n": count}


def beds_left(count: int) -> str:
    """This function will say how many beds are left."""
    if not count:
        return _("Plus un lit libre")
    return ngettext("%(n)d lit libre", "%(n)d lits libres", count) % {"n": count}


def share(part: int, whole: int) -> str:
    """This function will write a share as a percentage with one figure after the comma."""
    if not whole:
        return ""
    found = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{found} %".replace(".", ",")


def mean(total: int, days: int) -> str:
    """This function will write a mean with two figures after the comma."""
    if not days:
        return ""
    return str((Decimal(total) / days).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def bed_for(sex: str) -> str:
    """This function will say for whom a bed is."""
    return {Sex.MAN: _("hommes"), Sex.WOMAN: _("femmes")}.get(sex, _("pour tous"))  # type: ignore[call-overload,no-any-return]


def tone(state: str) -> str:
    """This function will give the tone of the state of an opening."""
    return "green" if state == OpeningState.CLOSED else "amber"


def came(opening: Any) -> str:
    """This function will say what a closed opening counted."""
    return nights(opening.slept) if opening.house.sleeps else visits(opening.visits)


def number(count: int) -> str:
    """This function will write a number with a thin space every three figures."""
    return f"{count:,}".replace(",", "\u202f")
