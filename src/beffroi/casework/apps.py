from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "beffroi.casework"
    label = "casework"

    def ready(self) -> None:
        """This function will tell the rooms below who works on whose file."""
        from beffroi.casework import telling

        telling.register()
