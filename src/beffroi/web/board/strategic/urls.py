"""Addresses of strategic plans and declarations, under /board/."""

from django.urls import path

from beffroi.web.board.strategic import (
    acts,
    declarations,
    elements,
    gantt,
    money,
    plans,
    reports,
)

_PLAN = "pst/<slug:plan>/"
urlpatterns = [
    path("pst/", plans.strategic, name="strategic"),
    path("pst/ouvrir/", plans.new, name="strategic_new"),
    path(_PLAN, plans.plan, name="strategic_plan"),
    path(f"{_PLAN}elements/<str:ref>/", elements.element, name="strategic_element"),
    path(f"{_PLAN}acte/<slug:act>/", acts.act, name="strategic_act"),
    path(f"{_PLAN}calendrier/", gantt.gantt, name="strategic_gantt"),
    path(f"{_PLAN}argent/", money.strategic_money, name="strategic_money"),
    path(f"{_PLAN}etats/", reports.reports, name="strategic_reports"),
    path(
        f"{_PLAN}etats/<int:number>/<slug:form>/", reports.report_file, name="strategic_report_file"
    ),
    path(f"{_PLAN}ecomptes/", reports.ecomptes, name="strategic_ecomptes"),
    path(f"{_PLAN}ecomptes/fichier/", reports.ecomptes_file, name="strategic_ecomptes_file"),
    path("declarations/<slug:key>/", declarations.declaration, name="declaration"),
    path("declarations/<slug:key>/version/", declarations.revise, name="declaration_revise"),
]
