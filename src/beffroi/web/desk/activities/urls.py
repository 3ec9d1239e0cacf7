"""Addresses under /desk/activites/."""

from django.urls import path

from beffroi.web.desk.activities import (
    activities,
    incidents,
    leavings,
    money,
    people,
    pictures,
    places,
    sessions,
    volunteers,
    week,
)

_ONE, _SESSION = "<int:pk>/", "seances/<int:pk>/"

urlpatterns = [
    path("", activities.show_all, name="activities"),
    path("nouvelle/", activities.new, name="activity_new"),
    path("semaine/", week.show, name="activity_week"),
    path("personnes/", people.show_all, name="activity_people"),
    path("personnes/nouvelle/", people.new, name="activity_person_new"),
    path("personnes/<int:pk>/", people.show, name="activity_person"),
    path("personnes/<int:pk>/acte/<slug:act>/", people.act, name="activity_person_act"),
    path("personnes/<int:pk>/reunir/", people.join, name="activity_person_join"),
    path("caisse/", money.cash, name="activity_cash"),
    path(f"{_SESSION}caisse/", money.fees, name="activity_fees"),
    path(f"{_SESSION}caisse/acte/<slug:act>/", money.act, name="activity_fees_act"),
    path(f"{_SESSION}departs/", leavings.show, name="activity_leavings"),
    path("incidents/", incidents.show_all, name="activity_incidents"),
    path("incidents/<int:pk>/", incidents.show, name="activity_incident"),
    path(f"{_SESSION}images/", pictures.show, name="activity_pictures"),
    path(f"{_SESSION}images/<int:picture>/fichier/", pictures.file, name="activity_picture_file"),
    path(
        f"{_SESSION}images/<int:picture>/acte/<slug:act>/",
        pictures.act,
        name="activity_picture_act",
    ),
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
