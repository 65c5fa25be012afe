"""A file that has no name until it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from samband.core.backup.errors import BackupError


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """Write into it; at the end it is at `target`, mode 600. If it goes wrong, or the process is killed, nothing is there."""
    if os.path.lexists(target):
        raise BackupError(f"{target} exists already; a backup is never written over.")
    handle, part = _open(target)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            # /proc gives the nameless file a name to link from; a link never replaces what came there meanwhile.
            source = part or f"/proc/self/fd/{file.fileno()}"
            os.link(source, target, src_dir_fd=None if part else file.fileno(), follow_symlinks=True)
    except FileExistsError:
        raise BackupError(f"{target} exists already; a backup is never written over.") from None
    finally:
        if part:
            with suppress(FileNotFoundError):
                part.unlink()
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """What was named in it survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _open(target: Path) -> tuple[int, Path | None]:
    try:
        return os.open(target.parent, os.O_TMPFILE | os.O_WRONLY, 0o600), None
    except FileNotFoundError:
        raise BackupError(f"The folder {target.parent} is not there.") from None
    except OSError:
        # Some file systems (NFS) have no nameless files. A killed backup leaves the encrypted part, under a name of its own.
        part = target.with_name(f".{target.name}.part-{os.getpid()}")
        return os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), part
