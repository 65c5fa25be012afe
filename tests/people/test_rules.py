"""The rules of people, by table."""

from datetime import date, time

import pytest

from samband.people import rules
from samband.people.hours import BadHours, Stretch, parse_day, parse_week, written_day


@pytest.mark.parametrize(
    ("kind", "role", "org", "fault"),
    [
        ("care_contact", "nurse", "region", None),
        ("care_contact", "physician", "private", None),
        ("care_contact", "dental", "dental", None),
        ("care_contact", "social", "municipality", rules.NOT_CARE),
        ("care_contact", "outside", "outside", rules.NOT_CARE),
        ("care_contact", "nurse", "outside", rules.NOT_CARE),
        ("care_contact", "administrator", "region", rules.NOT_CARE),
        ("physician_contact", "physician", "region", None),
        ("physician_contact", "nurse", "region", rules.NOT_PHYSICIAN),
        ("social_contact", "assistant", "municipality", None),
        ("social_contact", "assistant", "private", None),
        ("social_contact", "assistant", "region", rules.NOT_SOCIAL),
        ("social_contact", "physician", "municipality", rules.NOT_SOCIAL),
        ("social_contact", "reviewer", "municipality", rules.NOT_SOCIAL),
    ],
)
def test_A13_who_may_hold_which_contact_role(kind, role, org, fault):
    assert rules.may_hold(kind, role, org) == fault


D = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ((D, None), (D, None), True),
        ((D, D), (D, D), True),
        ((D, date(2026, 11, 5)), (date(2026, 11, 5), None), True),
        ((D, date(2026, 11, 5)), (date(2026, 11, 6), None), False),
        ((date(2026, 11, 6), None), (D, date(2026, 11, 5)), False),
        ((D, None), (date(2026, 10, 1), date(2026, 10, 31)), False),
    ],
)
def test_overlap_counts_both_ends(first, second, answer):
    assert rules.overlap(first, second) is answer
    assert rules.overlap(second, first) is answer


def fault(**more):
    base = {
        "role": "relative",
        "reads": False,
        "writes": False,
        "basis": "",
        "starts": D,
        "ends": None,
        "born": date(1947, 3, 12),
    }
    return rules.relative_fault(**(base | more))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        ({"ends": date(2026, 10, 31)}, "ends_on"),
        ({"reads": True}, "basis"),
        ({"reads": True, "basis": "Märit sade ja 1 november"}, None),
        ({"writes": True, "basis": "ja"}, "reads"),
        ({"role": "proxy"}, "basis"),
        ({"role": "trustee", "basis": "tingsrättens beslut"}, None),
        ({"role": "guardian", "basis": "förälder"}, "role"),
        ({"role": "guardian", "basis": "förälder", "born": None}, "role"),
        ({"role": "guardian", "basis": "förälder", "born": date(2015, 4, 28)}, "ends_on"),
        ({"role": "guardian", "basis": "förälder", "born": date(2015, 4, 28), "ends": date(2033, 4, 28)}, "ends_on"),
        ({"role": "guardian", "basis": "förälder", "born": date(2015, 4, 28), "ends": date(2033, 4, 27)}, None),
        ({"role": "guardian", "basis": "förälder", "born": date(2008, 2, 29), "starts": date(2026, 3, 1)}, "role"),
    ],
)
def test_P4_what_a_relative_needs(given, field):
    found = fault(**given)
    assert (found[0] if found else None) == field


@pytest.mark.parametrize(
    ("before", "after", "lower"),
    [
        ("none", "sekretessmarkering", False),
        ("sekretessmarkering", "skyddad_folkbokforing", False),
        ("skyddad_folkbokforing", "sekretessmarkering", True),
        ("sekretessmarkering", "none", True),
        ("none", "none", False),
    ],
)
def test_when_protection_is_lowered(before, after, lower):
    assert rules.lowers_protection(before, after) is lower


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mån–fre 08.00–17.00", [0, 1, 2, 3, 4]),
        ("mån-fre 8-17, lör 10:00-14:00", [0, 1, 2, 3, 4, 5]),
        ("Måndag 8–12, måndag 13–17", [0, 0]),
        ("sön 00.00–24.00", [6]),
        ("", []),
    ],
)
def test_opening_hours_as_people_write_them(text, days):
    assert [s.weekday for s in parse_week(text)] == days


@pytest.mark.parametrize(
    "text", ["alltid", "mån", "mån 17–08", "mån 25–26", "fre–mån 8–17", "mån 8–12, mån 11–13", "xyz 8–17"]
)
def test_bad_opening_hours_say_what_was_expected(text):
    with pytest.raises(BadHours) as caught:
        parse_week(text)
    assert caught.value.reason.endswith((".", "”."))


def test_a_day_is_written_as_it_is_read():
    text = "08.00–12.00, 13.00–17.00"
    assert parse_day(2, text) == [Stretch(2, time(8), time(12)), Stretch(2, time(13), time(17))]
    assert written_day(parse_day(2, text)) == text
