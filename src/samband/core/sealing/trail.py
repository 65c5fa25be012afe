"""The checkpoints beside the chain: both in the order of the seals' numbers, walked together."""

from collections.abc import Iterator

from samband.core.models import AuditSeal
from samband.core.sealing import words
from samband.core.sealing.book import Book
from samband.core.sealing.lines import Line


class Trail:
    """Asked about one seal after another, in the order of their numbers."""

    def __init__(self, book: Book):
        self.lines: Iterator[Line] = book.lines() if book.trusted else iter(())
        self.trusted = book.trusted
        self.coming = next(self.lines, None)
        self.passed: Line | None = None

    def wrong_with(self, seal: AuditSeal) -> list[str]:
        """Not the seal that a line certifies, or sealed when the file ended with another line than the one before it."""
        if not self.trusted:
            return []
        found = []
        while self.coming and self.coming.seal < seal.number:
            self._pass()
        if self.passed is None or seal.anchor != self.passed.digest:
            found.append(words.batch_unanchored(seal.number))
        while self.coming and self.coming.seal == seal.number:
            line = self.coming
            if line.body["digest"] != seal.digest:
                found.append(words.batch_rebuilt(seal.number, line.body["at"], seal.digest, line.body["digest"]))
            self._pass()
        return found

    def _pass(self) -> None:
        self.passed, self.coming = self.coming, next(self.lines, None)
