"""Routines in the index of search (core/search): the version in force, its name, text and what could be read of its files."""

from collections.abc import Sequence

from django.db.models import QuerySet

from samband.core import search
from samband.guidelines.models import Guideline
from samband.guidelines.rules.rendering import plain

KIND = "guideline"
MOST = 200  # hits of one question; a reader narrows it before that
TEXT = 200_000  # letters of one routine with its files


def index(guideline: Guideline) -> None:
    """Findable as it reads now; not at all where no version is in force or it rests. In the caller's transaction."""
    version = guideline.current
    if version is None or guideline.retired_at is not None:
        search.remove(KIND, [guideline.pk])
        return
    files = version.files.values_list("name", "text")
    text = "\n".join([plain(version.body), *(part for row in files for part in row if part)])[:TEXT]
    search.index(KIND, guideline.pk, title=guideline.name, heading=guideline.about, text=text, tags=guideline.unit.name)


def reindex() -> int:
    """All of them anew. How many are findable."""
    rows = list(Guideline.objects.select_related("current", "unit"))
    for row in rows:
        index(row)
    return sum(row.current_id is not None and row.retired_at is None for row in rows)


def hits(q: str, within: QuerySet[Guideline]) -> Sequence[search.Hit]:
    """The routines of `within` that meet the question, best first."""
    return search.find(q, [KIND], within={KIND: within}, limit=MOST).hits
