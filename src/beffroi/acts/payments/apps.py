from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "beffroi.acts.payments"
    label = "payments"
