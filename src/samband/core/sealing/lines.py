"""Reading the file of checkpoints: lines as they stand. Whether they hold is asked in book.py."""

import base64
import binascii
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from samband.core.sealing.encoding import sha256

KINDS = ("begun", "seal", "thinned", "accepted")
TAIL = 1 << 16


@dataclass(frozen=True)
class Line:
    """A line of the file. `body` is empty where it cannot be read."""

    place: int
    digest: str
    body: dict[str, Any]
    signed: bytes
    signature: bytes

    @property
    def seal(self) -> int:
        return self.body["seal"]


def read(where: Path) -> Iterator[Line]:
    """Every line that has an end, in order."""
    with where.open("rb") as file:
        for place, raw in enumerate(file, 1):
            if raw.endswith(b"\n"):
                yield parsed(place, raw[:-1])


def half(where: Path) -> bool:
    """Whether the file ends in the middle of a line."""
    with where.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if not size:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read() != b"\n"


def parsed(place: int, raw: bytes) -> Line:
    signed, _blank, signature = raw.rpartition(b" ")
    try:
        body = json.loads(signed)
        if not _sound(body):
            body = {}
        proof = base64.b64decode(signature, validate=True)
    except (ValueError, binascii.Error, RecursionError):
        body, proof = {}, b""
    return Line(place, sha256(raw), body, signed, proof)


def _sound(body: Any) -> bool:
    """Has the parts that every line has, of their types."""
    if not isinstance(body, dict) or body.get("kind") not in KINDS or type(body.get("seal")) is not int:
        return False
    return all(isinstance(body.get(name), str) for name in ("at", "digest", "before", "key"))


def tail(file: BinaryIO) -> tuple[int, bytes]:
    """The length of the file up to its last line's end, and that line."""
    size = file.seek(0, os.SEEK_END)
    step = TAIL
    while True:
        start = max(0, size - step)
        file.seek(start)
        data = file.read(size - start)
        end = data.rfind(b"\n")
        begin = data.rfind(b"\n", 0, end) if end > 0 else -1
        if start == 0 or begin >= 0:
            return start + end + 1, data[begin + 1 : end] if end >= 0 else b""
        step *= 2
