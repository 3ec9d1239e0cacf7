"""Addresses under /desk/activites/."""

from django.urls import path

from beffroi.web.desk.activities import activities, places, sessions, volunteers, week

_ONE, _SESSION = "<int:pk>/", "seances/<int:pk>/"

urlpatterns = [
    path("", activities.show_all, name="activities"),
    path("nouvelle/", activities.new, name="activity_new"),
    path("semaine/", week.show, name="activity_week"),
    path("benevoles/", volunteers.show, name="activity_volunteers"),
    path("benevoles/acte/<slug:act>/", volunteers.act, name="activity_volunteers_act"),
    path(_ONE, activities.show, name="activity"),
    path(f"{_ONE}modifier/", activities.edit, name="activity_edit"),
    path(f"{_ONE}acte/<slug:act>/", activities.act, name="activity_act"),
    path(f"{_ONE}inscriptions/", places.show, name="activity_places"),
    path(f"{_ONE}inscriptions/acte/<slug:act>/", places.act, name="activity_places_act"),
    path(_SESSION, sessions.show, name="activity_session"),
    path(f"{_SESSION}liste/", sessions.sheet, name="activity_session_list"),
    path(f"{_SESSION}acte/<slug:act>/", sessions.act, name="activity_session_act"),
]
