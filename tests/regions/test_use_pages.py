"""The pages of the regions: who may, what stands there, bad input, undo, a bounded number of queries."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samband.regions.models import Body, Document, Goal, Indicator, IndicatorValue, Statement, Theme
from samband.regions.services import shipped
from tests.regions import worlds

pytestmark = pytest.mark.django_db
READ = ("regions", "compare", "themes", "goals", "indicators", "export")


@pytest.fixture
def leader(world):
    worlds.leader(world)
    worlds.regions()
    return world.client("leader")


def url(name, *args):
    return reverse(f"regions:{name}", args=args)


def read(client, name, *args, query="", status=200):
    answer = client.get(url(name, *args) + query)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def test_all_staff_read_and_only_those_who_keep_the_material_edit(world, leader):
    nurse, person = world.client("alice"), world.client("self")
    theme, measure, row = worlds.theme(), worlds.indicator(), worlds.statement()
    for name in READ:
        assert nurse.get(url(name)).status_code == 200, name
        assert person.get(url(name)).status_code == 403, name
        assert world.client("anonymous").get(url(name)).status_code == 302, name
    for name, args in (
        ("theme_new", ()), ("theme_edit", (theme.public_id,)), ("indicator_new", ()), ("indicator_edit", (measure.public_id,)),
        ("indicator_file", (measure.public_id,)), ("said_edit", ("statement", row.public_id)), ("said_add", ("10", "body")),
        ("municipalities", ("10",)),
    ):  # fmt: skip
        assert nurse.get(url(name, *args)).status_code in (403, 404), name
        assert leader.get(url(name, *args)).status_code == 200, name
        assert world.client("administrator").get(url(name, *args)).status_code == 200, name
    for client in (nurse, world.client("teacher")):
        assert "Ändra" not in read(client, "region", "10").split("<main")[1]


def test_the_map_and_the_list_tell_missing_from_nought(leader):
    worlds.theme("Palliativ", "palliativ")
    page = read(leader, "regions", query="?theme=palliativ")
    assert page.count("Region Norrbotten, saknas i källan") == 1
    assert page.count("0, Region Blekinge") == 1
    assert 'role="group"' in page
    assert "<desc" in page


def test_the_list_is_filtered_and_sorted(leader):
    worlds.theme()
    assert "1 av 21" in read(leader, "regions", query="?q=blek")
    assert "1 av 21" in read(leader, "regions", query="?only=goal")
    assert "Ingen region passar" in read(leader, "regions", query="?q=zzz")
    page = read(leader, "regions", query="?sort=documents&order=down")
    body = page[page.index("<tbody") :]
    assert body.index("Region Blekinge") < body.index("Region Dalarna")
    for strange in ("?sort=x&order=y&only=z&theme=%00", "?theme=" + "a" * 5000, "?q=%3Cscript%3E"):
        assert "<script>" not in read(leader, "regions", query=strange).split("<main")[1]


def test_a_profile_shows_source_lines_corrections_and_gaps(leader):
    page = read(leader, "region", "10")
    assert "rad 6" in page
    assert "Stratgi för nära vård" in page
    assert "31 augusti 2020" in page
    assert "Saknas i källan" in read(leader, "region", "25")
    assert "Inget är läst om den här regionen" in read(leader, "region", "01")
    assert leader.get("/regions/99/").status_code == 404
    assert leader.get("/regions/1/").status_code == 404


def test_an_edit_asks_why_keeps_the_old_and_is_undone(leader):
    row = worlds.statement()
    target = url("said_edit", "statement", row.public_id)
    data = {
        "section": row.section,
        "form": row.form,
        "heading": "",
        "text": "Hemmonitorering för alla.",
        "parties": "",
        "status": "",
    }
    refused = leader.post(target, data)
    assert refused.status_code == 422
    assert "Hemmonitorering för alla." in refused.content.decode()
    done = leader.post(
        target, data | {"reason": "Nytt beslut", "source": "Regionplan", "as_of": "2024-01-02"}, follow=True
    )
    new = Statement.objects.get(text="Hemmonitorering för alla.")
    assert (new.source.name, new.said_by, new.replaces) == ("Regionplan", "Leader Test", row)
    assert url("said_undo", "statement", new.public_id) in done.content.decode()
    history = read(leader, "said_history", "statement", new.public_id)
    assert history.index("Nytt beslut") < history.index("Hemmonitorering prövas hos fler.")
    leader.post(url("said_undo", "statement", new.public_id))
    assert Statement.objects.filter(ended_at=None, text=row.text).count() == 1
    assert leader.get(target)["Location"] == url("said_history", "statement", row.public_id)


def test_two_who_edit_the_same_row_lose_nothing(leader):
    row = worlds.statement()
    target = url("said_edit", "statement", row.public_id)
    data = {"section": row.section, "form": row.form, "heading": "", "parties": "", "status": "", "reason": "Beslut"}
    leader.post(target, data | {"text": "Den förstas."})
    second = leader.post(target, data | {"text": "Den andras."})
    page = second.content.decode()
    assert second.status_code == 422
    assert "har ändrat uppgiften under tiden" in page
    assert "Den andras." in page
    assert "Den förstas." in page
    now = Statement.objects.get(text="Den förstas.")
    assert url("said_edit", "statement", now.public_id) in page
    assert not Statement.objects.filter(text="Den andras.").exists()


def test_struck_asks_why_and_comes_back(leader):
    row = worlds.statement()
    strike = url("said_strike", "statement", row.public_id)
    assert leader.post(strike, {"reason": ""}).status_code == 422
    assert leader.post(strike, {"reason": "x"}).status_code == 422
    leader.post(strike, {"reason": "Lades ner"})
    row.refresh_from_db()
    assert row.ended_at is not None
    assert leader.post(strike, {"reason": "Lades ner"}).status_code == 302
    leader.post(url("said_undo", "statement", row.public_id))
    assert Statement.objects.filter(ended_at=None, text=row.text).count() == 1


@pytest.mark.parametrize(
    ("kind", "model", "data", "wrong"),
    [
        ("body", Body, {"name": "Chefsrådet", "level": "tjänstemän"}, {"name": ""}),
        ("document", Document, {"name": "Plan", "year": "2023"}, {"name": "Plan", "year": "23"}),
        ("goal", Goal, {"year": "2030", "text": "Nära"}, {"year": ""}),
        (
            "statement",
            Statement,
            {"section": "gemensamma", "form": "bullet", "text": "Nytt"},
            {"section": "x", "text": "Nytt"},
        ),
    ],
)
def test_what_is_added_stands_with_who_said_so_and_can_be_undone(leader, kind, model, data, wrong):
    before = model.objects.count()
    target = url("said_add", "10", kind)
    assert leader.post(target, wrong).status_code == 422
    assert leader.post(target, data | {"as_of": "2999-01-01"}).status_code == 422
    assert model.objects.count() == before
    assert leader.post(target, data | {"source": "Regionplan 2024"}).status_code == 302
    new = model.objects.latest("pk")
    assert "Leader Test" in read(leader, "region", "10")
    leader.post(url("said_undo", kind, new.public_id))
    new.refresh_from_db()
    assert new.ended_at is not None


def test_an_imported_row_is_not_undone_by_its_address(leader):
    row = worlds.statement()
    leader.post(url("said_undo", "statement", row.public_id))
    row.refresh_from_db()
    assert row.ended_at is None


def test_an_unknown_kind_of_row_is_not_there(leader):
    assert leader.get(url("said_add", "10", "source")).status_code == 404
    assert leader.get(url("said_edit", "theme", worlds.theme().public_id)).status_code == 404


def test_compare_and_its_file(leader):
    assert "0 regioner valda" in read(leader, "compare")
    page = read(leader, "compare", query="?regions=10&regions=25")
    assert "Saknas i källan" in page
    assert "Patientkontraktet införs." in page
    assert read(leader, "compare", query="?regions=alla&part=bodies").count('<th scope="col">') == 22
    out = read(leader, "compare_file", query="?regions=10,25&part=samverkan")
    assert "saknas i källan" in out


def test_the_heat_map_opens_the_sentences(leader):
    assert "Inga teman än" in read(leader, "themes")
    leader.post(url("themes_shipped"))
    theme = worlds.theme()
    page = read(leader, "themes")
    assert f"{url('theme', theme.public_id)}?region=10" in page
    assert "saknas i källan" in page
    opened = read(leader, "theme", theme.public_id, query="?region=10")
    assert "<mark>Hemmonitorering</mark>" in opened
    assert "Ingen mening nämner temat" in read(leader, "theme", theme.public_id, query="?region=25")


def test_a_theme_s_words_are_tried_before_they_are_saved(leader):
    theme = worlds.theme()
    target = url("theme_edit", theme.public_id)
    looked = leader.post(target, {"act": "look", "name": "Monitorering", "words": "team", "lock": theme.lock})
    assert "Hittar 2 av" in looked.content.decode()
    theme.refresh_from_db()
    assert theme.words == "monitorering"
    assert leader.post(target, {"act": "save", "name": "", "words": "", "lock": theme.lock}).status_code == 422
    assert leader.post(target, {"act": "save", "name": "Team", "words": "team", "lock": theme.lock}).status_code == 302
    late = leader.post(target, {"act": "save", "name": "Mitt", "words": "mitt", "lock": theme.lock})
    assert late.status_code == 422
    assert "Deras ord" in late.content.decode()
    again = leader.post(target, {"act": "save", "name": "Mitt", "words": "mitt", "lock": theme.lock + 1})
    assert again.status_code == 302
    retire = url("theme_retire", theme.public_id)
    assert f"{retire}?on=0" in leader.post(retire, {"on": "1"}, follow=True).content.decode()
    leader.post(retire + "?on=0")
    assert Theme.objects.get(pk=theme.pk).retired_at is None


def test_goals_say_who_has_none(leader):
    page = read(leader, "goals")
    assert "2027" in page
    assert "på lång sikt" in page
    assert "Inget målår i källan" in page


def test_an_indicator_from_nothing_to_a_chart_and_a_file(leader):
    assert leader.post(url("indicator_new"), {"name": "", "unit": ""}).status_code == 422
    leader.post(url("indicator_new"), {"name": "Läkarkontakt", "unit": "procent", "better": "higher", "note": ""})
    measure = Indicator.objects.get()
    assert (
        leader.post(url("indicator_new"), {"name": "Läkarkontakt", "unit": "st", "better": "higher"}).status_code == 422
    )
    target = url("value", measure.public_id)
    assert leader.post(target, {"place": "10", "year": "2020", "value": "=1"}).status_code == 422
    assert leader.post(target, {"place": "99", "year": "2020", "value": "1"}).status_code == 422
    for year, value in (("2020", "12,5"), ("2021", ""), ("2022", "20")):
        page = leader.post(target, {"place": "10", "year": year, "value": value}, follow=True).content.decode()
    assert "<svg" in page
    assert "saknas" in page
    assert "undo=new" in page
    leader.post(f"{target}?undo=new&place=10&year=2022")
    assert IndicatorValue.objects.count() == 2
    leader.post(f"{target}?undo=old&place=10&year=2021&value=7")
    assert IndicatorValue.objects.get(year=2021).value == 7
    out = leader.get(url("indicator_export", measure.public_id)).content.decode()
    assert ";10;Region Blekinge;2020;12.5;" in out
    assert "Läkarkontakt" in read(leader, "indicators")


def test_a_file_of_figures_is_answered_row_by_row_then_read_in(leader):
    target = url("indicator_file", worlds.indicator().public_id)

    def send(text, name="a.csv"):
        return leader.post(target, {"file": SimpleUploadedFile(name, text), "source": "Rapport"})

    assert leader.post(target, {}).status_code == 422
    assert send(b"%PDF-1.7").status_code in (415, 422)
    wrong = send("kod;år;värde\n99;2020;<b>\n".encode())
    assert wrong.status_code == 422
    assert "En kod för en region" in wrong.content.decode()
    assert "Läs in filen" not in wrong.content.decode()
    good = "kod;år;värde\n10;2020;1\n25;2020;\n"
    assert "Läs in filen" in send(good.encode()).content.decode()
    assert IndicatorValue.objects.count() == 0
    leader.post(target, {"commit": "1", "text": good, "source": "Rapport"})
    assert set(IndicatorValue.objects.values_list("source__name", flat=True)) == {"Rapport"}


def test_municipalities_are_kept_on_their_page(leader):
    target = url("municipalities", "10")
    wrong = leader.post(target, {"lines": "0180 Stockholm"})
    assert wrong.status_code == 422
    assert "börjar med 10" in wrong.content.decode()
    leader.post(target, {"lines": "1080 Karlskrona"})
    assert "Karlskrona" in read(leader, "region", "10")
    leader.post(url("municipality_remove", worlds.town().public_id), follow=True)
    assert "Karlskrona" not in read(leader, "region", "10")


def test_files_of_everything(leader):
    body = json.loads(read(leader, "export"))
    assert {row["code"] for row in body["regions"]} >= {"10", "25"}
    out = read(leader, "export_table", "statements")
    assert out.startswith("\ufeffcode;region;section")
    assert leader.get(url("export_table", "users")).status_code == 404


def test_the_pages_ask_a_bounded_number_of_queries(leader, django_assert_max_num_queries):
    shipped.load()
    for name, args, most in (
        ("regions", (), 20), ("themes", (), 18), ("goals", (), 14), ("indicators", (), 12), ("region", ("10",), 22),
    ):  # fmt: skip
        leader.get(url(name, *args))
        with django_assert_max_num_queries(most):
            leader.get(url(name, *args))
    with django_assert_max_num_queries(20):
        leader.get(url("compare") + "?regions=alla")
