"""One region's page: what its account says now, part by part, with where each thing was read and what is missing."""

from collections import defaultdict
from typing import Any

from samband.core import policy
from samband.core.policy import Actor
from samband.regions.models import Body, Document, Goal, Irregularity, Municipality, Region, Section, SectionKey, Source, Statement
from samband.regions.services import reading

# From politics to practice, as a source may word it; what it has not said comes last.
LEVELS = ("politisk", "politik", "ledning", "tjänstem", "taktisk", "operativ", "lokal")


def profile(actor: Actor, region: Region) -> dict[str, Any]:
    """Everything that the page shows. Eight queries, however much there is."""
    said = {model: _current(actor, model, region) for model in (Section, Statement, Document, Goal, Body, Irregularity)}
    known = {
        (region.pk, key): (len(rows), sum(row.form in reading.POINTS and row.parent_id is None for row in rows))
        for key, rows in _by_section(said[Statement]).items()
    }
    gaps = reading.gaps(actor, [region], known)[region.pk]
    rows = [row for found in said.values() for row in found]
    source = _main_source(rows)
    return {
        "region": region,
        "source": source,
        "sections": parts(said[Section], said[Statement], gaps),
        "documents": said[Document],
        "goals": said[Goal],
        "bodies": by_level(said[Body]),
        "irregularities": [row for row in said[Irregularity] if row.text],
        "gaps": [key.label for key in gaps],
        "no_bodies": SectionKey.COLLABORATION in gaps,
        "corrected": sum(bool(row.original) for row in rows),
        "edited": sum(row.source.kind == Source.Kind.EDITOR for row in rows),
        "municipalities": list(policy.scoped(actor, "region.list", Municipality.objects.filter(region=region))),
        "nothing": not rows,
    }


def _current(actor: Actor, model: Any, region: Region) -> list[Any]:
    return list(reading.current(actor, model).filter(region=region).select_related("source"))


def _main_source(rows: list[Any]) -> Source | None:
    """The document that speaks for the latest day among those that are quoted."""
    found = [row.source for row in rows if row.source.kind == Source.Kind.DOCUMENT]
    return max(found, key=lambda source: (source.as_of, source.pk), default=None)


def _by_section(statements: list[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for row in statements:
        found[row.section].append(row)
    return found


def parts(headings: list[Section], statements: list[Statement], gaps: list[SectionKey]) -> list[dict[str, Any]]:
    """The parts of the account in order; a part that is missing says so, a case study stands only where there is one."""
    said = _by_section(statements)
    found = []
    for key in (*reading.EXPECTED, SectionKey.CASE):
        if key == SectionKey.CASE and not said[key.value]:
            continue
        found.append(
            {
                "key": key.value,
                "label": key.label,
                "headings": [row for row in headings if row.key == key.value],
                "tree": tree(said[key.value]),
                "missing": key in gaps,
            }
        )
    return found


def tree(statements: list[Statement]) -> list[dict[str, Any]]:
    """Each with the points under it. A point whose parent is not among them stands by itself."""
    nodes = {row.pk: {"row": row, "under": []} for row in statements}
    top = []
    for row in statements:
        parent = nodes.get(row.parent_id) if row.parent_id else None
        (parent["under"] if parent else top).append(nodes[row.pk])  # type: ignore[attr-defined]
    return top


def by_level(bodies: list[Body]) -> list[tuple[str, list[Body]]]:
    """Bodies under the level that the source gives them, politics first."""
    found: dict[str, list[Body]] = defaultdict(list)
    for row in bodies:
        found[row.level.strip().lower()].append(row)

    def place(level: str) -> tuple[int, str]:
        return next((n for n, begin in enumerate(LEVELS) if level.startswith(begin)), len(LEVELS)), level

    return [(level, found[level]) for level in sorted(found, key=place)]
