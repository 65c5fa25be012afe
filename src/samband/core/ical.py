"""Lines of iCalendar (RFC 5545), whoever writes them. Pure."""

from datetime import UTC, datetime

WIDTH = 75  # octets a line (RFC 5545, 3.1)


def utc(moment: datetime) -> str:
    """`20261129T093000Z`."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """TEXT (RFC 5545, 3.3.11): no line break can end the property and begin another."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(c for c in text.replace("\r\n", "\n").replace("\n", "\\n") if c >= " ")


def uri(text: str) -> str:
    """An address without anything that could end its line."""
    return "".join(c for c in text if c > " " and c != "\x7f")


def fold(line: str) -> str:
    """At most 75 octets a line, never in the middle of a letter."""
    out, width = [], 0
    for char in line:
        size = len(char.encode())
        if width + size > WIDTH:
            out.append("\r\n ")
            width = 1
        out.append(char)
        width += size
    return "".join(out)
