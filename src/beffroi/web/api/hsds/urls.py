"""Addresses of HSDS 3.1."""

from django.urls import path

from beffroi.web.api.hsds import views

app_name = "hsds"
urlpatterns = [
    path("", views.root, name="root"),
    path("openapi.json", views.openapi, name="openapi"),
    path("profile/", views.profile, name="profile"),
    path("services", views.services, name="services"),
    path("services/<str:ident>", views.service, name="service"),
    path("organizations", views.organizations, name="organizations"),
    path("organizations/<str:ident>", views.organization, name="organization"),
    path("service_at_locations", views.service_at_locations, name="service_at_locations"),
    path("service_at_locations/<str:ident>", views.service_at_location, name="service_at_location"),
    path("taxonomies", views.taxonomies, name="taxonomies"),
    path("taxonomies/<str:ident>", views.taxonomy, name="taxonomy"),
    path("taxonomy_terms", views.taxonomy_terms, name="taxonomy_terms"),
    path("taxonomy_terms/<str:ident>", views.taxonomy_term, name="taxonomy_term"),
    path("<path:rest>", views.unknown, name="unknown"),
]
