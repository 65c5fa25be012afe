"""The report in words: findings that hold, tables that a spreadsheet takes, pictures inside their frames, nobody named."""

import csv
import io

import pytest
from django.utils import translation

from samband.resources.rules import worth_sums
from samband.resources.rules.coalitions import Effort
from samband.resources.rules.worth_charts import bars
from samband.resources.rules.worth_day import outcome
from samband.resources.services import worth_shown
from samband.resources.services.worth_text import minutes, number, signed
from tests.resources.test_worth_sums import a_day

NAMES = [("a", "=Kommunen"), ("b", "Regionen"), ("c", "Hemstödet")]


@pytest.fixture(scope="module")
def said():
    table = {("2026-11-21", seed): outcome(a_day(1, each=4), Effort(iterations=150), seed) for seed in (1, 2)}
    return worth_sums.result(table, NAMES)


def test_every_table_has_a_cell_for_each_column(said):
    for block in worth_shown.blocks(said):
        assert block.rows
        assert all(len(row) == len(block.columns) for row in block.rows), block.key
        assert block.title
        assert block.finding
        assert block.measured


def test_care_stands_before_pay(said):
    groups = [block.group for block in worth_shown.blocks(said)]
    assert groups == sorted(groups)
    assert groups[-1] == "pay"


def test_pictures_stay_inside_their_frames(said):
    for block in worth_shown.blocks(said):
        for row in block.chart.rows if block.chart else []:
            for bar in row["bars"]:
                assert 0 <= bar["x"] <= bar["x"] + bar["width"] <= block.chart.width
                assert bar["y"] + bar["height"] <= block.chart.height


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(said):
    text = worth_shown.table_file(said)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert ["Mått", "Var för sig", "Tillsammans", "Skillnad", "Mellan omgångar, tillsammans"] in rows
    assert not any(cell[:1] in ("=", "@", "+") for row in rows for cell in row)


def test_english_has_its_own_digits(said):
    assert number(1234.5, 1) == "1\u202f234,5"
    with translation.override("en"):
        assert number(1234.5, 1) == "1,234.5"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0 min"), (59.4, "59 min"), (60, "1 h"), (200, "3 h 20 min"), (-75, "−1 h 15 min"), (-0.2, "0 min")],
)
def test_minutes_in_words(value, words):
    assert minutes(value) == words


def test_a_difference_has_its_sign():
    assert [signed("n", value) for value in (3.0, 0.0, -2.0)] == ["+3", "0", "−2"]
    assert signed("w", 0.2) == "0"


def a_result(values):
    gain = worth_sums.spread(values)
    return {"gain": {**gain, "percent": gain}, "seeds": list(range(len(values))), "again": 0.0}


def test_a_gain_within_the_spread_is_not_sold_as_one():
    assert "större än slumpen" in worth_shown.doubt(a_result([100.0, 110.0]))
    assert "inte större än slumpen" in worth_shown.doubt(a_result([1.0, 110.0]))
    assert "En enda omgång" in worth_shown.doubt(a_result([100.0]))
    assert "Ingen omgång" in worth_shown.doubt(a_result([0.0, 0.1]))
    assert "inget att byta" in worth_shown.doubt({**a_result([0.0, 0.1]), "common": 0})
    assert "Ingen omgång" in worth_shown.doubt({**a_result([0.0, 0.1]), "common": 4})
    assert "lika mycket" in worth_shown.headline(a_result([0.0, 0.2]))


def test_bars_below_nothing_go_to_the_left():
    chart = bars(
        [
            {"label": "En mycket lång organisation med namn", "bars": [{"value": -5, "text": "−5"}]},
            {"label": "b", "bars": [{"value": 10}]},
        ]
    )
    below, above = (row["bars"][0] for row in chart.rows)
    assert below["x"] + below["width"] == pytest.approx(chart.zero)
    assert above["x"] == chart.zero
    assert below["text_x"] < below["x"]
    assert chart.rows[0]["label"].endswith("…")
