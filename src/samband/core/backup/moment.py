"""One moment of a database, as either engine gives it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass
class Moment:
    """`at`: the machine's time. `told`: what the header says of the engine. `uploads`: the files that rows name."""

    at: float
    told: dict[str, Any]
    counts: dict[str, int]
    uploads: set[str]
    pieces: Iterator[bytes]
