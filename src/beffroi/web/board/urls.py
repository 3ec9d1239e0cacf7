"""Addresses under /board/."""

from django.urls import path

from beffroi.web.board import (
    acts,
    calendar,
    changes,
    conventions,
    home,
    lines,
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
    path(f"{_PLAN}modifications/", changes.changes, name="changes"),
    path(f"{_PLAN}modifications/<int:number>/", changes.change, name="change"),
    path(f"{_PLAN}conventions/", conventions.conventions, name="conventions"),
    path(f"{_PLAN}conventions/<str:reference>/", conventions.convention, name="convention"),
    path(f"{_PLAN}argent/<int:year>/", money.year_money, name="money"),
    path(f"{_PLAN}calendrier/<int:year>/", calendar.calendar, name="calendar"),
    path(f"{_PLAN}rapports/<int:year>/", reports.reports, name="reports"),
    path(
        f"{_PLAN}rapports/<int:year>/<slug:kind>/<int:revision>/<slug:form>/",
        reports.report_file,
        name="report_file",
    ),
    path(f"{_PLAN}regles/<int:year>/", plans.regime, name="regime"),
]
