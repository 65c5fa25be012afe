"""What stands on the printed cards: everything that is written, however long, and each back behind its front."""

import re
import shutil
import subprocess

import pytest

from samband.dialogue.models import Deck, DeckVersion
from samband.dialogue.rules.cards import BACK, FRONT, PROMPT, PROMPTS, CardData, card_problems, said
from samband.dialogue.services import decks_paper, decks_values

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def printed(cards, tmp_path, first=1):
    """The pages' texts, as pdftotext lays them out."""
    names = {"sv": {"name": "Provlek", "about": ""}}
    version = DeckVersion(deck=Deck(name="Provlek"), number=1, words={"names": names, "categories": []})
    rows = [decks_values.row(version, card, n) for n, card in enumerate(cards)]
    file = tmp_path / "cards.pdf"
    file.write_bytes(decks_paper.pdf(version, rows, "sv"))
    out = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True).stdout
    return out.split("\f")[first - 1 : -1]


def numbered(prefix, count, size):
    """A text of `count` words that are all different, cut at `size` characters."""
    return " ".join(f"{prefix}{n:03d}." if n % 9 == 8 else f"{prefix}{n:03d}" for n in range(count))[:size].rsplit(
        " ", 1
    )[0]


@needs_poppler
def test_the_longest_card_is_printed_whole(tmp_path):
    texts = said(
        numbered("f", 300, FRONT), [numbered(f"p{n}x", 60, PROMPT) for n in range(PROMPTS)], numbered("b", 90, BACK)
    )
    card = CardData(
        "lang", "En mycket lång kategori om samverkan mellan huvudmän och andra", "story", True, 120, {"sv": texts}
    )
    assert list(card_problems(card)) == []
    pages = printed([card], tmp_path, first=3)
    wanted = re.findall(r"[a-z]\d*x?\d{3}", " ".join([texts["front"], *texts["prompts"]]))
    there = re.findall(r"[a-z]\d*x?\d{3}", pages[0])
    assert sorted(there) == sorted(wanted)
    assert "fortsätter på nästa kort" in pages[0]
    assert set(re.findall(r"b\d{3}", texts["back"])) <= set(re.findall(r"b\d{3}", pages[1]))


@needs_poppler
def test_a_text_without_a_blank_is_printed_whole(tmp_path):
    card = CardData("w", "K", texts={"sv": said("W" * FRONT, ["M" * PROMPT] * PROMPTS)})
    pages = "".join(printed([card], tmp_path, first=3))
    assert (pages.count("W"), pages.count("M")) == (FRONT, PROMPT * PROMPTS)


@needs_poppler
def test_each_back_lies_behind_its_front(tmp_path):
    """Turned on the long edge, left and right change places and up stays up."""
    cards = [CardData(f"k{n}", "K", "story", texts={"sv": said(f"Fram{n}", [], f"Bak{n}")}) for n in range(8)]
    pages = printed(cards, tmp_path, first=3)
    assert len(pages) == 4
    fronts = [re.findall(r"Fram(\d)", line) for line in pages[0].splitlines() if "Fram" in line]
    backs = [re.findall(r"Bak(\d)", line) for line in pages[1].splitlines() if "Bak" in line]
    assert fronts == [["0", "1"], ["2", "3"], ["4", "5"]]
    assert backs == [["1", "0"], ["3", "2"], ["5", "4"]]


def test_pieces_say_what_the_text_said():
    text = "En mening. " * 40 + "\n\n" + "x" * 700
    found = list(decks_paper.pieces(text))
    assert max(len(piece["text"]) for piece in found) <= decks_paper.PIECE
    assert "".join(p["text"] for p in found).replace("\u200b", "").replace(" ", "") == text.replace(" ", "").replace(
        "\n", ""
    )
    assert sum(piece["starts"] for piece in found) == 2
