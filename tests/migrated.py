"""An empty migrated SQLite database, made once and copied: no test run pays for migrating again."""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

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
    return f"{digest.hexdigest()[:24]}.sqlite3"


def fill(connection: sqlite3.Connection, folder: Path, migrate: Callable[[], None]) -> None:
    """This function will migrate an empty database, from the copy in the folder when there is one.

    Who comes while the first copy is made waits for it.
    """
    kept = folder / name_of_the_schema()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            with sqlite3.connect(kept) as source:
                source.backup(connection)
            source.close()
            migrate()
            return
        migrate()
        for old in folder.glob("*.sqlite3"):
            old.unlink()
        made = kept.with_suffix(".making")
        with sqlite3.connect(made) as target:
            connection.backup(target)
        target.close()
        made.rename(kept)


def start_from(folder: Path, database: Path) -> None:
    """This function will give a server's database the copy, when there is one."""
    kept = folder / name_of_the_schema()
    if kept.exists():
        shutil.copyfile(kept, database)
