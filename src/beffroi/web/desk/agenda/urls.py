"""Addresses under /desk/agenda/."""

from django.urls import path

from beffroi.web.desk.agenda import (
    announce,
    appointments,
    calendar,
    extract,
    hours,
    ics,
    permanences,
    rooms,
    screen,
    waiting,
)

_OWN = "rendez-vous/<str:reference>/"

urlpatterns = [
    path("", waiting.show, name="agenda_waiting"),
    path("annoncer/", announce.announce, name="agenda_announce"),
    path("attente/<int:pk>/acte/<slug:act>/", waiting.act, name="agenda_arrival_act"),
    path("attente/<int:pk>/confier/", waiting.give, name="agenda_arrival_give"),
    path("ecran/", screen.show, name="agenda_screen"),
    path("calendrier/", calendar.show, name="agenda_calendar"),
    path("extrait.csv", extract.appointments, name="agenda_extract"),
    path("mon-agenda.ics", ics.own, name="agenda_ics"),
    path("rendez-vous/nouveau/", appointments.new, name="agenda_new"),
    path(_OWN, appointments.show, name="agenda_appointment"),
    path(f"{_OWN}acte/<slug:act>/", appointments.act, name="agenda_appointment_act"),
    path("heures/", hours.show, name="agenda_hours"),
    path("heures/<int:pk>/acte/<slug:act>/", hours.act, name="agenda_hours_act"),
    path("permanences/", permanences.show, name="agenda_permanences"),
    path("permanences/<int:pk>/acte/<slug:act>/", permanences.act, name="agenda_permanence_act"),
    path("locaux/", rooms.show, name="agenda_rooms"),
    path("locaux/<int:pk>/fermer/", rooms.close, name="agenda_room_close"),
]
