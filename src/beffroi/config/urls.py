"""The addresses of the house; what each is for, and who may open it, is in `web/access.py`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from beffroi.web import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("connexion/", include("beffroi.web.sign_in_urls")),
    path("desk/", include("beffroi.web.desk.urls")),
    path("board/", include("beffroi.web.board.urls")),
    path("field/", include("beffroi.web.field.urls")),
    path("api/", include("beffroi.web.api.urls")),
    path("", include("beffroi.web.portal.plain_urls")),
    *i18n_patterns(path("", include("beffroi.web.portal.urls")), prefix_default_language=False),
]

handler404 = "beffroi.web.errors.not_found"
handler500 = "beffroi.web.errors.broken"
