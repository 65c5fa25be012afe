"""The invented document, fact by fact; and that no line of any document makes the parser fall."""

import random

import pytest

from samband.regions.rules import as_json, slips
from samband.regions.rules.layout import heading_key
from samband.regions.rules.parse import parse
from samband.regions.rules.reading import Unreadable
from samband.regions.rules.statements import lead
from tests.regions.document import TEXT, WEST


@pytest.fixture(scope="module")
def parsed():
    return parse(TEXT.encode())


def test_day_title_and_places(parsed):
    assert (parsed.title, str(parsed.as_of)) == ("Påhittat om regioner", "2021-03-01")
    rows = TEXT.split("\n")
    for account in parsed.accounts:
        assert rows[account.start - 1] == account.name
        for heading in account.headings:
            assert rows[heading.line - 1] == heading.heading
    assert [a.end for a in parsed.accounts[:-1]] == [a.start - 1 for a in parsed.accounts[1:]]


def test_points_are_counted_by_form(parsed):
    counts = parsed.accounts[0].counts("prioriterade")
    assert (counts.top, counts.nested, counts.numbered, counts.total) == (2, 0, 2, 4)
    assert parsed.accounts[0].counts("inriktning").nested == 1


def test_goal_year_from_the_name_and_the_decision_from_the_next_point(parsed):
    west = parsed.accounts[0]
    assert [(d.name, d.year, d.decided_by, d.role) for d in west.documents] == [
        ("Nära dig 2031", 2019, "regionfullmäktige", "huvuddokument")
    ]
    assert [(g.year, g.joint) for g in west.goals] == [(2031, False)]


def test_what_is_missing_is_told_and_nothing_is_nought(parsed):
    west, north, _other = parsed.accounts
    assert {odd.missing for odd in west.odd if odd.missing} == {"organisation", "samverkan"}
    assert not west.has("samverkan")
    assert "picture" in {odd.code for odd in north.odd}
    assert [goal.year for goal in north.goals] == [2033]


def test_other_headings_and_a_page_heading_in_the_middle(parsed):
    north = parsed.accounts[1]
    assert [heading.key for heading in north.headings] == [
        "organisation",
        "samverkan",
        "inriktning",
        "prioriterade",
        "gemensamma",
    ]
    assert {odd.code for odd in north.odd} >= {"wording", "picture"}


def test_bodies_with_short_name_and_level(parsed):
    assert [(b.name, b.kind, b.level) for b in parsed.accounts[1].bodies] == [
        ("Kaffegruppen för vård (KGV)", "grupp", "tjänstemän"),
        ("styrgrupp för nära vård", "styrgrupp", "gemensam region–kommun"),
    ]


def test_a_slip_is_read_right_and_the_source_kept(parsed):
    row = parsed.accounts[1].of("organisation")[0]
    assert row.text == "Hälso- och sjukvårdsdirektören leder arbetet."
    assert row.original == "Hälsa- och sjukvårdsdirektören leder arbetet."


def test_joint_ventures_have_lead_parties_and_status(parsed):
    row = parsed.accounts[0].of("gemensamma")[0]
    assert (row.heading, row.parties, row.status) == ("Kafé på hjul", "länets kommuner", "startad 2018")


def test_a_line_right_under_a_point_belongs_to_it(parsed):
    row = next(row for row in parsed.accounts[0].said if row.text.startswith("fortsätter"))
    assert row.form == "text"
    assert row.parent == row.line - 1


def test_a_region_that_is_none_of_the_21_is_read_and_told(parsed):
    assert parsed.accounts[2].known is None
    assert as_json.document(parsed)["regions"][2]["county_code_scb"] is None
    assert ("unknown", "Region Påhitt") in {(note.what, note.text) for note in parsed.notes}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Inriktning, målbild och målområden", "inriktning"),
        ("**Inriktning, målbild och målområden**", "inriktning"),
        ("Inriktningsdokument och formella beslut", None),
        ("Politisk organisation", None),
        ("Prioriterade utvecklingsområden 2020:", "prioriterade"),
        ("Prioriterade områden i samverkan:", None),
        ("Samverkan inom Region Gotland", "samverkan"),
        ("Samverkan omfattar alla grupper.", None),
        ("Exempel på gemensamma satsningar", "gemensamma"),
        ("Samverkansformer på tjänstemannanivå", None),
    ],
)
def test_headings_by_their_shape(line, key):
    assert heading_key(line) == key


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**Mobila team** – I hela länet.", ("Mobila team", "I hela länet.")),
        ("**Nära vård**", ("Nära vård", "Nära vård")),
        ("Kafé på hjul – Ett prov.", ("Kafé på hjul", "Ett prov.")),
        ("Utan ledord.", ("", "Utan ledord.")),
    ],
)
def test_the_lead_of_a_point(text, found):
    assert lead(text) == found


def test_a_word_that_is_a_word_is_only_corrected_where_the_account_says_so():
    assert slips.corrected("en länsstyrelse samt", "länsstyrgruppen ska") == "en länsstyrgrupp samt"
    assert slips.corrected("I länsstyrelsen ingår", "länsstyrgruppen ska") == "I länsstyrgruppen ingår"
    assert slips.corrected("Länsstyrelsen i länet", "ingenting annat") == "Länsstyrelsen i länet"
    assert slips.corrected("stöd- och vård", "") == "stöd- och vård"


def test_a_wrong_table_says_which_row():
    with pytest.raises(slips.BadTable, match="row 2"):
        slips.built([{"from": "a", "to": "b"}, {"from": "(", "to": "b"}])


@pytest.mark.parametrize("seed", range(40))
def test_no_document_makes_it_fall(seed):
    """Lines shuffled, doubled, cut and glued: read or refused, and every fact has a line of the document."""
    chance = random.Random(seed)
    rows = TEXT.split("\n")
    for _turn in range(chance.randrange(1, 40)):
        place = chance.randrange(len(rows))
        act = chance.choice(["drop", "double", "swap", "cut", "noise", "indent", "bullet"])
        if act == "drop" and len(rows) > 2:
            rows.pop(place)
        elif act == "double":
            rows.insert(place, rows[place])
        elif act == "swap":
            other = chance.randrange(len(rows))
            rows[place], rows[other] = rows[other], rows[place]
        elif act == "cut":
            rows[place] = rows[place][: chance.randrange(len(rows[place]) + 1)]
        elif act == "noise":
            rows.insert(
                place, "".join(chance.choice("*-–()[]1.2)å \t<>|”: Region") for _ in range(chance.randrange(60)))
            )
        else:
            rows[place] = (" - " if act == "indent" else "- ") + rows[place]
    try:
        parsed = parse("\n".join(rows).encode())
    except Unreadable as error:
        assert error.code == "shape"  # noqa: PT017
        return
    as_json.document(parsed)
    for account in parsed.accounts:
        lines = [row.line for row in (*account.said, *account.documents, *account.bodies, *account.headings)]
        assert all(account.start <= line <= account.end for line in lines)
        assert sum(len(s.text) > 0 for s in account.said) <= account.end - account.start


def test_the_same_region_twice_is_told():
    parsed = parse((TEXT + "\n" + WEST).encode())
    assert "again" in {note.what for note in parsed.notes}
