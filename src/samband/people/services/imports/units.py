"""Units from a file, with their opening hours."""

from collections.abc import Iterable
from typing import Any

from samband.core.policy import Actor
from samband.core.text import sort_key
from samband.people.hours import Stretch
from samband.people.models import Area, OpeningHours, Organization, Unit
from samband.people.services.imports import findings as f
from samband.people.services.imports.columns import UNITS
from samband.people.services.imports.reader import Row


class Units:
    columns = UNITS

    def prepare(self, rows: Iterable[Row], progress: f.Progress) -> f.Findings:
        """Read every row. `new` holds pairs of an unsaved Unit and its hours."""
        found = f.Findings()
        self.areas = dict(Area.objects.values_list("name", "pk"))
        self.organizations = dict(Organization.objects.values_list("hsa_id", "pk"))
        known = set(Unit.objects.values_list("hsa_id", flat=True))
        lines: dict[str, int] = {}
        for row in f.counted(rows, found, progress):
            values = f.read_cells(row, self.columns, found)
            if values is None:
                continue
            hsa_id = values["hsa_id"]
            if hsa_id in lines:
                found.fault(row.line, "HSA-id", f.TWICE, line=lines[hsa_id])
                continue
            lines[hsa_id] = row.line
            if hsa_id in known:
                found.already(row.line)
                continue
            entry = self._entry(row.line, values, found)
            if entry:
                found.new.append(entry)
        return found

    def _entry(self, line: int, values: dict[str, Any], found: f.Findings) -> tuple[Unit, list[Stretch]] | None:
        area = values.pop("area", "")
        organization = values.pop("organization")
        hours = values.pop("hours", [])
        if area and area not in self.areas:
            found.fault(line, "Område", f.NO_AREA, value=area[:60])
        if organization not in self.organizations:
            found.fault(line, "Organisation", f.NO_ORGANIZATION, value=organization)
        if line in found.wrong:
            return None
        unit = Unit(
            organization_id=self.organizations[organization],
            area_id=self.areas.get(area),
            always_open=hours is None,
            sort_name=sort_key(values["name"])[:250],
            **values,
        )
        return unit, hours or []

    def save(self, found: f.Findings, actor: Actor) -> list[int]:
        """Enter them, inside the caller's transaction. No person is touched."""
        for chunk in f.chunks([unit for unit, _ in found.new]):
            Unit.objects.bulk_create(chunk)
        hours = [OpeningHours(unit=unit, **stretch._asdict()) for unit, stretches in found.new for stretch in stretches]
        OpeningHours.objects.bulk_create(hours, batch_size=f.EVERY)
        return []
