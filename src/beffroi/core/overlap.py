"""Periods that may not overlap: PostgreSQL refuses it by itself, SQLite in the service's transaction."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db.models import Func


class NoOverlap(ExclusionConstraint):
    """Refuses two rows of one thing at one moment; where the database cannot, it is left out.

    Where it is left out the service must look first, in a transaction that writes alone: that is
    what SQLite gives here (`transaction_mode` IMMEDIATE).
    """

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().constraint_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().remove_sql(model, schema_editor)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The service looks first, with words; here there is nothing to add."""


def no_overlap(thing: str, *, name: str, starts: str = "starts_at", ends: str = "ends_at") -> Any:
    """This function will give the constraint: two periods of one `thing` never overlap.

    A period takes its first moment in and leaves its last one out: two may touch.
    """
    period = Func(
        starts, ends, RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField()
    )
    return NoOverlap(
        name=name, expressions=[(thing, RangeOperators.EQUAL), (period, RangeOperators.OVERLAPS)]
    )
