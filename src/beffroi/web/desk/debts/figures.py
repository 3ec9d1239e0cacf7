"""The figures of a year for the report to the Region; numbers only, never a name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beffroi.acts.budgets.indicators import year_figures
from beffroi.acts.budgets.permissions import can_count
from beffroi.core.text import whole_number
from beffroi.web.desk.debts import words


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """This function will show the counts of a year."""
    if not can_count(request.actor):  # type: ignore[attr-defined]
        raise Http404
    typed = request.GET.get("annee", "")
    this_year = timezone.localdate().year
    year = whole_number(typed, this_year) or 0
    if year < 2000:
        year = this_year
    counted = year_figures(year)
    context = {
        "year": year, "years": range(this_year, this_year - 5, -1), "figures": counted,
        "mean_debts": f"{counted.mean_debts:.1f}".replace(".", ","),
        "mean_owed": words.euros(counted.mean_owed), "total_owed": words.euros(counted.total_owed),
    }  # fmt: skip
    return render(request, "desk/debts/figures.html", context)
