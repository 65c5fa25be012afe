"""A light Swedish stemmer: what a word's forms have in common. Pure.

Own and small rather than snowball's: that one does not join *patientkontraktet* with *patientkontrakt*
(shared/domain/learning.md), and what it answers changes between its versions while our index keeps the answers.

Endings are taken off one at a time until none is left. Whether one is taken depends on the word as it then stands and on
nothing before, so all forms that meet once go on together: *mötena* → *möte* → *möt*, as *möten* and *mötet* do. A stem
need not be a word; it is always the beginning of the word it came from.
"""

from functools import lru_cache

VOWELS = frozenset("aeiouyåäö")
# Roots whose end looks like an ending. Without them *arbete* would be *arb* and *handlingsplan* *handlingspl*.
ROOTS = (
    "arbet", "brukar", "chef", "het", "kompetens", "ledar", "läkar", "lärar", "organ", "plan", "system", "vatten",
)  # fmt: skip
# Ending, how many letters must be left, what the letter before must be ("" for any).
ENDINGS = (
    ("ade", 4, ""), ("na", 4, "re"), ("en", 3, ""), ("et", 3, ""), ("er", 3, ""), ("ar", 3, ""), ("or", 3, ""),
    ("ad", 4, ""), ("at", 4, ""), ("n", 4, "ai"), ("t", 4, "dglmv"), ("e", 3, ""), ("a", 3, ""), ("s", 4, "abdefghijklmnoprtuvyåäö"),
)  # fmt: skip
DOUBLED = ("mm", "nn")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word. Words of three letters and those with digits are their own."""
    if not word.isalpha():
        return word
    while (shorter := _once(word)) != word:
        word = shorter
    return word


def _once(word: str) -> str:
    if len(word) < 4 or word.endswith(ROOTS):
        return word
    if word.endswith(DOUBLED) or word.endswith("skt"):
        return word[:-1]
    for ending, least, before in ENDINGS:
        left = word[: -len(ending)]
        if word.endswith(ending) and len(left) >= least and (not before or left[-1] in before) and VOWELS & set(left):
            return left
    return word
