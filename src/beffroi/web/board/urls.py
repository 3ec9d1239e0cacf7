"""Addresses under /board/."""

from django.urls import path

from beffroi.web.board import (
    acts,
    calendar,
    changes,
    commission,
    conventions,
    diagnosis,
    home,
    line_text,
    lines,
    meeting,
    money,
    plans,
    reports,
)
from beffroi.web.board.strategic.urls import urlpatterns as strategic

app_name = "board"
_PLAN = "plans/<slug:plan>/"
urlpatterns = [
    path("", home.home, name="home"),
    *strategic,
    path("acte/<slug:act>/", acts.act, name="act"),
    path(_PLAN, plans.plan, name="plan"),
    path(f"{_PLAN}lignes/<int:number>/", lines.line, name="line"),
    path(f"{_PLAN}lignes/<int:number>/chiffres/<int:pk>/", lines.indicator, name="indicator"),
    path(f"{_PLAN}lignes/<int:number>/annee/<int:year>/", line_text.line_text, name="line_text"),
    path(f"{_PLAN}commission/", commission.commission, name="commission"),
    path(f"{_PLAN}commission/<int:number>/", meeting.meeting, name="meeting"),
    path(f"{_PLAN}commission/<int:number>/<slug:paper>.pdf", meeting.paper, name="paper"),
    path(f"{_PLAN}diagnostic/", diagnosis.diagnosis, name="diagnosis"),
    path(f"{_PLAN}modifications/", changes.changes, name="changes"),
    path(f"{_PLAN}modifications/<int:number>/", changes.change, name="change"),
    path(f"{_PLAN}conventions/", conventions.conventions, name="conventions"),
    path(f"{_PLAN}conventions/<str:reference>/", conventions.convention, name="convention"),
    path(f"{_PLAN}argent/<int:year>/", money.year_money, name="money"),
    path(f"{_PLAN}calendrier/<int:year>/", calendar.calendar, name="calendar"),
    path(f"{_PLAN}calendrier/<int:year>/agenda.ics", calendar.calendar_file, name="calendar_file"),
    path(f"{_PLAN}rapports/<int:year>/", reports.reports, name="reports"),
    path(
        f"{_PLAN}rapports/<int:year>/<slug:kind>/<int:revision>/<slug:form>/",
        reports.report_file,
        name="report_file",
    ),
    path(
        f"{_PLAN}rapports/<int:year>/a-lire/<int:revision>/",
        reports.report_readable,
        name="report_readable",
    ),
    path(f"{_PLAN}regles/<int:year>/", plans.regime, name="regime"),
]
