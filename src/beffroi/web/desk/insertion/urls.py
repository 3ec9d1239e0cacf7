"""Addresses under /desk/insertion/."""

from django.urls import URLPattern, path

from beffroi.web.desk.insertion import acts, lists, new, page, partners

urlpatterns: list[URLPattern] = [
    path("", lists.show, name="insertion"),
    path("emplois/", lists.work, name="insertion_work"),
    path("nouveau/<slug:kind>/", new.draft, name="insertion_new"),
    path("extrait.csv", lists.extract, name="insertion_extract"),
    path("partenaires/", partners.show, name="insertion_partners"),
    path("partenaires/<int:pk>/", partners.change, name="insertion_partner"),
    path("places/<int:pk>/", partners.change_place, name="insertion_place"),
    path("<slug:reference>/", page.show, name="insertion_agreement"),
    path("<slug:reference>/acte/<slug:act>/", acts.act, name="insertion_act"),
    path("<slug:reference>/texte.pdf", page.text_pdf, name="insertion_text_pdf"),
]  # fmt: skip
