"""Who else does this? The nearest statements of other regions, from a statement or from somebody's own sentence."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, QuerySet

from samband.core.policy import Actor
from samband.core.search.sentences import Pieces, marked
from samband.core.search.words import asked
from samband.regions.models import Statement
from samband.regions.rules import matching
from samband.regions.rules.alike import Texts
from samband.regions.services import themes
from samband.regions.services.reading import current

MANY = 12
LONGEST = 1000


@dataclass(frozen=True)
class Fellow:
    """A statement that speaks of the same, in pieces with the words in common marked."""

    statement: Any
    score: float
    shared: tuple[str, ...]
    heading: Pieces
    text: Pieces


def text_of(row: Statement) -> str:
    return row.text if not row.heading or row.heading == row.text else f"{row.heading}. {row.text}"


def from_statement(actor: Actor, row: Statement) -> list[Fellow]:
    return _fellows(actor, text_of(row), row.region_id)


def from_text(actor: Actor, text: str) -> list[Fellow]:
    """An initiative in somebody's own words, at most 1000 characters of it; all regions are looked through."""
    return _fellows(actor, text[:LONGEST], None)


def _fellows(actor: Actor, text: str, region_id: int | None) -> list[Fellow]:
    """Five queries at most, whatever there is; four when nothing has changed since somebody asked last."""
    rows = current(actor, Statement).exclude(form=Statement.Form.HEADING).order_by()
    found = _texts(actor, rows).alike(text, region_id, MANY)
    statements = rows.select_related("region", "source").in_bulk([one.key for one in found])
    fellows = []
    for one in found:
        row = statements[one.key]
        wanted = [asked(word) for word in one.shared]
        fellows.append(Fellow(row, one.score, one.shared, marked(row.heading, wanted), marked(row.text, wanted)))
    return fellows


_latest: tuple[tuple, Texts] | None = None


def _texts(actor: Actor, rows: QuerySet) -> Texts:
    """The texts ready to be held against, kept in this process until other rows hold or a theme has other words.

    A row never changes its words: how many hold, when the last came and when the last one ended say which they are.
    """
    global _latest
    lexicons = {theme.slug: themes.lexicon(theme.words) for theme in themes.themes(actor)}
    mark = (
        *rows.aggregate(many=Count("pk"), last=Max("pk"), came=Max("created_at")).values(),
        Statement.objects.aggregate(ended=Max("ended_at"))["ended"],
        *((slug, *lexicon.lines) for slug, lexicon in lexicons.items()),
    )
    if _latest is None or _latest[0] != mark:
        read = list(rows.values_list("pk", "region_id", "heading", "text").order_by("pk"))
        texts = [text_of(Statement(heading=heading, text=text)) for _pk, _region, heading, text in read]

        def about(text: str) -> list[str]:
            words = matching.tokens(text)
            return [slug for slug, lexicon in lexicons.items() if lexicon.about(words)]

        _latest = (mark, Texts([row[0] for row in read], texts, [row[1] for row in read], about))
    return _latest[1]
