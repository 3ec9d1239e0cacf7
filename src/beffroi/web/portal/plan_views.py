"""The public pages of plans: what was undertaken, what was done, when to come, what changed."""

from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from beffroi.steering import public_queries as steering
from beffroi.steering import services
from beffroi.steering.enums import ReportKind
from beffroi.steering.telling.words import without_counts
from beffroi.web.portal import plan_parts as parts
from beffroi.web.portal import plan_words as words
from beffroi.web.portal.links import link, public_address
from beffroi.web.portal.place_map import where_it_happens

_A_DAY = 24 * 3600
_DATES_OF_PLAN, _DATES_OF_LINE, _DATES_ON_MAP = 6, 12, 120


def _listed(view: Any) -> Any:
    """A page that search engines may list."""
    view.is_public_page = True
    return view


def _plan_or_404(key: str) -> Any:
    plan = steering.public_plan(key)
    if plan is None:
        raise Http404(key)
    return plan


@_listed
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """This function will list the plans that a council adopted."""
    rows = [
        {
            "name": one.name, "url": link("plan", one.key), "programme": one.programme.name,
            "since": one.programme.starts_date.year, "until": one.programme.ends_date.year,
            "who": one.lead_authority,
        }
        for one in steering.public_plans()
    ]  # fmt: skip
    return render(request, "portal/plans/list.html", {"rows": rows})


@_listed
@require_safe
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """This function will show a plan: its axes and lines, where it stands, when to come."""
    held, now = _plan_or_404(key), timezone.now()
    today = timezone.localdate(now)
    rows = steering.lines_on(held, today)
    told, _classes = parts.years_of(held)
    told_dates = parts.next_dates(rows, now, _DATES_ON_MAP)
    dates = told_dates[:_DATES_OF_PLAN]
    context = {
        "plan": held, "axes": parts.axes(held, rows, told[0] if told else None),
        "dates": dates, "where": where_it_happens(told_dates, today), "pictures": parts.pictures(held, rows, today),
        "changes": parts.changes(held), "years": _years(held, told),
        "chart": parts.progress_chart(told[0].page) if told else None,
        "last": _last(told), "machine": parts.described_dates(dates, held.lead_authority),
        "dataset": _dataset(held) if told else "", "feed": link("plan_dates", key),
        "forms": _downloads(key) if told else [],
    }  # fmt: skip
    return render(request, "portal/plans/plan.html", context)


def _last(told: list[Any]) -> dict[str, Any] | None:
    if not told:
        return None
    page = told[0].page
    return {
        "year": told[0].year, "voted": words.day(told[0].voted), "decision": told[0].decision,
        "until": words.iso_day(page["until"]), "revision": told[0].revision,
        "people": page["people"] is not None and words.number(page["people"]),
        "presences": page["presences"] is not None and words.number(page["presences"]),
    }  # fmt: skip


def _years(plan: Any, told: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "year": one.year, "voted": words.day(one.voted), "decision": one.decision,
            "url": link("plan_year", plan.key, one.year), "pdf": link("plan_report", plan.key, one.year),
            "reason": without_counts(one.reason),
        }
        for one in told
    ]  # fmt: skip


def _downloads(key: str) -> list[dict[str, str]]:
    return [{"label": form.upper(), "url": link("plan_figures", key, form)} for form in ("csv", "xlsx", "ods")]  # fmt: skip


def _dataset(plan: Any) -> Any:
    kinds = {"csv": "text/csv", "ods": "application/vnd.oasis.opendocument.spreadsheet"}
    values = {
        "name": _("Chiffres publiés : %(plan)s") % {"plan": plan.name}, "inLanguage": "fr",
        "creator": {"@type": "GovernmentOrganization", "name": plan.lead_authority},
        "url": public_address(link("plan", plan.key)),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": public_address(link("plan_figures", plan.key, form))}
            for form, kind in kinds.items()
        ],
    }  # fmt: skip
    return parts.described("Dataset", values)


@_listed
@require_safe
def line(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """This function will show a line: what for, who, how it goes, figures, dates, how to join."""
    held, now = _plan_or_404(key), timezone.now()
    today = timezone.localdate(now)
    rows = steering.lines_on(held, today)
    row = next((one for one in rows if one.line.number == number), None)
    if row is None:
        raise Http404(f"{key}/{number}")
    told, classes = parts.years_of(held)
    told_dates = parts.next_dates([row], now, _DATES_ON_MAP)
    dates = told_dates[:_DATES_OF_LINE]
    context = {
        "plan": held, "row": row, "number": number, "axis": row.action.axis,
        "delivery": words.said(str(row.get_delivery_display())), "status": _status(row, told),
        "budget": words.budget_class(classes.get(str(number))),
        "figures": parts.figures_of(told, number), "chart": parts.over_years(told, number),
        "dates": dates, "where": where_it_happens(told_dates, today), "pictures": parts.pictures(held, [row], today),
        "changes": parts.changes(held, number), "is_told": bool(told),
        "machine": parts.described_dates(dates, held.lead_authority), "feed": link("plan_dates", key),
        "others": [parts.told_line(held, one) for one in rows if one.action_id == row.action_id and one.pk != row.pk],
    }  # fmt: skip
    return render(request, "portal/plans/line.html", context)


def _status(row: Any, told: list[Any]) -> dict[str, Any]:
    lines = told[0].page["lines"] if told else []
    last = next((one["status"] for one in lines if one["number"] == row.line.number), "")
    said = words.said(last or str(row.get_state_display()))
    return {**said, "year": told[0].year if last else None}


def published_or_404(key: str, year: int) -> tuple[Any, Any]:
    """This function will give the last published snapshot of a year and its page. Raises: Http404."""
    held = _plan_or_404(key)
    told = steering.years_told(held, [ReportKind.ACTIVITY])
    page = next((one for one in told if one.year == year), None)
    snapshot = steering.snapshot_published(page.pk) if page else None
    if page is None or snapshot is None:
        raise Http404(f"{key}/{year}")
    return snapshot, page


@_listed
@require_safe
def year(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """This function will show the report of a year as a citizen reads it; it is in French."""
    snapshot, page = published_or_404(key, year)
    kept, name = caches["pages"], f"plan-year:{page.pk}"
    story = kept.get(name)
    if story is None:
        with translation.override("fr"):
            story = services.story(snapshot)
        kept.set(name, story, _A_DAY)
    held = snapshot.report.plan
    rows = steering.lines_on(held, timezone.localdate())
    context = {
        "plan": held, "story": story, "pdf": link("plan_report", key, year), "forms": _downloads(key),
        "pictures": parts.pictures(held, rows, timezone.localdate()), "decision": page.decision,
        "is_french": translation.get_language() == "fr",
    }  # fmt: skip
    return render(request, "portal/plans/year.html", context)
