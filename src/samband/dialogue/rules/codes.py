"""The code of a room: eight signs that cannot be taken for each other, read aloud or from a wall. Pure."""

from collections.abc import Callable

# 22 signs without 0 O 1 I L 2 Z 5 S 8 B 6 G and vowels that make words: 22⁸ is 5·10¹⁰, and wrong ones are counted (core.limits).
SIGNS = "CDEFHJKMNPQRTVWXY3479A"
LENGTH = 8


def make(pick: Callable[[str], str]) -> str:
    """A new code; `pick` takes one sign at random, such as `secrets.choice`."""
    return "".join(pick(SIGNS) for _ in range(LENGTH))


def read(text: str) -> str:
    """A code as somebody typed it, without blanks and hyphens, in capitals; empty where it can be none."""
    found = "".join(sign for sign in text[:40].upper() if sign not in " -–.\t")
    return found if len(found) == LENGTH and set(found) <= set(SIGNS) else ""


def shown(code: str) -> str:
    """In two halves, as it is read: `K7MP-3XQT`."""
    return f"{code[:4]}-{code[4:]}"
