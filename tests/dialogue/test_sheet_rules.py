"""Tables of the sheet's pure rules: middles and gaps, pictures, who may."""

import pytest

from samband.core.decision import Actor
from samband.dialogue.rules import access_sheets, sheet_pictures
from samband.dialogue.rules.sheets import Middle, Pair, summed

NURSES = [Pair(1, "nurse", today, wanted) for today, wanted in ((1, 4), (2, 4), (2, 5), (3, 4), (2, 3))]


def test_middle_spread_and_gap():
    found = summed(NURSES)
    assert found.whole == Middle(n=5, today=2.0, wanted=4.0, gap=2.0, spread_today=0.6, spread_wanted=0.6)
    assert not found.hidden


@pytest.mark.parametrize("number", range(5))
def test_fewer_than_five_show_nothing(number):
    assert summed(NURSES[:number]).whole is None


def test_a_group_that_could_be_reckoned_out_is_hidden():
    found = summed([*NURSES, *[Pair(2, "nurse", 5, 5)] * 4])
    assert found.whole is not None
    assert found.organizations == {}
    assert found.hidden


def test_all_the_same_has_no_spread_and_a_gap_may_be_negative():
    found = summed([Pair(1, "nurse", 5, 1)] * 5).whole
    assert found is not None
    assert (found.gap, found.spread_today) == (-4.0, 0.0)


@pytest.mark.parametrize(("today", "wanted"), [(1, 5), (5, 1), (3, 3), (2.9, 3.0)])
def test_a_dumbbell_keeps_within_its_frame_and_its_figures_apart(today, wanted):
    picture = sheet_pictures.dumbbell(today, wanted)
    assert (
        0
        <= min(picture["today"], picture["wanted"])
        <= max(picture["today"], picture["wanted"])
        <= sheet_pictures.WIDTH
    )
    assert abs(picture["today_text"] - picture["wanted_text"]) >= 20
    assert picture["line"][0] <= picture["line"][1]


def test_a_missing_year_breaks_the_line_and_is_no_point():
    picture = sheet_pictures.over_years([(2023, 2.0, 4.0), (2024, None, None), (2025, 3.0, 4.0)])
    assert picture["today_path"].count("M") == 2
    assert len(picture["today"]) == 2
    assert [year for _x, year in picture["years"]] == [2023, 2024, 2025]


@pytest.mark.parametrize(
    ("actor", "organization", "answers", "reads"),
    [
        (Actor(kind="staff", staff_id=1, organization_id=7, role="nurse"), None, True, True),
        (Actor(kind="staff", staff_id=1, organization_id=7, role="nurse"), 7, True, True),
        (Actor(kind="staff", staff_id=1, organization_id=7, role="nurse"), 8, False, False),
        (Actor(kind="staff", staff_id=1, organization_id=7, role="leader"), 8, False, True),
        (Actor(kind="person", person_id=1), None, False, False),
        (Actor(), None, False, False),
    ],
)
def test_who_answers_and_who_reads(actor, organization, answers, reads):
    assert bool(access_sheets.answer(actor, organization)) is answers
    assert bool(access_sheets.read_result(actor, organization)) is reads


@pytest.mark.parametrize("role", ["leader", "administrator", "reviewer", "nurse"])
def test_a_step_is_its_authors_alone(role):
    assert not access_sheets.own_step(Actor(kind="staff", staff_id=2, role=role), 1)
    assert not access_sheets.own_step(Actor(kind="staff", role=role), 1)
    assert access_sheets.own_step(Actor(kind="staff", staff_id=1, role=role), 1)
