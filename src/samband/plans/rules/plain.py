"""Plain language: how hard a text is to read, and what might be said more simply. Help, never a bar. Pure.

LIX (Björnsson 1968): words in a sentence on average, plus the share of words longer than six letters in per cent.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WORDS = Path(__file__).resolve().parents[1] / "data" / "plain_words.csv"
LONG, VERY_LONG = 6, 16  # letters: what LIX calls long; a compound that is better divided in two
FEW = 15  # words: below this LIX says nothing
STEPS = ((30, "very_easy"), (40, "easy"), (50, "medium"), (60, "hard"))
WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*")
# An abbreviation's dot ends no sentence; nor does the dot of 14.10.
SHORT = {"t.ex", "bl.a", "m.m", "d.v.s", "s.k", "ca", "kl", "tel", "nr", "jfr", "resp", "dvs", "bl", "t", "ev", "fr.o.m",
         "t.o.m", "dr", "e.g", "i.e"}  # fmt: skip
END = re.compile(r"[.!?…؟۔]+[”\"')\]]*(?=\s|$)")


@dataclass(frozen=True)
class Hint:
    """A word that might be said more simply. `instead` is empty for one that is only long."""

    word: str
    instead: str = ""


@dataclass(frozen=True)
class Reading:
    """How a text reads. `lix` is None where the text is too short to say."""

    words: int
    sentences: int
    lix: int | None
    level: str
    hints: tuple[Hint, ...]
    longest: int  # words in the longest sentence


def sentences(text: str) -> list[str]:
    """The sentences of a text, each line break an end too. Nothing is left out or changed but the space around."""
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for end in END.finditer(line):
            before = line[start : end.start()].rsplit(None, 1)
            if end.group() == "." and before and before[-1].casefold().strip("(") in SHORT:
                continue
            found.append(line[start : end.end()].strip())
            start = end.end()
        found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def lix(text: str) -> int | None:
    """`LIX`, rounded; None for a text too short to say anything about."""
    words = WORD.findall(text)
    ends = len([s for s in sentences(text) if WORD.search(s)])
    if len(words) < FEW or not ends:
        return None
    long = sum(len(word) > LONG for word in words)
    return round(len(words) / ends + 100 * long / len(words))


def read(text: str, most: int = 5) -> Reading:
    """Everything that can be said to the one who writes."""
    words, told = WORD.findall(text), lix(text)
    parts = sentences(text)
    longest = max((len(WORD.findall(part)) for part in parts), default=0)
    return Reading(len(words), len(parts), told, level(told), tuple(_hints(text, words))[:most], longest)


def level(value: int | None) -> str:
    """`very_easy`, `easy`, `medium`, `hard`, `very_hard`, or `short`."""
    if value is None:
        return "short"
    return next((name for limit, name in STEPS if value < limit), "very_hard")


def _hints(text: str, words: list[str]) -> Iterator[Hint]:
    """Words of the list in the order they stand, then compounds that are long; each once."""
    folded, seen = f" {' '.join(w.casefold() for w in words)} ", set()
    found = [
        (folded.index(f" {word} "), Hint(word, plain)) for word, plain in simpler().items() if f" {word} " in folded
    ]
    for _place, hint in sorted(found, key=lambda pair: pair[0]):
        seen.add(hint.word)
        yield hint
    for word in words:
        key = word.casefold()
        if len(word) >= VERY_LONG and key not in seen:
            seen.add(key)
            yield Hint(word)


@lru_cache(maxsize=1)
def simpler() -> dict[str, str]:
    """The word list: what is hard to read, and what may be said instead."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["instead"] for row in csv.DictReader(file)}
