"""Which words of a text are about a theme: inflections and compounds of Swedish words, å, ä and ö kept apart. Pure.

A line of the lexicon is a word or a few in a row. A word is found as itself, with an ending (*patientkontraktet*), and from four
letters on as the beginning or the end of a compound (*distansmonitorering*). What is left over of a compound has at least two
letters before and three after, so that *tunga* is not about *unga* and *föräldrar* not about *äldre* (learning.md, "Overlap").
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samband.core.letters import fold

ENDINGS = (
    "s", "n", "t", "r", "en", "et", "ns", "ts", "ens", "ets", "na", "nas", "ar", "er", "or", "a", "e", "as", "es", "ars", "ers",
    "ors", "arna", "erna", "orna", "arnas", "ernas", "ornas", "an", "ans", "ad", "at", "ade", "are", "ande", "iga",
)  # fmt: skip
COMPOUND_FROM = 4
TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Span:
    """A found place: from `start` to before `end` in the text as it was written."""

    start: int
    end: int


def lines_of(words: str) -> list[str]:
    """The lexicon's lines, folded; empty and repeated ones away, in order."""
    return list(dict.fromkeys(line for line in (fold(line) for line in words.splitlines()) if line))


@dataclass(frozen=True)
class Word:
    """One folded word: `core` stands in every form of it, so that the pattern is asked of few tokens."""

    core: str
    pattern: re.Pattern[str]

    def matches(self, token: str) -> bool:
        return self.core in token and self.pattern.fullmatch(token) is not None


def _word(word: str) -> Word:
    """A pattern for a whole folded token."""
    end = f"(?:{'|'.join(sorted(ENDINGS, key=len, reverse=True))})?"
    ways = [re.escape(word) + end]
    if len(word) >= COMPOUND_FROM:
        whole = re.escape(word)
        ways += [rf"\w{{2,}}{whole}{end}", rf"{whole}\w{{3,}}", rf"\w{{2,}}{whole}\w{{3,}}"]
        if word[-1] in "ae":  # hälsa, hälsan, hälsor; hälsocentral
            stem = re.escape(word[:-1])
            ways += [rf"{stem}{end}", rf"{stem}[oue]\w{{3,}}"]
    return Word(word[:-1] if len(word) >= COMPOUND_FROM else word, re.compile("|".join(ways)))


class Lexicon:
    """The lines of one theme, ready to look with. Keeps what it has learnt of each token."""

    def __init__(self, lines: Sequence[str]):
        self.lines = list(lines)
        self.phrases = [[_word(word) for word in line.split()] for line in self.lines]
        self.known: dict[str, frozenset[tuple[int, int]]] = {}

    def places(self, token: str) -> frozenset[tuple[int, int]]:
        """(line, place in the line) of every word of the lexicon that the folded token is."""
        if token not in self.known:
            self.known[token] = frozenset(
                (number, at)
                for number, phrase in enumerate(self.phrases)
                for at, word in enumerate(phrase)
                if word.matches(token)
            )
        return self.known[token]

    def hits(self, tokens: Sequence[str]) -> list[tuple[int, int, int]]:
        """(line, first token, one past the last) of every hit in a row of folded tokens."""
        found = []
        for at, token in enumerate(tokens):
            for number, place in self.places(token):
                size = len(self.phrases[number])
                rest = tokens[at + 1 : at + size]
                whole = place == 0 and len(rest) == size - 1
                if whole and all((number, n) in self.places(word) for n, word in enumerate(rest, start=1)):
                    found.append((number, at, at + size))
        return found

    def about(self, tokens: Sequence[str]) -> bool:
        return bool(self.hits(tokens))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(fold(text).split())


def _placed(text: str) -> list[tuple[str, Span]]:
    """Each folded word with where it stands in the text as it was written."""
    return [
        (word, Span(found.start(), found.end())) for found in TOKEN.finditer(text) for word in fold(found[0]).split()
    ]


def pieces(text: str, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """The text cut into pieces, each with whether it was found: for marking."""
    placed = _placed(text)
    marked = sorted(
        (placed[first][1].start, placed[past - 1][1].end)
        for _line, first, past in lexicon.hits([word for word, _ in placed])
    )
    out: list[tuple[str, bool]] = []
    at = 0
    for start, end in marked:
        if end <= at:
            continue
        start = max(start, at)
        out += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*out, (text[at:], False)] if piece[0]]


def forms(texts: Iterable[Sequence[str]], lexicon: Lexicon) -> list[tuple[str, int, list[str]]]:
    """For each line: in how many texts it is found, and as which words, the commonest first."""
    counts = [0] * len(lexicon.lines)
    seen: list[dict[str, int]] = [{} for _ in lexicon.lines]
    for text in texts:
        hits = lexicon.hits(text)
        for number in {number for number, _first, _past in hits}:
            counts[number] += 1
        for number, first, past in hits:
            form = " ".join(text[first:past])
            seen[number][form] = seen[number].get(form, 0) + 1
    return [
        (line, counts[n], sorted(seen[n], key=lambda form: (-seen[n][form], form)))
        for n, line in enumerate(lexicon.lines)
    ]
