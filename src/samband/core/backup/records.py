"""What lies within the seal: a row of records, each a letter, a length and its bytes.

    D  a piece of the database          F  an upload begins (JSON: name)
    P  a piece of the upload            E  it ends (JSON: size, sha256, kept)
    Z  the end (JSON: files, size of the database)

Lengths need not be known beforehand: a database is sent on while it is read out.
"""

import json
import struct
from collections.abc import Callable, Iterator
from typing import Any

from samband.core.backup.errors import BackupError

HEAD = struct.Struct(">cI")
MOST = 4 * 1024 * 1024
PIECE = 256 * 1024

Record = tuple[bytes, bytes]


class Writer:
    def __init__(self, write: Callable[[bytes], None]):
        self._write = write

    def put(self, kind: bytes, data: bytes) -> None:
        self._write(HEAD.pack(kind, len(data)) + data)

    def put_json(self, kind: bytes, value: dict[str, Any]) -> None:
        self.put(kind, json.dumps(value).encode())


def read(content: Iterator[bytes]) -> Iterator[Record]:
    """The records, as they come."""
    held = bytearray()
    for part in content:
        held += part
        while len(held) >= HEAD.size:
            kind, length = HEAD.unpack_from(held)
            if length > MOST:
                raise BackupError("The backup's content has a form that this Samband does not know.")
            if len(held) < HEAD.size + length:
                break
            data = bytes(held[HEAD.size : HEAD.size + length])
            del held[: HEAD.size + length]
            yield kind, data
    if held:
        raise BackupError("The backup's content ends in the middle of a record.")
