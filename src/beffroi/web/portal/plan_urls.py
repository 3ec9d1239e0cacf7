"""Addresses of plans, of what one takes away of them, and of the pictures they show."""

from django.urls import path

from beffroi.web.portal import plan_files as files
from beffroi.web.portal import plan_views as plans

_PLAN = "plan/<slug:key>/"
plan_urls = [
    path("plans/", plans.plans, name="plans"),
    path(_PLAN, plans.plan, name="plan"),
    path(f"{_PLAN}<int:number>/", plans.line, name="plan_line"),
    path(f"{_PLAN}annee/<int:year>/", plans.year, name="plan_year"),
    path(f"{_PLAN}annee/<int:year>/rapport.pdf", files.report, name="plan_report"),
    path(f"{_PLAN}chiffres.<slug:form>", files.figures, name="plan_figures"),
    path(f"{_PLAN}dates.atom", files.dates, name="plan_dates"),
    path(f"{_PLAN}image/<int:pk>/", files.picture, name="plan_picture"),
]
