"""Addresses under /desk/courriers/."""

from django.urls import URLPattern, path

from beffroi.web.desk.letters import batches, files, letter, lists, templates

urlpatterns: list[URLPattern] = [
    path("", lists.to_send, name="letters"),
    path("recommandes/", lists.registered, name="letters_registered"),
    path("recommandes/liste.pdf", files.registered_pdf, name="letters_registered_pdf"),
    path("recommandes/liste.csv", files.registered_csv, name="letters_registered_csv"),
    path("lettres/<str:reference>/", letter.show, name="letter"),
    path("lettres/<str:reference>/lettre.pdf", files.pdf, name="letter_pdf"),
    path("lettres/<str:reference>/lettre.docx", files.docx, name="letter_docx"),
    path("lettres/<str:reference>/remise.pdf", files.slip, name="letter_slip"),
    path("lettres/<str:reference>/actes/<slug:act>/", letter.act, name="letter_act"),
    path("lots/", batches.listed, name="letter_batches"),
    path("lots/<uuid:pk>/", batches.show, name="letter_batch"),
    path("lots/<uuid:pk>/ecrire/", batches.write, name="letter_batch_write"),
    path("lots/<uuid:pk>/lettres.pdf", batches.pdf, name="letter_batch_pdf"),
    path("modeles/", templates.listed, name="letter_templates"),
    path("modeles/<slug:kind>/<slug:lang>/", templates.edit, name="letter_template"),
    path(
        "modeles/<slug:kind>/<slug:lang>/reprendre/", templates.restore, name="letter_template_restore"
    ),
    path(
        "modeles/<slug:kind>/<slug:lang>/versions/<int:version>/",
        templates.version, name="letter_template_version",
    ),
]  # fmt: skip
