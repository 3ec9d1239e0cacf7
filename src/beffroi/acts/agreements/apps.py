from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "beffroi.acts.agreements"
    label = "agreements"
