"""The shipped sheet is in words of our own: no six words in a row are the source's (part 1 of issue 7)."""

import re

from samband.dialogue.services import sheets_shipped
from tests.shared import shared_file

SOURCE = shared_file("seeds/002_477b7173d09c5e73.txt")


def shingles(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + length]) for n in range(len(words) - length + 1)}


def test_no_six_words_in_a_row_are_the_sources():
    theirs = shingles(SOURCE.read_text(encoding="utf-8"))
    assert len(theirs) > 200
    for file in sheets_shipped.FOLDER.glob("*.yaml"):
        assert not shingles(file.read_text(encoding="utf-8")) & theirs
