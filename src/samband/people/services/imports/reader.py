"""Reading a CSV file that may be anything: row by row, never whole, and a fault is said in one sentence.

Text is kept as msgid and values (`Said`), so that the reader's language decides how a stored report is shown.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samband.core.text import fold
from samband.people.services.imports.columns import Column

BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
ROWS_MAX = 200_000

NOT_UTF8 = gettext_noop(
    "Rad %(line)d, byte %(byte)d är inte UTF-8. Öppna filen i kalkylprogrammet och spara den som ”CSV UTF-8”."
)
IS_UTF16 = gettext_noop("Filen är sparad som UTF-16. Öppna den i kalkylprogrammet och spara den som ”CSV UTF-8”.")
NOT_TEXT = gettext_noop("Rad %(line)d innehåller tecken som inte hör hemma i en textfil. Är det verkligen en CSV-fil?")
EMPTY = gettext_noop("Filen är tom. Första raden ska vara rubriker, som i mallen.")
BAD_QUOTES = gettext_noop(
    "Rad %(line)d går inte att dela upp i kolumner. Se efter ensamma citattecken eller radbrytningar."
)
MISSING = gettext_noop("Rubrikraden saknar: %(columns)s. Hämta mallen och jämför.")
UNKNOWN = gettext_noop("Rubrikraden har kolumner som inte finns: %(columns)s. Det här går att fylla i: %(known)s.")
TWICE = gettext_noop("Rubriken %(columns)s finns två gånger.")
TOO_MANY = gettext_noop("Filen har fler än %(rows)d rader. Dela den.")


@dataclass(frozen=True)
class Said:
    """A sentence with its values, translated when it is shown."""

    text: str
    values: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, text: str, /, **values: Any) -> "Said":
        return cls(text, tuple(values.items()))

    def stored(self) -> dict:
        return {"text": self.text, "values": dict(self.values)}


def spoken(stored: dict) -> str:
    """A stored sentence in the reader's language."""
    text, values = stored.get("text", ""), stored.get("values", {})
    shown = {key: _(value) if key == "reason" else value for key, value in values.items()}
    return _(text) % shown if text and shown else _(text) if text else ""


class ImportProblem(Exception):
    """The file as a whole cannot be read. `said` is safe to show."""

    def __init__(self, text: str, /, **values: Any):
        self.said = Said.of(text, **values)
        super().__init__(text)

    def __str__(self) -> str:
        return spoken(self.said.stored())


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on, and its cells by field name."""

    line: int
    cells: dict[str, str]
    width: int
    expected: int


def rows(path: Path, columns: tuple[Column, ...]) -> Iterator[Row]:
    """The rows after the header. Raises ImportProblem for what makes the whole file unreadable."""
    with path.open("rb") as file:
        lines = _lines(file)
        skipped, head = next(((n, line) for n, line in enumerate(lines, 1) if line.strip()), (0, ""))
        if not head:
            raise ImportProblem(EMPTY)
        delimiter = ";" if head.count(";") >= head.count(",") else ","
        fields = _header(head, delimiter, columns)
        yield from _rows(csv.reader(lines, delimiter=delimiter, strict=True), fields, skipped)


def _rows(reader: Any, fields: list[str], skipped: int) -> Iterator[Row]:
    line, count = skipped + 1, 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ImportProblem(BAD_QUOTES, line=line) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            count += 1
            if count > ROWS_MAX:
                raise ImportProblem(TOO_MANY, rows=ROWS_MAX)
            found = dict(zip(fields, (cell.strip() for cell in cells), strict=False))
            yield Row(line, found, len(cells), len(fields))
        line = skipped + reader.line_num + 1


def _lines(file: BinaryIO) -> Iterator[str]:
    for number, raw in enumerate(file, 1):
        if number == 1:
            if raw.startswith(UTF16):
                raise ImportProblem(IS_UTF16)
            raw = raw.removeprefix(BOM)
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ImportProblem(NOT_UTF8, line=number, byte=error.start + 1) from error
        if "\0" in line:
            raise ImportProblem(NOT_TEXT, line=number)
        yield line


def _header(line: str, delimiter: str, columns: tuple[Column, ...]) -> list[str]:
    """The field behind each heading; headings are compared without regard to case and blanks."""
    try:
        names = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise ImportProblem(BAD_QUOTES, line=1) from error
    known = {fold(column.name): column for column in columns}
    wanted = [fold(name) for name in names]
    strange = [name.strip()[:40] for name, key in zip(names, wanted, strict=True) if key and key not in known]
    if strange:
        raise ImportProblem(UNKNOWN, columns=", ".join(strange[:10]), known=", ".join(c.name for c in columns))
    missing = [column.name for key, column in known.items() if column.required and key not in wanted]
    if missing:
        raise ImportProblem(MISSING, columns=", ".join(missing))
    double = sorted({known[key].name for key in wanted if key and wanted.count(key) > 1})
    if double:
        raise ImportProblem(TWICE, columns=", ".join(double))
    return [known[key].field if key else f"_{place}" for place, key in enumerate(wanted)]
