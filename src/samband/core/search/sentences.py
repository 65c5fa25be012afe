"""The sentence that shows why a text was found, with what was asked for marked. Pure."""

import re
from collections.abc import Sequence

from samband.core.search.words import Asked, closeness, plain, stem, tokens

Pieces = list[tuple[str, bool]]
# Where a sentence ends: at a full stop before a capital or figure ("t.ex. mobila" goes on), or at the end of the line.
END = re.compile(r"(?<=[.!?])\s+(?=[\"”“(]?[A-ZÅÄÖ0-9])|\s*\n\s*")
LONGEST_TEXT, LONGEST = 30_000, 260
BEFORE = 60


def nearness(word: str, wanted: Sequence[Asked]) -> int:
    """How near a folded word is to the nearest of what is asked for, in per cent."""
    root = stem(word)
    return max((closeness(word, root, one) for one in wanted), default=0)


def marked(text: str, wanted: Sequence[Asked]) -> Pieces:
    """The whole text in pieces: (text, whether it is marked)."""
    text = plain(text)
    pieces: Pieces = []
    at = 0
    for token in tokens(text):
        if nearness(token.word, wanted):
            pieces += [(text[at : token.start], False), (text[token.start : token.end], True)]
            at = token.end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def best(text: str, wanted: Sequence[Asked]) -> Pieces:
    """The sentence that has most of what is asked for, the first of equals, cut where it is long."""
    sentences = [part.strip() for part in END.split(plain(text[:LONGEST_TEXT])) if part.strip()]
    if not sentences:
        return []
    return _cut(marked(max(sentences, key=lambda sentence: _worth(sentence, wanted)), wanted))


def _worth(sentence: str, wanted: Sequence[Asked]) -> int:
    words = {token.word for token in tokens(sentence)}
    return sum(max((closeness(word, stem(word), one) for word in words), default=0) for one in wanted)


def _cut(pieces: Pieces) -> Pieces:
    """At most about 260 characters, from a little before the first mark, in whole words."""
    if sum(len(text) for text, _mark in pieces) <= LONGEST:
        return pieces
    out: Pieces = []
    first, mark = pieces[0]
    if not mark and len(first) > BEFORE:
        pieces = [("… " + first[-BEFORE:].partition(" ")[2], False), *pieces[1:]]
    left = LONGEST
    for text, mark in pieces:
        if len(text) > left and not mark:
            return [*out, (text[:left].rpartition(" ")[0] + " …", False)]
        out.append((text, mark))
        left -= len(text)
        if left <= 0:
            return [*out, (" …", False)]
    return out
