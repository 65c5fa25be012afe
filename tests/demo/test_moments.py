"""Days counted from today, and the working day nearest to one."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from samband.core import clock
from samband.demo.moments import day, moment, of_day, workday

ZONE = ZoneInfo("Europe/Stockholm")


@pytest.fixture(autouse=True)
def monday():
    with clock.frozen(datetime(2026, 11, 23, 9, 12, tzinfo=ZONE)):
        yield


def test_relative_and_written_out():
    assert day("-3d") == date(2026, 11, 20)
    assert day("+8d") == date(2026, 12, 1)
    assert day("2035-04-16") == date(2035, 4, 16)
    assert day(None) is None
    assert moment("-2h") == datetime(2026, 11, 23, 7, 12, tzinfo=ZONE)
    assert moment("0d", "07:05") == datetime(2026, 11, 23, 7, 5, tzinfo=ZONE)
    assert moment("+1d") == datetime(2026, 11, 24, 12, tzinfo=ZONE)
    assert of_day("14:10") == time(14, 10)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 21), date(2026, 11, 20)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 11, 23), date(2026, 11, 23)),
    ],
    ids=["a weekday", "a coming Saturday", "a past Saturday", "Christmas", "today"],
)
def test_the_nearest_working_day(given, expected):
    assert workday(given) == expected


def test_today_stays_today_also_on_a_sunday():
    with clock.frozen(datetime(2026, 11, 22, 9, 12, tzinfo=ZONE)):
        assert workday(date(2026, 11, 22)) == date(2026, 11, 22)
