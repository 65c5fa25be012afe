"""Who speaks of the same: the rule by small cases and on the labelled pairs; the page."""

import json

import pytest
from django.urls import reverse

from samband.core.letters import fold
from samband.regions.models import Statement
from samband.regions.rules import matching
from samband.regions.rules.alike import Texts, shared, words_of
from samband.regions.services import alike, editing, shipped
from tests.regions import worlds as ours
from tests.shared import shared_file

TEXTS = {
    "a1": ("A", "Hemmonitorering av hjärtsvikt"),
    "b1": ("B", "Distansmonitorering för kroniskt sjuka"),
    "b2": ("B", "Mobila team för de äldre"),
    "c1": ("C", "Ett mobilt team startas i kommunen"),
    "c2": ("C", "Kompetensförsörjning och bemanning"),
}


@pytest.fixture
def texts() -> Texts:
    return Texts(list(TEXTS), [text for _group, text in TEXTS.values()], [group for group, _text in TEXTS.values()])


@pytest.mark.parametrize(
    ("asked", "group", "first"), [("a1", "A", "b1"), ("b1", "B", "a1"), ("b2", "B", "c1"), ("c1", "C", "b2")]
)
def test_the_nearest_of_others(texts, asked, group, first):
    found = texts.alike(TEXTS[asked][1], group)
    assert found[0].key == first
    assert all(TEXTS[one.key][0] != group for one in found)


def test_the_same_words_are_nearest_and_nothing_in_common_is_not_there(texts):
    assert texts.alike("Mobila team för de äldre")[0].score == pytest.approx(3 / 4)
    assert texts.alike("xyz") == texts.alike("") == texts.alike("och i av") == []
    assert Texts([], [], []).alike("vård") == []


def test_a_theme_joins_what_has_different_names():
    rows = ["Läkarbil på natten", "Mobila team", "Bemanning och hyrpersonal"]
    about = lambda text: ["mobil"] if "bil" in text else []  # noqa: E731
    assert Texts([1, 2, 3], rows, "abc").alike(rows[0], "a") == []
    assert [one.key for one in Texts([1, 2, 3], rows, "abc", about).alike(rows[0], "a")] == [2]


def test_of_the_words_in_common_the_rare_ones_are_told():
    rows = ["Region och sömn", *(f"Region nummer {number}" for number in range(40))]
    assert Texts(range(41), rows, range(41)).alike("Regionens sömn")[0].shared == ("sömn",)


def test_the_words_in_common():
    assert shared(words_of("Mobila teamet"), "Ett mobilt äldreteam") == ("mobilt", "äldreteam")
    assert shared(words_of("vård"), "värd och värme") == ()


def test_on_pairs_labelled_by_hand():
    """Without themes learning.md had an area of about 0.83; the words of the themes that come with Samband add to it."""
    gold = json.loads(shared_file("gold/overlap_pairs.json").read_text())
    rows = gold["initiatives"]
    at = {row["id"]: number for number, row in enumerate(rows)}
    themes = [(row["slug"], matching.Lexicon([fold(word) for word in row["words"]])) for row in shipped.read()]

    def about(text):
        words = matching.tokens(text)
        return [slug for slug, lexicon in themes if lexicon.about(words)]

    texts = Texts([row["id"] for row in rows], [row["text"] for row in rows], [row["region"] for row in rows], about)
    scores = [(pair["same_theme"], texts.scores(rows[at[pair["a"]]]["text"])[at[pair["b"]]]) for pair in gold["pairs"]]
    same = [score for is_same, score in scores if is_same]
    others = [score for is_same, score in scores if not is_same]
    area = sum((one > other) + (one == other) / 2 for one in same for other in others) / len(same) / len(others)
    assert area >= 0.9
    near = 0
    for pair in gold["pairs"]:
        if pair["same_theme"]:
            for one, other in ((pair["a"], pair["b"]), (pair["b"], pair["a"])):
                row = rows[at[one]]
                near += other in [found.key for found in texts.alike(row["text"], row["region"], 5)]
    assert near >= 43


def test_the_page_proposes_other_regions_with_words_in_common(world, django_assert_max_num_queries):
    row = ours.statement()
    client = world.client("alice")
    url = reverse("regions:alike", args=[row.public_id])
    client.get(url)
    with django_assert_max_num_queries(20):
        page = client.get(url).content.decode()
    assert row.region.name in page
    assert "Ett mobilt team" not in page


def test_what_is_changed_is_held_against_as_it_reads_now(world):
    ours.leader(world)
    actor = world.actor("leader")
    ours.regions()
    row = Statement.objects.get(text="Ett mobilt team startas.")
    assert next(one.statement.pk for one in alike.from_text(actor, "mobilt team")) == row.pk
    new = editing.edit(row, {"text": "En mottagning för sömn."}, actor, "Skrevs fel")
    assert row.pk not in [one.statement.pk for one in alike.from_text(actor, "mobilt team")]
    assert [one.statement.pk for one in alike.from_text(actor, "sömnmottagning")] == [new.pk]


@pytest.mark.parametrize("text", ["", "   ", "<script>alert(1)</script>", "x" * 10_000, "\x00", "😀"])
def test_an_idea_of_ones_own(world, text):
    ours.regions()
    answer = world.client("alice").get(reverse("regions:alike_own"), {"text": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("who", ["self", "husband"])
def test_for_staff_alone(world, who):
    row = ours.statement()
    for url in (
        reverse("regions:alike", args=[row.public_id]),
        reverse("regions:alike_own"),
        reverse("regions:search"),
    ):
        assert world.client(who).get(url).status_code in (403, 404)
