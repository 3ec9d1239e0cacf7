from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "beffroi.acts.agreements"
    label = "agreements"

    def ready(self) -> None:
        from beffroi.acts.agreements.enums import LETTERS_OF
        from beffroi.acts.agreements.export import export_agreements
        from beffroi.acts.agreements.permissions import references_visible_to
        from beffroi.acts.agreements.queries import still_needed
        from beffroi.documents.letters.permissions import register_visibility
        from beffroi.people.hooks import register_holder
        from beffroi.people.rights import register_exporter

        register_holder(still_needed)
        register_visibility(LETTERS_OF, references_visible_to)
        register_exporter("agreements", export_agreements, scoped=True)
