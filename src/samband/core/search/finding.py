"""Finding: a question to the index, in at most four queries (six when a word had to be guessed)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from samband.core.models.search import SearchEntry, SearchWord
from samband.core.search.near import nearest, slips_allowed
from samband.core.search.question import Synonyms, Term, understand
from samband.core.search.ranking import NEAR, SYNONYM, order
from samband.core.search.sentences import Pieces, best, marked
from samband.core.search.telling import to_mark, told, words_in
from samband.core.search.words import EXACT, Asked, asked, closeness

MOST_WORDS, MOST_CANDIDATES, MOST_HITS = 3000, 5000, 500
# How much longer or shorter a form may be, when the word that was meant is guessed.
ENDING = 4
# entry → how well it meets, up to 100 000
Met = dict[int, int]


@dataclass(frozen=True)
class Hit:
    """A thing that was found. `every`: it has all words that were asked for.

    `how`: `exact`, `form`, `compound`, `synonym` or `near` (a guessed word); of several words the least near.
    """

    kind: str
    object_id: int
    score: float
    how: str
    title: Pieces
    sentence: Pieces
    every: bool


@dataclass(frozen=True)
class Found:
    """`total`: how many things have any of the words; `complete`: how many have all. `asked`: the words as understood.

    `instead`: a word that stands nowhere → the nearest one, which was looked for; `nothing_like`: words without any.
    """

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    complete: int = 0
    instead: dict[str, str] = field(default_factory=dict)
    nothing_like: list[str] = field(default_factory=list)


def look(
    question: str,
    kinds: Sequence[str],
    *,
    within: Mapping[str, QuerySet] | None = None,
    synonyms: Synonyms | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """See `samband.core.search.find`."""
    terms = understand(question, synonyms)
    scope = _scope(kinds, within or {})
    total = scope.count() if terms else 0
    if not total:
        return Found(asked=[term.word.word for term in terms])
    slots = list(dict.fromkeys(slot for term in terms for slot in term.slots))
    table = _postings(_near_words(slots), scope)
    met = [_met(term, table) for term in terms]
    instead: dict[str, Asked] = {}
    for number, term in enumerate(terms):
        if not met[number]:
            met[number] = _guess(term.word, scope, instead)
    rows = order(met, total)
    page = rows[offset : offset + min(limit, MOST_HITS)]
    return Found(
        total=len(rows),
        hits=_hits(page, terms, instead),
        asked=[term.word.word for term in terms],
        complete=sum(many == len(terms) for _entry, _score, many in rows),
        instead={word: other.word for word, other in instead.items()},
        nothing_like=[term.word.word for term, entries in zip(terms, met, strict=True) if not entries],
    )


def _scope(kinds: Sequence[str], within: Mapping[str, QuerySet]) -> QuerySet[SearchEntry]:
    """The entries that the asker may find. What lies outside counts nowhere, not even in how rare a word is."""
    open_kinds = [kind for kind in kinds if kind not in within]
    wanted = Q(kind__in=open_kinds)
    for kind in kinds:
        if kind in within:
            wanted |= Q(kind=kind, object_id__in=within[kind].values("pk"))
    return SearchEntry.objects.filter(wanted)


def _near_words(slots: Sequence[Asked]) -> list[tuple[int, int, Asked]]:
    """(word's key, per cent, what it is near), for every word of the index that is near; long lists lose the least near."""
    wanted = Q()
    for slot in slots:
        wanted |= Q(word=slot.word) | Q(stem=slot.stem)
        if slot.part:
            wanted |= Q(word__contains=slot.part)
    rows = list(SearchWord.objects.filter(wanted).values_list("id", "word", "stem"))
    found = []
    for slot in slots:
        mine = [(near, len(word), key) for key, word, root in rows if (near := closeness(word, root, slot))]
        mine.sort(key=lambda row: (-row[0], row[1], row[2]))
        found += [(key, near, slot) for near, _length, key in mine[:MOST_WORDS]]
    return found


def _postings(near: Sequence[tuple[int, int, Asked]], scope: QuerySet[SearchEntry]) -> dict[Asked, Met]:
    """For each thing asked for: entry → the best of its near words there (nearness × impact)."""
    slots = list(dict.fromkeys(slot for _key, _near, slot in near))
    number = {slot: n for n, slot in enumerate(slots)}
    table: dict[Asked, Met] = {slot: {} for slot in slots}
    if not near:
        return table
    try:
        within, params = scope.values("id").order_by().query.sql_with_params()
    except EmptyResultSet:
        return table
    # Keys and numbers are our own whole numbers, written out: thousands of parameters cost more than the answer.
    values = ",".join(f"({key:d},{number[slot]:d},{per_cent:d})" for key, per_cent, slot in near)
    # SQLite does not know how few the words are, and would rather build an index of all postings for every search.
    hint = "INDEXED BY core_search_word" if connection.vendor == "sqlite" else ""
    sql = f"""
        WITH asked(word_id, slot, near) AS (VALUES {values})
        SELECT best.entry_id, best.slot, best.value FROM (
            SELECT posting.entry_id AS entry_id, asked.slot AS slot, MAX(asked.near * posting.impact) AS value
            FROM asked CROSS JOIN core_searchposting posting {hint} WHERE posting.word_id = asked.word_id
            GROUP BY posting.entry_id, asked.slot
        ) best WHERE best.entry_id IN ({within})"""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for entry, slot, value in cursor.fetchall():
            table[slots[slot]][entry] = value
    return table


def _met(term: Term, table: Mapping[Asked, Met]) -> Met:
    """The word itself, or another for the same; of several words the least well met counts."""
    met = dict(table.get(term.word, {}))
    for other in term.others:
        parts = [table.get(word, {}) for word in other]
        for entry in set(parts[0]).intersection(*parts[1:]):
            value = min(part[entry] for part in parts) * SYNONYM // 100
            met[entry] = max(value, met.get(entry, 0))
    return met


def _guess(word: Asked, scope: QuerySet[SearchEntry], instead: dict[str, Asked]) -> Met:
    """What has the nearest word that stands in the scope: a slip in writing. Told in `instead`."""
    slips = slips_allowed(word.word)
    if not slips:
        return {}
    like = Q(word__startswith=word.word[:2]) | Q(word__endswith=word.word[-3:])
    letters = (len(word.word) - slips - ENDING, len(word.word) + slips + ENDING)
    rows = SearchWord.objects.annotate(letters=Length("word")).filter(
        like, letters__gte=letters[0], letters__lte=letters[1]
    )
    known = {other: (key, root) for other, key, root in rows.values_list("word", "id", "stem")[:MOST_CANDIDATES]}
    asks: dict[str, Asked] = {}
    near = []
    for other in nearest(word.word, {other: root for other, (_key, root) in known.items()}):
        key, root = known[other]
        near.append((key, EXACT, asks.setdefault(root, asked(other))))
    table = _postings(near, scope)
    for ask in asks.values():
        if table.get(ask):
            instead[word.word] = ask
            return {entry: value * NEAR // 100 for entry, value in table[ask].items()}
    return {}


def _hits(page: Sequence[tuple[int, float, int]], terms: Sequence[Term], instead: Mapping[str, Asked]) -> list[Hit]:
    entries = SearchEntry.objects.in_bulk([entry for entry, _score, _many in page])
    return [
        _hit(entries[entry], score, many == len(terms), terms, instead)
        for entry, score, many in page
        if entry in entries
    ]


def _hit(row: SearchEntry, score: float, every: bool, terms: Sequence[Term], instead: Mapping[str, Asked]) -> Hit:
    words = words_in(" ".join((row.title, row.heading, row.tags, row.text)))
    wanted = to_mark(words, terms, instead)
    return Hit(
        kind=row.kind,
        object_id=row.object_id,
        score=round(score / 1000, 3),
        how=told(words, terms, instead),
        title=marked(row.title, wanted),
        sentence=best(row.text or row.heading, wanted),
        every=every,
    )
