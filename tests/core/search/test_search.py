"""What is found, in which order, for whom. Invented texts; the table of queries is docs/search.md's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samband.core import search
from samband.core.models import SearchEntry, SearchPosting
from samband.core.search import Doc

pytestmark = pytest.mark.django_db

TEXTS = {
    1: ("Hemmonitorering", "Blodtryck och vikt mäts i hemmet. Sjuksköterskan ringer när värdena ändras."),
    2: ("Distansmonitorering av kroniker", "En pilot som utvärderas."),
    3: ("Vård i livets slutskede", "Palliativa teamet kommer hem, även på natten."),
    4: ("Värd för mötet", "Varje kommun är värd en gång om året."),
    5: ("Hemsjukvård", "Hemsjukvården har ett team för kvällar. Läkaren deltar varje vecka."),
    6: ("Patientkontraktet", "Överenskommelse om vem som gör vad. Fast vårdkontakt ingår."),
    7: ("Samverkan", "Länssamverkan kring vård och omsorg, LSVO, består av socialchefer. Målet är år 2035."),
    8: ("Mobila team", "Mobilt närsjukvårdsteam möter äldre med stora behov. De mobila teamen finns i två kommuner."),
    9: ("E-hälsa", "Digitala vårdmöten, journal via nätet och 1177."),
    10: ("Barn och unga", "Psykisk ohälsa hos barn. Elevhälsan och första linjen samordnas."),
}
OTHER_WORDS = {"hemmonitorering": ["distansmonitorering"], "palliativ": ["livets slutskede"], "ungdomar": ["unga"]}


@pytest.fixture
def texts():
    search.index_many("text", [Doc(key, title, text) for key, (title, text) in TEXTS.items()])


def ids(question, **more):
    return [hit.object_id for hit in search.find(question, ["text"], **more).hits]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("vård", [3]),
        ("VÅRD", [3]),
        ("värd", [4]),
        ("monitorering", [2, 1]),
        ("hemsjukvårdens", [5]),
        ("patientkontrakt", [6]),
        ("LSVO", [7]),
        ("2035", [7]),
        ("1177", [9]),
        ("ehälsa", [9]),
        ("e-hälsa", [9]),
        ("team", [8]),
        ("mobilt team", [8]),
        ("barns hälsa", [10]),
        ("patientkotrakt", [6]),
        ("hemmonitorerng", [1]),
        ("om livets slut", [3]),
    ],
)
def test_what_comes_first(texts, question, first):
    assert ids(question)[: len(first)] == first


@pytest.mark.parametrize("question", ["", "   ", "?!", "xyzzyx", "\x00", "%", "_", "tand", "205", "\\"])
def test_nothing_is_found(texts, question):
    found = search.find(question, ["text"])
    assert (found.total, found.hits) == (0, [])


def test_a_word_beside_its_like_comes_after_the_word_itself(texts):
    order = ids("vård")
    assert order.index(3) < order.index(7) < order.index(5)
    assert 4 not in order


def test_other_words_for_the_same(texts):
    asked = lambda word: OTHER_WORDS.get(word, [])  # noqa: E731
    found = search.find("hemmonitorering", ["text"], synonyms=asked)
    assert [(hit.object_id, hit.how) for hit in found.hits] == [(1, "exact"), (2, "synonym")]
    assert ids("palliativ", synonyms=asked)[:1] == [3]
    assert ids("ungdomar", synonyms=asked) == [10]


def test_a_phrase_for_the_same_is_found_and_marked_whole():
    search.index("text", 1, title="", text="Vård på distans prövas.")
    search.index("text", 2, title="", text="Sjukvård och distansbesök.")
    search.index("text", 3, title="", text="Hemmonitorering, och egenvård.")
    found = search.find("hemmonitorering", ["text"], synonyms=lambda word: ["vård på distans"])
    assert [(hit.object_id, hit.how) for hit in found.hits] == [(3, "exact"), (1, "synonym")]
    assert [text for text, mark in found.hits[0].sentence if mark] == ["Hemmonitorering"]
    assert [text for text, mark in found.hits[1].sentence if mark] == ["Vård", "distans"]


def test_all_words_before_some(texts):
    found = search.find("digitala vårdmöten", ["text"])
    assert found.hits[0].object_id == 9
    assert found.hits[0].every
    both = search.find("team äldre", ["text"])
    assert both.hits[0].object_id == 8
    assert both.complete == 1
    assert both.total >= 3


def test_the_sentence_and_its_marks(texts):
    hit = search.find("läkare", ["text"]).hits[0]
    assert hit.object_id == 5
    assert hit.how == "form"
    assert hit.sentence == [("Läkaren", True), (" deltar varje vecka.", False)]
    assert search.find("hemsjukvård", ["text"]).hits[0].title == [("Hemsjukvård", True)]


def test_a_guess_is_told(texts):
    found = search.find("patientkotraktet", ["text"])
    assert found.instead == {"patientkotraktet": "patientkontraktet"}
    assert found.hits[0].how == "near"
    assert search.find("xyzzyx vård", ["text"]).nothing_like == ["xyzzyx"]


def test_what_is_outside_shows_nowhere(texts):
    few = {"text": SearchEntry.objects.none()}
    assert search.find("vård", ["text"], within=few).total == 0
    from samband.core.models import Heartbeat

    row = Heartbeat.objects.create(name="x", at="2026-01-01T00:00Z")
    search.index("row", row.pk, title="Vård", text="")
    search.index("row", row.pk + 1, title="Vårdcentralen", text="")
    found = search.find("vård", ["row"], within={"row": Heartbeat.objects.all()})
    assert ([hit.object_id for hit in found.hits], found.total) == ([row.pk], 1)
    guess = search.find("vårdcentralne", ["row"], within={"row": Heartbeat.objects.all()})
    assert (guess.total, guess.instead) == (0, {})


def test_kinds_do_not_mix(texts):
    search.index("other", 3, title="Vård", text="")
    assert [hit.kind for hit in search.find("vård", ["other"]).hits] == ["other"]
    assert {hit.kind for hit in search.find("vård", ["other", "text"]).hits} == {"other", "text"}
    assert search.find("vård", []).total == 0


def test_indexed_again_it_reads_as_now(texts):
    search.index("text", 3, title="Omsorg", text="Ny text")
    assert 3 not in ids("slutskede")
    assert ids("omsorg")[0] == 3
    assert SearchEntry.objects.filter(kind="text", object_id=3).count() == 1


def test_taken_out_it_is_gone(texts):
    search.remove("text", [1, 999])
    assert ids("hemmonitorering") == []
    assert not SearchPosting.objects.exclude(entry_id__in=SearchEntry.objects.values("id")).exists()


def test_rebuilt_only_what_is_given_is_there(texts):
    search.index("other", 1, title="Hemmonitorering", text="")
    search.rebuild("text", [Doc(2, "Distansmonitorering", ""), Doc(99, "Monitorering", "")])
    assert sorted(ids("monitorering")) == [2, 99]
    assert search.find("hemmonitorering", ["other"]).total == 1
    search.rebuild("text", [])
    assert SearchEntry.objects.filter(kind="text").count() == 0


def test_stopped_halfway_nothing_is_written(texts, monkeypatch):
    before = (SearchEntry.objects.count(), SearchPosting.objects.count())

    def rows():
        yield Doc(50, "Första", "text")
        raise ValueError("stopped")

    with pytest.raises(ValueError, match="stopped"):
        search.index_many("text", rows())
    assert (SearchEntry.objects.count(), SearchPosting.objects.count()) == before


def test_pages(texts):
    every = ids("vård team")
    assert ids("vård team", limit=2) + ids("vård team", limit=2, offset=2) == every[:4]
    assert search.find("vård", ["text"], offset=99).hits == []


@pytest.mark.parametrize(
    ("question", "most"), [("vård", 4), ("mobila team äldre hälsa digital", 4), ("patientkotraktet", 6), ("", 0)]
)
def test_few_queries(texts, question, most):
    with CaptureQueriesContext(connection) as made:
        search.find(question, ["text"], synonyms=lambda word: OTHER_WORDS.get(word, []))
    assert len(made) <= most


def test_odd_texts_are_kept_and_found():
    search.index("text", 1, title="A\x00B " + "x" * 500, text="é́ 😀 " + "ord " * 20_000)
    assert ids("ord") == [1]
    search.index("text", 2, title="", text="")
    assert ids("ord") == [1]
