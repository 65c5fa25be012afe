"""Words as the search sees them: folded, split, and how near one is to another. Pure; no Django.

A word that was asked for is found, nearest first: as it is (*vård*), in another form (*vårdens*), as the last part of a
compound (*hemsjukvården*), as the first (*vårdcentral*, and so by its beginning), inside (*hemsjukvårdsteam*). Parts of
compounds have at least four letters, and what stands before must hold a vowel: *tand* is not found in *standard*.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from samband.core.letters import fold
from samband.core.search.stems import VOWELS, stem

__all__ = ["Asked", "Token", "asked", "closeness", "fold", "folded", "how", "matches", "plain", "stem", "tokens"]

LONGEST = 80
LEAST_PART = 4
# Per cent of a word found as it is.
EXACT, FORM, LAST, FIRST, INSIDE = 100, 85, 50, 40, 25
# A letter with a hyphen belongs to its word: e-hälsa is ehälsa, else "e" would be a word.
WORD = re.compile(r"\b[^\W\d_]-(?=[^\W\d_]{2})[^\W_]+|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, folded, and where it stands in the (NFC) text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that is looked for. `part`: what is looked for inside compounds, empty when it is too short."""

    word: str
    stem: str
    part: str


def plain(text: str) -> str:
    """As the index keeps a text: composed letters (NFC), without NUL, which PostgreSQL refuses."""
    return unicodedata.normalize("NFC", text).replace("\x00", " ")


def tokens(text: str) -> Iterator[Token]:
    """The words of a `plain` text, in order."""
    for match in WORD.finditer(text):
        word = folded(match.group())
        if word:
            yield Token(word, match.start(), match.end())


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """One word folded; what folding would split (a hyphen, a sign) is joined."""
    return fold(word).replace(" ", "")[:LONGEST]


@lru_cache(maxsize=10_000)
def asked(word: str) -> Asked:
    """What is looked for when somebody writes `word`."""
    word = folded(word)
    root = stem(word)
    part = ""
    if word.isalpha():
        bare = word[:-1] if word[-1] in "ae" else word
        part = next((form for form in (root, bare, word) if len(form) >= LEAST_PART), "")
    return Asked(word, root, part)


def closeness(word: str, root: str, wanted: Asked) -> int:
    """How near a folded word (with its stem) is to what is asked for, in per cent; 0: another word."""
    if word == wanted.word:
        return EXACT
    if root == wanted.stem:
        return FORM
    part = wanted.part
    if not part or part not in word:
        return 0
    for end in (word, root):
        for tail in (wanted.word, part):
            if end.endswith(tail) and len(tail) >= LEAST_PART and _stands(end[: -len(tail)]):
                return LAST
    if word.startswith(part):
        return FIRST
    return INSIDE if _stands(word[: word.find(part, 1)]) else 0


def _stands(left: str) -> bool:
    """Whether what stands before a part may be a part itself."""
    return bool(VOWELS & set(left))


def how(word: str, wanted: Asked) -> str:
    """`exact`, `form`, `compound` or nothing, for a folded word."""
    near = closeness(word, stem(word), wanted)
    return {EXACT: "exact", FORM: "form", 0: ""}.get(near, "compound")


def matches(word: str, query: str) -> str:
    """`exact`, `form`, `compound` or nothing: whether `word` of a text is found by `query`, both as they are written."""
    return how(folded(word), asked(query))
