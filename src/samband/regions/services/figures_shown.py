"""An indicator as it is shown: places by years, and one place's run over the years."""

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samband.core import policy
from samband.core.policy import Actor
from samband.regions.models import Indicator, IndicatorValue
from samband.ui import charts

Value = Decimal | None


def spoken(value: Value) -> str:
    """A number as it is read, without idle zeros; `saknas` where somebody asked and it was not there."""
    if value is None:
        return _("saknas")
    plain = f"{value:f}"
    places = len(plain.partition(".")[2].rstrip("0"))
    return number_format(value, places, use_l10n=True)


def shown(actor: Actor, indicator: Indicator) -> dict[str, Any]:
    """`years`, and a row for each place with a cell for each year: asked and missing, never asked, or a value. One query."""
    rows = policy.scoped(actor, "region.list", IndicatorValue.objects.filter(indicator=indicator))
    rows = rows.select_related("region", "municipality", "source")
    years = sorted({row.year for row in rows})
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        place = row.municipality or row.region
        key = (row.region.sort_name, "" if row.municipality is None else row.municipality.name)
        kept = found.setdefault(key, {"place": place, "town": row.municipality is not None, "values": {}})
        kept["values"][row.year] = row
    table = [
        {**found[key], "cells": [_cell(found[key]["values"].get(year)) for year in years]} for key in sorted(found)
    ]
    return {"years": years, "table": table}


def _cell(row: IndicatorValue | None) -> dict[str, Any]:
    if row is None:
        return {"text": "", "missing": False}
    return {"text": spoken(row.value), "missing": row.value is None, "row": row}


def chart(indicator: Indicator, place: str, values: dict[int, IndicatorValue]) -> dict[str, Any] | None:
    """One place over the years; a year without a value is a gap. None where fewer than two values can be drawn."""
    there = {year: row.value for year, row in values.items() if row.value is not None}
    if len(there) < 2:
        return None
    years = range(min(there), max(there) + 1)
    line = charts.line(
        [{"label": str(year), "short": _short(year, len(years)), "value": _float(there.get(year))} for year in years],
        levels=levels(list(there.values())),
    )
    rows = [[{"text": str(year)}, {"text": spoken(there.get(year))}] for year in years]
    return {
        "finding": _("%(name)s i %(place)s") % {"name": indicator.name, "place": place},
        "measured": f"{indicator.unit}. {indicator.get_better_display()}.",
        "line": line,
        "columns": [_("År"), indicator.unit],
        "rows": rows,
        "source": "; ".join(sorted({row.source.name for row in values.values()})),
        "why": indicator.note,
    }


def _short(year: int, many: int) -> str:
    """The whole year while there is room for it."""
    return str(year) if many <= 10 else f"{year % 100:02d}"


def _float(value: Value) -> float | None:
    return None if value is None else float(value)


def levels(values: list[Decimal]) -> list[float]:
    """Three lines to read from: from 0, or from the lowest where all lies far above it, to the highest."""
    low, high = float(min(values)), float(max(values))
    low = min(0.0, low) if low < 0 or low < high / 2 else low
    if low == high:
        low, high = low - 1, high + 1
    return [round(low, 4), round((low + high) / 2, 4), round(high, 4)]
