"""Fields that several models of this room share."""

from typing import Any

from django.conf import settings
from django.db import models


def worker_key(related: str = "+", **more: Any) -> Any:
    """This function will give a key to a worker; she is never removed while it stands."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name=related, **more
    )


def team_key(related: str = "+") -> Any:
    """This function will give a key to a team."""
    return models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name=related)


def person_key() -> Any:
    """This function will give a key to the person, when the house knows her."""
    return models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
