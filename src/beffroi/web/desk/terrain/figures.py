"""What the field counted in a period, area by area, and the square metres of each month."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from beffroi.acts.fieldwork import indicators, permissions, queries
from beffroi.core.actors import Actor
from beffroi.core.measures import Scope
from beffroi.web.desk.terrain.forms import PeriodForm

_SHOWN = ("outings", "hours", "contacts", "people_met", "orientations", "observations", "mended", "square_metres")  # fmt: skip


def show(request: HttpRequest) -> HttpResponse:
    """This function will show the figures of the areas the agent sees, in a period."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    first = {"since": today.replace(month=1, day=1), "until": today}
    asked = request.GET if "since" in request.GET else None
    form = PeriodForm(asked, initial=first)
    period = form.cleaned_data if form.is_bound and form.is_valid() else first
    names = {f"area:{a.pk}": a for a in queries.areas_listed(permissions.areas_visible_to(actor))}
    scope = Scope(period["since"], period["until"], frozenset(names))
    counted = indicators.by_area(scope)
    labels = {one.key.removeprefix("fieldwork."): one for one in indicators.MEASURES}
    months = indicators.metres_by_month(period["until"].year, actor)
    context = {
        "form": form, "columns": [{"label": _("Secteur")}, *(
            {"label": str(labels[name].label), "end": True} for name in _SHOWN)],
        "rows": [_row(area, counted.get(area.pk, {})) for area in names.values()],
        "month_columns": [{"label": _("Mois")}, {"label": _("Interventions"), "end": True},
                          {"label": _("Mètres carrés"), "end": True}],
        "months": [[str(MONTHS[month]), {"text": str(number), "end": True},
                    {"text": _number(found), "end": True}] for month, number, found in months if number],
        "year": period["until"].year, "how": [labels[name] for name in _SHOWN],
    }  # fmt: skip
    return render(request, "desk/terrain/figures.html", context)


def _number(value: Decimal) -> str:
    places = 0 if value == value.to_integral() else 2
    return str(number_format(value, places, force_grouping=True))


def _row(area: Any, counts: dict[str, Decimal]) -> list[Any]:
    cells = [{"text": _number(counts.get(name, Decimal(0))), "end": True} for name in _SHOWN]
    return [{"text": area.name, "sub": area.team.name}, *cells]
