"""The deck that comes with the product: whole in two languages, its own words, and loaded once."""

import re

import pytest
from django.core.management import call_command

from samband.dialogue.models import Card, Deck
from samband.dialogue.rules.cards import deck_problems, missing
from samband.dialogue.services import shipped
from tests.shared import shared_file

DECK = shipped.read(shipped.FOLDER / "nara-vard.yaml")
SOURCE = "seeds/004_086c3e0ef8012713.txt"
WORDS = 6
# Everybody's question in person-centred care, on the back of the stories: five words, and no more.
COMMON = {("vad", "är", "viktigt", "för", "dig")}


def runs(text, words=WORDS):
    """Every run of so many words."""
    found = re.findall(r"\w+", text.lower())
    return {tuple(found[i : i + words]) for i in range(len(found) - words + 1)}


def sentences():
    """Every text of the deck, with the card it stands on."""
    for card in DECK.cards:
        for texts in card.texts.values():
            for text in (texts["front"], texts["back"], *texts["prompts"]):
                yield card.key, text


def test_the_deck_holds_what_it_should():
    kinds = [card.kind for card in DECK.cards]
    assert [kinds.count(kind) for kind in ("question", "story", "blank")] == [45, 17, 1]
    assert len(DECK.categories) == 6
    assert {row["sv"] for row in DECK.categories} == {card.category for card in DECK.cards}
    assert any(card.prior for card in DECK.cards)
    assert deck_problems(DECK) == []


def test_every_card_is_whole_in_swedish_and_english():
    assert [(card.key, code) for card in DECK.cards for code in ("sv", "en") if missing(card, code)] == []
    assert all(row.get("en") for row in DECK.categories)
    assert set(DECK.names) == {"sv", "en"}


def test_no_card_shares_six_words_in_a_row_with_the_source():
    source = shared_file(SOURCE).read_text(encoding="utf-8")
    taken, near = runs(source), runs(source, 5) - COMMON
    assert [(key, text) for key, text in sentences() if runs(text) & taken] == []
    assert [(key, text) for key, text in sentences() if runs(text, 5) & near] == []


def test_no_card_says_the_same_words_as_a_sentence_of_the_source():
    """Nearly equal: more than six in ten words in common, in any order."""
    source = shared_file(SOURCE).read_text(encoding="utf-8")
    theirs = [set(re.findall(r"\w+", row.lower())) for row in re.split(r"[.?!]|\n\n", source)]
    close = []
    for key, text in sentences():
        for sentence in re.split(r"[.?!]", text):
            ours = set(re.findall(r"\w+", sentence.lower()))
            if len(ours) > 5:
                close += [(key, sentence) for other in theirs if len(ours & other) / len(ours | other) > 0.6]
    assert close == []


def test_no_region_and_no_name_of_the_source():
    source = shared_file(SOURCE).read_text(encoding="utf-8")
    named = set(re.findall(r"(?m)^(?:VAD ÄR VIKTIGT FÖR DIG (\w+))", source))
    ours = " ".join(text for _key, text in sentences())
    assert not [name for name in named if re.search(rf"\b{name}\b", ours, re.IGNORECASE)]
    assert "västman" not in ours.lower()


@pytest.mark.django_db
def test_loading_twice_adds_once(django_assert_max_num_queries, capsys):
    with django_assert_max_num_queries(12):
        call_command("decks", "load")
    assert "1 added" in capsys.readouterr().out
    assert Card.objects.count() == 63
    Deck.objects.update(name="Vårt namn")
    assert shipped.load() == 0
    assert Deck.objects.get().name == "Vårt namn"
    version = Deck.objects.get().versions.get()
    assert (version.name("en"), version.category("Det stora hela", "en")) == (
        "Close care in everyday work",
        "The bigger picture",
    )
