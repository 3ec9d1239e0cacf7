"""The names that imported things bear here: the same each time, and never those of another."""

import re
import uuid
from dataclasses import dataclass, field
from uuid import UUID

_NAMESPACE = UUID("6a0a7f5e-4c1b-5d0f-9f57-8a4b1f5f2e11")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,35}")


@dataclass
class Keys:
    """Names under one publisher: an id of the package can never reach what is not its own."""

    publisher: str
    _known: dict[tuple[str, str], UUID] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """This property gives the start of every key of this publisher."""
        return f"{self.publisher}--"

    def uuid(self, table: str, ident: str) -> UUID:
        """This function will give the identifier here of `ident` in `table` of the package."""
        found = self._known.get((table, ident))
        if found is None:
            found = uuid.uuid5(_NAMESPACE, f"{self.publisher}/{table}/{ident}")
            self._known[(table, ident)] = found
        return found

    def key(self, table: str, ident: str) -> str:
        """This function will give the key here: the package's own id where it can be one."""
        local = ident if _PLAIN.fullmatch(ident) else self.uuid(table, ident).hex
        return f"{self.prefix}{local}"
