"""The index against a plain look through every text: the same things, with the same words met."""

import random

import pytest

from samband.core import search
from samband.core.search import Doc
from samband.core.search.words import matches, tokens

pytestmark = pytest.mark.django_db

FIRST = ["hem", "sjuk", "vård", "distans", "när", "äldre", "barn", "patient", "folk", "mål", "läkar", "råd", "e-", "o"]
LAST = [
    "vård",
    "värd",
    "team",
    "hälsa",
    "kontrakt",
    "plan",
    "bild",
    "monitorering",
    "möte",
    "samverkan",
    "mottagning",
    "område",
]
ENDINGS = ["", "", "en", "et", "s", "er", "erna", "a", "t", "n"]


def word(rng):
    whole = (
        "".join([rng.choice(FIRST) for _ in range(rng.choice((0, 0, 1, 1, 2)))])
        + rng.choice(LAST)
        + rng.choice(ENDINGS)
    )
    return rng.choice((whole, whole, whole.upper(), whole.title()))


def plain(docs, question):
    """Object id → how many of the words asked for stand in it."""
    asked = list(dict.fromkeys(token.word for token in tokens(question)))
    found = {}
    for doc in docs:
        words = [token.word for part in (doc.title, doc.heading, doc.tags, doc.text) for token in tokens(part)]
        met = sum(any(matches(one, ask) for one in words) for ask in asked)
        if met:
            found[doc.object_id] = met, len(asked)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_finds_what_a_plain_look_finds(seed):
    rng = random.Random(seed)
    docs = [
        Doc(
            number,
            " ".join(word(rng) for _ in range(2)),
            " ".join(word(rng) for _ in range(rng.randrange(12))),
            tags=word(rng),
        )
        for number in range(30)
    ]
    search.index_many("text", docs)
    search.index_many("other", docs)
    for _ in range(12):
        question = " ".join(word(rng) for _ in range(rng.choice((1, 1, 2, 3))))
        found = search.find(question, ["text"], limit=100)
        if found.instead:
            continue
        expected = plain(docs, question)
        assert {hit.object_id for hit in found.hits} == set(expected), question
        assert {hit.object_id for hit in found.hits if hit.every} == {
            key for key, (met, many) in expected.items() if met == many
        }
        assert found.total == len(expected)
        scores = [hit.score for hit in found.hits]
        assert scores == sorted(scores, reverse=True)
