"""A list as a file (CSV). Audited, without identity numbers, addresses or phones, and safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from samband.board.rules import safe_cell
from samband.board.services.kinds import Kind
from samband.board.services.rows import Row


def to_csv(kind: Kind, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark and semicolons, as Swedish spreadsheets expect."""
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n")
    sheet.writerow(
        [
            _("Namn"),
            _("Ålder"),
            _("Område"),
            str(kind.what or _("Uppgift")),
            _("Ansvarig"),
            str(kind.since),
            _("Hur länge"),
        ]
    )
    for row in rows:
        years = "" if row.years is None else str(row.years)
        cells = [row.name, years, row.place, row.what, row.who, row.exact, row.age]
        sheet.writerow([safe_cell(cell) for cell in cells])
    return ("\ufeff" + out.getvalue()).encode()
