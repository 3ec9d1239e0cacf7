from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "beffroi.acts.fieldwork"
    label = "fieldwork"
