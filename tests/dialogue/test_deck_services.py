"""Decks as use cases: made, copied, written under a lock, published for good, read in from files; and refused."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.core.versions import Stale
from samband.dialogue.models import Card, Deck, DeckVersion
from samband.dialogue.rules import deckfiles
from samband.dialogue.rules.cards import DeckData, said
from samband.dialogue.services import decks, decks_cards, decks_files, decks_values
from tests.dialogue.deck_worlds import CARDS, DATA, deck, with_leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(world):
    return with_leader(world).actor("leader")


def test_a_unit_has_a_deck_of_its_own(world, leader):
    alice = world.actor("alice")
    made = decks.copy(alice, deck())
    assert made.deck.name == "Provlek, vår egen"
    assert (made.deck.unit_id, made.number, made.status) == (alice.unit_id, 1, "draft")
    assert decks_values.of(made).cards == DATA.cards
    decks_cards.put(alice, made, replace(CARDS[0], minutes=30), made.lock)
    assert deck().versions.get().cards.get(key="ett").minutes == 10
    for stranger in ("bob", "stranger"):
        with pytest.raises(Denied):
            decks_cards.strike(world.actor(stranger), made, "ett", True, made.lock)
    with pytest.raises(Denied):
        decks.begin(alice, deck())
    assert decks.begin(leader, made.deck) == made
    with pytest.raises(Denied):
        decks.copy(world.actor("self"), deck())


def test_two_at_once_and_only_the_first_is_written(leader):
    draft = decks.begin(leader, deck())
    mine, theirs = DeckVersion.objects.get(pk=draft.pk), DeckVersion.objects.get(pk=draft.pk)
    decks_cards.put(leader, mine, replace(CARDS[0], minutes=30), 1)
    with pytest.raises(Stale):
        decks_cards.put(leader, theirs, replace(CARDS[0], minutes=45), 1)
    assert draft.cards.get(key="ett").minutes == 30


def test_a_card_is_struck_and_brought_back_to_its_place(leader):
    draft = decks.begin(leader, deck())
    decks_cards.strike(leader, draft, "ett", True, draft.lock)
    assert [card.key for card in decks_values.standing(draft)] == ["tva", "tre", "tom"]
    decks_cards.strike(leader, draft, "ett", False, draft.lock)
    assert decks_values.standing(draft)[0].key == "ett"
    decks_cards.move(leader, draft, "tva", -1, draft.lock)
    assert [card.key for card in decks_values.standing(draft)] == ["tva", "ett", "tre", "tom"]
    decks_cards.move(leader, draft, "tva", -1, draft.lock)
    decks_cards.move(leader, draft, "ingen", 1, draft.lock)
    assert [card.key for card in decks_values.standing(draft)] == ["tva", "ett", "tre", "tom"]


def test_what_is_published_never_changes(leader):
    found = deck()
    first = decks_values.of(found.versions.get())
    draft = decks.begin(leader, found)
    with pytest.raises(ValidationError, match="detsamma"):
        decks.publish(leader, draft, "Nytt", draft.lock)
    decks_cards.strike(leader, draft, "tva", True, draft.lock)
    with pytest.raises(ValidationError, match="vad som är nytt"):
        decks.publish(leader, draft, " ", draft.lock)
    decks.publish(leader, draft, "Ett kort mindre", draft.lock)
    assert not Card.objects.filter(version=draft, key="tva").exists()
    assert decks_values.of(found.versions.get(number=1)) == first
    with pytest.raises(Stale):
        decks_cards.put(leader, draft, CARDS[0], draft.lock)
    assert decks.begin(leader, found).number == 3
    assert AuditEvent.objects.filter(action="deck.edit", detail__published=2).exists()


def test_an_empty_deck_is_not_published_and_a_draft_is_thrown_away(leader):
    with pytest.raises(ValidationError, match="namn"):
        decks.create(leader, DeckData())
    made = decks.create(leader, DeckData({"sv": {"name": "Åtta ögon", "about": ""}}))
    assert made.deck.slug == "atta-ogon"
    with pytest.raises(ValidationError, match="inga kort"):
        decks.publish(leader, made, "", made.lock)
    decks.discard(leader, made, made.lock)
    assert not Deck.objects.exists()


def test_a_category_changes_its_name_with_its_cards(leader):
    draft = decks.begin(leader, deck())
    rows = [
        ("Personer", {"sv": "Människor", "en": "People"}),
        ("Vardag", {"sv": "Vardag", "en": "Everyday"}),
        ("", {"sv": "Ny", "en": ""}),
    ]
    names = {"sv": {"name": "Nytt namn", "about": ""}}
    decks.save_words(leader, draft, names, rows, draft.lock, "fi")
    assert {card.category for card in draft.cards.all()} == {"Människor", "Vardag"}
    assert [row["sv"] for row in draft.words["categories"]] == ["Människor", "Vardag", "Ny"]
    assert "fi" in decks_values.codes(draft)
    assert draft.deck.name == "Provlek"  # until it is published
    for bad in ([("Vardag", {"sv": ""})], [("", {"sv": "A"}), ("", {"sv": "A"})], [("", {"sv": "", "en": "New"})]):
        with pytest.raises(ValidationError):
            decks.save_words(leader, draft, names, bad, draft.lock)
    decks.publish(leader, draft, "Namn", draft.lock)
    assert Deck.objects.get().name == "Nytt namn"


def test_a_file_goes_in_whole_or_not_at_all(leader, monkeypatch):
    draft = decks.begin(leader, deck())
    edited = replace(DATA, cards=(replace(CARDS[1], minutes=5), replace(CARDS[0], key="ny", category="Tredje")))
    content = deckfiles.to_csv(edited).encode()
    found = decks_files.trial(content, version=draft)
    assert [(change.kind, change.card.key) for change in found.changes] == [("changed", "tva"), ("new", "ny")]
    assert draft.cards.count() == 4  # only tried
    saved, count = Card.save, []

    def breaks(self, *args, **kwargs):
        count.append(1)
        if len(count) > 2:
            raise RuntimeError("stopped halfway")
        saved(self, *args, **kwargs)

    monkeypatch.setattr(Card, "save", breaks)
    with pytest.raises(RuntimeError):
        decks_files.read_into(leader, draft, found, False, draft.lock)
    monkeypatch.setattr(Card, "save", saved)
    draft = DeckVersion.objects.get(pk=draft.pk)
    assert (draft.lock, draft.cards.count()) == (1, 4)
    decks_files.read_into(leader, draft, found, False, draft.lock)
    assert [card.key for card in decks_values.standing(draft)] == ["ett", "tva", "tre", "tom", "ny"]
    assert [row["sv"] for row in draft.words["categories"]] == ["Vardag", "Personer", "Tredje"]
    whole = decks_files.trial(content, version=draft, whole=True)
    decks_files.read_into(leader, draft, whole, True, draft.lock)
    assert [card.key for card in decks_values.standing(draft)] == ["tva", "ny"]


def test_a_new_deck_from_json_is_the_same_deck(leader):
    content = deckfiles.to_json(DATA).encode()
    made = decks_files.read_new(leader, decks_files.trial(content))
    assert decks_values.of(made) == DATA
    assert deckfiles.to_json(decks_values.of(made)).encode() == content


def test_a_file_with_faults_is_told_and_not_read(leader):
    found = decks_files.trial(b"nyckel;kategori;framsida_sv;minuter\nA;;Hej;tio\n")
    assert [line["where"] for line in found.lines] == ["2", "2", "2"]
    assert "Skriv ett heltal från 1 till 120" in " ".join(line["said"] for line in found.lines)
    with pytest.raises(ValidationError):
        decks_files.read_new(leader, found)
    assert not Deck.objects.exists()


def test_a_card_that_cannot_be_is_told_at_its_field(leader):
    draft = decks.begin(leader, deck())
    with pytest.raises(ValidationError) as refused:
        decks_cards.put(leader, draft, replace(CARDS[0], texts={"sv": said("x" * 10_000)}), draft.lock)
    assert refused.value.message_dict == {"front_sv": ["Texten är 10000 tecken lång. Det får plats 900."]}
    assert draft.lock == 1
