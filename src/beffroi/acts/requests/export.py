"""What the register of requests holds about a person, by the references her files name."""

from collections.abc import Collection
from typing import Any

from beffroi.acts.requests.models import Request
from beffroi.core.plain import rows


def requests_named(references: Collection[str]) -> dict[str, Any]:
    """This function will give these requests whole, but what proves who may follow them."""
    found = Request.objects.filter(reference__in=references).order_by("received_at")
    return {"requests": rows(found, "secret_digest", "nonce")}


def names_of_others(references: Collection[str]) -> list[str]:
    """This function will give the names of other persons written in these requests."""
    found = Request.objects.filter(reference__in=references).exclude(other_name="")
    return list(found.values_list("other_name", flat=True))
