"""A file of figures: what is understood, what is not and why; a generated table against a plain reckoning."""

import random
from decimal import Decimal

import pytest

from samband.regions.rules import figures

CODES = {"10", "25", "1080"}


def read(text):
    found, wrong = figures.read(text, CODES)
    return [(f.code, f.year, f.value) for f in found], [(w.line, w.what) for w in wrong]


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("10;2020;12,5", Decimal("12.5")),
        ("10;2020;", None),
        ("10;2020;0", Decimal(0)),
        ("10;2020;-3", Decimal(-3)),
        ("10;2020;1 234,50", Decimal("1234.5")),
        ("10;2020;1\u00a0000", Decimal(1000)),
        ("10;2020;\u22125", Decimal(-5)),
    ],
)
def test_an_empty_value_is_missing_and_zero_is_zero(row, value):
    assert read(f"kod;år;värde\n{row}\n") == ([("10", 2020, value)], [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", (1, "empty")),
        ("  \n \n", (1, "empty")),
        ("a;b\n10;2020", (1, "heads")),
        ("kod;år;värde\n99;2020;1", (2, "code")),
        ("kod;år;värde\n10;20;1", (2, "year")),
        ("kod;år;värde\n10;²⁰²⁰;1", (2, "year")),
        ("kod;år;värde\n10;2020;=1+1", (2, "value")),
        ("kod;år;värde\n10;2020;NaN", (2, "value")),
        ("kod;år;värde\n10;2020;1e99", (2, "value")),
        ("kod;år;värde\n10;2020;1\n10;2020;2", (3, "twice")),
        ("kod;år;värde\n10", (2, "year")),
        ('kod;år;värde\n10;2020;"' + "x" * 200_000, (2, "row")),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, wrong):
    assert wrong in read(text)[1]


def test_columns_in_any_order_and_others_left_alone():
    assert read("plats\tVÄRDE\tÅr\tKod\nx\t3\t2021\t25\n") == ([("25", 2021, Decimal(3))], [])


def test_a_code_without_its_first_nought_is_understood():
    assert figures.read("kod;år;värde\n180;2020;1", {"0180"})[0][0].code == "0180"


def test_bytes_in_the_encodings_of_spreadsheets():
    assert figures.decoded("\ufeffkod;år".encode()) == "kod;år"
    assert figures.decoded("kod;år".encode("cp1252")) == "kod;år"
    assert figures.decoded(b"\0\1") is None


@pytest.mark.parametrize("seed", range(5))
def test_what_is_written_comes_back(seed):
    draw = random.Random(seed)
    wanted = {}
    for _n in range(draw.randint(1, 60)):
        value = draw.choice([None, 0, draw.randint(-(10**6), 10**6) / 100])
        wanted[draw.choice(sorted(CODES)), draw.randint(1990, 2100)] = value
    lines = [
        f"{code};{year};{'' if value is None else str(value).replace('.', ',')}"
        for (code, year), value in wanted.items()
    ]
    draw.shuffle(lines)
    found, wrong = figures.read("kod;år;värde\n" + "\n".join(lines), CODES)
    assert wrong == []
    assert {(f.code, f.year): None if f.value is None else float(f.value) for f in found} == wanted
