"""Addresses of the person's side of requests; included in the portal, in four languages."""

from django.urls import path

from beffroi.web.portal import requests_follow_up as follow_up
from beffroi.web.portal import requests_receipt as receipt
from beffroi.web.portal import requests_views as ask

_OWN = "suivi/<str:reference>/<str:secret>/"

urlpatterns = [
    path("demander/<slug:service>/<slug:kind>/", ask.ask, name="ask"),
    path("recu/<str:reference>/<str:secret>/", receipt.receipt, name="receipt"),
    path("recu/<str:reference>/<str:secret>/recu.pdf", receipt.receipt_pdf, name="receipt_pdf"),
    path("suivi/", follow_up.find, name="follow_up_find"),
    path(_OWN, follow_up.follow_up, name="follow_up"),
    path(f"{_OWN}ecrire/", follow_up.write, name="follow_up_write"),
    path(f"{_OWN}ajouter/", follow_up.add_file, name="follow_up_add_file"),
    path(f"{_OWN}choisir/<int:offered>/", follow_up.choose, name="follow_up_choose"),
    path(f"{_OWN}rendez-vous.ics", follow_up.calendar, name="follow_up_calendar"),
    path(f"{_OWN}retirer/", follow_up.withdraw, name="follow_up_withdraw"),
    path(f"{_OWN}donnees.json", follow_up.data, name="follow_up_data"),
    path(f"{_OWN}fichier/<uuid:attachment>/", follow_up.own_file, name="follow_up_file"),
]
