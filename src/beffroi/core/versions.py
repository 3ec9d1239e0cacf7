"""Two people change one thing: the second is shown both versions and decides.

A table that is edited by hand has a field `version`. The form carries the version it was
filled from; the service writes only onto that version, whatever the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet

from beffroi.core.errors import WrongState


@dataclass(frozen=True)
class Difference:
    """A field that now holds something else than what this person wanted to write."""

    field: str
    label: str
    yours: Any
    theirs: Any


class EditConflict(WrongState):
    """Somebody changed the thing meanwhile; `version` is what it is now, and what differs."""

    def __init__(self, what: str, version: int | str, differences: list[Difference]) -> None:
        self.version, self.differences = version, differences
        super().__init__(what)


def update_at_version(
    rows: QuerySet[Any], *, pk: int, version: int, changes: Mapping[str, Any], said: str
) -> None:
    """This function will write `changes` on the row, if it is still at `version`, and count on.

    `said` is the sentence of the refusal. What was typed and is already there is no conflict.

    Raises: EditConflict with each field that differs; DoesNotExist when the row is gone.
    """
    done = rows.filter(pk=pk, version=version).update(**changes, version=F("version") + 1)
    if done:
        return
    now: Model = rows.get(pk=pk)
    meta = now._meta
    differences = [
        Difference(name, str(getattr(meta.get_field(name), "verbose_name", name)), wanted, held)
        for name, wanted in changes.items()
        if (held := getattr(now, name)) != wanted and not name.endswith("_at")
    ]
    if differences:
        raise EditConflict(said, now.version, differences)  # type: ignore[attr-defined]
