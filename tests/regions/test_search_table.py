"""Searching the real document: the table of docs/search.md. Skips where shared data does not lie beside the project."""

import re
from pathlib import Path

import pytest

from samband.core.policy import Actor
from samband.regions.services import finding, importing, shipped
from tests.shared import shared_file

pytestmark = pytest.mark.django_db

DOC = Path(__file__).parents[2] / "docs" / "search.md"
READER = Actor(kind="staff", role="nurse")
TABLE = re.compile(r"^\| ([^|]+?) \| [^|]+ \| ([^|]+?) \| ([^|]*?) ?\|$", re.M)
ROWS = TABLE.findall(DOC.read_text().partition("## What is asked of the document")[2])[1:]


@pytest.fixture(scope="module")
def document(django_db_setup, django_db_blocker):
    """Read in once for all questions, and out again."""
    content = shared_file("seeds/003_b9e747a4b6b5710c.txt").read_bytes()
    from django.db import transaction

    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        shipped.load()
        importing.keep(content, "regions.txt")
        yield
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def lines(found) -> list[int]:
    """The lines of the hits, a line that is several things (a statement and a body) once."""
    return list(dict.fromkeys(row.line for _hit, row in finding.rows_of(READER, found)))


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def test_the_table_has_at_least_twenty_queries():
    assert len({query for query, _first, _also in ROWS}) >= 20


@pytest.mark.parametrize(("query", "first", "also"), ROWS, ids=[row[0].replace(" ", "-") for row in ROWS])
def test_query(document, query, first, also):
    found = finding.find(READER, query, limit=24)
    if first == "nothing":
        assert (found.total, found.hits) == (0, [])
        return
    got = lines(found)
    assert got[0] in numbers(first), got[:12]
    assert set(numbers(also)) <= set(got[:12]), got[:12]


def test_a_word_with_ä_finds_none_with_å(document):
    for hit, row in finding.rows_of(READER, finding.find(READER, "värd", limit=100)):
        assert "värd" in str(vars(row)).lower(), hit
