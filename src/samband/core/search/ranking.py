"""How much a word says of a text, and how texts are ordered. Pure; BM25's thoughts with whole numbers.

A word in the title says more than in the heading, there more than in the text; said again it says a little more; in a
long text less than in a short. A rare word says more than a common one, and texts with all words come before those with
some. The length that counts as ordinary is fixed, so that an entry's numbers do not hang on the others.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samband.core.search.words import plain, tokens

TITLE, HEADING, TAG, TEXT = 10, 5, 3, 1
MOST_TEXT = 3
SATURATION, ORDINARY_LENGTH, LENGTH_SHARE = 1.2, 200, 0.6
WHOLE = 1000
# What another word for the same thing is worth, in per cent.
SYNONYM, NEAR = 60, 50


@dataclass(frozen=True)
class Doc:
    """A thing to be found. `tags` are words that are not shown: themes, short names."""

    object_id: int
    title: str
    text: str
    heading: str = ""
    tags: str = ""


def impacts(doc: Doc) -> tuple[dict[str, int], int]:
    """Each word of the thing with its impact (1 to 1000), and how many words its text has."""
    text = Counter(token.word for token in tokens(plain(doc.text)))
    weights = {word: TEXT * min(count, MOST_TEXT) for word, count in text.items()}
    for part, weight in ((doc.title, TITLE), (doc.heading, HEADING), (doc.tags, TAG)):
        for word in {token.word for token in tokens(plain(part))}:
            weights[word] = weights.get(word, 0) + weight
    length = sum(text.values())
    damp = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / ORDINARY_LENGTH)
    return {word: max(1, round(WHOLE * weight / (weight + damp))) for word, weight in weights.items()}, length


def rarity(found: int, total: int) -> float:
    """BM25's weight of a word that `found` of `total` texts have."""
    return math.log(1 + (total - found + 0.5) / (found + 0.5))


def order(terms: Iterable[Mapping[int, int]], total: int) -> list[tuple[int, float, int]]:
    """(entry, score, how many terms it has), best first. `terms`: for each word asked for, entry → how well it is met."""
    scores: dict[int, float] = {}
    met: Counter[int] = Counter()
    many = 0
    for term in terms:
        many += 1
        weight = rarity(len(term), max(total, len(term)))
        for entry, value in term.items():
            scores[entry] = scores.get(entry, 0.0) + weight * value
            met[entry] += 1
    rows = [(entry, score * (met[entry] / many) ** 2, met[entry]) for entry, score in scores.items()]
    return sorted(rows, key=lambda row: (-round(row[1], 6), row[0]))
