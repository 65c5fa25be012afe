"""The form of a backup file.

    SAMBAND BACKUP\\n | format, 2 bytes | length, 4 bytes | header as JSON | part | part | … | last part
    part = length, 4 bytes, its highest bit set in the last one | AES-256-GCM of at most 1 MiB, with its tag

Numbers are big-endian. The key of a file is derived (HKDF-SHA256) from Samband's key, a salt in the header, and the digest
of the header's bytes: a header that was changed opens nothing. The nonce is the part's number and whether it is the last:
parts cannot be moved, left out or cut off. No more than one part is held in memory.
"""

import hashlib
import json
import secrets
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from samband.core.backup import keys
from samband.core.backup.errors import BackupError

MAGIC = b"SAMBAND BACKUP\n"
FORMAT = 1
PART = 1024 * 1024
TAG = 16
LAST = 1 << 31
HEADER_MOST = 16 * 1024 * 1024
CUT = "The backup ends too early: it was cut off or never became whole."


class Sealer:
    """Writes the header at once, then whatever it is given, part by part."""

    def __init__(self, out: BinaryIO, key: bytes, header: dict[str, Any]):
        salt = secrets.token_bytes(32)
        text = json.dumps({**header, "key": keys.mark(key), "salt": salt.hex()}, sort_keys=True).encode()
        self._out, self._held, self._number = out, bytearray(), 0
        self._lock = _lock(key, salt, text)
        out.write(MAGIC + struct.pack(">HI", FORMAT, len(text)) + text)

    def write(self, data: bytes) -> None:
        self._held += data
        # The last part is known as the last only when nothing follows it, so a full one waits for the next byte.
        while len(self._held) > PART:
            self._seal(bytes(self._held[:PART]), last=False)
            del self._held[:PART]

    def close(self) -> None:
        """Seals the last part. A file without it is not whole."""
        self._seal(bytes(self._held), last=True)

    def _seal(self, data: bytes, last: bool) -> None:
        sealed = self._lock.encrypt(_nonce(self._number, last), data, None)
        self._out.write(struct.pack(">I", len(sealed) | (LAST if last else 0)) + sealed)
        self._number += 1


def read_header(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """What a backup says of itself, and its bytes. Not to be trusted before a part has been opened."""
    if file.read(len(MAGIC)) != MAGIC:
        raise BackupError("This is no backup of Samband's.")
    version, length = struct.unpack(">HI", _exactly(file, 6))
    if version != FORMAT:
        raise BackupError(f"The backup has format {version}; this Samband reads format {FORMAT}.")
    if length > HEADER_MOST:
        raise BackupError("The backup's header is damaged.")
    text = _exactly(file, length)
    try:
        header = json.loads(text)
        bytes.fromhex(header["salt"])
    except (ValueError, KeyError, TypeError):
        raise BackupError("The backup's header is damaged.") from None
    return header, text


def parts(file: BinaryIO, key: bytes, header: dict[str, Any], text: bytes) -> Iterator[bytes]:
    """The content, each part only after its seal agreed. Ends well only if the last part was the file's end."""
    if header.get("key") != keys.mark(key):
        raise BackupError(f"Another key: the backup was made with {header.get('key')}, this one is {keys.mark(key)}.")
    lock = _lock(key, bytes.fromhex(header["salt"]), text)
    number, last = 0, False
    while not last:
        (word,) = struct.unpack(">I", _exactly(file, 4))
        last, length = bool(word & LAST), word & (LAST - 1)
        if not TAG <= length <= PART + TAG:
            raise BackupError(_damaged(number))
        try:
            yield lock.decrypt(_nonce(number, last), _exactly(file, length), None)
        except InvalidTag:
            raise BackupError(_damaged(number)) from None
        number += 1
    if file.read(1):
        raise BackupError("The backup goes on after its end: something was added to it.")


def _damaged(number: int) -> str:
    where = "the header or part 1" if number == 0 else f"part {number + 1}"
    return f"The backup is damaged or was changed: {where} does not agree with its seal."


def _lock(key: bytes, salt: bytes, text: bytes) -> AESGCM:
    info = b"samband backup 1 " + hashlib.sha256(text).digest()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">7xIB", number, last)


def _exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise BackupError(CUT)
    return data
