"""Those around the person: the parties of the plan and the relatives."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import clock, text
from samband.people.models import Relative
from samband.plans.services.page.dates import brief


def parties(rows: Iterable[Party]) -> list[dict[str, Any]]:
    """Who takes part, what was said and in which form; who no longer does (P1, P6)."""
    found = []
    for party in sorted(rows, key=lambda p: (p.withdrawn_at is not None, p.unit.sort_name)):
        form = party.get_form_display().lower()
        by = _("antecknat av %(name)s") % {"name": party.recorded_by.staff.full_name} if party.recorded_by else ""
        day = clock.local(party.withdrawn_at or party.agreed_at).date()
        gone = party.withdrawn_at is not None
        found.append(
            {
                "name": party.unit.name,
                "note": _("läser inte längre, det som skrevs finns kvar")
                if gone
                else ", ".join(filter(None, [form, by])),
                "state": "unknown" if gone else "ok",
                "word": brief(day),
            }
        )
    return found


def relatives(rows: Iterable[Relative]) -> list[dict[str, Any]]:
    """Those near, what they may, and until when."""
    found = []
    for row in rows:
        may = (
            _("läser och skriver")
            if row.reads and row.writes
            else _("läser planen")
            if row.reads
            else _("läser inte planen")
        )
        role = row.get_role_display().lower() if row.role != Relative.Role.RELATIVE else ""
        until = _("till och med %(day)s") % {"day": text.short_date(row.ends_on)} if row.ends_on else ""
        home = _("bor tillsammans") if row.lives_with else ""
        item = {"name": row.full_name, "strong": True, "plain": row.relation}
        item["note"] = ", ".join(filter(None, [home, may, role, until]))
        if row.shown_phone:
            item |= {
                "link": _("Ring"),
                "link_url": f"tel:{''.join(c for c in row.shown_phone if c.isdigit() or c == '+')}",
            }
        found.append(item)
    return found
