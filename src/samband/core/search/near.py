"""A word that stands nowhere: which of ours was meant? Pure.

Counted as one slip each: a letter too many, one missing, another one, two that changed places.
"""

from collections.abc import Mapping

from samband.core.search.stems import stem

SHORTEST, LONG = 5, 8


def slips_allowed(word: str) -> int:
    """None in a short word or a number (there another word is another thing), one, and two in a long word."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= LONG else 1


def slips(one: str, other: str, most: int) -> int:
    """How many slips lie between two words; `most` + 1 when more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, here in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != here))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == here:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def nearest(word: str, candidates: Mapping[str, str], many: int = 5) -> list[str]:
    """Of words with their stems, those within the slips allowed (a form's ending is none), nearest first.

    Of equals: that begins alike, ends alike, is shortest, then by letters.
    """
    most = slips_allowed(word)
    root, letters = stem(word), set(word)
    found = []
    for other, its_root in candidates.items():
        if len(letters - set(other)) > most:
            continue
        far = slips(word, other, most)
        if far and len(root) >= SHORTEST:
            far = min(far, slips(root, its_root, most))
        if 0 < far <= most:
            found.append((far, other[0] != word[0], other[-1] != word[-1], len(other), other))
    return [row[-1] for row in sorted(found)[:many]]
