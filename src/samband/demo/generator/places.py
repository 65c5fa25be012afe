"""Which unit of a kind serves a municipality, and who works there. Home care grows with the number of persons."""

import random
from dataclasses import dataclass, field
from functools import cache

from samband.demo import source
from samband.demo.county import County
from samband.people.models import Area, Assignment, Staff, Unit

GROUP = 1000  # so many persons in the county share one home-nursing and one home-help group a municipality
GROWS = {"home_nursing": ("nurse", "sjuksköterska", 3), "home_help": ("assistant", "undersköterska", 5)}
FOR_COMPETENCE = {
    "nurse": ("nurse",),
    "physician": ("physician",),
    "therapist": ("therapist", "nurse"),
    "assistant": ("assistant",),
    "delegated": ("assistant", "nurse"),
    "dental": ("dental",),
    "other": ("social", "therapist", "outside", "coordinator"),
}
COUNTY_WIDE = {"rehab", "dental", "advanced_home_care", "mobile_team", "psychiatry", "on_call", "habilitation"}
SPECIAL = {"habilitation": "habilitering", "psychiatry": "psyk_oppen", "rehab": "rehab_vast"}


@dataclass
class Places:
    """Looks units and staff up, and opens one more group of home care when the last is full."""

    county: County
    seed: int
    _found: dict[tuple[str, str, str, int], Unit | None] = field(default_factory=dict)
    _staff: dict[int, list[Assignment]] = field(default_factory=dict)

    def unit(self, kind: str, municipality: str, group: int, district: str = "") -> Unit | None:
        """The unit that does this for the district, else for the municipality; None where nobody does."""
        group = group if kind in GROWS else 0
        key = (kind, municipality, "" if group else district, group)
        if key not in self._found:
            base = self._base(kind, municipality, "" if group else district)
            self._found[key] = (
                self._grown(base, kind, municipality, group) if base and kind in GROWS and group else base
            )
        return self._found[key]

    def staff(self, unit: Unit, competence: str, rng: random.Random) -> Assignment | None:
        """Somebody at the unit with the competence, else anybody there."""
        if unit.pk not in self._staff:
            # Those employed for the number of persons afterwards (demo/shifts.py) are not known to any person.
            known = Assignment.objects.filter(unit=unit).exclude(
                role__in=("administrator", "reviewer", "planner", "leader")
            )
            known = known.exclude(staff__hsa_id__contains="V")
            self._staff[unit.pk] = list(known.select_related("staff").order_by("pk"))
        rows = self._staff[unit.pk]
        fitting = [row for row in rows if row.role in FOR_COMPETENCE.get(competence, ())] or rows
        return rng.choice(fitting) if fitting else None

    def _base(self, kind: str, municipality: str, district: str) -> Unit | None:
        areas = _districts(municipality)
        rows = [row for row in source.county()["units"] if row["kind"] == kind and row["key"] != "natt_heby"]
        near = [row for row in rows if row["area"] == district] or [row for row in rows if row["area"] in areas]
        if near:
            return self.county.units[near[0]["key"]]
        if kind in SPECIAL:
            return self.county.units[SPECIAL[kind]]
        if kind in COUNTY_WIDE:
            return next(unit for unit in self.county.units.values() if unit.kind == kind)
        return None

    def _grown(self, base: Unit, kind: str, municipality: str, group: int) -> Unit:
        districts = sorted(_districts(municipality) - {municipality})
        area = self.county.areas[districts[group % len(districts)]]
        hsa_id = f"{base.hsa_id}G{group}"
        unit, made = Unit.objects.get_or_create(
            hsa_id=hsa_id,
            defaults={
                "organization": base.organization,
                "name": f"{base.name} {area.name} {group}",
                "kind": kind,
                "phone": base.phone,
                "address": base.address,
                "area": area,
                "latitude": area.latitude,
                "longitude": area.longitude,
                "always_open": True,
            },
        )
        if made:
            self._employ(unit, kind, area)
            for coordinator in Assignment.objects.filter(role="coordinator", covers=base):
                coordinator.covers.add(unit)
        return unit

    def _employ(self, unit: Unit, kind: str, area: Area) -> None:
        role, title, number = GROWS[kind]
        rng = random.Random(f"{self.seed}:{unit.hsa_id}")
        names = source.names()["origins"]
        for serial in range(number):
            origin = rng.choices(names, [row["weight"] for row in names])[0]
            given = rng.choice(origin["women"] + origin["men"])
            staff = Staff.objects.create(
                given_name=given,
                family_name=rng.choice(origin["families"]),
                hsa_id=f"{unit.hsa_id}P{serial}",
                phone=f"031-390 06 {rng.randrange(50):02d}",
            )
            Assignment.objects.create(staff=staff, unit=unit, role=role, title=title)


@cache
def _districts(municipality: str) -> frozenset[str]:
    rows = source.county()["areas"]
    return frozenset({municipality, *(row["key"] for row in rows if row.get("parent") == municipality)})
