"""What a deck and a card may hold; files out and in again; what differs. Without a database."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samband.core.decision import Actor
from samband.dialogue.rules import access, deckfiles
from samband.dialogue.rules.cards import (
    BACK,
    CATEGORY,
    FRONT,
    LANGUAGES,
    PROMPT,
    PROMPTS,
    CardData,
    DeckData,
    card_problems,
    deck_problems,
    languages,
    line,
    missing,
    said,
    tidy,
)  # fmt: skip
from samband.dialogue.rules.changes import compare, differing
from samband.dialogue.rules.written import from_map, to_map
from tests.dialogue.deck_worlds import CARDS, DATA

GOOD = CARDS[0]


def codes(card):
    return [(problem.code, problem.field) for problem in card_problems(card)]


@pytest.mark.parametrize("who", ["leader", "administrator", "nurse"])
def test_who_keeps_what(who):
    actor = Actor(kind="staff", role=who, unit_id=1, unit_ids=frozenset({1}))
    assert bool(access.keep_decks(actor, None)) is (who != "nurse")
    assert access.keep_decks(actor, 1)
    assert bool(access.keep_decks(actor, 2)) is (who != "nurse")
    assert not access.read_decks(replace(actor, kind="person"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"key": "Åäö"}, [("key", "key")]),
        ({"key": "x" * 41}, [("key", "key")]),
        ({"kind": "joker"}, [("kind", "kind")]),
        ({"category": ""}, [("empty", "category")]),
        ({"category": "x" * (CATEGORY + 1)}, [("long", "category")]),
        ({"minutes": 0}, [("minutes", "minutes")]),
        ({"minutes": 121}, [("minutes", "minutes")]),
        ({"texts": {}}, [("empty", "front_sv")]),
        ({"texts": {"xx": said("Hej")}}, [("language", "xx")]),
        ({"texts": {"sv": said("", ["Vem?"])}}, [("empty", "front_sv")]),
        ({"texts": {"sv": said("x" * 10_000)}}, [("long", "front_sv")]),
        ({"texts": {"sv": said("x" * FRONT, ["y" * PROMPT] * PROMPTS, "z" * BACK)}}, []),
        ({"texts": {"sv": said("x", ["y"] * (PROMPTS + 1))}}, [("many", "prompts_sv")]),
        ({"texts": {"sv": said("x", ["y" * (PROMPT + 1)])}}, [("long", "prompts_sv")]),
        ({"texts": {"sv": said("x", [], "z" * (BACK + 1))}}, [("long", "back_sv")]),
        ({"kind": "blank", "texts": {}}, []),
        ({"texts": {code: said("Hej") for code in list(LANGUAGES)[:7]}}, [("languages", "texts")]),
    ],
)
def test_what_a_card_may_hold(change, expected):
    assert codes(replace(GOOD, **change)) == expected


def test_a_deck_needs_a_name_and_keys_of_their_own():
    assert [p.code for p in deck_problems(DeckData({}, (), (GOOD, GOOD)))] == ["empty", "twice"]
    assert deck_problems(DATA) == []


def test_what_a_language_lacks():
    assert missing(CARDS[1], "en") == ["front"]
    assert missing(GOOD, "en") == []
    assert missing(replace(GOOD, texts={**GOOD.texts, "en": said("What?")}), "en") == ["prompts"]
    assert missing(CARDS[2], "fi") == ["front", "back"]
    assert languages(CARDS) == ["sv", "en"]


def test_texts_are_tidied():
    assert tidy(" a\r\nb\x00\x07\rc\t ") == "a\nb\nc"
    assert line(" a \n b ") == "a b"
    assert said("x", ["", " a ", None])["prompts"] == ["a"]


def test_changes_card_by_card():
    edited = replace(GOOD, minutes=15, texts={**GOOD.texts, "sv": said("Vad gör vi nu?", ["Vem?", "När?"])})
    new = replace(DATA, cards=(CARDS[2], edited, replace(CARDS[1], key="ny")))
    found = [(c.kind, c.card.key) for c in compare(DATA, new)]
    assert found == [("changed", "ett"), ("new", "ny"), ("gone", "tva"), ("gone", "tom"), ("moved", "tre")]
    assert differing(GOOD, edited) == (("minutes", 10, 15), ("front_sv", "Vad gör vi?", "Vad gör vi nu?"))
    assert compare(DATA, DATA) == []


def test_json_goes_round():
    assert from_map(to_map(DATA)) == (DATA, [])
    assert deckfiles.read(deckfiles.to_json(DATA).encode()) == (DATA, [])


def test_csv_goes_round_with_its_categories():
    data, wrong = deckfiles.read(deckfiles.to_csv(DATA).encode(), "Provlek")
    assert wrong == []
    assert (data.cards, data.categories) == (DATA.cards, DATA.categories)
    assert data.names["sv"]["name"] == "Provlek"


word = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=30)
bits = st.lists(
    st.one_of(word, st.sampled_from(["=1+1", "'=A1", "''-x", "@sum", "+46", "\ta", '; "', "a\nb", "\u00a0=2", "-"])),
    max_size=4,
)
sides = st.builds(lambda front, prompts, back: said("".join(front), prompts, "".join(back)), bits, bits, bits)


def spoken_for(texts):
    return {code: side for code, side in texts.items() if any(side.values())}


cards = st.builds(
    lambda kind, prior, minutes, texts: CardData("k", "=Kategori", kind, prior, minutes, spoken_for(texts)),
    st.sampled_from(["question", "story", "blank"]),
    st.booleans(),
    st.integers(1, 120),
    st.dictionaries(st.sampled_from(["sv", "en", "ar"]), sides),
)


@given(st.lists(cards, min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_cards_go_round_in_both_files(found):
    deck = DeckData(
        {"sv": {"name": "Lek", "about": ""}},
        ({"sv": "=Kategori"},),
        tuple(replace(c, key=f"k{n}") for n, c in enumerate(found)),
    )
    text = deckfiles.to_csv(deck)
    assert deckfiles.from_csv(text.removeprefix("\ufeff"), "Lek")[0] == deck
    assert deckfiles.from_json(deckfiles.to_json(deck))[0] == deck


@given(st.text(max_size=20))
def test_no_cell_is_run_and_every_cell_comes_back(text):
    cell = deckfiles.guarded(text)
    assert not cell.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert deckfiles.bare(cell) == text


HEAD = "nyckel;slag;kategori;förkunskaper;minuter;framsida_sv\n"


@pytest.mark.parametrize(
    ("row", "where", "code"),
    [
        ("a;joker;K;;10;Hej", "2", "kind"),
        ("a;fråga;K;kanske;10;Hej", "2", "flag"),
        ("a;fråga;K;;tio;Hej", "2", "minutes"),
        ("a;fråga;K;;0;Hej", "2", "minutes"),
        ("a;fråga;;;10;Hej", "2", "empty"),
        ("a;fråga;K;;10;", "2", "empty"),
        ("A B;fråga;K;;10;Hej", "2", "key"),
        ("a;fråga;K;;10;Hej\n\na;fråga;K;;10;Hej", "4", "twice"),
        ("a;fråga;K;;10;" + "x" * 10_000, "2", "long"),
        ("a;fråga;K;;10;Hej;mer", "2", "width"),
    ],
)
def test_a_csv_is_told_row_by_row(row, where, code):
    _data, wrong = deckfiles.read((HEAD + row).encode())
    assert (where, code) in [(problem.where, problem.code) for problem in wrong]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("nyckel;kategori;framsida_xx", "heads"),
        ("kategori;framsida_sv", "heads"),
        ("nyckel;kategori;framsida_sv;framsida_xx", "language"),
        ("nyckel;kategori;framsida_sv;färg", "column"),
        ("nyckel;kategori;framsida_sv;framsida", "column_twice"),
    ],
)
def test_headings(head, code):
    content = f"{head}\na;K;Hej;x".encode()
    if code == "heads":
        with pytest.raises(deckfiles.BadFile, match="heads"):
            deckfiles.read(content)
    else:
        assert [problem.code for problem in deckfiles.read(content)[1]] == [code]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_letters_and_marks(encoding, mark):
    text = HEAD.replace(";", mark) + mark.join(["a", "fråga", "Vård", "ja", "", "Åka hem?"])
    data, wrong = deckfiles.read(text.encode(encoding))
    assert wrong == []
    assert (data.cards[0].category, data.cards[0].texts["sv"]["front"], data.cards[0].minutes) == (
        "Vård",
        "Åka hem?",
        10,
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b"  \n", "empty"), (HEAD.encode(), "empty"), (b"a\x00b", "letters"), (b"x" * 1_000_001, "big"),
        (b"{", "json"), (b"[" * 100_000, "json"), (HEAD.encode() + b'a;"b', "quotes"),
        ((HEAD + "a;fråga;K;;10;Hej\n" * 1001).encode(), "many"),
        (json.dumps({"format": "samband-deck/1", "cards": []}).encode(), "empty"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read(content, code):
    with pytest.raises(deckfiles.BadFile) as refused:
        deckfiles.read(content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "shape"), ({"cards": 3}, "shape"), ({"format": "other/2", "cards": []}, "format"),
        ({"cards": ["x"]}, "shape"), ({"cards": [{"key": "a", "category": "K", "xx": {"front": "Hej"}}]}, "unknown"),
        ({"cards": [{"key": "a", "category": "K", "sv": "Hej"}]}, "side"),
        ({"cards": [{"key": "a", "sv": {"front": "x", "colour": 1}}]}, "side"),
        ({"cards": [{"key": "a", "minutes": "tio"}]}, "minutes"), ({"cards": [{"key": "a", "prior": "ja"}]}, "flag"),
        ({"zz": {}, "cards": []}, "unknown"),
    ],
)  # fmt: skip
def test_json_of_another_shape(data, code):
    assert code in [problem.code for problem in from_map(data)[1]]


def test_a_file_is_the_same_whatever_order_the_database_keeps():
    """PostgreSQL's JSON has no order of keys of its own."""
    turned = replace(DATA, cards=tuple(replace(c, texts=dict(reversed(c.texts.items()))) for c in DATA.cards))
    assert deckfiles.to_json(turned) == deckfiles.to_json(DATA)
    assert deckfiles.to_csv(turned) == deckfiles.to_csv(DATA)
