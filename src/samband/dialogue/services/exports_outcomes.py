"""The list of outcomes as CSV and JSON."""

import json
from collections.abc import Iterable

from django.utils.translation import gettext as _

from samband.core import clock
from samband.dialogue.models import Outcome
from samband.dialogue.services.reports import to_csv


def csv_file(rows: Iterable[Outcome]) -> bytes:
    head = [
        _("Slag"), _("Text"), _("Kategori"), _("Enhet"), _("Varifrån"), _("Namn"), _("Vem som åtog sig det"), _("Senast"), _("Läge"),
        _("Stängt"), _("Vad vi lärde oss"), _("Skrivet"),
    ]  # fmt: skip
    return to_csv([head, *(_cells(row) for row in rows)])


def _cells(row: Outcome) -> list[str]:
    closed = clock.local(row.closed_at).date().isoformat() if row.closed_at else ""
    return [
        str(row.get_kind_display()), row.text, row.theme, row.unit.name, str(row.get_origin_kind_display()), row.origin_name,
        row.said_by, row.due_on.isoformat() if row.due_on else "", str(row.get_status_display()), closed, row.lesson,
        clock.local(row.created_at).date().isoformat(),
    ]  # fmt: skip


def json_file(rows: Iterable[Outcome]) -> bytes:
    found = [
        {
            "id": str(row.public_id), "kind": row.kind, "text": row.text, "category": row.theme, "unit": row.unit.name,
            "origin": {"kind": row.origin_kind, "id": str(row.origin), "name": row.origin_name}, "said_by": row.said_by,
            "due_on": row.due_on.isoformat() if row.due_on else None, "status": row.status,
            "closed_at": row.closed_at.isoformat() if row.closed_at else None, "lesson": row.lesson,
            "created_at": row.created_at.isoformat(),
        }
        for row in rows
    ]  # fmt: skip
    return json.dumps({"outcomes": found}, ensure_ascii=False, indent=2).encode()
