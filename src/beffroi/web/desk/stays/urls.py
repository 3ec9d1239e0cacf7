"""Addresses under /desk/abri/."""

from django.urls import path

from beffroi.web.desk.stays import figures, guests, houses, openings

_HOUSE, _OPENING, _GUEST = "maisons/<int:pk>/", "nuits/<int:pk>/", "hotes/<int:pk>/"

urlpatterns = [
    path("", openings.show_all, name="stays"),
    path("chiffres/", figures.show, name="stay_figures"),
    path("maisons/nouvelle/", houses.new, name="stay_house_new"),
    path(_HOUSE, houses.show, name="stay_house"),
    path(f"{_HOUSE}modifier/", houses.edit, name="stay_house_edit"),
    path(f"{_HOUSE}acte/<slug:act>/", houses.act, name="stay_house_act"),
    path(_OPENING, openings.show, name="stay_opening"),
    path(f"{_OPENING}liste/", openings.sheet, name="stay_list"),
    path(f"{_OPENING}acte/<slug:act>/", openings.act, name="stay_opening_act"),
    path("hotes/", guests.show_all, name="stay_guests"),
    path(_GUEST, guests.show, name="stay_guest"),
    path(f"{_GUEST}acte/<slug:act>/", guests.act, name="stay_guest_act"),
]
