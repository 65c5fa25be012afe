"""The whole way from bytes to accounts. Pure: nothing is looked up, nothing is kept.

    parsed = parse(Path("…").read_bytes())
    parsed.accounts[0].counts("prioriterade").total

Raises Unreadable (reading.py): empty, big, binary, or of another shape (no account of a region at all).
"""

import hashlib
import re
from dataclasses import replace
from datetime import date

from samband.regions.rules import bodies, documents, goals, irregular, joint, layout, slips, statements
from samband.regions.rules.layout import DIRECTION, JOINT
from samband.regions.rules.parsed import BULLET, NESTED, Account, Document, Heading, Parsed, Said
from samband.regions.rules.reading import Note, Unreadable, read
from samband.regions.rules.wording import Marked, short_names

DAY = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
DEFAULT_YEAR = 2020
MOST_NOTES = 500


def parse(content: bytes) -> Parsed:
    """Every account of the document, and what was not understood, line by line."""
    lines = read(content)
    found, before = layout.regions(lines.rows)
    if not found:
        raise Unreadable("shape")
    notes = list(lines.notes)
    as_of, title = _day(before), _title(before)
    year = as_of.year if as_of else DEFAULT_YEAR
    accounts = [_account(order, region, year, notes) for order, region in enumerate(found, 1)]
    _doubled(accounts, notes)
    notes.sort(key=lambda note: (note.line, note.what))
    digest = hashlib.sha256("\n".join(lines.rows).encode()).hexdigest()
    return Parsed(title, as_of, accounts, _bounded(notes), len(lines.rows), digest)


def _day(before: list[layout.Line]) -> date | None:
    """The day that stands above the first account."""
    for line in before:
        if hit := DAY.search(line.text):
            try:
                return date(int(hit[1]), int(hit[2]), int(hit[3]))
            except ValueError:
                continue
    return None


def _title(before: list[layout.Line]) -> str:
    """The first line that is a title and no page number."""
    return next(
        (line.text.strip("*# ")[:300] for line in before if len(line.text) > 8 and not line.text[0].isdigit()), ""
    )


def _account(order: int, region: layout.Region, year: int, notes: list[Note]) -> Account:
    account = Account(order, region.known.name if region.known else region.name, region.start, region.end, region.known)
    text = "\n".join(line.text for section in region.sections for line in section.lines).lower()
    notes += [Note(line.number, "before", line.text) for line in region.before]
    if region.known is None:
        notes.append(Note(region.start, "unknown", region.name))
    marked: dict[str, list[Marked]] = {}
    for section in region.sections:
        account.headings.append(Heading(section.key, section.heading, section.line, section.usual))
        rows = statements.statements(section, text, notes)
        marked.setdefault(section.key, []).extend(_marked(section, text))
        account.said += [_joint(row) if section.key == JOINT else row for row in rows]
    account.documents = _documents(marked)
    account.decided_by = decided_by(account.documents)
    account.goals = goals.goals(account.said, account.documents, year)
    account.bodies = bodies.bodies(marked)
    account.odd = irregular.irregularities(account, region)
    return account


def _marked(section: layout.Section, account: str) -> list[Marked]:
    """The lines with their italics, as we read them; tables say nothing of documents and bodies."""
    return [
        Marked(line.number, slips.corrected(line.text, account), line.text, line.kind)
        for line in section.lines
        if line.kind != "table"
    ]


def _documents(marked: dict[str, list[Marked]]) -> list[Document]:
    shorts = short_names([line for lines in marked.values() for line in lines])
    return documents.documents(marked.get(DIRECTION, []), shorts)


def decided_by(found: list[Document]) -> str:
    """Who decided on the main document; else who gave the task, else on any."""
    if not found:
        return ""
    if found[0].decided_by:
        return found[0].decided_by
    row = next((row for row in found if row.decided_by), None)
    if row is None:
        return ""
    return f"{row.decided_by} (uppdrag)" if row.role.startswith("uppdrag") else row.decided_by


def _joint(row: Said) -> Said:
    if row.form not in (BULLET, NESTED):
        return row
    told = f"{row.heading}. {row.text}" if row.heading else row.text
    return replace(row, parties=joint.parties(told), status=joint.status(told))


def _doubled(accounts: list[Account], notes: list[Note]) -> None:
    seen: dict[str, int] = {}
    for account in accounts:
        if account.name in seen:
            notes.append(Note(account.start, "again", account.name))
        seen.setdefault(account.name, account.start)


def _bounded(notes: list[Note]) -> list[Note]:
    """A report that somebody can read: what is beyond is counted on a last row."""
    if len(notes) <= MOST_NOTES:
        return notes
    return [*notes[:MOST_NOTES], Note(notes[MOST_NOTES].line, "more", str(len(notes) - MOST_NOTES))]


__all__ = ["Unreadable", "decided_by", "parse"]
