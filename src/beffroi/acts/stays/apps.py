from django.apps import AppConfig


class StaysConfig(AppConfig):
    name = "beffroi.acts.stays"
    label = "stays"
