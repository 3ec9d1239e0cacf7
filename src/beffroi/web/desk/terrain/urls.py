"""Addresses under /desk/terrain/."""

from django.urls import path

from beffroi.web.desk.terrain import faults, figures, outings, photos, settings, surfaces

urlpatterns = [
    path("", outings.show_all, name="terrain"),
    path("apres-coup/", outings.past, name="terrain_past"),
    path("sorties/<int:pk>/", outings.show, name="terrain_outing"),
    path("sorties/<int:pk>/acte/<slug:act>/", outings.act, name="terrain_outing_act"),
    path("constats/", faults.show_all, name="terrain_faults"),
    path("constats/<int:pk>/", faults.show, name="terrain_fault"),
    path("constats/<int:pk>/acte/<slug:act>/", faults.act, name="terrain_fault_act"),
    path("surfaces/", surfaces.show_all, name="terrain_surfaces"),
    path("surfaces/<int:pk>/", surfaces.show, name="terrain_surface"),
    path("surfaces/<int:pk>/acte/<slug:act>/", surfaces.act, name="terrain_surface_act"),
    path("photos/<int:pk>/", photos.file, name="terrain_photo"),
    path("photos/<int:pk>/acte/<slug:act>/", photos.act, name="terrain_photo_act"),
    path("chiffres/", figures.show, name="terrain_figures"),
    path("reglages/", settings.show_all, name="terrain_settings"),
    path("reglages/acte/<slug:act>/", settings.kits, name="terrain_settings_act"),
    path("reglages/<int:pk>/", settings.show, name="terrain_area"),
    path("reglages/<int:pk>/acte/<slug:act>/", settings.act, name="terrain_area_act"),
]
