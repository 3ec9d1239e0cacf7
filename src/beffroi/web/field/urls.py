"""Addresses under /field/."""

from django.urls import path

from beffroi.web.field import offline, sessions, stays, stays_sync, terrain, terrain_sync

app_name = "field"
urlpatterns = [
    path("", sessions.today, name="today"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("synchro/", offline.sync, name="sync"),
    path("seances/<int:pk>/", sessions.show, name="session"),
    path("seances/<int:pk>/acte/<slug:act>/", sessions.act, name="act"),
    path("terrain/", terrain.today, name="terrain"),
    path("terrain/synchro/", terrain_sync.sync, name="terrain_sync"),
    path("terrain/secteur/<int:pk>/", terrain.area, name="terrain_area"),
    path("terrain/<int:pk>/", terrain.show, name="terrain_outing"),
    path("terrain/<int:pk>/acte/<slug:act>/", terrain.act, name="terrain_act"),
    path("abri/", stays.show_all, name="stays"),
    path("abri/synchro/", stays_sync.sync, name="stay_sync"),
    path("abri/<int:pk>/", stays.show, name="stay_house"),
    path("abri/<int:pk>/acte/<slug:act>/", stays.act, name="stay_act"),
]
