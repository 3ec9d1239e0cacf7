"""What the pages of the board share: the plan they speak of, the year, how a figure is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.text import unit_for, whole_number
from beffroi.steering import permissions
from beffroi.steering.figures import Figure
from beffroi.web import sections as pages
from beffroi.web.sections import Act, Section, column, day, euro, money

if TYPE_CHECKING:
    from beffroi.steering.models import Line, Plan

__all__ = [
    "Act", "Section", "actor_of", "column", "day", "euro", "figure_words", "last_day", "line_url",
    "money", "number", "pairs", "shown", "tabs", "the_line", "the_plan", "year_of",
]  # fmt: skip
#: The oldest year a page is asked for.
_FIRST_YEAR = 2000


def actor_of(request: HttpRequest) -> Actor:
    """This function will give who looks at the page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def the_plan(request: HttpRequest, key: str) -> Plan:
    """This function will give the plan the page is about. Raises: Http404."""
    plan = permissions.plans_visible_to(actor_of(request)).filter(key=key).first()
    if plan is None:
        raise Http404(key)
    return plan


def the_line(request: HttpRequest, key: str, number: int) -> Line:
    """This function will give the line the page is about. Raises: Http404."""
    rows = permissions.lines_visible_to(actor_of(request))
    line = rows.filter(plan__key=key, number=number).first()
    if line is None:
        raise Http404(f"{key}/{number}")
    return line


def year_of(request: HttpRequest) -> int:
    """This function will give the year asked in the address, or this year."""
    asked, today = request.GET.get("annee", ""), timezone.localdate()
    year = whole_number(asked, today.year + 1) or 0
    return year if year >= _FIRST_YEAR else today.year


def last_day(year: int) -> date:
    """This function will give the last day to count: today in this year, else its end."""
    return min(date(year, 12, 31), timezone.localdate())


def number(value: Decimal | None) -> str:
    """This function will write a figure: « 2 762 », « 18,92 », « – » where nothing can be said."""
    if value is None:
        return "–"
    places = max(0, min(2, -int(value.normalize().as_tuple().exponent)))
    return str(number_format(value, places, force_grouping=True))


def figure_words(figure: Figure) -> dict[str, Any]:
    """This function will give the cell of a figure, with what stands beside it."""
    beside = ""
    if figure.beside:
        beside = _("et à côté : %(count)s, %(label)s") % {
            "count": number(figure.beside), "label": figure.beside_label.lower(),
        }  # fmt: skip
    text = (
        "–"
        if figure.value is None
        else f"{number(figure.value)} {unit_for(figure.value, figure.indicator.unit)}"
    )
    return {"text": text, "sub": beside, "end": True}


def pairs(*, figures: bool = False) -> list[dict[str, Any]]:
    """This function will give the heads of a table where each row names what it says, or its amount."""
    second = _("Montant") if figures else _("Texte")
    return [{"label": _("Quoi"), "end": False}, {"label": second, "end": figures, "bare": True}]


def line_url(plan: str, number: int) -> str:
    """This function will give the address of a line."""
    return reverse("board:line", args=[plan, number])


def shown(
    request: HttpRequest, title: str, intro: str, sections: list[Section], **more: Any
) -> HttpResponse:
    """This function will show a page of the board made of tables and acts."""
    return pages.shown(request, title, intro, sections, acts_to="board:act", **more)


def tabs(plan: Plan, here: str) -> dict[str, Any]:
    """This function will give the views of a plan."""
    year = timezone.localdate().year
    views: tuple[tuple[str, str, list[Any]], ...] = (
        ("home", _("Tableau de bord"), []),
        ("plan", _("Lignes"), [plan.key]),
        ("changes", _("Modifications"), [plan.key]),
        ("conventions", _("Conventions"), [plan.key]),
        ("commission", _("Commission"), [plan.key]),
        ("diagnosis", _("Diagnostic"), [plan.key]),
        ("money", _("Argent"), [plan.key, year]),
        ("reports", _("Rapports"), [plan.key, year]),
        ("calendar", _("Calendrier"), [plan.key, year - 1]),
        ("regime", _("Règles"), [plan.key, year]),
    )
    items = [
        {"label": label, "url": reverse(f"board:{name}", args=args), "current": name == here}
        for name, label, args in views
    ]
    return {"label": _("Vues du plan"), "items": items}
