"""The days of a plan’s year in one list: steps of the reports, commission, council, texts to ask."""

from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from beffroi.rules.cohesion_calendar import Calendar, report_calendar, text_asks
from beffroi.steering import commission, queries
from beffroi.steering.models import CommissionMeeting, Plan

#: An early council brings its commission before New Year: the road begins on this day of the year told.
_AUTUMN = (10, 1)


@dataclass(frozen=True)
class Day:
    """Something of a year on its day; `key` names it for another calendar."""

    key: str
    on_date: date
    label: str
    start_time: time | None = None
    place: str = ""


@dataclass(frozen=True)
class YearAgenda:
    """The road of a year’s reports, with the real meetings of council and commission."""

    road: Calendar
    councils: list[date]
    meetings: list[CommissionMeeting]
    asks: list[date]

    @property
    def commission_by(self) -> date:
        """This property gives the last day on which the commission can still see the reports."""
        return next(one.by_date for one in self.road.steps if one.what == "commission")

    def lacks_commission(self, today: date) -> bool:
        """This function will say that no commission is held or planned in time, from the autumn on."""
        first = date(self.road.year, *_AUTUMN)
        return self.commission_by >= today and not any(
            first <= one.on_date <= self.commission_by for one in self.meetings
        )

    def days(self) -> list[Day]:
        """This function will give the whole year in order, each day with its own key."""
        year = self.road.year
        found = [Day(f"{one.what}-{year}", one.by_date, one.label) for one in self.road.steps]
        found += [
            Day(f"council-{one:%Y%m%d}", one, _("Conseil"))
            for one in self.councils
            if one != self.road.council_date
        ]
        found += [
            Day(
                f"meeting-{one.number}", one.on_date, _("Commission d’accompagnement : réunion"),
                one.start_time, one.place,
            )
            for one in self.meetings
        ]  # fmt: skip
        found += [
            Day(f"ask-{one:%Y%m%d}", one, _("Textes des lignes demandés à qui les connaît"))
            for one in self.asks
        ]
        return sorted(found, key=lambda one: (one.on_date, one.key))


def year_agenda(plan: Plan, year: int, today: date) -> YearAgenda:
    """This function will gather the days of the year in which the reports of `year` are made.

    Raises: UnknownYear.
    """
    councils = queries.council_dates(plan)
    road = report_calendar(year, councils, today)
    first, last = date(year, *_AUTUMN), date(year + 1, 12, 31)
    return YearAgenda(
        road,
        [one for one in councils if first <= one <= last],
        list(commission.meetings_between(plan, first, last)),
        text_asks(year),
    )
