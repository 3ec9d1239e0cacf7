"""A period of the houses: nights, beds, visits, and people counted anew, never added up."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.stays import permissions
from beffroi.acts.stays.summaries import HouseSummary, summary_of
from beffroi.web.desk.stays import words
from beffroi.web.desk.stays.forms import SpanForm


def show(request: HttpRequest) -> HttpResponse:
    """This function will show what each house counted in a period, and how many people came."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    first = {"du": date(today.year, 1, 1), "au": today}
    asked = "du" in request.GET or "au" in request.GET
    form = SpanForm(request.GET if asked else None, initial=first)
    span = first
    if asked:
        span = form.cleaned_data if form.is_valid() else {}
    found = None
    if span:
        seen = permissions.houses_visible_to(actor)
        found = summary_of(seen, span["du"], span["au"])
    context: dict[str, Any] = {
        "form": form, "asked": asked, "found": found, "span": span,
        "rows": [_row(one) for one in found.houses] if found else [],
        "columns": [
            {"label": _("Maison")}, {"label": _("Nuits ou journées"), "end": True},
            {"label": _("Nuits"), "end": True}, {"label": _("Occupation"), "end": True},
            {"label": _("En moyenne"), "end": True}, {"label": _("Passages"), "end": True},
            {"label": _("Personnes"), "end": True}, {"label": _("Refus"), "end": True},
        ],
    }  # fmt: skip
    return render(request, "desk/stays/figures.html", context)


def _row(one: HouseSummary) -> list[Any]:
    sleeps = one.house.sleeps
    by_sex = [
        ngettext("%(n)d homme", "%(n)d hommes", one.men) % {"n": one.men},
        ngettext("%(n)d femme", "%(n)d femmes", one.women) % {"n": one.women},
    ]
    name = {"text": one.house.name, "sub": one.house.get_kind_display()}
    unnamed = _("dont %(n)d sans surnom") % {"n": one.unnamed} if one.unnamed else ""
    figures: list[Any] = [
        one.openings,
        {"text": words.number(one.slept), "sub": unnamed} if sleeps else "",
        words.share(one.slept, one.beds) if sleeps else "",
        _("%(n)s lits") % {"n": words.mean(one.slept, one.openings)} if sleeps else "",
        "" if sleeps else {"text": words.number(one.visits), "sub": unnamed},
        {"text": words.number(one.people), "sub": ", ".join(by_sex)},
        {"text": one.refused, "sub": _("%(n)d faute de place") % {"n": one.refused_full}},
    ]
    return [name, *((cell if isinstance(cell, dict) else {"text": cell}) | {"end": True} for cell in figures)]  # fmt: skip
