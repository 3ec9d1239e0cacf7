from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

from beffroi.core.actors import Actor


class BodiesConfig(AppConfig):
    name = "beffroi.acts.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This method will ask the room of persons whom an actor may not judge."""
        from beffroi.acts.bodies.conflicts import find_ties_with

        if find_spec("beffroi.people.permissions") and find_spec("beffroi.people.queries"):
            find_ties_with(_known_ties)


def _known_ties(actor: Actor) -> set[str]:
    """The references of the persons closed to this actor: herself and those close to her."""
    barred = import_module("beffroi.people.permissions").barred_persons(actor)
    if not barred:
        return set()
    briefs = import_module("beffroi.people.queries").briefs(barred)
    return {brief.reference for brief in briefs.values()}
