"""Which words are about a theme: a table; and how a count becomes a state that can be drawn."""

import pytest

from samband.regions.rules import goalline, heat, matching, tiles
from samband.regions.rules.known import REGIONS

FOUND = [
    ("patientkontrakt", "Patientkontraktet införs."),
    ("patientkontrakt", "kring patientkontraktens innehåll"),
    ("monitorering", "HEMMONITORERING"),
    ("monitorering", "distansmonitoreringen"),
    ("hälsa", "hälsan"),
    ("hälsa", "hälsocentral"),
    ("hälsa", "folkhälsa"),
    ("vård", "hemsjukvården"),
    ("barn", "barnhälsovård"),
    ("barn", "skolbarnen"),
    ("mobila team", "Med mobila teamet, varje dag"),
    ("psykisk hälsa", "om Psykisk\u00a0hälsa hos unga"),
    ("sip", "SIP-möten"),
    ("rehabilitering", "Rehabiliteringen"),
    ("1177", "via 1177."),
    ("närståend", "närståendes"),
]
NOT_FOUND = [
    ("äldre", "föräldrar och föräldrarnas"),
    ("unga", "en tung tunga"),
    ("vård", "värd, värdet, folkvärde"),
    ("sip", "principer"),
    ("kol", "skolan, kolla"),
    ("mobila team", "mobila och andra team"),
    ("rad", "råd och åtgärder"),
    ("beroende", "oberoende"),
]


@pytest.mark.parametrize(("word", "text"), FOUND)
def test_a_word_is_found_as_itself_inflected_and_in_compounds(word, text):
    assert matching.Lexicon([word]).about(matching.tokens(text))


@pytest.mark.parametrize(("word", "text"), NOT_FOUND)
def test_other_words_are_not(word, text):
    assert not matching.Lexicon([word]).about(matching.tokens(text))


def test_pieces_put_together_are_the_text_and_mark_what_was_found():
    text = "Så: HEMMONITORERING, med Hélènes mobila team (två)!"
    pieces = matching.pieces(text, matching.Lexicon(["monitorering", "mobila team"]))
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, found in pieces if found] == ["HEMMONITORERING", "mobila team"]


def test_lines_are_folded_and_told_once():
    assert matching.lines_of(" Mobila  Team\n\nmobila team\nSIP!") == ["mobila team", "sip"]


def test_forms_count_texts_and_tell_as_what():
    texts = [matching.tokens(t) for t in ("hemmonitorering och hemmonitorering", "monitoreringen", "annat")]
    assert matching.forms(texts, matching.Lexicon(["monitorering", "saknad"])) == [
        ("monitorering", 2, ["hemmonitorering", "monitoreringen"]),
        ("saknad", 0, []),
    ]


@pytest.mark.parametrize(
    ("count", "gaps", "state"),
    [
        (0, False, (0, 0, False)),
        (0, True, (None, 0, False)),
        (1, False, (1, 1, False)),
        (8, True, (8, 4, True)),
        (3, False, (3, 2, False)),
    ],
)
def test_missing_is_not_zero(count, gaps, state):
    cell = heat.cell(count, gaps, 8)
    assert (cell.count, cell.level, cell.partial) == state


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 5, 9, 40])
def test_every_count_has_one_level_and_the_legend_holds_them_all(most):
    spans = heat.bounds(most)
    told = [n for _level, low, high in spans for n in range(low, high + 1)]
    assert told == list(range(1, most + 1))
    assert all(heat.level(n, most) == level for level, low, high in spans for n in (low, high))


def test_a_single_sentence_does_not_shout():
    assert heat.bounds(1) == [(1, 1, 1)]
    assert heat.bounds(3) == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]


def test_every_region_has_a_tile_of_its_own():
    places = [tiles.tile(row.code) for row in REGIONS]
    assert all(places)
    assert len({(place.x, place.y) for place in places}) == 21
    assert all(0 <= p.x <= tiles.WIDTH - tiles.SIZE and 0 <= p.y <= tiles.HEIGHT - tiles.SIZE for p in places)
    apart = [
        (a, b)
        for a in places
        for b in places
        if a.code < b.code and abs(a.x - b.x) < tiles.SIZE and abs(a.y - b.y) < tiles.SIZE
    ]
    assert apart == []
    assert tiles.tile("99") is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2019–2022", (2019, 2022)),
        ("2017-2025", (2017, 2025)),
        ("2020", None),
        ("", None),
        ("2025–2020", None),
        ("från 2019 till 2021", (2019, 2021)),
    ],
)
def test_a_period_has_two_years_in_order(text, years):
    assert goalline.period(text) == years


def test_the_line_keeps_what_lies_outside_at_its_end():
    line = goalline.draw([goalline.Row("10", "A", 2060, 2001, 2022)], 2015, 2035)
    (row,) = line.rows
    assert row["knot"] <= line.width
    assert row["bar"]["x"] >= goalline.NAME
    assert row["bar"]["width"] > 0
