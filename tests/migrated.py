"""An empty migrated database, made once and copied: no test run pays for migrating again."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: What migrations call beside what they say themselves.
_CALLED = ("src/beffroi/audit/frozen.py", "src/beffroi/core/overlap.py", "uv.lock")


def name_of_the_schema() -> str:
    """This function will name the schema: another migration, or another library, another name."""
    digest = hashlib.sha256()
    for path in sorted(
        [*ROOT.glob("src/beffroi/**/migrations/*.py"), *(ROOT / p for p in _CALLED)]
    ):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def fill(connection: Any, folder: Path, migrate: Callable[[], None]) -> None:
    """This function will migrate an empty database, from the copy in the folder when there is one.

    Who comes while the first copy is made waits for it.
    """
    kind: type[_SQLite | _PostgreSQL] = _SQLite if connection.vendor == "sqlite" else _PostgreSQL
    kept = folder / f"{name_of_the_schema()}.{kind.suffix}"
    with (folder / f"lock-{kind.suffix}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            kind.copy_from(kept, connection)
            migrate()
            return
        migrate()
        for old in folder.glob(f"*.{kind.suffix}"):
            old.unlink()
        made = kept.with_suffix(".making")
        if kind.copy_to(made, connection):
            made.rename(kept)


class _SQLite:
    """A copy page by page."""

    suffix = "sqlite3"

    @staticmethod
    def copy_from(kept: Path, connection: Any) -> None:
        with sqlite3.connect(kept) as source:
            source.backup(connection.connection)
        source.close()

    @staticmethod
    def copy_to(made: Path, connection: Any) -> bool:
        with sqlite3.connect(made) as target:
            connection.connection.backup(target)
        target.close()
        return True


class _PostgreSQL:
    """A dump by PostgreSQL’s own tools; where they are not at hand, nothing is kept."""

    suffix = "sql"

    @staticmethod
    def copy_from(kept: Path, connection: Any) -> None:
        _tool(connection, "psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", str(kept))

    @staticmethod
    def copy_to(made: Path, connection: Any) -> bool:
        if not (shutil.which("pg_dump") and shutil.which("psql")):
            return False
        _tool(connection, "pg_dump", "--no-owner", "--no-privileges", "-f", str(made))
        return True


def _tool(connection: Any, name: str, *arguments: str) -> None:
    """Run one of PostgreSQL’s tools on the database of this connection."""
    asked = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
             "dbname": "PGDATABASE"}  # fmt: skip
    environment = {**os.environ, **{names[k]: str(v) for k, v in asked.items() if k in names and v}}
    subprocess.run([name, *arguments], env=environment, check=True)  # noqa: S603


def start_from(folder: Path, database: Path) -> None:
    """This function will give a server's SQLite database the copy, when there is one."""
    kept = folder / f"{name_of_the_schema()}.{_SQLite.suffix}"
    if kept.exists():
        shutil.copyfile(kept, database)
