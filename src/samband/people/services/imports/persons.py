"""Persons from a file. A number that Samband knows is left as it is, and nothing about it is told."""

from collections.abc import Iterable
from typing import Any

from samband.core import events
from samband.core.policy import Actor
from samband.people.models import Area, Person, Unit
from samband.people.services.imports import findings as f
from samband.people.services.imports.columns import PERSONS, PLACE
from samband.people.services.imports.reader import Row
from samband.people.services.numbers import held_before

SAME = ("given_name", "family_name", "protection", "street", "postal_code", "city", "phone", "language", "interpreter")


class Persons:
    columns = PERSONS

    def prepare(self, rows: Iterable[Row], progress: f.Progress) -> f.Findings:
        """Read every row. `new` holds pairs of an unsaved Person and the id of the unit that she belongs to, or None."""
        found = f.Findings()
        self.areas = dict(Area.objects.values_list("name", "pk"))
        self.units = dict(Unit.objects.filter(closed_from__isnull=True).values_list("hsa_id", "pk"))
        lines: dict[str, int] = {}
        read: list[tuple[int, Person, int | None]] = []
        for row in f.counted(rows, found, progress):
            values = f.read_cells(row, self.columns, found)
            if values is None:
                continue
            number = values["identity"].number
            if number in lines:
                found.fault(row.line, "Personnummer", f.TWICE, line=lines[number])
                continue
            lines[number] = row.line
            entry = self._entry(row.line, values, found)
            if entry:
                read.append((row.line, *entry))
        self._part(read, found)
        return found

    def _entry(self, line: int, values: dict[str, Any], found: f.Findings) -> tuple[Person, int | None] | None:
        area, unit = values.get("area", ""), values.get("unit", "")
        if area and area not in self.areas:
            found.fault(line, "Område", f.NO_AREA, value=area[:60])
        if unit and unit not in self.units:
            found.fault(line, "Enhet", f.NO_UNIT, value=unit)
        if line in found.wrong:
            return None
        identity = values["identity"]
        person = Person(
            identity_kind=identity.kind,
            identity_number=identity.number,
            birth_date=identity.born,
            area_id=self.areas.get(area),
            information=values["information"],
            **{name: values[name] for name in SAME},
            **{column.field: values[column.field] for column in PLACE},
        )
        return person, self.units.get(unit)

    def _part(self, read: list[tuple[int, Person, int | None]], found: f.Findings) -> None:
        """Part the known from the new, some hundred numbers at a time."""
        for chunk in f.chunks(read):
            numbers = [person.identity_number for _, person, _ in chunk]
            known = set(Person.objects.filter(identity_number__in=numbers).values_list("identity_number", flat=True))
            known |= held_before(numbers)
            for line, person, unit_id in chunk:
                if person.identity_number in known:
                    found.already(line)
                else:
                    found.new.append((person, unit_id))

    def save(self, found: f.Findings, actor: Actor) -> list[int]:
        """Enter them, inside the caller's transaction. Returns the persons' keys for the audit."""
        persons = [person for person, _ in found.new]
        for person in persons:
            person.fill_keys()
        for chunk in f.chunks(persons):
            Person.objects.bulk_create(chunk)
        placed = [(person.pk, unit_id) for person, unit_id in found.new if unit_id]
        events.publish("people.persons_imported", actor=actor, placed=placed)
        return [person.pk for person in persons]
