"""Coordinates: what is drawn lies where it should."""

from datetime import UTC, datetime, timedelta

from samband.ui import charts

START = datetime(2026, 11, 23, 16, tzinfo=UTC)


def hour(n):
    return START + timedelta(hours=n)


def test_bars_are_cut_at_the_edges_and_those_outside_are_left_out():
    rows = [
        {
            "label": "x",
            "bars": [
                {"start": hour(-2), "end": hour(8)},
                {"start": hour(15), "end": hour(20)},
                {"start": hour(17), "end": hour(18)},
            ],
        }
    ]
    chart = charts.lanes(rows, START, hour(16), width=424, left=104)
    bars = chart.rows[0]["bars"]
    assert len(bars) == 2
    assert bars[0]["x"] == 104
    assert bars[0]["x"] + bars[0]["width"] == 104 + 160 - 1
    assert bars[1]["x"] + bars[1]["width"] <= 424


def test_a_label_that_cannot_fit_is_not_drawn():
    bars = [
        {"start": hour(0), "end": hour(1), "label": "hemsjukvården"},
        {"start": hour(1), "end": hour(9), "label": "natt"},
    ]
    chart = charts.lanes([{"label": "x", "bars": bars}], START, hour(16))
    assert [b["fits"] for b in chart.rows[0]["bars"]] == [False, True]


def test_hours_are_named_over_midnight():
    chart = charts.lanes([], START, hour(16))
    assert [t["label"] for t in chart.ticks if t["label"]] == ["16", "20", "00", "04", "08"]


def test_now_is_shown_only_inside():
    assert charts.lanes([], START, hour(16), now=hour(-1)).now is None
    assert charts.lanes([], START, hour(16), now=hour(8)).now == 264


def test_a_line_stays_inside_its_frame():
    values = [{"label": str(i), "value": v} for i, v in enumerate([14, 20, 8])]
    chart = charts.line(values, levels=[8, 14], change_at=2, change_label="här")
    assert all(0 < p["x"] < chart.width and 0 < p["y"] < chart.height for p in chart.points)
    assert [p["after"] for p in chart.points] == [False, False, True]
    assert chart.path.startswith("M")


def test_one_value_or_none_is_no_error():
    assert charts.line([{"label": "a", "value": 3}], levels=[3]).points
    assert charts.line([], levels=[0, 1]).points == []


def test_a_missing_value_is_a_gap_not_a_nought():
    values = [{"label": str(n), "value": value} for n, value in enumerate((1, 2, None, 4, None))]
    chart = charts.line(values, levels=[0, 4])
    assert [point["y"] is None for point in chart.points] == [False, False, True, False, True]
    assert [step[0] for step in chart.path.split(" ") if step[0] in "ML"] == ["M", "L", "M"]
