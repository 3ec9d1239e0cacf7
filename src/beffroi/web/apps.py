from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "beffroi.web"
    label = "web"

    def ready(self) -> None:
        """This method will set what holds for the forms and the dates of every door."""
        from beffroi.web.days import check_days_of_forms, say_first_days

        check_days_of_forms()
        say_first_days()
