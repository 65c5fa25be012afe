"""Own indicators: a value for each region or municipality and year, written one by one or from a file. Missing is not 0."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.core import audit, policy
from samband.core.policy import Actor
from samband.regions.models import Indicator, IndicatorValue, Municipality, Region
from samband.regions.rules import figures
from samband.regions.services import sources

EXPECTED = {
    "empty": gettext_lazy("Filen är tom."),
    "row": gettext_lazy("Raden går inte att läsa som CSV."),
    "heads": gettext_lazy("Första raden ska ha rubrikerna kod, år och värde."),
    "rows": gettext_lazy("Filen har fler än 20 000 rader. Dela den i flera."),
    "code": gettext_lazy("En kod för en region (två siffror) eller en kommun som finns här (fyra siffror)."),
    "year": gettext_lazy("Ett årtal från 1990 till 2100."),
    "value": gettext_lazy("Ett tal, eller tomt om värdet saknas."),
    "twice": gettext_lazy("Samma plats och år står två gånger i filen."),
}


def listing(actor: Actor) -> QuerySet[Indicator]:
    """With how many values and which years each has."""
    rows = policy.scoped(actor, "region.list", Indicator.objects.all())
    return rows.annotate(n=Count("values"), first=Min("values__year"), last=Max("values__year"))


def create(actor: Actor, fields: dict[str, Any]) -> Indicator:
    decision = policy.require(actor, "region.edit")
    with transaction.atomic():
        made = Indicator.objects.create(**fields, added_by=actor.name)
        audit.record(actor, "region.edit", thing=made, rule=decision.rule, created=True)
    return made


def change(actor: Actor, indicator: Indicator, fields: dict[str, Any]) -> Indicator:
    decision = policy.require(actor, "region.edit", indicator)
    with transaction.atomic():
        for name, value in fields.items():
            setattr(indicator, name, value)
        indicator.save(update_fields=list(fields))
        audit.record(actor, "region.edit", thing=indicator, rule=decision.rule, fields=sorted(fields))
    return indicator


def places() -> dict[str, tuple[Region, Municipality | None]]:
    """Every place that may have a value, by its code. Two queries."""
    found: dict[str, tuple[Region, Municipality | None]] = {row.code: (row, None) for row in Region.objects.all()}
    for town in Municipality.objects.select_related("region"):
        found[town.code] = (town.region, town)
    return found


def put(actor: Actor, indicator: Indicator, code: str, year: int, value: Decimal | None, source: str = "") -> tuple[IndicatorValue, Any]:  # fmt: skip
    """One value; answers the row and what stood there before (`False`: nothing did, None: it was missing)."""
    decision = policy.require(actor, "region.edit", indicator)
    known = places()
    if code not in known:
        raise ValidationError({"place": _("Välj en region eller en kommun i listan.")})
    region, town = known[code]
    with transaction.atomic():
        where = {"indicator": indicator, "region": region, "municipality": town, "year": year}
        before = IndicatorValue.objects.filter(**where).first()
        values = {"value": value, "source": sources.said(actor, source), "said_by": actor.name}
        row, new = IndicatorValue.objects.update_or_create(**where, defaults=values)
        old: Any = False if new or before is None else before.value
        audit.record(actor, "region.edit", thing=indicator, rule=decision.rule, place=code, year=year,
                     before="" if old in (False, None) else str(old), after="" if value is None else str(value))  # fmt: skip
    return row, old


def remove(actor: Actor, indicator: Indicator, code: str, year: int) -> bool:
    """Take a value away that should not have been written: as if nobody had asked."""
    decision = policy.require(actor, "region.edit", indicator)
    known = places()
    if code not in known:
        return False
    region, town = known[code]
    with transaction.atomic():
        rows = IndicatorValue.objects.filter(indicator=indicator, region=region, municipality=town, year=year)
        done, _models = rows.delete()
        if done:
            audit.record(actor, "region.edit", thing=indicator, rule=decision.rule, place=code, year=year, removed=True)
    return bool(done)


@dataclass(frozen=True)
class Trial:
    """What reading a file in would do. Nothing is written while it is tried."""

    figures: list[figures.Figure]
    wrong: list[figures.Wrong]
    new: int = 0
    changed: int = 0
    same: int = 0
    missing: int = 0

    @property
    def spoken(self) -> list[dict[str, Any]]:
        return [{"line": row.line, "expected": EXPECTED[row.what], "given": row.given} for row in self.wrong]


def tried(indicator: Indicator, text: str) -> Trial:
    """Read the file against what is there. Three queries."""
    known = places()
    rows, wrong = figures.read(text, known.keys())
    have = _have(indicator)
    new = sum((row.code, row.year) not in have for row in rows)
    same = sum((row.code, row.year) in have and have[row.code, row.year] == row.value for row in rows)
    return Trial(rows, wrong, new, len(rows) - new - same, same, sum(row.value is None for row in rows))


def _have(indicator: Indicator) -> dict[tuple[str, int], Decimal | None]:
    rows = indicator.values.values_list("region__code", "municipality__code", "year", "value")
    return {(town or region, year): value for region, town, year, value in rows}


def read_in(actor: Actor, indicator: Indicator, text: str, source: str, as_of: date | None = None) -> Trial:
    """Every row of the file, or none: a file with a row that is wrong is refused."""
    decision = policy.require(actor, "region.edit", indicator)
    with transaction.atomic():
        Indicator.objects.select_for_update().get(pk=indicator.pk)
        trial = tried(indicator, text)
        if trial.wrong or not trial.figures:
            raise ValidationError(_("Filen har rader som inte går att läsa. Ingenting är inläst."))
        known, from_ = places(), sources.said(actor, source, as_of)
        have = {(row.region_id, row.municipality_id, row.year): row for row in indicator.values.all()}
        made, moved = [], []
        for row in trial.figures:
            region, town = known[row.code]
            old = have.get((region.pk, town.pk if town else None, row.year))
            if old is None:
                made.append(IndicatorValue(indicator=indicator, region=region, municipality=town, year=row.year, value=row.value,
                                           source=from_, said_by=actor.name))  # fmt: skip
            elif old.value != row.value:
                old.value, old.source, old.said_by = row.value, from_, actor.name
                moved.append(old)
        IndicatorValue.objects.bulk_create(made, batch_size=500)
        IndicatorValue.objects.bulk_update(moved, ["value", "source", "said_by"], batch_size=500)
        audit.record(actor, "region.edit", thing=indicator, rule=decision.rule, new=len(made), changed=len(moved))
    return trial
