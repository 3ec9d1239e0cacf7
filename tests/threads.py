"""A database that threads may write to at once: the file or the server of an installation."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, TypeVar

from django.db import connection, connections

Given = TypeVar("Given")
Found = TypeVar("Found")


@contextmanager
def database_for_threads() -> Iterator[None]:
    """Threads started inside write to a copy in a file: in memory, SQLite refuses to wait."""
    settings = connections.settings["default"]
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    connection.ensure_connection()
    in_memory = settings["NAME"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "threads.sqlite3"
        copy = sqlite3.connect(path)
        connection.connection.backup(copy)
        copy.close()
        settings["NAME"] = str(path)
        try:
            yield
        finally:
            settings["NAME"] = in_memory


def in_threads(
    act: Callable[[Given], Found], given: Iterable[Given], threads: int = 6
) -> list[Found]:
    """Does `act` on each thing given, many at once, each with a connection of its own."""

    def closing(one: Given) -> Found:
        try:
            return act(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(closing, given))


class Between:
    """Lets a second act begin once a first one has looked, and before it writes."""

    def __init__(self, look: Callable[..., Any], wait: float = 0.5) -> None:
        self._look, self._wait = look, wait
        self._looked, self._done = Event(), Event()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Looks as the first act does, then gives the second its time."""
        found = self._look(*args, **kwargs)
        self._looked.set()
        self._done.wait(self._wait)
        return found

    def second(self, act: Callable[[], Found]) -> Found:
        """Does the second act once the first has looked."""
        self._looked.wait(20)
        try:
            return act()
        finally:
            self._done.set()
