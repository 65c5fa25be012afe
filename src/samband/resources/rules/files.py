"""Rows of CSV files of shifts, competences and delegations, and shifts as iCalendar. Pure; nothing is looked up here."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from samband.contact.rules.files import MOST_ROWS, BadFile, decoded, moment, read_ics
from samband.core.ical import escaped, fold, utc

__all__ = ["MOST_ROWS", "BadFile", "Event", "Line", "calendar", "decoded", "events", "is_calendar", "moment", "table"]


@dataclass(frozen=True)
class Line:
    """A row of the file: its number as a spreadsheet counts, and its cells by the column's key."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


def is_calendar(text: str) -> bool:
    return "BEGIN:VCALENDAR" in text.upper()[:2000]


def table(text: str, heads: Mapping[str, tuple[str, ...]], required: Iterable[str]) -> list[Line]:
    """Semicolon, comma or tab; the first row names the columns, in any order. Columns that are not ours are left alone."""
    mark = max(";\t,", key=text.split("\n", 1)[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise BadFile("letters") from error
    if not rows:
        raise BadFile("empty")
    first = [cell.strip().casefold() for cell in rows[0]]
    places = {key: next((first.index(name) for name in names if name in first), None) for key, names in heads.items()}
    if any(places[key] is None for key in required):
        raise BadFile("columns")
    found = [
        Line(number, {key: row[at].strip() for key, at in places.items() if at is not None and at < len(row)})
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]
    return limited(found)


def limited(rows: list[Line]) -> list[Line]:
    if len(rows) > MOST_ROWS:
        raise BadFile("many")
    if not rows:
        raise BadFile("empty")
    return rows


def events(text: str) -> list[Line]:
    """The events of a calendar as the same rows: who stands in the summary, times with their zone."""
    return limited(
        [
            Line(
                row.number,
                {
                    "who": row.who,
                    "start": row.start.isoformat() if row.start else "",
                    "end": row.end.isoformat() if row.end else "",
                    "uid": row.uid,
                },
                row.wrong.value if row.wrong else "",
            )
            for row in read_ics(text)
        ]
    )


@dataclass(frozen=True)
class Event:
    """A shift in a calendar. Nothing in it names a person who is visited."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str


def calendar(rows: Iterable[Event], stamp: datetime) -> bytes:
    """The file; times in UTC, so that no zone need travel along."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samband//Shifts//SV", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for row in rows:
        lines += [
            "BEGIN:VEVENT", f"UID:{escaped(row.uid)}", f"DTSTAMP:{utc(stamp)}", f"DTSTART:{utc(row.starts)}",
            f"DTEND:{utc(row.ends)}", f"SUMMARY:{escaped(row.summary)}", "CLASS:PRIVATE", "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()
