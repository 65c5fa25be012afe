"""Plain language: LIX against counts made by hand, hints, sentences; the help beside a field and the page of sentences."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samband.plans.rules import plain


def test_lix_by_hand():
    # 16 words, 2 sentences, 4 of them longer than six letters: 16/2 + 100·4/16 = 33.
    text = "Sjuksköterskan kommer hem till dig i morgon klockan tio. Hon tar blodtrycket och ser på benen."
    assert len(plain.WORD.findall(text)) == 16
    assert plain.lix(text) == 8 + round(100 * sum(len(w) > 6 for w in plain.WORD.findall(text)) / 16)
    assert plain.lix("Kort text.") is None


def test_sentences_keep_abbreviations_and_clocks_whole():
    assert plain.sentences("Ät t.ex. fil. Kom kl. 14.10 på torsdag! Ja?") == [
        "Ät t.ex. fil.",
        "Kom kl. 14.10 på torsdag!",
        "Ja?",
    ]
    assert plain.sentences("En rad\nEn till") == ["En rad", "En till"]


@given(st.text(max_size=300))
def test_no_letter_is_lost(text):
    assert "".join("".join(plain.sentences(text)).split()) == "".join(text.split())
    plain.read(text)


def test_hints_come_from_the_list_and_from_long_words():
    found = plain.read("Patienten har dyspné vid behov. Läkemedelsgenomgångssamordning krävs.")
    assert [(hint.word, bool(hint.instead)) for hint in found.hints] == [
        ("dyspné", True), ("vid behov", True), ("Läkemedelsgenomgångssamordning", False),
    ]  # fmt: skip


def test_the_list_is_sound():
    words = plain.simpler()
    assert len(words) >= 60
    assert all(word == word.casefold() and plain_word and plain_word != word for word, plain_word in words.items())


def test_the_help_beside_a_field(world):
    client = world.client("alice")
    body = client.get(reverse("plans:story", args=[world.person.public_id])).content.decode()
    assert reverse("plans:plain") in body
    answer = client.post(
        reverse("plans:plain"), {"needs": "Hon har dyspné <b>" * 9}, headers={"hx-trigger-name": "needs"}
    )
    assert answer.status_code == 200
    assert "andnöd" in answer.content.decode()
    assert world.client("self").post(reverse("plans:plain"), {"text": "x"}).status_code in (302, 403)


@pytest.mark.parametrize("who", ["self", "husband"])
def test_one_sentence_at_a_time(world, who):
    client, url = world.client(who), reverse("web:my_sentences")
    body = client.get(url).content.decode()
    assert "Jag vill bo kvar hemma." in body
    assert "?n=2" in body
    for number in ("2", "9999", "x", "-1", "²"):
        assert client.get(url, {"n": number}).status_code == 200
    assert client.get(url, headers={"accept-language": "en"}).status_code == 200
