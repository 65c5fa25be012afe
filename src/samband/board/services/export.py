"""A list as a file (CSV). Audited, without identity numbers, addresses or phones, and safe to open in a spreadsheet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from samband.board.services.kinds import Kind
from samband.board.services.rows import Row
from samband.core.spreadsheet import sheet


def to_csv(kind: Kind, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark and semicolons, as Swedish spreadsheets expect."""
    head = [
        _("Namn"),
        _("Ålder"),
        _("Område"),
        str(kind.what or _("Uppgift")),
        _("Ansvarig"),
        str(kind.since),
        _("Hur länge"),
    ]
    cells = (
        [row.name, "" if row.years is None else str(row.years), row.place, row.what, row.who, row.exact, row.age]
        for row in rows
    )
    return sheet([head, *cells]).encode()
