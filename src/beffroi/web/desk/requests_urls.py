"""Addresses of requests at the desk."""

from django.urls import path

from beffroi.web.desk.requests import acts, files, lists, new, page, workload

urlpatterns = [
    path("demandes/", lists.requests, name="requests"),
    path("recherche/", lists.search, name="search"),
    path("demandes/nouvelle/", new.choose, name="request_new"),
    path("demandes/nouvelle/<slug:service>/<slug:kind>/", new.fill_in, name="request_fill_in"),
    path("demandes/<slug:reference>/", page.show, name="request"),
    path("demandes/<slug:reference>/acte/<slug:act>/", acts.act, name="request_act"),
    path(
        "demandes/<slug:reference>/pieces/<uuid:attachment>/", files.download, name="request_file"
    ),
    path("equipe/charge/", workload.show, name="workload"),
    path("equipe/charge/confier/", workload.reassign, name="workload_reassign"),
]
