from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "beffroi.people"
    label = "people"

    def ready(self) -> None:
        """This room's part of what is given to a person about herself."""
        from beffroi.people.export import export_person
        from beffroi.people.rights import register_exporter

        register_exporter("people", export_person, scoped=True)
