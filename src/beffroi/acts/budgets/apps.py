from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "beffroi.acts.budgets"
    label = "budgets"
