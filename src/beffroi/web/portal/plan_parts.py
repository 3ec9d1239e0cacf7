"""What the pages of a plan show, put together from what anybody may read."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.activities import picture_queries
from beffroi.acts.activities import public_queries as activities
from beffroi.acts.activities.enums import Channel
from beffroi.steering import public_queries as steering
from beffroi.steering.enums import ReportKind
from beffroi.steering.reports.charts import Chart, progress, years
from beffroi.steering.reports.readable import says_something, way_of
from beffroi.steering.telling.words import without_counts
from beffroi.web.portal import plan_words as words
from beffroi.web.portal.links import link, public_address

_AHEAD = timedelta(days=60)
_FOLLOWED = {"activity": ReportKind.ACTIVITY, "financial": ReportKind.FINANCIAL}
_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def years_of(plan: Any) -> tuple[list[Any], dict[str, int]]:
    """This function will give the published years of a plan, and the classes of its last accounts."""
    told = steering.years_told(plan, list(_FOLLOWED.values()))
    acts = [one for one in told if one.kind == ReportKind.ACTIVITY]
    money = next((one for one in told if one.kind == ReportKind.FINANCIAL), None)
    return acts, money.page["classes"] if money else {}


def told_line(plan: Any, row: Any) -> dict[str, Any]:
    """This function will give a line, its address and who does it: several lines have the same title."""
    return {
        "title": str(row), "number": row.line.number,
        "url": link("plan_line", plan.key, row.line.number),
        "partner": row.partner.name if row.partner else "",
        "delivery": words.said(str(row.get_delivery_display())),
    }  # fmt: skip


def axes(plan: Any, rows: Iterable[Any], last: Any) -> list[dict[str, Any]]:
    """This function will give the axes with their rights, their lines and how each year went."""
    status = {one["number"]: one["status"] for one in last.page["lines"]} if last else {}
    by_axis: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        state = status.get(row.line.number) or row.get_state_display()
        by_axis.setdefault(row.action.axis.number, []).append(
            {**told_line(plan, row), "status": words.said(str(state)), "publics": row.publics}
        )
    found = []
    for axis in steering.axes_and_rights(plan):
        rights = [str(right.name) for right in axis.rights.all()]
        held = by_axis.get(axis.number, [])
        said = ngettext("%(n)s ligne", "%(n)s lignes", len(held)) % {"n": len(held)}
        found.append({"number": axis.number, "title": axis.title, "rights": rights, "lines": held, "count": said})  # fmt: skip
    return found


def next_dates(lines: Iterable[Any], at: datetime, most: int) -> list[dict[str, Any]]:
    """This function will give the next sessions of lines, announced to anybody."""
    held = list(lines)
    numbers, codes = {str(one.line.number) for one in held}, {one.action.code for one in held}
    found = activities.next_dates(numbers, codes, at, at + _AHEAD, most)
    return [_date(one) for one in found]


def _date(one: activities.NextDate) -> dict[str, Any]:
    starts, ends = timezone.localtime(one.starts_at), timezone.localtime(one.ends_at)
    return {
        "key": one.session, "name": one.name, "purpose": one.purpose, "starts": starts, "ends": ends,
        "day": date_format(starts, "l j F"), "hours": f"{starts:%H:%M}–{ends:%H:%M}",
        "place": one.place_name, "place_id": one.place, "place_url": link("place", one.place_key),
        "located": (one.place_locality, one.place_postal_code),
        "how_url": link("gathering", one.activity) if one.enrols else "", "enrols": one.enrols,
    }  # fmt: skip


def pictures(plan: Any, lines: Iterable[Any], day: date) -> list[dict[str, Any]]:
    """This function will give pictures of lines on which everybody agrees on this very day."""
    held = list(lines)
    numbers, codes = {str(one.line.number) for one in held}, {one.action.code for one in held}
    found = picture_queries.shown_pictures_of(Channel.WEB, day, numbers, codes)
    return [
        {
            "url": link("plan_picture", plan.key, one.pk),
            "words": one.caption or _("Une séance de « %(name)s »") % {"name": one.session.activity.name},
        }
        for one in found
    ]  # fmt: skip


def changes(plan: Any, number: int | None = None) -> list[dict[str, Any]]:
    """This function will give the changes made to a plan, or to one of its lines, in plain words."""
    return [
        {
            "day": words.day(one.effective_date) if one.effective_date else "",
            "what": words.said(str(one.get_kind_display())),
            "line": str(one.line.number) if one.line else "",
            "url": link("plan_line", plan.key, one.line.number) if one.line else "",
            "why": without_counts(one.reason), "decision": one.decision,
        }
        for one in steering.changes_made(plan)
        if number is None or (one.line and one.line.number == number)
    ]  # fmt: skip


def progress_chart(page: dict[str, Any]) -> Chart:
    """This function will draw the way to the targets, axis by axis, of those that may be told."""
    values = []
    for one in page["axes"]:
        way = way_of(page, one["number"])
        label = _("Axe %(n)s : %(title)s") % {"n": one["number"], "title": one["title"]}
        reached = _("%(n)s sur %(all)s") % {"n": one["reached"], "all": one["aimed"]}
        said = _("pas de cible") if way is None else f"{way}\u00a0% · {reached}"
        values.append((label, way or 0, 100, said))
    heads = (_("Axe"), _("Cibles atteintes"))
    told = _("Le chemin fait vers les cibles de l’année, et combien sont atteintes, parmi celles dont le chiffre peut être publié.")  # fmt: skip
    return progress("axes", _("Où en sont les cibles"), told, heads, values)


def figures_of(told: list[Any], number: int) -> list[dict[str, Any]]:
    """This function will give the figures of a line, the last year first, and how each is counted."""
    found = []
    for year in told:
        line = next((one for one in year.page["lines"] if one["number"] == number), None)
        if line is None or not line["figures"]:
            continue
        about = {
            "since": words.iso_day(f"{year.year}-01-01"), "until": words.iso_day(year.page["until"]),
            "revision": year.revision, "voted": words.day(year.voted),
        }  # fmt: skip
        rows = [_figure(one) for one in line["figures"] if says_something(one)]
        found.append({"year": year.year, "about": about, "rows": rows, "table": _table(line["table"])})  # fmt: skip
    return found


def _figure(one: dict[str, Any]) -> dict[str, Any]:
    beside = one["beside"]
    target = None
    if one["target"] and one["shown"] == "plain":
        target = _("cible : %(n)s") % {"n": words.number(one["target"])}
    return {
        "label": words.said(one["label"]), "value": words.figure(one), "k": one["k"],
        "unit": words.said(one["unit"]) if one["shown"] == "plain" else None, "target": target,
        "beside": _("à côté, sans nom : %(n)s") % {"n": words.figure({**beside, "k": one["k"]})} if beside else "",
        "how": words.said(one["how"]), "adds": words.additivity(one["additivity"]),
        "old": one["old"], "is_small": one["shown"] == "small", "is_hidden": one["shown"] == "hidden",
    }  # fmt: skip


def _table(table: dict[str, Any] | None) -> dict[str, Any] | None:
    if table is None:
        return None
    k = table["k"]
    columns = [_("Maison"), *(_("Trimestre %(n)s") % {"n": n} for n in table["columns"]), _("Année")]  # fmt: skip
    rows = [[name, *(words.cell(one, k) for one in cells)] for name, *cells in table["rows"]]
    rows.append([_("Toutes"), *(words.cell(one, k) for one in table["sums"])])
    heads = [{"label": label, "end": rank > 0} for rank, label in enumerate(columns)]
    return {"columns": heads, "rows": [[{"text": c, "end": n > 0} for n, c in enumerate(row)] for row in rows]}  # fmt: skip


def over_years(told: list[Any], number: int) -> Chart | None:
    """This function will draw the first count of a line from year to year, when two years tell it."""
    spots, label = [], ""
    for year in reversed(told):
        line = next((one for one in year.page["lines"] if one["number"] == number), None)
        figures = [one for one in (line["figures"] if line else ()) if one["measure"].endswith(".presences")]  # fmt: skip
        if figures:
            one = figures[0]
            label = words.said(one["label"])["text"]
            value = int(one["value"]) if one["shown"] == "plain" else None
            spots.append((year.year, value, words.figure(one)))
    if sum(value is not None for _year, value, _said in spots) < 2:
        return None
    told_words = _("Un compte de peu de personnes n’est pas publié : l’année reste en blanc.")
    return years("annees", label, told_words, (_("Année"), label), spots)


def described(kind: str, values: dict[str, Any]) -> SafeString:
    """This function will write what a page is about for machines, after schema.org."""
    whole = {"@context": "https://schema.org", "@type": kind, **values}
    text = json.dumps(whole, ensure_ascii=False).translate(_JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def described_dates(dates: list[dict[str, Any]], organizer: str) -> SafeString:
    """This function will describe sessions to come, for machines."""
    events = [
        {
            "@type": "Event", "name": one["name"], "startDate": one["starts"].isoformat(),
            "endDate": one["ends"].isoformat(), "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": one["place"], "url": public_address(one["place_url"])},
            "organizer": {"@type": "GovernmentOrganization", "name": organizer},
        }
        for one in dates
    ]  # fmt: skip
    values: dict[str, Any] = {
        "itemListElement": [{"@type": "ListItem", "position": n, "item": one} for n, one in enumerate(events, 1)]
    }  # fmt: skip
    return described("ItemList", values) if events else SafeString("")
