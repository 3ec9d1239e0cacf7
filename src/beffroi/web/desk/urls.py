"""Addresses of the desk, subject by subject."""

from django.urls import include, path

from beffroi.web.components import views as components
from beffroi.web.desk import first_page, public_words

app_name = "desk"
urlpatterns = [
    path("", first_page.first_page, name="first_page"),
    path("composants/", components.show, name="components"),
    path("redaction/", include("beffroi.web.desk.editor_urls")),
    path("signalements/<str:reference>/", public_words.edit, name="public_words"),
    path("imports/", include("beffroi.web.desk.imports_urls")),
    path("personnes/", include("beffroi.web.desk.people.urls")),
    path("dossiers/", include("beffroi.web.desk.files.urls")),
    path("agenda/", include("beffroi.web.desk.agenda.urls")),
    path("activites/", include("beffroi.web.desk.activities.urls")),
    path("terrain/", include("beffroi.web.desk.terrain.urls")),
    path("distributions/", include("beffroi.web.desk.supplies.urls")),
    path("abri/", include("beffroi.web.desk.stays.urls")),
    path("conseil/", include("beffroi.web.desk.council.urls")),
    path("courriers/", include("beffroi.web.desk.letters.urls")),
    path("finances/", include("beffroi.web.desk.finance.urls")),
    path("dettes/", include("beffroi.web.desk.debts.urls")),
    path("insertion/", include("beffroi.web.desk.insertion.urls")),
    path("", include("beffroi.web.desk.requests_urls")),
    path("", include("beffroi.web.desk.journal_urls")),
]
