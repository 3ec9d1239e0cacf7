"""What the bodies hold about a person: when it was on the agenda and its fate, never who voted what."""

from collections.abc import Collection
from typing import Any

from beffroi.acts.bodies.models import Item
from beffroi.acts.bodies.queries import outcome_of


def fates_of(person_refs: Collection[str], subjects: Collection[str] | None) -> dict[str, Any]:
    """This function will give the fate of each matter about a person, the oldest first.

    With `subjects`, those of these proposals alone. Deliberations are secret: no vote is given.
    """
    items = Item.objects.filter(person_ref__in=person_refs).select_related("body")
    if subjects is not None:
        items = items.filter(subject_ref__in=subjects)
    found = []
    for item in items.order_by("submitted_at", "pk"):
        decided = outcome_of(item.reference)
        found.append(
            {
                "matter": item.kind_label, "body": item.body.name,
                "submitted_at": item.submitted_at.isoformat(), "state": str(item.get_state_display()),
                "sitting_date": decided.sitting_date.isoformat() if decided else None,
                "fate": decided.state if decided else None,
            }
        )  # fmt: skip
    return {"matters": found}
