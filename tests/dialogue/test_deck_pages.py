"""The pages of decks: who may, what they show, what a refused form keeps; bounded queries."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samband.dialogue.models import Card, Deck
from samband.dialogue.rules import deckfiles
from samband.dialogue.services import decks, decks_paper, decks_values
from tests.dialogue.deck_worlds import DATA, deck, with_leader

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"dialogue:{name}", args=args)


def text(answer):
    return answer.content.decode()


@pytest.fixture
def leader(world):
    return with_leader(world).client("leader")


def test_staff_reads_and_nobody_else(world):
    found = deck()
    for name, args in (("home", []), ("decks", []), ("deck", [found.public_id]), ("deck_print", [found.public_id])):
        assert world.client("stranger").get(url(name, *args)).status_code == 200
        assert world.client("self").get(url(name, *args)).status_code in (403, 404)
        assert world.client("anonymous").get(url(name, *args)).status_code == 302
    assert world.client("alice").post(url("deck_draft", found.public_id)).status_code == 404
    assert 'href="/dialogue/"' in text(world.client("alice").get(url("decks")))


def test_the_home_shows_only_ways_that_lead_somewhere(world):
    page = text(world.client("alice").get(url("home")))
    assert "Kortlekar" in page
    assert 'href=""' not in page


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"q": "hemmonit"}, True), ({"q": "åke"}, True), ({"q": "ake"}, False), ({"q": "provl"}, True), ({"category": "Vardag"}, True),
        ({"category": "Vardag", "language": "en", "prior": "1"}, False), ({"language": "fi"}, False), ({"prior": "1"}, True),
        ({"q": "%_'\""}, True),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(world, asked, there):
    deck()
    page = text(world.client("alice").post(url("decks"), asked))
    assert ("Ingen kortlek passar" not in page) is there
    assert ("följer med Samband" in page) is there


def test_the_list_asks_few_questions(world, django_assert_max_num_queries):
    for number in range(12):
        deck(f"lek-{number}")
    client, found = world.client("alice"), deck()
    client.get(url("decks"))
    with django_assert_max_num_queries(20):
        client.get(url("decks"))
    with django_assert_max_num_queries(16):
        client.get(url("deck", found.public_id))


def test_a_draft_that_nobody_published_is_shown_to_its_unit(world):
    made = deck("egen", unit=world.units["nursing"], published=False)
    assert "bara utkast" in text(world.client("alice").get(url("decks")))
    assert "bara utkast" not in text(world.client("stranger").get(url("decks")))
    assert world.client("stranger").get(url("deck", made.public_id)).status_code == 404
    assert world.client("alice").get(url("deck", made.public_id)).status_code == 302


def test_a_deck_in_two_languages_tells_what_is_missing(world):
    found = deck()
    client = world.client("alice")
    page = text(client.get(url("deck", found.public_id) + "?language=en"))
    assert "What do we do?" in page
    assert "Ett kort är inte helt skrivet på engelska" in page
    assert "<details" in page
    narrowed = text(client.post(url("deck", found.public_id), {"q": "hemmon", "language": "sv"}))
    assert "1 av 4 kort" in narrowed


def test_a_card_is_written_refused_and_kept(leader):
    found = deck()
    assert leader.post(url("deck_draft", found.public_id)).status_code == 302
    draft = decks.draft(found)
    data = {
        "lock": draft.lock,
        "kind": "question",
        "category": "Nytt ämne",
        "minutes": "10",
        "front_sv": "x" * 1000,
        "front_en": "Kept words",
    }
    refused = leader.post(url("deck_card_new", found.public_id), data)
    assert refused.status_code == 422
    assert "Texten är 1000 tecken lång. Det får plats 900." in text(refused)
    assert "Kept words" in text(refused)
    assert draft.cards.count() == 4
    ok = leader.post(
        url("deck_card_new", found.public_id), {**data, "front_sv": "=Hej", "prompts_sv": "Vem?\r\n\r\nNär?"}
    )
    assert ok.status_code == 302
    card = draft.cards.get(category="Nytt ämne")
    assert card.texts["sv"] == {"front": "=Hej", "prompts": ["Vem?", "När?"], "back": ""}
    stale = leader.post(url("deck_card", found.public_id, card.key), {**data, "front_sv": "Senare", "lock": 1})
    assert stale.status_code == 422
    assert "Någon annan har sparat" in text(stale)
    assert "Senare" in text(stale)


def test_strike_undo_publish_and_the_differences(leader):
    found = deck()
    leader.post(url("deck_draft", found.public_id))
    draft = decks.draft(found)
    do = url("deck_do", found.public_id)
    assert leader.post(do, {"act": "out:ett", "lock": 1}).status_code == 302
    page = text(leader.get(url("deck_draft", found.public_id)))
    assert f"{do}?act=back:ett" in page
    assert "Strukna kort" in page
    leader.post(f"{do}?act=back:ett")
    assert not Card.objects.filter(struck_at__isnull=False).exists()
    assert leader.post(do, {"act": "out:tva", "lock": 1}).status_code == 422
    draft.refresh_from_db()
    leader.post(do, {"act": "out:tva", "lock": draft.lock})
    assert leader.post(do, {"act": "publish", "lock": draft.lock + 1, "note": ""}).status_code == 422
    assert leader.post(do, {"act": "publish", "lock": draft.lock + 1, "note": "Utan två"}).status_code == 302
    page = text(leader.get(url("deck", found.public_id)))
    assert "Borttaget" in page
    assert "Utan två" in page
    assert "en äldre" in text(leader.get(url("deck_version", found.public_id, 1)))
    assert leader.post(do, {"act": "up:ett", "lock": 1}).status_code == 404


def test_copy_words_retire_discard(leader):
    found = deck()
    assert leader.post(url("deck_copy", found.public_id)).status_code == 302
    own = Deck.objects.exclude(pk=found.pk).get()
    words = url("deck_words", own.public_id)
    assert "Vardag" in text(leader.get(words))
    data = {
        "lock": 1, "name_sv": "Vår lek", "about_sv": "", "name_en": "", "about_en": "", "more": "fi",
        "place_0": 2, "was_0": "Vardag", "category_0_sv": "Vardagen", "category_0_en": "Everyday",
        "place_1": 1, "was_1": "Personer", "category_1_sv": "Personer",
    }  # fmt: skip
    assert leader.post(words, {**data, "name_sv": ""}).status_code == 422
    assert leader.post(words, data).status_code == 302
    draft = decks.draft(own)
    assert [row["sv"] for row in draft.words["categories"]] == ["Personer", "Vardagen"]
    assert "suomi" not in text(leader.get(words)).split("<select")[1]
    leader.post(url("deck_do", own.public_id), {"act": "discard", "lock": draft.lock})
    assert not Deck.objects.filter(pk=own.pk).exists()
    leader.post(url("deck_retire", found.public_id), {"on": "1"})
    assert (
        "Ingen kortlek vilar" in text(leader.get(url("decks")))
        or "Provlek" not in text(leader.get(url("decks"))).split('<ul class="rows"')[1]
    )
    leader.post(url("deck_retire", found.public_id) + "?on=0")
    assert Deck.objects.get(pk=found.pk).retired_at is None


def upload(content, name="lek.csv"):
    return SimpleUploadedFile(name, content)


def test_a_file_is_tried_and_then_read_in(leader):
    address = url("deck_import")
    assert leader.post(address, {}).status_code == 422
    assert "kortlek" in text(leader.post(address, {"file": upload(b"nyckel;kategori;framsida_sv\n")})).lower()
    wrong = leader.post(address, {"file": upload(b"nyckel;kategori;framsida_sv\nA B;K;Hej\n")})
    assert wrong.status_code == 422
    assert "ingen nyckel" in text(wrong)
    assert leader.post(address, {"file": upload(b"%PDF-1.7 x")}).status_code == 422
    tried = leader.post(address, {"file": upload(deckfiles.to_csv(DATA).encode(), "Min lek.csv")})
    assert tried.status_code == 200
    assert not Deck.objects.exists()
    kept = tried.context["kept"]
    made = leader.post(address, {"kept": kept, "name": "Min lek", "commit": "1"})
    assert made.status_code == 302
    assert decks_values.of(Deck.objects.get().versions.get()).cards == DATA.cards
    assert leader.post(address, {"kept": "inte bas64!", "commit": "1"}).status_code == 422


def test_a_file_into_the_draft_and_out_again(leader):
    found = deck()
    leader.post(url("deck_draft", found.public_id))
    address = url("deck_import_into", found.public_id)
    out = leader.get(url("deck_export", found.public_id, "csv"))
    assert out["Content-Type"] == "text/csv; charset=utf-8"
    changed = out.content.decode().replace("Vad gör vi?", "Vad gör vi nu?")
    tried = leader.post(address, {"file": upload(changed.encode())})
    assert "En sak blir annorlunda" in text(tried)
    assert leader.post(address, {"kept": tried.context["kept"], "commit": "1", "lock": 7}).status_code == 422
    assert leader.post(address, {"kept": tried.context["kept"], "commit": "1", "lock": 1}).status_code == 302
    assert decks.draft(found).cards.get(key="ett").front() == "Vad gör vi nu?"
    whole = json.loads(leader.get(url("deck_export", found.public_id, "json") + "?draft=1").content)
    assert whole["cards"][0]["sv"]["front"] == "Vad gör vi nu?"
    assert leader.get(url("deck_export", found.public_id, "xml")).status_code == 404


def test_cards_on_paper(world):
    import pikepdf

    found = deck()
    client = world.client("alice")
    assert "Sex kort på varje A4" in text(client.get(url("deck_print", found.public_id)))
    assert client.get(url("deck_pdf", found.public_id) + "?card=ingen").status_code == 422
    answer = client.get(url("deck_pdf", found.public_id) + "?language=en&category=Personer")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 4  # two of instructions, a sheet with its back
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
    every = decks_paper.pdf(found.versions.get(), decks_values.standing(found.versions.get()), "sv")
    assert every.startswith(b"%PDF")
