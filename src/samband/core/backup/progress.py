"""How far it has come, for whoever waits: a line for each stage, and one for every 64 MB within it."""

from collections.abc import Callable

EVERY = 64 * 1024 * 1024


class Progress:
    """Silent if nobody listens."""

    def __init__(self, say: Callable[[str], None] | None = None):
        self._say, self._stage, self._bytes, self._next = say, "", 0, EVERY

    def stage(self, name: str) -> None:
        self._stage, self._bytes, self._next = name, 0, EVERY
        if self._say:
            self._say(f"{name} …")

    def moved(self, count: int) -> None:
        self._bytes += count
        if self._say and self._bytes >= self._next:
            self._next = self._bytes + EVERY
            self._say(f"{self._stage} … {self._bytes // 1_000_000} MB")
