"""How a text was found, in one word. Pure."""

from collections.abc import Mapping, Sequence

from samband.core.search.question import Term
from samband.core.search.sentences import LONGEST_TEXT
from samband.core.search.words import Asked, closeness, plain, stem, tokens
from samband.core.search.words import how as how_near

ORDER = ("exact", "form", "compound", "synonym", "near")


def words_in(text: str) -> set[str]:
    """The words of a text, as far as it is read for its sentence."""
    return {token.word for token in tokens(plain(text[:LONGEST_TEXT]))}


def told(words: set[str], terms: Sequence[Term], instead: Mapping[str, Asked]) -> str:
    """The least near of the ways in which a text's words meet the terms: who reads it sees why it stands there."""
    ways = [way for term in terms if (way := _way(words, term, instead))]
    return max(ways, key=ORDER.index, default="exact")


def _way(words: set[str], term: Term, instead: Mapping[str, Asked]) -> str:
    ways = {how_near(word, term.word) for word in words} - {""}
    if ways:
        return min(ways, key=ORDER.index)
    if any(all(any(closeness(word, stem(word), part) for word in words) for part in other) for other in term.others):
        return "synonym"
    return "near" if term.word.word in instead else ""


def to_mark(words: set[str], terms: Sequence[Term], instead: Mapping[str, Asked]) -> list[Asked]:
    """What is marked in a text: the words asked for, guessed ones, single other words, and phrases that are whole in it."""
    found = [*(term.word for term in terms), *instead.values()]
    for term in terms:
        for other in term.others:
            if len(other) == 1 or all(any(closeness(word, stem(word), part) for word in words) for part in other):
                found += other
    return list(dict.fromkeys(found))
