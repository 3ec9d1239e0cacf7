from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "beffroi.web"
    label = "web"

    def ready(self) -> None:
        """This method will set what holds for the forms of every door."""
        from beffroi.web.days import check_days_of_forms

        check_days_of_forms()
