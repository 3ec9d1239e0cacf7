from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "beffroi.web.components"
    label = "components"
