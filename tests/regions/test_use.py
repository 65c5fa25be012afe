"""The services that use what is known: gaps, counts, comparison, themes under their lock, figures, files."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from samband.core import policy
from samband.regions.models import Body, IndicatorValue, Irregularity, Municipality, SectionKey, Statement, Theme
from samband.regions.services import (
    comparing,
    editing,
    exports,
    figures_shown,
    goals,
    indicators,
    municipalities,
    overview,
    profile,
    reading,
    shipped,
    themes,
)  # fmt: skip
from tests.regions import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(world):
    worlds.leader(world)
    worlds.regions()
    return world.actor("leader")


def row_of(rows, code):
    return next(row for row in rows if row.region.code == code)


def test_what_the_source_lacks_is_told_and_is_not_nought(leader):
    rows = overview.rows(leader, worlds.theme("Palliativ", "palliativ"))
    whole, partly, nothing = (row_of(rows, code) for code in ("10", "25", "01"))
    assert (whole.gaps, whole.bodies, whole.joint, whole.cell.count) == ([], 1, 2, 0)
    assert partly.gaps == [SectionKey.PRIORITIES, SectionKey.COLLABORATION]
    assert (partly.bodies, partly.joint, partly.cell.count) == (None, 1, None)
    assert nothing.empty
    assert (nothing.bodies, nothing.joint) == (None, None)


def test_a_picture_s_caption_is_no_priority(leader):
    place = worlds.regions()["25"]
    worlds.say(place, Statement, 40, section="prioriterade", form="text", text="En bild av färdplanen")
    assert SectionKey.PRIORITIES in reading.gaps(leader, [place])[place.pk]
    editing.add(
        Statement, place, {"section": "prioriterade", "form": "bullet", "text": "Mobila team"}, leader, "Ur planen"
    )
    assert SectionKey.PRIORITIES not in reading.gaps(leader, [place])[place.pk]


def test_what_the_importer_noted_as_missing_is_a_gap_until_it_is_struck(leader):
    place = worlds.regions()["10"]
    noted = worlds.say(place, Irregularity, missing="samverkan", text="Saknas")
    assert reading.gaps(leader, [place])[place.pk] == [SectionKey.COLLABORATION]
    editing.end(noted, leader, "Den finns")
    assert reading.gaps(leader, [place])[place.pk] == []


def test_themes_are_counted_by_statement(leader):
    theme = worlds.theme()
    places = worlds.regions()
    assert themes.counts(leader, [theme])[theme.pk] == {places["10"].pk: 2}
    found = themes.sentences(leader, theme)
    assert [piece for piece, hit in found[0]["text"] if hit] == ["Hemmonitorering"]
    assert themes.sentences(leader, theme, places["25"].pk) == []


def test_the_shipped_themes_come_once_and_never_over_an_edit(leader):
    made = shipped.load_for(leader)
    assert made == len(shipped.read()) == Theme.objects.count()
    theme = Theme.objects.get(slug="palliativ")
    themes.save(leader, theme, theme.name, "hospice", theme.lock)
    assert shipped.load() == 0
    assert Theme.objects.get(slug="palliativ").words == "hospice"


def test_every_shipped_theme_has_words_that_can_be_kept():
    for row in shipped.read():
        assert themes.checked(row["name"], "\n".join(row["words"]))[0] == row["name"]
        assert len(row["slug"]) <= 40


def test_two_who_edit_a_theme_do_not_overwrite(leader):
    theme = worlds.theme()
    themes.save(leader, theme, "Monitorering", "monitorering\nmätning", theme.lock)
    with pytest.raises(themes.Stale):
        themes.save(leader, Theme.objects.get(), "Annat", "annat", 1)
    assert Theme.objects.get().words == "monitorering\nmätning"
    themes.retire(leader, Theme.objects.get(), True)
    assert not themes.themes(leader).exists()


@pytest.mark.parametrize(
    ("name", "words", "field"),
    [("", "x", "name"), ("A", " \n", "words"), ("A", "x" * 81, "words"), ("A", "!!", "words")],
)
def test_a_theme_without_a_name_or_words_is_refused(leader, name, words, field):
    with pytest.raises(ValidationError) as refused:
        themes.create(leader, name, words)
    assert field in refused.value.message_dict
    assert Theme.objects.count() == 0


def test_a_nurse_changes_nothing(world, leader):
    nurse, theme, place = world.actor("alice"), worlds.theme(), worlds.regions()["10"]
    for refused in (
        lambda: themes.create(nurse, "A", "a"),
        lambda: themes.save(nurse, theme, "A", "a", 1),
        lambda: shipped.load_for(nurse),
        lambda: indicators.create(nurse, {"name": "A", "unit": "st"}),
        lambda: indicators.put(nurse, worlds.indicator(), "10", 2020, Decimal(1)),
        lambda: indicators.read_in(nurse, worlds.indicator(), "kod;år;värde\n10;2020;1", ""),
        lambda: municipalities.put(nurse, place, "1080 Karlskrona"),
    ):
        with pytest.raises(policy.Denied):
            refused()


def test_an_undone_edit_holds_with_its_own_source(leader):
    old = worlds.statement()
    new = editing.edit(old, {"text": "Hemmonitorering införs."}, leader, "Beslut")
    back = editing.revert(new, leader)
    assert (back.text, back.source, back.as_of, back.line) == (old.text, old.source, old.as_of, old.line)
    assert [row.text for row in editing.history(back)] == [old.text, new.text, old.text]
    with pytest.raises(editing.Changed):
        editing.revert(new, leader)


def test_side_by_side_tells_what_is_missing_and_what_is_not_said(leader):
    chosen = comparing.chosen(leader, ["10,25", "99"])
    assert [place.code for place in chosen] == ["10", "25"]
    rows = {row["key"]: row["cells"] for row in comparing.table(leader, chosen)}
    assert rows["samverkan"][1].missing
    assert rows["bodies"][1].missing
    assert rows["documents"][1] == comparing.Cell([])
    assert rows["goals"][0].items == [("2027: Alla får vård nära.", False)]
    assert len(comparing.chosen(leader, ["alla"])) == 21
    sheet = list(comparing.lines(chosen, comparing.table(leader, chosen, "samverkan")))
    assert sheet[1] == ["Samverkan mellan region och kommuner", "Ett råd möts varje kvartal.", "saknas i källan"]


def test_the_line_of_goals_says_who_has_no_year(leader):
    found = goals.timeline(leader)
    assert [goal.year for goal in found["goals"]] == [2027]
    assert [goal.horizon for goal in found["words"]] == ["på lång sikt"]
    assert len(found["none"]) == 19


def test_a_profile_keeps_points_under_their_own(leader):
    place = worlds.regions()["10"]
    parent = worlds.statement()
    worlds.say(place, Statement, 99, section="prioriterade", form="nested", parent=parent, text="Först i Karlskrona")
    worlds.say(place, Body, 2, name="Chefsgruppen", level="tjänstemän")
    found = profile.profile(leader, place)
    part = next(part for part in found["sections"] if part["key"] == "prioriterade")
    assert [node["row"].text for node in part["tree"][0]["under"]] == ["Först i Karlskrona"]
    assert [level for level, _rows in found["bodies"]] == ["politisk", "tjänstemän"]
    assert found["corrected"] == 1


def test_values_missing_nought_and_never_asked_differ(leader):
    measure = worlds.indicator()
    worlds.town()
    indicators.put(leader, measure, "10", 2020, Decimal(0))
    indicators.put(leader, measure, "10", 2021, None, "Årsrapporten")
    indicators.put(leader, measure, "1080", 2022, Decimal("12.5"))
    _row, before = indicators.put(leader, measure, "10", 2020, Decimal(3))
    assert before == 0
    shown = figures_shown.shown(leader, measure)
    assert shown["years"] == [2020, 2021, 2022]
    assert [[cell["text"] for cell in row["cells"]] for row in shown["table"]] == [
        ["3", "saknas", ""],
        ["", "", "12,5"],
    ]
    assert indicators.remove(leader, measure, "1080", 2022)
    assert not indicators.remove(leader, measure, "1080", 2022)
    with pytest.raises(ValidationError):
        indicators.put(leader, measure, "77", 2020, Decimal(1))


def test_a_chart_breaks_where_a_year_is_missing(leader):
    measure = worlds.indicator()
    for year, value in ((2018, 1), (2019, 2), (2020, None), (2021, 4)):
        indicators.put(leader, measure, "10", year, None if value is None else Decimal(value))
    (row,) = figures_shown.shown(leader, measure)["table"]
    chart = figures_shown.chart(measure, "Region Blekinge", row["values"])
    assert chart["line"].path.count("M") == 2
    assert [cells[1]["text"] for cells in chart["rows"]] == ["1", "2", "saknas", "4"]


def test_a_file_is_tried_first_and_read_whole_or_not_at_all(leader):
    measure = worlds.indicator()
    indicators.put(leader, measure, "10", 2020, Decimal(1))
    text = "kod;år;värde\n10;2020;2\n25;2020;\n10;2021;5\n"
    trial = indicators.tried(measure, text)
    assert (trial.new, trial.changed, trial.same, trial.missing, trial.wrong) == (2, 1, 0, 1, [])
    assert IndicatorValue.objects.count() == 1
    with pytest.raises(ValidationError):
        indicators.read_in(leader, measure, text + "99;2020;1\n", "Rapporten")
    assert IndicatorValue.objects.count() == 1
    indicators.read_in(leader, measure, text, "Rapporten")
    assert indicators.tried(measure, text).same == 3
    out = exports.as_csv(list(exports.values(leader, measure)))
    assert indicators.tried(measure, out.removeprefix("\ufeff")).same == 3


def test_municipalities_come_by_lines_all_or_none(leader):
    place = worlds.regions()["10"]
    with pytest.raises(ValidationError) as refused:
        municipalities.put(leader, place, "1080 Karlskrona\n0180 Stockholm\nKarlshamn")
    assert len(refused.value.message_dict["lines"]) == 2
    assert municipalities.put(leader, place, "1080;Karlskrona\n1081 Ronneby") == (2, 0)
    assert municipalities.put(leader, place, "1081 Ronneby kommun") == (0, 1)
    indicators.put(leader, worlds.indicator(), "1080", 2020, Decimal(1))
    with pytest.raises(ValidationError):
        municipalities.remove(leader, Municipality.objects.get(code="1080"))
    municipalities.remove(leader, Municipality.objects.get(code="1081"))


def test_no_cell_of_a_file_becomes_a_formula_and_each_has_its_source_line(leader):
    place = worlds.regions()["10"]
    editing.add(Body, place, {"name": "=cmd|calc"}, leader, "+skäl")
    out = exports.as_csv(exports.rows_of(leader, "bodies"))
    assert "'=cmd|calc" in out
    assert ";'+skäl" in out
    said = exports.rows_of(leader, "statements")
    assert all(row["line"] and row["source"] == "Provdokumentet" and row["as_of"] == "2020-08-31" for row in said)
    assert set(exports.as_json(leader)) == {"format", *exports.TABLES}
    assert "inget" in exports.as_csv([])


def test_the_services_ask_a_bounded_number_of_queries(leader, django_assert_max_num_queries):
    shipped.load()
    place, every = worlds.regions()["10"], list(Theme.objects.all())
    with django_assert_max_num_queries(8):
        overview.rows(leader, every[0])
    with django_assert_max_num_queries(9):
        profile.profile(leader, place)
    with django_assert_max_num_queries(1):
        themes.counts(leader, every)
    with django_assert_max_num_queries(8):
        comparing.table(leader, comparing.chosen(leader, ["alla"]))
    with django_assert_max_num_queries(14):
        exports.as_json(leader)
