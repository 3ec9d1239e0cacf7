"""Hours as parts of a recurrence rule, said in words and in the signs other directories read."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OSM = dict(zip(DAYS, ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), strict=True))


def _names() -> dict[str, str]:
    return {
        "MO": _("lundi"),
        "TU": _("mardi"),
        "WE": _("mercredi"),
        "TH": _("jeudi"),
        "FR": _("vendredi"),
        "SA": _("samedi"),
        "SU": _("dimanche"),
    }


def days_of(value: Mapping[str, Any]) -> list[str]:
    """This function will give the days of the week of a rule, in their order, without ranks."""
    said = {day[-2:] for day in str(value.get("byday", "")).split(",") if day}
    return [day for day in DAYS if day in said]


def _has_ranks(value: Mapping[str, Any]) -> bool:
    return any(day[:-2] for day in str(value.get("byday", "")).split(",") if day)


def hours_text(value: Mapping[str, Any]) -> str:
    """This function will say hours in words; empty when the parts say nothing.

    A rule that words cannot carry (the second Tuesday of the month) is said by its own
    description when it has one.
    """
    said = str(value.get("description") or value.get("notes") or "")
    if value.get("freq") == "MONTHLY" or _has_ranks(value) or value.get("bymonthday"):
        return said or _("Certains jours du mois")
    names = _names()
    days = [names[day] for day in days_of(value)]
    if len(days) == 7:
        text = _("tous les jours")
    elif len(days) > 1:
        text = _("%(days)s et %(last)s") % {"days": ", ".join(days[:-1]), "last": days[-1]}
    else:
        text = days[0] if days else ""
    opens, closes = str(value.get("opens_at", "")), str(value.get("closes_at", ""))
    if opens and closes:
        hours = _("de %(opens)s à %(closes)s") % {"opens": _hour(opens), "closes": _hour(closes)}
        text = f"{text} {hours}".strip()
    elif opens:
        since = _("dès %(opens)s") % {"opens": _hour(opens)}
        text = f"{text} {since}".strip()
    if not text:
        return said
    return text[0].upper() + text[1:]


def _hour(clock: str) -> str:
    hour, minute = clock.split(":")[:2]
    if minute == "00":
        return _("%(hour)s h") % {"hour": int(hour)}
    return _("%(hour)s h %(minute)s") % {"hour": int(hour), "minute": minute}


def opening_hours(values: list[Mapping[str, Any]]) -> str:
    """This function will give weekly hours as OpenStreetMap writes them; empty when it cannot."""
    rules = []
    for value in values:
        days = days_of(value)
        opens, closes = value.get("opens_at"), value.get("closes_at")
        weekly = value.get("freq", "WEEKLY") == "WEEKLY" and not _has_ranks(value)
        if days and opens and closes and weekly and value.get("interval", 1) == 1:
            rules.append(f"{_osm_days(days)} {str(opens)[:5]}-{str(closes)[:5]}")
    return "; ".join(dict.fromkeys(rules))


def _osm_days(days: list[str]) -> str:
    places = [DAYS.index(day) for day in days]
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{_OSM[days[0]]}-{_OSM[days[-1]]}"
    return ",".join(_OSM[day] for day in days)
