"""Its groups in the side bar."""

from typing import Any

from django.http import HttpRequest


def letters_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """This function will give the groups of links that the agent may follow."""
    return []
