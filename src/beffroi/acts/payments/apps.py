from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "beffroi.acts.payments"
    label = "payments"

    def ready(self) -> None:
        """The four eyes know an agent by the person she is said to be, too."""
        from beffroi.acts.payments.services.identities import add_reader
        from beffroi.people.staff import keys_of_agent

        add_reader(keys_of_agent)
