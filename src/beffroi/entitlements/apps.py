from django.apps import AppConfig


class EntitlementsConfig(AppConfig):
    name = "beffroi.entitlements"
    label = "entitlements"
