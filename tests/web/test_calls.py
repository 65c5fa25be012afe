"""Who answers now: never somebody whose hours are not known, and always somebody."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from samband.contact.services import answers
from samband.core import clock
from samband.people.models import OpeningHours
from samband.web.services import calls, words
from tests.contact.worlds import every_day, rota

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=STOCKHOLM)
NIGHT = datetime(2026, 11, 23, 2, 0, tzinfo=STOCKHOLM)


@pytest.fixture
def hours(world):
    for unit in (world.units["centre"], world.units["nursing"]):
        for weekday in range(5):
            OpeningHours.objects.create(unit=unit, weekday=weekday, opens=time(8), closes=time(16, 30))
    return world


def test_the_unit_that_knows_her_best_answers_first(hours):
    with clock.frozen(MONDAY):
        found = calls.lines(hours.person)
        assert [(line.name, line.open, line.note) for line in found] == [
            ("Hemsjukvården", True, "till 16.30"),
            ("Vårdcentralen", True, "till 16.30"),
        ]
        assert calls.help_button(hours.person, found, True)["who"].startswith("Hemsjukvården svarar")


def test_at_night_the_button_goes_to_whoever_answers(hours):
    with clock.frozen(NIGHT):
        found = calls.lines(hours.person)
        assert [line.open for line in found] == [False, False]
        assert found[0].note == "öppnar i dag 08.00"
        assert calls.help_button(hours.person, found, False)["phone"] == "1177"
        hours.units["nursing"].always_open = True
        hours.units["nursing"].save()
        found = calls.lines(hours.person)
        assert (found[0].name, found[0].note) == ("Hemsjukvården", "dygnet runt")


def test_unknown_hours_are_never_open(world):
    found = calls.lines(world.person)
    assert {line.open for line in found} == {None}
    assert calls.answering(found) is None


def test_a_withdrawn_or_foreign_unit_is_not_offered(world):
    assert {line.name for line in calls.lines(world.person)} == {"Hemsjukvården", "Vårdcentralen"}


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "nu"), (20, "om 20 minuter"), (60, "om 1 timme"), (300, "om 5 timmar"), (-120, "för 2 timmar sedan")],
)
def test_time_is_said_in_whole_words(minutes, said):
    from datetime import timedelta

    with clock.frozen(MONDAY):
        assert words.from_now(MONDAY + timedelta(minutes=minutes)).replace(words.NBSP, " ") == said


def test_the_button_says_what_contact_says(hours):
    """One truth: who answers is asked of `contact`, and an open door is no answer where a rota says otherwise."""
    alice = hours.things["alice"]
    with clock.frozen(NIGHT):
        made = rota(hours, "nursing", "advice", number="0980-319 250")
        every_day(made, alice)
        found = calls.help_button(hours.person, calls.lines(hours.person), True)
        assert (found["phone"], found["who"]) == (
            "0980-319 250",
            "Alice Test, Hemsjukvården svarar\N{NO-BREAK SPACE}nu",
        )
        assert found["phone"] == answers.for_person(hours.person)[0].number
    with clock.frozen(MONDAY):
        made.rules.all().delete()
        found = calls.help_button(hours.person, calls.lines(hours.person), True)
        assert found["phone"] == answers.for_person(hours.person)[0].number == "1177"


def test_the_button_rings_no_pager(hours):
    with clock.frozen(NIGHT):
        every_day(rota(hours, "nursing", "advice", number="0980-319 251", channel="pager"), hours.things["alice"])
        assert calls.help_button(hours.person, [], True)["phone"] == "1177"
