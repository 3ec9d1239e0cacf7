"""Libraries that few pages need, loaded when the first of them does: a worker starts sooner, lighter."""

from importlib import import_module
from typing import Any


class later:  # noqa: N801 — reads as the import it stands for
    """Stands for a module until something of it is used; then it is that module.

    Written beside an import that only the type checker sees, so that types are kept.
    """

    def __init__(self, name: str) -> None:
        self.__dict__["__later__"] = name

    def __getattr__(self, name: str) -> Any:
        value = getattr(import_module(self.__dict__["__later__"]), name)
        self.__dict__[name] = value
        return value
