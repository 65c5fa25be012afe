"""Shifts from a file: iCalendar and CSV, row by row, each with its own answer. Pure; nothing is looked up here."""

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from samband.contact.rules.model import ZONE

MOST_ROWS = 2000
MOST_BYTES = 200_000
LONGEST = timedelta(days=31)


class Wrong(StrEnum):
    """Why a row cannot be read."""

    START = "start"
    END = "end"
    ORDER = "order"
    LONG = "long"
    WHO = "who"
    REPEATS = "repeats"
    MISSING = "missing"


class BadFile(ValueError):
    """The file as a whole cannot be read; `code` says why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Row:
    """One shift of the file, or what is wrong with it. `number` counts from 1, as in the file."""

    number: int
    start: datetime | None = None
    end: datetime | None = None
    who: str = ""
    phone: str = ""
    wrong: Wrong | None = None
    uid: str = ""


def read(name: str, content: bytes) -> list[Row]:
    """Rows of an .ics or .csv file (told apart by what is in it)."""
    text = decoded(content)
    rows = read_ics(text) if "BEGIN:VCALENDAR" in text.upper()[:2000] else read_csv(text)
    if len(rows) > MOST_ROWS:
        raise BadFile("many")
    if not rows:
        raise BadFile("empty")
    return rows


def decoded(content: bytes) -> str:
    """The text of a file that may be anything."""
    if len(content) > MOST_BYTES:
        raise BadFile("big")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise BadFile("letters") from error
    if "\x00" in text:
        raise BadFile("letters")
    return text


HEADS = {
    "start": ("från", "start", "from", "börjar", "begin"),
    "end": ("till", "slut", "end", "to", "slutar"),
    "who": ("vem", "namn", "who", "name", "summary"),
    "phone": ("telefon", "nummer", "phone", "number"),
}


def read_csv(text: str) -> list[Row]:
    """Semicolon, comma or tab; the first row names the columns: från, till, vem, telefon."""
    first = text.split("\n", 1)[0]
    mark = max(";\t,", key=first.count)
    lines = list(csv.reader(io.StringIO(text), delimiter=mark))
    if not lines:
        return []
    heads = {
        key: next((i for i, h in enumerate(lines[0]) if h.strip().lower() in names), None)
        for key, names in HEADS.items()
    }
    if heads["start"] is None or heads["end"] is None or heads["who"] is None:
        raise BadFile("heads")
    found = []
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in line):
            continue
        cell = {k: line[i].strip() if i is not None and i < len(line) else "" for k, i in heads.items()}
        found.append(checked(number, moment(cell["start"]), moment(cell["end"]), cell["who"], cell["phone"]))
    return found


def moment(text: str) -> datetime | None:
    """`2026-11-23 16.00`, `2026-11-23T16:00`; with Z or an offset if it has one, else the clock on the wall in Sweden."""
    text = re.sub(r"(\d{2})\.(\d{2})$", r"\1:\2", text.strip())
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=ZONE)).astimezone(UTC)


def checked(number: int, start: datetime | None, end: datetime | None, who: str, phone: str) -> Row:
    """The row, with the first thing that is wrong with it."""
    wrong = None
    if start is None:
        wrong = Wrong.START
    elif end is None:
        wrong = Wrong.END
    elif end <= start:
        wrong = Wrong.ORDER
    elif end - start > LONGEST:
        wrong = Wrong.LONG
    elif not who:
        wrong = Wrong.WHO
    return Row(number, start, end, who[:120], phone[:30], wrong)


def read_ics(text: str) -> list[Row]:
    """VEVENTs with start, end and summary. A repeated event is told, not guessed at: export the single events."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    found: list[Row] = []
    event: dict | None = None
    number = 0
    for line in unfolded.splitlines():
        upper = line.upper()
        if upper.startswith("BEGIN:VEVENT"):
            event, number = {}, number + 1
        elif upper.startswith("END:VEVENT") and event is not None:
            found.append(_event(number, event))
            event = None
        elif event is not None and ":" in line:
            head, value = line.split(":", 1)
            name, *rest = head.split(";")
            event[name.upper()] = (value, dict(p.split("=", 1) for p in rest if "=" in p))
    return found


def _event(number: int, event: dict) -> Row:
    if "RRULE" in event or "RDATE" in event:
        return Row(number, who=_text(event, "SUMMARY"), wrong=Wrong.REPEATS)
    if "DTSTART" not in event:
        return Row(number, who=_text(event, "SUMMARY"), wrong=Wrong.MISSING)
    start = _ics_time(*event["DTSTART"])
    end = _ics_time(*event["DTEND"]) if "DTEND" in event else _lasting(event, start)
    row = checked(number, start, end, _text(event, "SUMMARY"), _text(event, "CONTACT"))
    return replace(row, uid=_text(event, "UID")[:200])


def _lasting(event: dict, start: datetime | None) -> datetime | None:
    match = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", event.get("DURATION", ("", {}))[0])
    if not match or start is None:
        return None
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return start + timedelta(days=days, hours=hours, minutes=minutes)


def _text(event: dict, name: str) -> str:
    value = event.get(name, ("", {}))[0]
    return re.sub(r"\\([,;\\])", r"\1", value.replace("\\n", " ")).strip()


def _ics_time(value: str, parameters: dict) -> datetime | None:
    try:
        if re.fullmatch(r"\d{8}", value):
            return datetime.combine(date.fromisoformat(value), time(), tzinfo=ZONE).astimezone(UTC)
        found = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")
        if value.endswith("Z"):
            return found.replace(tzinfo=UTC)
        return found.replace(tzinfo=ZoneInfo(parameters.get("TZID", "Europe/Stockholm").strip('"'))).astimezone(UTC)
    except (ValueError, KeyError, OSError):
        return None
