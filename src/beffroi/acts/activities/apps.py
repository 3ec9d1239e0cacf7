from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "beffroi.acts.activities"
    label = "activities"
