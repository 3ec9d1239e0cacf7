from django.apps import AppConfig

from beffroi.core.actors import Actor


class BodiesConfig(AppConfig):
    name = "beffroi.acts.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This method will ask the room of persons whom an actor may not judge."""
        from beffroi.acts.bodies.conflicts import find_ties_with

        find_ties_with(_known_ties)


def _known_ties(actor: Actor) -> set[str]:
    """The references of the persons closed to this actor: herself and those close to her."""
    from beffroi.people.permissions import barred_persons
    from beffroi.people.queries import briefs

    barred = barred_persons(actor)
    return {brief.reference for brief in briefs(barred).values()} if barred else set()
