"""The file of checkpoints, read as a reviewer does: does each line hold, and what do they say together?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from samband.core.sealing import keys, lines, words
from samband.core.sealing.encoding import NOTHING
from samband.core.sealing.lines import Line


@dataclass
class Book:
    """What the file says. `trusted` is False where it is missing or signed with another key: then nothing is taken from it."""

    path: Path
    trusted: bool = True
    length: int = 0
    top: Line | None = None
    thinned: list[tuple[int, int]] = field(default_factory=list)
    accepted: list[Line] = field(default_factory=list)
    faulty: set[int] = field(default_factory=set)
    half: bool = False
    findings: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """Lines that hold and were not given up by a later `accepted`, so that the numbers of their seals only rise."""
        for line in islice(lines.read(self.path), self.length):  # what was added meanwhile has not been checked
            if line.place not in self.faulty and not self._given_up(line):
                yield line

    def _given_up(self, line: Line) -> bool:
        return any(line.place < later.place and line.seal > later.seal for later in self.accepted)

    def was_thinned(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.thinned)


def open_book(path: Path, key: Ed25519PublicKey) -> Book:
    """Check every line's signature and its hold on the line before. In memory: a few facts, not the lines."""
    book = Book(path)
    if not path.exists():
        book.trusted = False
        book.findings.append(words.no_checkpoints(path))
        return book
    before = NOTHING
    for line in lines.read(path):
        if line.body and line.body["key"] != keys.mark(key):
            book.trusted = False
            book.findings.append(words.other_key(line.place, line.body["key"], keys.mark(key)))
            return book
        said = _wrong_with(line, before, key)
        if said:
            book.findings.append(said)
        if not line.body or not keys.holds(key, line.signature, line.signed):
            book.faulty.add(line.place)
        else:
            _note(book, line)
        before, book.length = line.digest, line.place
    if before == NOTHING:
        book.trusted = False
        book.findings.append(words.no_checkpoints(path))
    book.half = lines.half(path)
    book.top = _top(book)
    return book


def _wrong_with(line: Line, before: str, key: Ed25519PublicKey) -> str:
    if not line.body or not keys.holds(key, line.signature, line.signed):
        return words.line_changed(line.place)
    if line.body["before"] != before or (line.body["kind"] == "begun") != (line.place == 1):
        return words.line_out_of_place(line.place)
    return ""


def _note(book: Book, line: Line) -> None:
    if line.body["kind"] == "thinned":
        book.thinned += [(first, last) for first, last in line.body["batches"]]
    elif line.body["kind"] == "accepted":
        book.accepted.append(line)


def _top(book: Book) -> Line | None:
    found = None
    if book.trusted:
        for line in book.lines():
            found = line if found is None or line.seal >= found.seal else found
    return found
