"""What a document says, as plain data: one `Account` for each region. Pure.

A section that the source lacks has no `Heading`; a number that it does not give is None, never 0.
"""

from dataclasses import dataclass, field
from datetime import date

from samband.regions.rules.known import Known
from samband.regions.rules.reading import Note

BULLET, NESTED, NUMBERED, TEXT, HEADING = "bullet", "nested", "numbered", "text", "heading"


@dataclass(frozen=True)
class Heading:
    """A section's heading as it stands. `usual`: in the words that most regions have."""

    key: str
    heading: str
    line: int
    usual: bool = True


@dataclass(frozen=True)
class Said:
    """A bullet, paragraph or heading. `original`: the source's text where ours differs. `parent`: the line it stands under."""

    section: str
    form: str
    line: int
    text: str
    original: str = ""
    heading: str = ""
    parent: int | None = None
    parties: str = ""
    status: str = ""
    inner: bool = False  # a numbered point that is indented: no point of its own in the counts


@dataclass(frozen=True)
class Document:
    """A governing document. `name` None: a decision was told of, and no document named."""

    name: str | None
    line: int
    year: int | None = None
    role: str = ""
    decided_by: str = ""
    period: str = ""
    original: str = ""


@dataclass(frozen=True)
class Goal:
    """A year or a horizon that the account sets for where it wants to be. `said`: the words it was read from."""

    year: int | None = None
    said: str = ""
    line: int | None = None
    horizon: str = ""
    period: str = ""
    joint: bool = False


@dataclass(frozen=True)
class Body:
    """A body of collaboration. `name` as a reader would look for it, `short_name` as the source shortens it."""

    name: str
    line: int
    short_name: str = ""
    kind: str = ""
    level: str = ""
    original: str = ""


@dataclass(frozen=True)
class Odd:
    """What does not fit. `code` and `values` are put into words by spoken.py; `missing`: the section that is not there."""

    code: str
    line: int | None = None
    missing: str = ""
    values: dict = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Counts:
    """Points of a section: at the margin, indented, numbered at the margin."""

    top: int = 0
    nested: int = 0
    numbered: int = 0

    @property
    def total(self) -> int:
        return self.top + self.nested + self.numbered


@dataclass
class Account:
    """All that is said of one region."""

    order: int
    name: str
    start: int
    end: int
    known: Known | None
    headings: list[Heading] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    decided_by: str = ""

    def of(self, *keys: str) -> list[Said]:
        return [row for row in self.said if row.section in keys]

    def has(self, key: str) -> bool:
        return any(heading.key == key for heading in self.headings)

    def counts(self, key: str) -> Counts:
        """Of bullets, whatever stands in them. Paragraphs, headings and pictures are not counted."""
        rows = self.of(key)
        return Counts(
            sum(row.form == BULLET for row in rows),
            sum(row.form == NESTED for row in rows),
            sum(row.form == NUMBERED and not row.inner for row in rows),
        )


@dataclass
class Parsed:
    """The document: `as_of` is the day it speaks for, where it says so. `digest`: SHA-256 of its lines, whatever they end with."""

    title: str
    as_of: date | None
    accounts: list[Account]
    notes: list[Note]
    lines: int
    digest: str = ""
