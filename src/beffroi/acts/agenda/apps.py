from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "beffroi.acts.agenda"
    label = "agenda"
