"""Everything about the regions as files: CSV that a spreadsheet never runs, a table each; and JSON in one piece."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.core import policy
from samband.core.policy import Actor
from samband.core.spreadsheet import sheet
from samband.regions.models import (
    Body,
    Document,
    Goal,
    IndicatorValue,
    Irregularity,
    Municipality,
    Section,
    Statement,
    Theme,
)
from samband.regions.services import reading

MODELS: dict[str, Any] = {
    "sections": Section, "statements": Statement, "documents": Document, "goals": Goal, "bodies": Body, "gaps": Irregularity,
}  # fmt: skip
FIELDS = {
    "sections": ("key", "heading"),
    "statements": ("section", "form", "heading", "text", "parties", "status"),
    "documents": ("name", "year", "role", "decided_by", "period"),
    "goals": ("year", "horizon", "period", "text"),
    "bodies": ("name", "short_name", "kind", "level"),
    "gaps": ("missing", "text"),
}  # fmt: skip
SAID = ("original", "line", "source", "as_of", "said_by", "reason")


def said(actor: Actor, table: str) -> Iterator[dict[str, Any]]:
    """Every row that holds, with where it was read, when it held and who wrote it."""
    rows = reading.current(actor, MODELS[table]).select_related("region", "source")
    for row in rows.order_by("region__sort_name", "order", "pk"):
        values = {name: getattr(row, name) for name in FIELDS[table]}
        about = {"original": row.original, "line": row.line, "source": row.source.name, "as_of": row.as_of.isoformat(),
                 "said_by": row.said_by, "reason": row.reason}  # fmt: skip
        yield {"code": row.region.code, "region": row.region.name, **values, **about}


def regions(actor: Actor) -> Iterator[dict[str, Any]]:
    """The 21, with what their accounts lack."""
    places = list(reading.regions(actor))
    gaps = reading.gaps(actor, places)
    for place in places:
        yield {
            "code": place.code,
            "region": place.name,
            "kind": place.kind,
            "missing": [k.value for k in gaps[place.pk]],
        }


def municipalities(actor: Actor) -> Iterator[dict[str, Any]]:
    for row in policy.scoped(actor, "region.list", Municipality.objects.select_related("region").order_by("code")):
        yield {"code": row.code, "name": row.name, "region": row.region.name}


def themes(actor: Actor) -> Iterator[dict[str, Any]]:
    for row in policy.scoped(actor, "region.list", Theme.objects.filter(retired_at__isnull=True)):
        yield {"slug": row.slug, "name": row.name, "words": row.words.splitlines()}


def values(actor: Actor, indicator: Any = None) -> Iterator[dict[str, Any]]:
    """Every value; `value` empty: asked and missing. The columns kod, år, värde can be read in again."""
    rows = policy.scoped(actor, "region.list", IndicatorValue.objects.all())
    if indicator is not None:
        rows = rows.filter(indicator=indicator)
    rows = rows.select_related("indicator", "region", "municipality", "source")
    for row in rows.order_by("indicator__name", "region__code", "municipality__code", "year"):
        place = row.municipality or row.region
        value = "" if row.value is None else f"{row.value.normalize():f}"
        yield {"mått": row.indicator.name, "enhet": row.indicator.unit, "kod": place.code, "plats": place.name, "år": row.year,
               "värde": value, "källa": row.source.name, "said_by": row.said_by}  # fmt: skip


OTHERS: dict[str, Callable[[Actor], Iterator[dict[str, Any]]]] = {
    "regions": regions, "municipalities": municipalities, "themes": themes, "values": values,
}  # fmt: skip
TABLES = {
    "regions": gettext_lazy("Regionerna"),
    "statements": gettext_lazy("Påståenden med källans rad"),
    "documents": gettext_lazy("Styrande dokument"),
    "goals": gettext_lazy("Målår"),
    "bodies": gettext_lazy("Samverkansorgan"),
    "sections": gettext_lazy("Källans rubriker"),
    "gaps": gettext_lazy("Luckor och avvikelser"),
    "themes": gettext_lazy("Teman och deras ord"),
    "municipalities": gettext_lazy("Kommuner"),
    "values": gettext_lazy("Egna mått"),
}


def rows_of(actor: Actor, table: str) -> list[dict[str, Any]]:
    """KeyError for a table that is none."""
    return list(OTHERS[table](actor) if table in OTHERS else said(actor, table))


def as_csv(rows: list[dict[str, Any]]) -> str:
    """The first row names the columns; lists are told with a comma. An empty table says that it is."""
    if not rows:
        return sheet([[_("Här finns inget än.")]])
    cells = ([", ".join(v) if isinstance(v, list) else v for v in row.values()] for row in rows)
    return sheet([list(rows[0]), *cells])


def as_json(actor: Actor) -> dict[str, Any]:
    """All tables in one."""
    return {"format": "samband-regions/1", **{table: rows_of(actor, table) for table in TABLES}}
