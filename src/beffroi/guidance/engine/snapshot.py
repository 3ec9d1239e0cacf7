"""Keeps on disk what is slow to reckon, under a key that changes with the content and the code.

The folder belongs to the process: what lies there is trusted as much as the code itself.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from beffroi.guidance.engine.text import DATA

_Kept = TypeVar("_Kept")
_TABLES = ("spellings", "languages", "ukrainian", "danger", "out_of_scope", "places")


@lru_cache(maxsize=1)
def _house() -> bytes:
    """Return the digest of the engine's own code and tables."""
    seal = hashlib.blake2b(digest_size=16)
    tables = [DATA / f"{name}.yaml" for name in _TABLES]
    for path in [*sorted(Path(__file__).parent.glob("*.py")), *(t for t in tables if t.exists())]:
        seal.update(path.read_bytes())
    return seal.digest()


def key_of(parts: Iterable[object]) -> str:
    """Return the key of content made of `parts`, whose representations say all."""
    seal = hashlib.blake2b(_house(), digest_size=16)
    for part in parts:
        seal.update(repr(part).encode("utf-8"))
    return seal.hexdigest()


def kept(folder: Path | None, name: str, key: str, build: Callable[[], _Kept]) -> _Kept:
    """Return what is kept as `name` under `key`, else build it and keep it instead of what was there."""
    path = folder / f"{name}.snapshot" if folder else None
    if path and path.exists():
        try:
            with path.open("rb") as file:
                if file.readline().decode("ascii").strip() == key:
                    found: _Kept = pickle.load(file)  # noqa: S301
                    return found
        except (OSError, ValueError, pickle.UnpicklingError, AttributeError, EOFError, ImportError):
            pass
    built = build()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".snapshot")
        with os.fdopen(handle, "wb") as file:
            file.write(f"{key}\n".encode("ascii"))
            pickle.dump(built, file, protocol=5)
        Path(name).replace(path)
    return built
