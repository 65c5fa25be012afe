"""Files that are kept: written once below MEDIA_ROOT under a name made of their hash, read only while they still match it."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from samband.core.folders import private


class Damaged(Exception):
    """The file is gone or is no longer what was kept."""


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def name_of(folder: str, sha256: str, ident: UUID) -> str:
    """Where a file of this content lies: a file of its own for each row, though two may have the same content."""
    return f"{folder}/{sha256[:2]}/{sha256}-{ident.hex}"


def write(name: str, content: bytes) -> None:
    """Whole on the disk when this returns; refuses a name that is taken."""
    path = path_of(name)
    private(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def kept_or_dropped() -> Iterator[list[str]]:
    """Around a transaction: the names put into the list are taken from the disk again if it comes to nothing."""
    names: list[str] = []
    try:
        yield names
    except BaseException:
        drop_all(names)
        raise


def drop_all(names: Iterable[str]) -> None:
    """After their rows are gone for good, or where those never came to be."""
    for name in names:
        path_of(name).unlink(missing_ok=True)


def read(name: str, sha256: str) -> bytes:
    """As it was kept, or Damaged."""
    try:
        found = path_of(name).read_bytes()
    except OSError as error:
        raise Damaged from error
    if hashlib.sha256(found).hexdigest() != sha256:
        raise Damaged
    return found
