"""Writing the index: entries, words, postings. Each call is whole or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from samband.core.models.search import SearchEntry, SearchPosting, SearchWord
from samband.core.search.ranking import Doc, impacts
from samband.core.search.words import plain, stem

T = TypeVar("T")
DOCS, ROWS = 400, 5000
FIELDS = ("title", "heading", "tags", "text")


@transaction.atomic
def put(kind: str, docs: Iterable[Doc]) -> None:
    """Index things of one kind, anew where they are known already."""
    known: dict[str, int] = {}
    for some in _pages(docs, DOCS):
        last = {doc.object_id: doc for doc in some}
        _put(kind, list(last.values()), known)


@transaction.atomic
def put_only(kind: str, docs: Iterable[Doc]) -> None:
    """Index these, and take out what else there is of the kind."""
    kept: set[int] = set()

    def seen() -> Iterator[Doc]:
        for doc in docs:
            kept.add(doc.object_id)
            yield doc

    put(kind, seen())
    known = set(SearchEntry.objects.filter(kind=kind).values_list("object_id", flat=True))
    take_out(kind, sorted(known - kept))


@transaction.atomic
def take_out(kind: str, object_ids: Iterable[int]) -> None:
    """What is gone, or may no longer be found by anybody."""
    for some in _pages(object_ids, ROWS):
        keys = list(SearchEntry.objects.filter(kind=kind, object_id__in=some).values_list("id", flat=True))
        _without_postings(keys)
        SearchEntry.objects.filter(id__in=keys).delete()


def _put(kind: str, docs: Sequence[Doc], known: dict[str, int]) -> None:
    counted = [impacts(doc) for doc in docs]
    rows = [
        SearchEntry(
            kind=kind, object_id=doc.object_id, length=length, **{name: plain(getattr(doc, name)) for name in FIELDS}
        )
        for doc, (_words, length) in zip(docs, counted, strict=True)
    ]
    rows.sort(key=lambda row: row.object_id)  # two at once wait for each other in the same order
    SearchEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=["length", *FIELDS]
    )
    keys = dict(
        SearchEntry.objects.filter(kind=kind, object_id__in=[row.object_id for row in rows]).values_list(
            "object_id", "id"
        )
    )
    _without_postings(list(keys.values()))
    _learn({word for words, _length in counted for word in words}, known)
    _post(
        sorted(
            (known[word], keys[doc.object_id], impact)
            for doc, (words, _length) in zip(docs, counted, strict=True)
            for word, impact in words.items()
        )
    )


def _without_postings(entries: Sequence[int]) -> None:
    rows = SearchPosting.objects.filter(entry_id__in=entries)
    rows._raw_delete(rows.db)


def _learn(words: set[str], known: dict[str, int]) -> None:
    """Every word has its row; `known` gets their keys. In order, so that two that write at once do not lock each other."""
    new = sorted(words - known.keys())
    _look_up(new, known)
    unknown = [word for word in new if word not in known]
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, stem=stem(word)) for word in unknown], ignore_conflicts=True, batch_size=ROWS
    )
    _look_up(unknown, known)


def _look_up(words: Sequence[str], known: dict[str, int]) -> None:
    for some in _pages(words, ROWS):
        known.update(SearchWord.objects.filter(word__in=some).values_list("word", "id"))


def _post(rows: Sequence[tuple[int, int, int]]) -> None:
    """Whole numbers of our own, written out: as parameters, millions of them cost more than the rows."""
    with connection.cursor() as cursor:
        for some in _pages(rows, ROWS):
            values = ",".join(f"({word:d},{entry:d},{impact:d})" for word, entry, impact in some)
            cursor.execute(f"INSERT INTO core_searchposting (word_id, entry_id, impact) VALUES {values}")


def _pages(things: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(things)
    while page := list(islice(left, size)):
        yield page
