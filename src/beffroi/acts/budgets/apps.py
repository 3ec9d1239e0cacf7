from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "beffroi.acts.budgets"
    label = "budgets"

    def ready(self) -> None:
        from beffroi.acts.budgets.enums import LETTERS_OF
        from beffroi.acts.budgets.export import export_mediations
        from beffroi.acts.budgets.permissions import references_visible_to
        from beffroi.acts.budgets.queries import still_needed
        from beffroi.documents.letters.permissions import register_visibility
        from beffroi.people.hooks import register_holder
        from beffroi.people.rights import register_exporter

        register_holder(still_needed)
        register_visibility(LETTERS_OF, references_visible_to)
        register_exporter("budgets", export_mediations, scoped=True)
