"""Fields that several models of this room share."""

from typing import Any

from django.db import models


def team_key(related: str = "+") -> Any:
    """This function will give a key to a team."""
    return models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name=related)


def place_key() -> Any:
    """This function will give a key to a place of the directory."""
    return models.ForeignKey("directory.Place", on_delete=models.PROTECT, related_name="+")


def person_key() -> Any:
    """This function will give a key to the person, when the house knows her."""
    return models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
