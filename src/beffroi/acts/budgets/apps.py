from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "beffroi.acts.budgets"
    label = "budgets"

    def ready(self) -> None:
        from beffroi.acts.budgets.export import export_mediations
        from beffroi.acts.budgets.queries import still_needed
        from beffroi.people.hooks import register_holder
        from beffroi.people.rights import register_exporter

        register_holder(still_needed)
        register_exporter("budgets", export_mediations, scoped=True)
