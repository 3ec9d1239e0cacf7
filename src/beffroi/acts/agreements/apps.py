from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "beffroi.acts.agreements"
    label = "agreements"

    def ready(self) -> None:
        from beffroi.acts.agreements.export import export_agreements
        from beffroi.acts.agreements.queries import still_needed
        from beffroi.people.hooks import register_holder
        from beffroi.people.rights import register_exporter

        register_holder(still_needed)
        register_exporter("agreements", export_agreements, scoped=True)
