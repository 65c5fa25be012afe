"""Whether a version holds on a day, and whether it is time to look it over. Pure. Days are whole days in Sweden."""

from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=30)
COMING, VALID, SOON_DUE, DUE, ENDED = "coming", "valid", "soon", "due", "ended"


@dataclass(frozen=True)
class Dates:
    valid_from: date | None
    valid_to: date | None
    review_by: date | None


def state(dates: Dates, day: date) -> str:
    """`coming` before it holds, `ended` after; else `due` when the day of review has come, `soon` within 30 days, `valid`."""
    if dates.valid_from and day < dates.valid_from:
        return COMING
    if dates.valid_to and day > dates.valid_to:
        return ENDED
    if dates.review_by and day >= dates.review_by:
        return DUE
    return SOON_DUE if dates.review_by and day >= dates.review_by - SOON else VALID


def holds(dates: Dates, day: date) -> bool:
    """One that is late for review still holds: it is all there is."""
    return state(dates, day) not in (COMING, ENDED)


def in_force(versions: list[tuple[int, str, date | None]], day: date) -> int | None:
    """Which of (number, status, valid_from) is in force: the latest that has begun. None where that one was withdrawn.

    What came before a withdrawn one does not come back by itself: somebody has to decide it again.
    """
    begun = [row for row in versions if row[1] != "draft" and (row[2] is None or row[2] <= day)]
    if not begun:
        return None
    number, status, _since = max(begun)
    return number if status == "published" else None


def problems(dates: Dates, common: bool, parties: int, body: str, note: str, number: int) -> dict[str, str]:
    """What a version lacks to be published, as codes by field. `parties`: how many were named."""
    found = {}
    if not body.strip():
        found["body"] = "empty"
    if dates.valid_from is None:
        found["valid_from"] = "missing"
    if dates.review_by is None:
        found["review_by"] = "missing"
    elif dates.valid_from and dates.review_by <= dates.valid_from:
        found["review_by"] = "early"
    if dates.valid_from and dates.valid_to and dates.valid_to < dates.valid_from:
        found["valid_to"] = "early"
    if common and not parties:
        found["parties"] = "missing"
    if number > 1 and not note.strip():
        found["note"] = "missing"
    return found
