"""Two texts word by word: what was taken away and what came, and how two edits of one text are put together. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\W_]+(?:[-’'.:][^\W_]+)*|.", re.DOTALL)
SENTENCES = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\s|$)|[.!?]+(?=\S)[^.!?\n]*)*\s*|\n", re.DOTALL)
FEW = 800  # words: two stretches longer than this are shown whole instead of woven
MANY = 300  # sentences
AROUND = 60  # characters of what did not change that stand around a change


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `same`, `del` (was there before) or `ins` (is new). `cut` marks where unchanged text is left out."""

    op: str
    text: str


def differ(before: str, after: str) -> tuple[Piece, ...]:
    """The way from one text to the other, in sentences first and in words where a sentence was rewritten.

    >>> [(p.op, p.text) for p in differ("Gå ut en gång.", "Gå ut två gånger.")]
    [('same', 'Gå ut '), ('del', 'en gång'), ('ins', 'två gånger'), ('same', '.')]
    """
    found: list[Piece] = []
    one, other = _sentences(before), _sentences(after)
    # Where a text repeats itself hundreds of times, the exact comparison would take its square.
    matcher = SequenceMatcher(None, one, other, autojunk=len(one) > MANY)
    for op, a, b, c, d in matcher.get_opcodes():
        old, new = "".join(one[a:b]), "".join(other[c:d])
        if op == "equal":
            found.append(Piece("same", old))
        else:
            found += _woven(old, new)
    return tuple(_joined(found))


def _sentences(text: str) -> list[str]:
    return [piece for piece in SENTENCES.findall(text) if piece]


def _woven(old: str, new: str) -> list[Piece]:
    """Word by word; what stands between two changed words, if it is only a blank, belongs to the change."""
    one, other = WORDS.findall(old), WORDS.findall(new)
    if max(len(one), len(other)) > FEW:
        return [Piece("del", old), Piece("ins", new)]
    found: list[Piece] = []
    for op, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        was, becomes = "".join(one[a:b]), "".join(other[c:d])
        if op == "equal":
            found.append(Piece("same", was))
        else:
            found += [Piece("del", was), Piece("ins", becomes)]
    return _without_gaps(found)


def _without_gaps(pieces: list[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        between = 0 < place < len(pieces) - 1 and piece.op == "same" and not piece.text.strip()
        if between:
            found += [Piece("del", piece.text), Piece("ins", piece.text)]
        else:
            found.append(piece)
    return found


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one kind as one; in a change what was there before stands first."""
    found: list[Piece] = []
    old = new = ""

    def close() -> None:
        nonlocal old, new
        found.extend(piece for piece in (Piece("del", old), Piece("ins", new)) if piece.text)
        old = new = ""

    for piece in pieces:
        if piece.op == "del":
            old += piece.text
        elif piece.op == "ins":
            new += piece.text
        elif piece.text:
            if old or new:
                close()
            if found and found[-1].op == "same":
                found[-1] = Piece("same", found[-1].text + piece.text)
            else:
                found.append(piece)
    close()
    return found


def shortened(pieces: tuple[Piece, ...], around: int = AROUND) -> tuple[Piece, ...]:
    """Long unchanged stretches cut to what stands around the changes; `cut` pieces stand where something is left out."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        first, last = place == 0, place == len(pieces) - 1
        if piece.op != "same" or len(piece.text) <= (around if first or last else 2 * around):
            found.append(piece)
            continue
        if not first:
            found.append(Piece("same", piece.text[:around].rsplit(None, 1)[0] + " "))
        found.append(Piece("cut", " … "))
        if not last:
            found.append(Piece("same", piece.text[-around:].split(None, 1)[-1]))
    return tuple(found)


def together(base: str, mine: str, theirs: str) -> str | None:
    """Both edits of one text in one, where they touch different words; None where they touch the same.

    >>> together("Gå ut varje dag.", "Gå ut varje dag. Ring Anna.", "Promenera ut varje dag.")
    'Promenera ut varje dag. Ring Anna.'
    """
    words = WORDS.findall(base)
    if max(len(words), len(mine) // 3, len(theirs) // 3) > 4 * FEW:
        return None
    edits = sorted([*_edits(words, mine), *_edits(words, theirs)])
    found, place = [], 0
    for number, (start, end, new) in enumerate(edits):
        if number and edits[number - 1] == (start, end, new):
            continue
        # Two that begin at the same place, or one within the other, cannot both be right.
        if start < place or (number and start == edits[number - 1][0]):
            return None
        found += [*words[place:start], new]
        place = end
    return "".join([*found, *words[place:]])


def _edits(words: list[str], text: str) -> list[tuple[int, int, str]]:
    other = WORDS.findall(text)
    codes = SequenceMatcher(None, words, other, autojunk=False).get_opcodes()
    return [(a, b, "".join(other[c:d])) for op, a, b, c, d in codes if op != "equal"]
