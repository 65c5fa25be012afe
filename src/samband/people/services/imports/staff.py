"""Staff from a file: one row for each assignment, so that somebody with two assignments has two rows."""

from collections.abc import Iterable
from typing import Any

from samband.core import clock
from samband.core.policy import Actor
from samband.core.text import sort_key
from samband.people.models import Assignment, Staff, Unit
from samband.people.services.imports import findings as f
from samband.people.services.imports.columns import STAFF
from samband.people.services.imports.reader import Row


class StaffRows:
    columns = STAFF

    def prepare(self, rows: Iterable[Row], progress: f.Progress) -> f.Findings:
        """Read every row. `new` holds unsaved Assignments, whose Staff may be unsaved too."""
        found = f.Findings()
        self.units = dict(Unit.objects.filter(closed_from__isnull=True).values_list("hsa_id", "pk"))
        self.staff = {staff.hsa_id: staff for staff in Staff.objects.all()}
        held = Assignment.objects.filter(ends_on__isnull=True)
        known = set(held.values_list("staff__hsa_id", "unit__hsa_id", "role"))
        lines: dict[tuple, int] = {}
        for row in f.counted(rows, found, progress):
            values = f.read_cells(row, self.columns, found)
            if values is None:
                continue
            key = (values["hsa_id"], values["unit"], values["role"])
            if key in lines:
                found.fault(row.line, "HSA-id", f.TWICE, line=lines[key])
                continue
            lines[key] = row.line
            if key in known:
                found.already(row.line)
                continue
            entry = self._entry(row.line, values, found)
            if entry:
                found.new.append(entry)
        return found

    def _entry(self, line: int, values: dict[str, Any], found: f.Findings) -> Assignment | None:
        starts, ends = values.get("starts_on") or clock.today(), values.get("ends_on")
        if values["unit"] not in self.units:
            found.fault(line, "Enhet", f.NO_UNIT, value=values["unit"])
        if ends and ends < starts:
            found.fault(line, "Till och med", f.ORDER)
        if line in found.wrong:
            return None
        staff = self.staff.get(values["hsa_id"])
        if staff is None:
            staff = Staff(**{name: values[name] for name in ("hsa_id", "given_name", "family_name", "phone")})
            staff.sort_name = sort_key(staff.family_name, staff.given_name)[:300]
            self.staff[staff.hsa_id] = staff
        return Assignment(
            staff=staff,
            unit_id=self.units[values["unit"]],
            role=values["role"],
            title=values["title"],
            starts_on=starts,
            ends_on=ends,
        )

    def save(self, found: f.Findings, actor: Actor) -> list[int]:
        """Enter them, inside the caller's transaction. No person is touched."""
        fresh = list({a.staff.hsa_id: a.staff for a in found.new if a.staff.pk is None}.values())
        for chunk in f.chunks(fresh):
            Staff.objects.bulk_create(chunk)
        for assignment in found.new:
            assignment.staff_id = assignment.staff.pk
        for chunk in f.chunks(found.new):
            Assignment.objects.bulk_create(chunk)
        return []
