"""`samband restore` and `samband backup --verify`: built beside, compared, put in place whole; or nothing is there."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from samband.core.backup import engines, keys, records, sealed, uploads
from samband.core.backup.errors import BackupError
from samband.core.backup.places import Place
from samband.core.backup.progress import Progress

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def restore(place: Place, key_file: Path | None, source: Path, progress: Progress | None = None) -> dict[str, Any]:
    """Into an empty database and empty uploads. Gives what the header tells and the number of uploads."""
    key = keys.read(key_file)
    with _opened(source, place) as (file, header, text), alone(place):
        return _into(place, key, (file, header, text), progress or Progress())


def verify(place: Place, key_file: Path | None, source: Path, progress: Progress | None = None) -> dict[str, Any]:
    """The same, in a place of its own that is taken away afterwards."""
    key = keys.read(key_file)
    with ExitStack() as stack:
        opened = stack.enter_context(_opened(source, place))
        stack.enter_context(alone(place))
        folder = place.var / "backup-verify"
        shutil.rmtree(folder, ignore_errors=True)  # of a try that was stopped
        folder.mkdir(mode=0o700)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        other = stack.enter_context(engines.of(place).temporary(place, folder))
        return _into(other, key, opened, progress or Progress())


def header_of(source: Path) -> dict[str, Any]:
    """What a backup says of itself."""
    with source.open("rb") as file:
        return sealed.read_header(file)[0]


def _into(place: Place, key: bytes, opened: tuple[BinaryIO, dict, bytes], progress: Progress) -> dict[str, Any]:
    file, header, text = opened
    _must_be_empty(place, header["salt"])
    content = sealed.parts(file, key, header, text)
    # A wrong key or a changed header stops here, before anything is begun.
    first = next(content)
    progress.stage("Database")
    with ExitStack() as undo:
        build = engines.of(place).Build(place, header)
        undo.callback(build.undo)
        stage = uploads.Stage(place.uploads, header["salt"])
        undo.callback(stage.undo)
        _unpack(records.read(_again(first, content)), build, stage, progress)
        progress.stage("Comparing")
        build.check()
        progress.stage("Putting it in place")
        stage.place()
        progress.stage("Committing the database")
        build.commit()
        undo.pop_all()
        stage.settle()
    return {**header, "uploads": stage.count}


def _unpack(rows: Iterator[records.Record], build: Any, stage: uploads.Stage, progress: Progress) -> None:
    """All records to where they belong; the end must agree with what came."""
    size, end = 0, None
    for kind, data in rows:
        progress.moved(len(data))
        if end is not None or kind not in (b"D", b"F", b"P", b"E", b"Z"):
            raise BackupError("The backup's content has a form that this Samband does not know.")
        if kind == b"D":
            build.write(data)
            size += len(data)
        elif kind == b"Z":
            end = json.loads(data)
        else:
            stage.take(kind, data)
    if end != {"uploads": stage.count, "database": size}:
        raise BackupError("The backup does not hold all that it tells of.")


@contextmanager
def _opened(source: Path, place: Place) -> Iterator[tuple[BinaryIO, dict, bytes]]:
    try:
        file = source.open("rb")
    except OSError as error:
        raise BackupError(f"{source} cannot be read: {error.strerror}.") from None
    with file:
        header, text = sealed.read_header(file)
        if header["engine"] != place.engine:
            told, ours = NAMES.get(header["engine"], header["engine"]), NAMES[place.engine]
            raise BackupError(f"The backup is of {told}, and DATABASE_URL here is {ours}: it can only go into {told}.")
        _must_be_known(header["migrations"])
        yield file, header, text


def _must_be_known(migrations: list[str]) -> None:
    """A newer Samband's tables mean nothing to this one. Older ones are brought up by `samband migrate`."""
    from django.db.migrations.loader import MigrationLoader

    ours = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if unknown := sorted(set(migrations) - ours):
        raise BackupError(
            f"The backup is from a newer Samband: this one does not know {unknown[0]}"
            f"{f' and {len(unknown) - 1} more migrations' if len(unknown) > 1 else ''}."
        )


def _must_be_empty(place: Place, ident: str) -> None:
    if there := engines.of(place).what_is_there(place):
        raise BackupError(f"A backup is restored into an empty database only, and {there}.")
    uploads.clear_unfinished(place.uploads, ident)
    if there := uploads.what_is_there(place.uploads):
        raise BackupError(f"A backup is restored into empty uploads only, and {there}.")


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """One restore at a time: the lock goes with the process, however it ends."""
    place.var.mkdir(parents=True, exist_ok=True)
    handle = os.open(place.var, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BackupError("Another restore is running here.") from None
    else:
        yield
    finally:
        os.close(handle)


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
