from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "beffroi.casework"
    label = "casework"
