"""Writes many rows of one table at once: a run of thousands of lines is a matter of seconds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models


def stored(at: datetime) -> Any:
    """This function will give a moment as this database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)


def _column(table: type[models.Model], name: str) -> str:
    field = table._meta.get_field(name)
    if not isinstance(field, models.Field) or not field.column:
        raise ValueError(f"{table.__name__}.{name} has no column")
    return str(field.column)


def insert(table: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """This function will insert rows whose values stand in the order of the fields `names`.

    Every constraint of the table holds as for any other insert; moments are given by `stored`.
    Raises: IntegrityError.
    """
    quote = connection.ops.quote_name
    columns = ", ".join(quote(_column(table, name)) for name in names)
    marks = ", ".join(["%s"] * len(names))
    # Names come from the models, values go as parameters.
    sql = f"INSERT INTO {quote(table._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    given = list(rows)
    if not given:
        return
    with connection.cursor() as cursor:
        cursor.executemany(sql, given)
