"""What the journal holds about a person: what was done, when, by which service and role."""

from collections.abc import Collection
from typing import Any

from beffroi.audit.models import JournalEntry


def acts_on(subjects: Collection[str]) -> list[dict[str, Any]]:
    """This function will give each act on, and each reading of, these references; no agent’s name."""
    found = JournalEntry.objects.filter(subject_ref__in=subjects).order_by("at", "pk")
    return [
        {"at": at.isoformat(), "nature": kind, "act": verb, "service": post or "—"}
        for at, kind, verb, post in found.values_list("at", "kind", "verb", "actor_post")
    ]
