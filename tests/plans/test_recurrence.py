"""Rules of recurrence, by table; and a generative test against an oracle that walks every rule from its start."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from samband.plans.rules import BadRule, check_rrule, circle, first_from, series, spoken_rule

START = date(2026, 1, 7)  # a Wednesday

SPOKEN = [
    ("", "en gång", "once"),
    ("FREQ=DAILY", "varje dag", "every day"),
    ("FREQ=DAILY;INTERVAL=2", "varannan dag", "every other day"),
    ("FREQ=WEEKLY;BYDAY=MO,TH", "måndag och torsdag", "Monday and Thursday"),
    ("FREQ=WEEKLY;INTERVAL=3", "var tredje vecka, onsdag", "every third week, Wednesday"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "vardagar", "weekdays"),
    ("FREQ=MONTHLY;BYMONTHDAY=15", "den 15 varje månad", "on the 15th every month"),
    ("FREQ=MONTHLY;BYDAY=1MO", "första måndagen varje månad", "first Monday every month"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "sista dagen varje månad", "the last day every month"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "den 29 februari varje år", "on 29 February every year"),
    ("FREQ=DAILY;BYHOUR=8,20", "varje dag, kl 08.00 och 20.00", "every day, at 08.00 and 20.00"),
    ("FREQ=DAILY;COUNT=5", "varje dag, 5 gånger", "every day, 5 times"),
]


@pytest.mark.parametrize(("rule", "sv", "en"), SPOKEN)
def test_spoken(rule, sv, en):
    assert spoken_rule(rule, START) == sv
    assert spoken_rule(rule, START, "en") == en


BAD = [
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None),
    ("FREQ=WEEKLY;BYDAY=MO", date(2026, 1, 8)),
    ("FREQ=HOURLY", None),
    ("FREQ=DAILY;BYHOUR=25", None),
    ("FREQ=WEEKLY;BYDAY=XX", None),
    ("FREQ=WEEKLY;BYDAY=1MO", None),
    ("FREQ=DAILY;COUNT=3;UNTIL=20260303", None),
    ("FREQ=DAILY;UNTIL=20250101", None),
    ("FREQ=DAILY;FREQ=DAILY", None),
    ("FREQ=DAILY;INTERVAL=0", None),
    ("FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20,30,40", None),
    ("EXRULE=1", None),
    ("'; DROP TABLE", None),
    ("FREQ=DAILY\nRRULE:FREQ=DAILY", None),
]


@pytest.mark.parametrize(("rule", "stops"), BAD)
def test_a_recurrence_that_cannot_be_is_refused_with_a_sentence(rule, stops):
    with pytest.raises(BadRule) as refused:
        check_rrule(rule, START, stops)
    assert refused.value.sv.endswith(".")
    assert refused.value.en.endswith(".")


def test_a_circle_is_named():
    assert circle({1: 2, 2: 3, 3: 1}, 1) == [1, 2, 3, 1]
    assert circle({1: 2, 2: 2}, 1) == [2, 2]
    assert circle({1: 2, 2: None}, 1) == []


def test_a_rule_begun_long_ago_is_found_at_once():
    assert first_from("FREQ=DAILY;INTERVAL=3", date(1990, 1, 1), None, time(7, 30), date(2026, 11, 23)).year == 2026
    assert first_from(
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2020, 1, 1), None, None, date(2024, 3, 1)
    ) == datetime(2028, 2, 29)


@st.composite
def rules(draw) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 6))}"]
    if draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True))
        if freq in ("MONTHLY", "YEARLY") and draw(st.booleans()):
            days = [f"{draw(st.sampled_from([1, 2, -1]))}{day}" for day in days]
        parts.append("BYDAY=" + ",".join(days))
        if freq in ("WEEKLY", "MONTHLY") and draw(st.booleans()) and not any(c.isdigit() for c in days[0]):
            parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    elif freq != "WEEKLY" and draw(st.booleans()):
        parts.append(
            "BYMONTHDAY=" + ",".join(map(str, draw(st.lists(st.sampled_from([1, 15, 29, 31, -1]), min_size=1))))
        )
    if draw(st.booleans()):
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=4)))))
    if draw(st.booleans()):
        parts.append("BYHOUR=" + ",".join(map(str, draw(st.lists(st.integers(0, 23), min_size=1, max_size=3)))))
        parts.append("BYMINUTE=0,30")
    if draw(st.integers(0, 4)) == 0:
        parts.append(f"COUNT={draw(st.integers(1, 40))}")
    return ";".join(parts)


@settings(max_examples=400, deadline=None)
@given(
    rule=rules(),
    start=st.dates(date(2019, 1, 1), date(2026, 12, 31)),
    away=st.integers(-20, 1600),
    length=st.integers(0, 40),
    at=st.sampled_from([None, time(7, 30), time(23, 45)]),
    lasts=st.sampled_from([None, 10, 700]),
)
def test_series_is_what_a_walk_from_the_start_finds(rule, start, away, length, at, lasts):
    first = start + timedelta(days=away)
    last = first + timedelta(days=length)
    stops = start + timedelta(days=lasts) if lasts else None
    top = datetime.combine(min(last, stops or last), time(23, 59, 59))
    rule_alone, _, count = rule.partition(";COUNT=")
    begin = datetime.combine(start, time() if "BYHOUR" in rule else at or time())
    walk = rrulestr(f"{rule_alone};UNTIL={top:%Y%m%dT%H%M%S}", dtstart=begin)
    walked = list(walk)[: int(count)] if count else list(walk)
    expected = [moment for moment in walked if moment >= datetime.combine(first, time())]
    assert list(series(rule, start, stops, at, first, last)) == expected
