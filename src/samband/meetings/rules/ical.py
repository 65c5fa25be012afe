"""One meeting as iCalendar (RFC 5545, 5546). Nothing in it names the person, the care, the place or who is called.

Times are in UTC (form 2), so no time zone needs to travel along and the change of summer time is right in every calendar.
"""

from dataclasses import dataclass
from datetime import datetime

from samband.core.ical import escaped, fold, uri, utc

NAME = "samband-meeting.ics"


@dataclass(frozen=True)
class Invitation:
    """What a calendar needs. `uid` stays for the life of the meeting; `sequence` grows with each change of time or state."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    stamp: datetime
    summary: str
    text: str
    url: str
    organizer: str
    cancelled: bool = False
    alarm_minutes: int = 60


def write(meeting: Invitation) -> bytes:
    """The file. PUBLISH, or CANCEL: no ATTENDEE stands in it, as that would be an address of somebody."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samband//Meetings//SV", "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if meeting.cancelled else 'PUBLISH'}", "BEGIN:VEVENT",
        f"UID:{escaped(meeting.uid)}", f"SEQUENCE:{meeting.sequence}", f"DTSTAMP:{utc(meeting.stamp)}",
        f"DTSTART:{utc(meeting.starts)}", f"DTEND:{utc(meeting.ends)}", f"SUMMARY:{escaped(meeting.summary)}",
        f"DESCRIPTION:{escaped(meeting.text)}", f"URL:{uri(meeting.url)}",
        f"ORGANIZER;CN=Samband:mailto:{uri(meeting.organizer)}",
        f"STATUS:{'CANCELLED' if meeting.cancelled else 'CONFIRMED'}", "CLASS:PRIVATE", "TRANSP:OPAQUE",
    ]  # fmt: skip
    if not meeting.cancelled:
        lines += [
            "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(meeting.summary)}",
            f"TRIGGER:-PT{meeting.alarm_minutes}M", "END:VALARM",
        ]  # fmt: skip
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{fold(line)}\r\n" for line in lines).encode()
