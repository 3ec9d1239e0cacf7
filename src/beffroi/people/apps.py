from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "beffroi.people"
    label = "people"
