"""What of the regions can be searched for, and searching it (docs/search.md).

What holds now is indexed: statements, governing documents, bodies, goals. Importing reads all in anew, an edit its own row.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from samband.core import search
from samband.core.policy import Actor
from samband.core.search import Doc, Found
from samband.core.search.words import asked, how, plain, tokens
from samband.regions.models import Body, Document, Goal, Statement
from samband.regions.services.reading import current
from samband.regions.services.themes import themes

KINDS: dict[str, Any] = {
    "region.statement": Statement, "region.document": Document, "region.body": Body, "region.goal": Goal,
}  # fmt: skip
NAMES = {model: kind for kind, model in KINDS.items()}


def doc_of(row: Any) -> Doc:
    """A row as the search reads it. Its region's name finds it, though it is not shown as its text."""
    tags = row.region.name
    if isinstance(row, Statement):
        above = (row.parent.heading or row.parent.text)[:200] if row.parent else ""
        return Doc(row.pk, row.heading, row.text, heading=above, tags=f"{tags} {row.parties}")
    if isinstance(row, Document):
        return Doc(row.pk, row.name, " ".join((row.role, row.decided_by, row.period, str(row.year or ""))), tags=tags)
    if isinstance(row, Body):
        return Doc(row.pk, f"{row.name} {row.short_name}".strip(), f"{row.kind} {row.level}".strip(), tags=tags)
    return Doc(row.pk, str(row.year or row.horizon), f"{row.text} {row.period}".strip(), tags=tags)


def rebuild() -> int:
    """All that holds now, anew. How many things can be found."""
    many = 0
    for kind, model in KINDS.items():
        docs = [doc_of(row) for row in _with_names(model.objects.filter(ended_at__isnull=True))]
        search.rebuild(kind, docs)
        many += len(docs)
    return many


def reread(row: Any) -> None:
    """One row after an edit: found as it reads now, or no more. The points under it tell what they stand under."""
    kind = NAMES.get(type(row))
    if kind is None:
        return
    rows = _with_names(type(row).objects.filter(pk=row.pk))
    if kind == "region.statement":
        rows = rows | _with_names(Statement.objects.filter(parent=row.pk))
    found = list(rows)
    search.index_many(kind, [doc_of(one) for one in found if one.ended_at is None])
    search.remove(kind, [one.pk for one in found if one.ended_at is not None])


def _with_names(rows: QuerySet) -> QuerySet:
    return rows.select_related("region", "parent") if rows.model is Statement else rows.select_related("region")


def find(
    actor: Actor, question: str, *, region: str = "", section: str = "", about: Sequence[int] | None = None,
    widely: bool = True, limit: int = 20, offset: int = 0,
) -> Found:  # fmt: skip
    """What the actor may read and meets the question.

    `section` and `about` (keys of statements, a theme's) narrow to statements; `widely`: with other words for the same.
    """
    within = {}
    for kind, model in KINDS.items():
        rows = current(actor, model)
        if region:
            rows = rows.filter(region__code=region)
        if kind == "region.statement":
            if section:
                rows = rows.filter(section=section)
            if about is not None:
                rows = rows.filter(pk__in=about)
        elif section or about is not None:
            continue
        within[kind] = rows.order_by()
    words = synonyms(actor) if widely and question.strip() else None
    return search.find(question, list(within), within=within, synonyms=words, limit=limit, offset=offset)


def rows_of(actor: Actor, found: Found) -> list[tuple[search.Hit, Any]]:
    """The hits with their rows, in order. One query for each kind on the page."""
    rows: dict[str, dict[int, Any]] = {}
    for kind in {hit.kind for hit in found.hits}:
        keys = [hit.object_id for hit in found.hits if hit.kind == kind]
        rows[kind] = _with_names(current(actor, KINDS[kind])).select_related("source", "region").in_bulk(keys)
    return [(hit, rows[hit.kind][hit.object_id]) for hit in found.hits if hit.object_id in rows[hit.kind]]


def synonyms(actor: Actor) -> Callable[[str], list[str]]:
    """The words of a theme mean the same, as far as searching goes. One query."""
    lines = [[_words(line) for line in theme.words.splitlines() if line.strip()] for theme in themes(actor)]

    def others(phrase: str) -> list[str]:
        mine = [asked(word) for word in phrase.split()]
        found: dict[str, None] = {}
        for theme in lines:
            if any(_same(line, mine) for line in theme):
                found.update(dict.fromkeys(" ".join(line) for line in theme if not _same(line, mine)))
        return list(found)

    return others


def _words(line: str) -> list[str]:
    return [token.word for token in tokens(plain(line))]


def _same(line: Sequence[str], mine: Iterable[Any]) -> bool:
    """Word for word, in any form; a compound is another word."""
    wanted = list(mine)
    return len(line) == len(wanted) and all(
        how(word, one) in ("exact", "form") for word, one in zip(line, wanted, strict=True)
    )
