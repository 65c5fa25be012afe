"""What a note may hold: length, and what looks as if it pointed at one person. Pure, and only a help: people still read."""

import re

from samband.core.check_digit import luhn

LONGEST = 1000
NAME = 60
NUMBER = re.compile(r"(?<![\d-])(?:18|19|20)?(\d{2})(\d{2})(\d{2})([-+ ]?)(\d{3}[\dA-Z])(?![\dA-Za-z])")
PHONE = re.compile(r"(?<!\d)(?:\+46|0)[ \d()/-]{6,14}\d(?!\d)")
MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}")


def tidy(text: str) -> str:
    """Without signs that cannot be seen, at most two lines' space in a row."""
    seen = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())
    return re.sub(r"\n{3,}", "\n\n", seen.replace("\t", " ")).strip()


def one_line(text: str, most: int = NAME) -> str:
    """A name: one line, no invisible signs, cut at `most`."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:most].strip()


def has_number(text: str) -> bool:
    """Whether it holds what looks like an identity number: a date that may be, and four signs.

    Ten digits in a row may be a telephone number as well: then the check digit decides.
    """
    for found in NUMBER.finditer(text):
        month, day = int(found[2]), int(found[3])
        if not (0 <= month <= 12 and (0 <= day <= 31 or 60 <= day <= 91)):
            continue
        written_out = found[4] or len(found[0]) == 12 or not found[5].isdecimal()
        if written_out or luhn(found[1] + found[2] + found[3] + found[5]):
            return True
    return False


def flags(text: str) -> list[str]:
    """What in it may point at somebody: `phone`, `mail`."""
    found = []
    if PHONE.search(text):
        found.append("phone")
    if MAIL.search(text):
        found.append("mail")
    return found
