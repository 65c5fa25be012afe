"""Verifying: the chain, its checkpoints, and every entry against what was sealed. Streams; changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from samband.core import clock
from samband.core.models import AuditSeal
from samband.core.sealing import checkpoints, keys, rows, words
from samband.core.sealing.book import Book, open_book
from samband.core.sealing.encoding import NOTHING, Leaf, seal_digest, sha256, unpack
from samband.core.sealing.entries import differences
from samband.core.sealing.keys import SealError
from samband.core.sealing.sealing import last_seal
from samband.core.sealing.trail import Trail

PAGE = 200
UNSIGNED_AT_MOST = timedelta(hours=1)


@dataclass
class Report:
    """What was found, told one by one to `tell`; and what is worth knowing though nothing is wrong with it."""

    tell: Callable[[str], None]
    step: Callable[[int], None] = lambda entries: None
    findings: int = 0
    batches: int = 0
    entries: int = 0
    notes: list[str] = field(default_factory=list)

    def found(self, sentence: str) -> None:
        self.findings += 1
        self.tell(sentence)


def verify(report: Report, since: str = "", file: Path | None = None, public: Path | None = None) -> Report:
    """`since`: entries of earlier periods are not read again, their place in the chain is. `file` and `public` may be copies."""
    file, chosen = file or checkpoints.path(), public is not None
    public = public or keys.public_path()
    if not chosen and not any(path.exists() for path in (public, settings.AUDIT_KEY, file)) and not last_seal():
        report.notes.append(words.never_sealed())
        _tell_waiting(report, rows.LEAST)
        return report
    # Seals up to now, then the file: the worker may go on meanwhile, and each of these seals has its lines there already.
    end = last_seal()
    book = _book(report, file, public)
    last = _chain(report, book, since, end.number if end else 0)
    _tell_end(report, book, last)
    return report


def _book(report: Report, file: Path, public: Path) -> Book:
    try:
        key = keys.public(public)
    except SealError as error:
        report.found(str(error))
        return Book(file, trusted=False)
    try:
        expected = keys.mark(keys.private().public_key())
    except SealError:
        expected = keys.mark(key)  # a reviewer has the public half alone
    if expected != keys.mark(key):
        report.found(words.keys_differ(keys.mark(key), expected))
    book = open_book(file, key)
    for sentence in book.findings:
        report.found(sentence)
    report.notes += [words.given_up(x.body["at"], x.seal, x.body.get("reason", "")) for x in book.accepted]
    if book.half:
        report.notes.append(words.half_line())
    return book


def _seals(end: int) -> Iterator[AuditSeal]:
    after = rows.LEAST
    while page := list(AuditSeal.objects.filter(number__gt=after, number__lte=end).order_by("number")[:PAGE]):
        yield from page
        after = page[-1].number


def _chain(report: Report, book: Book, since: str, end: int) -> AuditSeal | None:
    """Every seal up to `end` in order; returns the last."""
    trail, before = Trail(book), None
    for seal in _seals(end):
        report.batches += 1
        follows = seal.number == (before.number + 1 if before else 1)
        if not follows:
            report.found(words.batches_gone(before.number + 1 if before else 1, seal.number - 1))
        for sentence in _wrong_with(seal, before, follows):
            report.found(sentence)
        for sentence in trail.wrong_with(seal):
            report.found(sentence)
        if seal.period >= since or seal.leaves is None:
            after = (before.last_id if before else rows.LEAST) if follows else seal.first_id - 1
            _entries(report, book, seal, after)
        before = seal
    return before


def _wrong_with(seal: AuditSeal, before: AuditSeal | None, follows: bool) -> Iterator[str]:
    """Within the chain itself."""
    if seal_digest(seal) != seal.digest:
        yield words.batch_changed(seal.number)
    expected = before.digest if before else NOTHING
    if follows and seal.before != expected:
        yield words.batch_loose(seal.number, seal.before, expected)
    if seal.leaves is not None and sha256(bytes(seal.leaves)) != seal.root:
        yield words.batch_leaves(seal.number)


def _entries(report: Report, book: Book, seal: AuditSeal, after: int) -> None:
    """The entries that the seal answers for."""
    if seal.leaves is None and book.trusted and not book.was_thinned(seal.number):
        report.found(words.batch_dropped(seal.number, seal.period))
    sealed: Iterator[Leaf] = unpack(bytes(seal.leaves or b""))
    try:
        for sentence in differences(seal, sealed, rows.read(after, seal.last_id)):
            report.found(sentence)
    except DatabaseError:
        report.found(words.unreadable(seal))
    if seal.leaves is not None:
        report.entries += seal.entries
        report.step(report.entries)


def _tell_end(report: Report, book: Book, last: AuditSeal | None) -> None:
    """Where the chain ends, and where it was signed to end."""
    end, signed = (last.number if last else 0), (book.top.seal if book.top else 0)
    now = last_seal()
    if book.top and signed > (now.number if now else 0):
        report.found(words.tail_cut(signed, book.top.body["at"], end))
    if book.trusted and signed < end:
        first = AuditSeal.objects.defer("leaves").filter(number__gt=signed).order_by("number")[0]
        if clock.now() - first.sealed_at > UNSIGNED_AT_MOST:
            report.found(words.long_unsigned(first.number, first.sealed_at))
        else:
            report.notes.append(words.not_signed(end - signed))
    _tell_waiting(report, now.last_id if now else rows.LEAST)


def _tell_waiting(report: Report, after: int) -> None:
    count, since = rows.waiting(after)
    if since:
        report.notes.append(words.not_sealed(count, since))
