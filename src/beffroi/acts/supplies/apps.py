from django.apps import AppConfig


class SuppliesConfig(AppConfig):
    name = "beffroi.acts.supplies"
    label = "supplies"
