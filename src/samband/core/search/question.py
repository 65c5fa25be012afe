"""A question understood: the words that are looked for, and other words for the same. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from samband.core.search.words import Asked, asked, plain, tokens

LONGEST, MOST_WORDS, MOST_OTHERS = 300, 12, 12
# Words that stand in every text; looked for only when nothing else is asked.
SMALL_WORDS = """
att av de den denna det detta dock du då där efter eller en er ett från får för ha har hos hur i in inom ju kan kring man
med mellan men mot ni nu när och om oss på samt sin sina sitt ska skall som så till under upp ut var vi vid vad vilka
vilken vår våra över a an and at by for in is of on or the to with
"""
SMALL = frozenset(SMALL_WORDS.split())
Synonyms = Callable[[str], list[str]]


@dataclass(frozen=True)
class Term:
    """One word that is asked for. `others`: what means the same, each one word or several that must all be there."""

    word: Asked
    others: tuple[tuple[Asked, ...], ...] = ()

    @property
    def slots(self) -> list[Asked]:
        return [self.word, *(word for other in self.others for word in other)]


def understand(question: str, synonyms: Synonyms | None = None) -> list[Term]:
    """The terms of a question. `synonyms` is asked about each word, and about each two that stand together, folded."""
    words = _words(question)
    if synonyms is None:
        return [Term(asked(word)) for word in words]
    found: dict[str, list[str]] = {word: list(synonyms(word)) for word in words}
    for first, second in pairwise(words):
        pair = list(synonyms(f"{first} {second}"))
        found[first] += pair
        found[second] += pair
    return [Term(asked(word), _others(word, found[word])) for word in words]


def _words(text: str) -> list[str]:
    every = list(dict.fromkeys(token.word for token in tokens(plain(text[:LONGEST]))))
    return ([word for word in every if word not in SMALL] or every)[:MOST_WORDS]


def _others(word: str, phrases: list[str]) -> tuple[tuple[Asked, ...], ...]:
    others = dict.fromkeys(_phrase(_words(phrase)) for phrase in phrases)
    return tuple(other for other in others if other and other != (asked(word),))[:MOST_OTHERS]


def _phrase(words: list[str]) -> tuple[Asked, ...]:
    """Of several words none is looked for inside compounds: *vård på distans* is not *sjukvård* and *distansbesök*."""
    found = tuple(asked(word) for word in words)
    return found if len(found) == 1 else tuple(replace(word, part="") for word in found)
