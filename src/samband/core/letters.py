"""Swedish letters: lower case without accents, with å, ä and ö kept. Pure, so that rules may fold as the search does."""

import unicodedata

KEEP = "åäö"
OTHER = {"æ": "ä", "ø": "ö"}


def fold(text: str) -> str:
    """Lower case without accents, but with å, ä and ö kept: `Hélène Åström` → `helene åström`."""
    out = []
    for char in unicodedata.normalize("NFC", text).casefold():
        if char in KEEP:
            out.append(char)
            continue
        char = OTHER.get(char, char)
        out.append("".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c)))
    return " ".join("".join(c if c.isalnum() else " " for c in "".join(out)).split())
