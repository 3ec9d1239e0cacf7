"""Entries that are one person: the one kept and those it absorbed. A merge moves no row."""

from collections.abc import Collection

from beffroi.people.models import Person


def root_id(pk: int) -> int:
    """This function will give the entry that is kept for this one: itself, unless absorbed."""
    seen = {pk}
    while True:
        above = Person.objects.filter(pk=pk).values_list("merged_into_id", flat=True).first()
        if above is None or above in seen:
            return pk
        seen.add(above)
        pk = above


def absorbed_ids(pk: int) -> list[int]:
    """This function will give the entries that this one absorbed, and those they had absorbed."""
    return sorted(same_ids_of([pk])[pk] - {pk})


def same_ids(pk: int) -> frozenset[int]:
    """This function will give this entry and every one it absorbed."""
    return same_ids_of([pk])[pk]


def same_ids_of(persons: Collection[int]) -> dict[int, frozenset[int]]:
    """This function will give, for each person, her entry and every one it absorbed."""
    groups = {pk: {pk} for pk in persons}
    owners: dict[int, set[int]] = {pk: {pk} for pk in persons}
    step = set(persons)
    while step:
        below = (
            Person.objects.filter(merged_into_id__in=step)
            .order_by()
            .values_list("pk", "merged_into_id")
        )
        step = set()
        for pk, above in below:
            for owner in owners.get(above or 0, ()):  # above is never empty here
                groups[owner].add(pk)
                owners.setdefault(pk, set()).add(owner)
            step.add(pk)
    return {pk: frozenset(group) for pk, group in groups.items()}
