"""The key of the backups: a file of its own, for its owner alone, never where the backups are."""

import base64
import binascii
import hashlib
import os
import secrets
from pathlib import Path

from samband.core.backup.errors import BackupError

TITLE = "samband backup key 1"
LENGTH = 32


def make(path: Path) -> str:
    """A new key in a new file of mode 600. Gives its mark."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(f"{path} exists already; a key is never written over.") from None
    except OSError as error:
        raise BackupError(f"The key cannot be written to {path}: {error.strerror}.") from None
    key = secrets.token_bytes(LENGTH)
    with os.fdopen(handle, "w") as file:
        file.write(f"{TITLE}\n{base64.urlsafe_b64encode(key).decode()}\n")
        file.flush()
        os.fsync(file.fileno())
    return mark(key)


def read(path: Path | None) -> bytes:
    """The key, if the file is there, is one, and nobody but its owner may read it."""
    if path is None:
        raise BackupError("SAMBAND_BACKUP_KEY_FILE is missing; make a key with `samband backup --new-key FILE`.")
    try:
        with path.open() as file:
            # Of the open file, not of the name: it is what is read below.
            mode = os.fstat(file.fileno()).st_mode
            lines = file.read(1024).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupError(f"The key {path} cannot be read: {getattr(error, 'strerror', '') or 'not text'}.") from None
    if mode & 0o077:
        raise BackupError(f"The key {path} is open to others than its owner; chmod 600 it.")
    try:
        key = base64.urlsafe_b64decode(lines[1]) if len(lines) == 2 and lines[0] == TITLE else b""
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        raise BackupError(f"{path} is no key of Samband's backups.")
    return key


def mark(key: bytes) -> str:
    """Which key it is, without telling anything of it: stands in the header, so that a wrong one can be named."""
    return hashlib.sha256(b"samband backup key mark" + key).hexdigest()[:16]


def keep_apart(key_file: Path, target: Path, uploads: Path) -> None:
    """A key beside what it locks, or among the uploads that go into the backup, locks nothing."""
    key_file, target, uploads = key_file.resolve(), target.resolve(), uploads.resolve()
    if uploads in key_file.parents:
        raise BackupError(f"The key {key_file} lies among the uploads, which are backed up; move it.")
    if target.parent == key_file.parent:
        raise BackupError(f"The key {key_file} lies in the same folder as the backup; keep them apart.")
