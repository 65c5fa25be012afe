"""SQLite: one moment read out while the server runs, and a database built from it."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from samband.core.backup.errors import BackupError
from samband.core.backup.moment import Moment
from samband.core.backup.newfile import sync_folder
from samband.core.backup.places import Place
from samband.core.backup.progress import Progress
from samband.core.backup.records import PIECE

PAGES = 4096
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name"


@contextmanager
def moment(place: Place, progress: Progress) -> Iterator[Moment]:
    """Counts, names and pages, all of one transaction: writers go on meanwhile (WAL), and what they write is not seen."""
    if not place.file.exists():
        raise BackupError(f"There is no database at {place.file}.")
    with closing(_open(place.file)) as source:
        progress.stage("Counting")
        source.execute("BEGIN")
        counts = counted(source)
        told = {
            "server": sqlite3.sqlite_version,
            "migrations": _migrations(source, counts),
        }
        known = {name for table, column in place.columns for (name,) in source.execute(_names(table, column))}
        yield Moment(time.time(), told, counts, known, _pieces(source, place.file.parent, progress))


def counted(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows of every table."""
    tables = [name for (name,) in connection.execute(TABLES)]
    return {table: connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0] for table in tables}


def what_is_there(place: Place) -> str:
    """In words, if the database is not empty."""
    if not place.file.exists() or place.file.stat().st_size == 0:
        return ""
    try:
        with closing(_open(place.file)) as connection:
            counts = counted(connection)
    except sqlite3.DatabaseError:
        return f"{place.file} is there and is no database of SQLite's"
    return f"{place.file} has {len(counts)} tables with {sum(counts.values())} rows" if counts else ""


class Build:
    """A database built beside its place, compared, then moved there."""

    def __init__(self, place: Place, header: dict[str, Any]):
        self._target, self._counts = place.file, header["counts"]
        self._staged = place.file.with_name(f"{place.file.name}.restoring")
        self._clear()
        place.file.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.fdopen(os.open(self._staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, data: bytes) -> None:
        self._file.write(data)

    def check(self) -> None:
        """Whole, and every table with the rows that the backup told of."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        with closing(_open(self._staged)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok":
                raise BackupError(f"The restored database is not whole: {found}")
            differs(self._counts, counted(connection))

    def commit(self) -> None:
        for rest in ("-wal", "-shm"):  # of the empty database that may have been there
            with suppress(FileNotFoundError):
                Path(f"{self._target}{rest}").unlink()
        os.replace(self._staged, self._target)
        sync_folder(self._target.parent)

    def undo(self) -> None:
        self._file.close()
        self._clear()

    def _clear(self) -> None:
        for rest in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                Path(f"{self._staged}{rest}").unlink()


def differs(told: dict[str, int], found: dict[str, int]) -> None:
    """Refuses if any table has other rows than the backup told of."""
    for table in sorted(told.keys() | found.keys()):
        if told.get(table) != found.get(table):
            raise BackupError(
                f"The table {table} has {found.get(table, 'no')} rows; expected {told.get(table, 'none')}."
            )


@contextmanager
def temporary(place: Place, folder: Path) -> Iterator[Place]:
    """A place to try in; it goes with the folder."""
    yield place.beside(folder, "samband.sqlite3")


def _pieces(source: sqlite3.Connection, folder: Path, progress: Progress) -> Iterator[bytes]:
    """The pages, by way of a file without a name: it is gone when this process is, however that ends."""
    progress.stage("Database")
    handle, name = tempfile.mkstemp(prefix=".snapshot-", dir=folder)
    with os.fdopen(handle, "rb") as copy:
        try:
            target = sqlite3.connect(name)
        finally:
            os.unlink(name)
        with closing(target):
            target.execute("PRAGMA journal_mode=OFF")
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target, pages=PAGES, progress=lambda *_: progress.moved(0))
        source.execute("COMMIT")
        while piece := copy.read(PIECE):
            progress.moved(len(piece))
            yield piece


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, timeout=60)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _migrations(source: sqlite3.Connection, counts: dict[str, int]) -> list[str]:
    if "django_migrations" not in counts:
        return []
    return [f"{app}.{name}" for app, name in source.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")]


def _names(table: str, column: str) -> str:
    return f"SELECT DISTINCT {_quoted(column)} FROM {_quoted(table)} WHERE {_quoted(column)} <> ''"
