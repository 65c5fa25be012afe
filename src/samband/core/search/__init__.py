"""Search that finds Swedish: the same answer on SQLite and PostgreSQL. docs/search.md says how.

å, ä and ö are letters (*vård* is not *värd*), forms and compounds are found (*vårdens*, *hemsjukvård*), and other words
for the same thing when the caller knows them.

    search.index("guideline", 7, title="Fall i hemmet", text="…")
    found = search.find("fallolycka", ["guideline"], within={"guideline": policy.scoped(actor, "guideline.list", rows)})
    for hit in found.hits: hit.object_id, hit.title, hit.sentence     # pieces: (text, whether it is marked)

`samband.core.search.words` is pure (`matches("hemmonitorering", "monitorering")` → "compound") and may be used by rules.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from samband.core.search.finding import Found, Hit, look
from samband.core.search.question import Synonyms
from samband.core.search.ranking import Doc
from samband.core.search.store import put, put_only, take_out

__all__ = ["Doc", "Found", "Hit", "find", "index", "index_many", "rebuild", "remove"]


def index(kind: str, object_id: int, *, title: str, text: str, heading: str = "", tags: str = "") -> None:
    """Make one thing findable, or findable as it reads now. `tags`: words that are not shown."""
    put(kind, [Doc(object_id, title, text, heading, tags)])


def index_many(kind: str, rows: Iterable[Doc]) -> None:
    """The same for many, in one transaction: imports and rebuilds. About ten thousand a minute."""
    put(kind, rows)


def rebuild(kind: str, rows: Iterable[Doc]) -> None:
    """All there is of a kind: these are indexed anew, and everything else of it is taken out."""
    put_only(kind, rows)


def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Nobody finds these any more. Unknown ids are no error."""
    take_out(kind, object_ids)


def find(
    question: str,
    kinds: Sequence[str],
    *,
    within: Mapping[str, QuerySet] | None = None,
    synonyms: Synonyms | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """What meets the question, best first.

    `within`: for a kind, the rows that the asker may read (`policy.scoped(…)`), decided in the query: what is outside
    shows neither among the hits nor in a number. A kind without an entry there is open to whoever asks.
    `synonyms`: asked with a folded word, or two that stand together; answers with other words or phrases for the same.
    A question without words finds nothing.
    """
    return look(question, kinds, within=within, synonyms=synonyms, limit=limit, offset=offset)
