"""The search page of the regions, and that the index follows what is written."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from samband.core.models import SearchEntry
from samband.core.policy import Denied
from samband.regions.models import Body, Statement
from samband.regions.services import editing, finding
from tests.regions import worlds as ours


@pytest.fixture
def reader(world):
    ours.regions()
    ours.theme("Monitorering", "hemmonitorering\ndistansmonitorering")
    finding.rebuild()
    return world.client("alice")


def page(client, **asked) -> str:
    return client.get(reverse("regions:search"), asked).content.decode()


def test_asked_for_nothing_it_offers_themes(reader):
    assert "?q=Monitorering" in page(reader)


def test_a_hit_has_its_region_sentence_and_line(reader):
    text = page(reader, q="patientkontrakt")
    assert "<mark>Patientkontraktet</mark>" in text
    assert "Blekinge" in text
    assert "rad " in text


def test_words_for_the_same_and_my_own_alone(reader):
    assert "<mark>Distansmonitorering</mark>" in page(reader, q="hemmonitorering")
    assert "Distansmonitorering" not in page(reader, q="hemmonitorering", only="1")


@pytest.mark.parametrize(
    ("narrowed", "there", "not_there"),
    [
        ({"region": "25"}, "mobilt</mark> <mark>team", "Mobila"),
        ({"section": "prioriterade"}, "Mobila", "Ett <mark>mobilt"),
        ({"section": "nonsense", "region": "'; --", "theme": "none"}, "Mobila", "nothing at all"),
    ],
)
def test_narrowed(reader, narrowed, there, not_there):
    text = page(reader, q="mobilt team", **narrowed)
    assert there in text
    assert not_there not in text


def test_narrowed_to_a_theme(reader):
    ours.theme("Team", "team")
    text = page(reader, q="äldre fler", theme="team")
    assert "äldre" in text
    assert "Hemmonitorering" not in text


def test_nothing_found_says_so_and_how_to_go_on(reader):
    text = page(reader, q="rymdkapsel", region="10")
    assert "Inget hittades" in text
    assert 'href="?q=rymdkapsel"' in text


def test_a_slip_is_told(reader):
    assert "Visar det närmaste ordet" in page(reader, q="patientkotraktet")


@pytest.mark.parametrize("q", ["<b>x</b>", "x" * 10_000, "\x00", "%", "' OR 1=1 --", "och"])
@pytest.mark.parametrize("number", ["0", "-1", "99999999999", "abc", "²"])
def test_odd_questions_are_answered(reader, q, number):
    answer = reader.get(reverse("regions:search"), {"q": q, "page": number})
    assert answer.status_code == 200
    assert "<b>x</b>" not in answer.content.decode()


def test_pages(reader):
    region = ours.regions()["10"]
    for number in range(45):
        ours.say(
            region, Statement, 100 + number, section="gemensamma", form="bullet", text=f"Skolsköterska nummer {number}."
        )
    finding.rebuild()
    first, last = page(reader, q="skolsköterska"), page(reader, q="skolsköterska", page="3")
    assert "45 träffar" in first
    assert first.count('regions-hit"') == 20
    assert last.count('regions-hit"') == 5


def test_few_queries(reader, django_assert_max_num_queries):
    page(reader, q="vård")
    with django_assert_max_num_queries(26):
        page(reader, q="vård monitorering team hälsa")


def test_the_index_follows_edits(world):
    ours.leader(world)
    actor = world.actor("leader")
    region = ours.regions()["10"]
    finding.rebuild()
    total = lambda q: finding.find(actor, q).total  # noqa: E731
    body = editing.add(Body, region, {"name": "Sömnrådet", "level": "politisk"}, actor, "Saknades")
    assert total("sömnråd") == 1
    new = editing.edit(body, {"name": "Vilorådet"}, actor, "Nytt namn i beslutet")
    assert (total("sömnråd"), total("viloråd")) == (0, 1)
    editing.end(new, actor, "Lades ner 2023")
    assert total("viloråd") == 0
    editing.restore(new, actor, "Fel att ta bort")
    assert total("viloråd") == 1


def test_refused_nothing_is_indexed(world):
    actor = world.actor("alice")
    before = SearchEntry.objects.count()
    with pytest.raises(Denied):
        editing.add(Body, ours.regions()["10"], {"name": "Sömnrådet"}, actor, "Saknades")
    assert SearchEntry.objects.count() == before


def test_the_command_makes_it_anew(reader, capsys):
    SearchEntry.objects.all().delete()
    call_command("regions", "reindex")
    assert int(capsys.readouterr().out.split()[0]) == SearchEntry.objects.count() > 0
