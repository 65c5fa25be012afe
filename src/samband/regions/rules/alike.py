"""Which texts speak of the same: half by stemmed words, half by the letters inside words. Pure.

Both halves are TF-IDF with cosine; the second counts runs of three to five letters inside words, so that *hemmonitorering*
and *distansmonitorering* meet. Measured on pairs labelled by hand before (shared/domain/learning.md, "Overlap"); more was
tried there and added nothing. Themes that both texts speak of count as words of theirs: they join what has different
names. A text of one or two words is like too much, and counts less. What comes out is proposed to a person with the words
in common, never decided.
"""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from samband.core.search.question import SMALL
from samband.core.search.words import asked, how, plain, stem, tokens

RUNS = range(3, 6)
LEAST = 0.06
# A theme counts as a word that is said twice; of the words in common those are told that at most this part of the texts have.
THEME_COUNTS, COMMON, MOST_SHARED = 2, 0.05, 6
Features = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Likeness:
    """A text that is like the one asked about: 0 (nothing in common) to 1 (the same words). `shared`: its words that are met."""

    key: Hashable
    score: float
    shared: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The folded words that say something, in order, each once."""
    return list(dict.fromkeys(token.word for token in tokens(plain(text)) if token.word not in SMALL))


def stems_of(text: str) -> Iterable[str]:
    return (stem(token.word) for token in tokens(plain(text)) if token.word not in SMALL)


def runs_of(text: str) -> Iterable[str]:
    for token in tokens(plain(text)):
        if token.word not in SMALL:
            for size in RUNS:
                for at in range(len(token.word) - size + 1):
                    yield token.word[at : at + size]


class Half:
    """TF-IDF of texts by one kind of feature, turned inside out so that one text is held against all at once."""

    def __init__(self, features: Features, texts: Sequence[str]):
        self.features = features
        counts = [Counter(features(text)) for text in texts]
        spread = Counter(name for count in counts for name in count)
        self.many = len(texts)
        self.rarity = {name: math.log((1 + self.many) / (1 + found)) + 1 for name, found in spread.items()}
        self.where: dict[str, list[tuple[int, float]]] = {}
        for number, count in enumerate(counts):
            for name, weight in self._vector(count).items():
                self.where.setdefault(name, []).append((number, weight))

    def _vector(self, count: Mapping[str, int]) -> dict[str, float]:
        """Of length 1; what no text has says nothing."""
        vector = {
            name: (1 + math.log(found)) * self.rarity[name] for name, found in count.items() if name in self.rarity
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values()))
        return {name: weight / length for name, weight in vector.items()} if length else {}

    def against(self, text: str) -> list[float]:
        """The cosine with every text."""
        scores = [0.0] * self.many
        for name, weight in self._vector(Counter(self.features(text))).items():
            for number, other in self.where[name]:
                scores[number] += weight * other
        return scores


def no_themes(text: str) -> Iterable[str]:
    """Where no lexicon is given."""
    return ()


class Texts:
    """Texts to be held against others. `groups`: whose each is; what is alike is looked for among the others.

    `themes`: the themes that a text speaks of, as words that stand in no text (the editable lexicon's).
    """

    def __init__(
        self, keys: Sequence[Hashable], texts: Sequence[str], groups: Sequence[Hashable], themes: Features = no_themes
    ):
        self.keys, self.texts, self.groups = keys, texts, groups
        self.halves = (Half(lambda text: [*stems_of(text), *_told(themes(text))], texts), Half(runs_of, texts))
        sizes = (len(set(stems_of(text))) for text in texts)
        self.weights = [size / (size + 1) for size in sizes]
        self.spread = Counter(name for text in texts for name in set(stems_of(text)))

    def scores(self, text: str) -> list[float]:
        by_word, by_run = (half.against(text) for half in self.halves)
        return [(one + other) / 2 * weight for one, other, weight in zip(by_word, by_run, self.weights, strict=True)]

    def alike(self, text: str, group: Hashable | None = None, many: int = 10) -> list[Likeness]:
        """The nearest of other groups than `group`, nearest first; of equals in the order they were given."""
        ranked = sorted(
            (-score, number)
            for number, score in enumerate(self.scores(text))
            if score >= LEAST and (group is None or self.groups[number] != group)
        )
        mine = words_of(text)
        return [
            Likeness(self.keys[number], round(-score, 3), self._telling(shared(mine, self.texts[number])))
            for score, number in ranked[:many]
        ]

    def _telling(self, words: Sequence[str]) -> tuple[str, ...]:
        """Of the words in common those that say something, the rarest; all when all are common."""
        rare = [word for word in words if self.spread[stem(word)] <= max(1, COMMON * len(self.texts))]
        return tuple(sorted(rare or words, key=lambda word: self.spread[stem(word)])[:MOST_SHARED])


def _told(themes: Iterable[str]) -> Iterable[str]:
    return (f"#{theme}" for theme in themes for _ in range(THEME_COUNTS))


def shared(mine: Sequence[str], other: str) -> tuple[str, ...]:
    """The words of `other` that some word of mine finds: the same, another form, or one inside the other."""
    wanted = [asked(word) for word in mine]
    return tuple(
        word
        for word in words_of(other)
        if any(how(word, one) for one in wanted) or any(how(my, asked(word)) for my in mine)
    )
