"""`samband worth`: its table, its file, and what it says of bad input."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.resources.days import DAY
from tests.resources.worth_world import busy

pytestmark = pytest.mark.usefixtures("standing")


def said(*words: str) -> str:
    out = StringIO()
    call_command("worth", "--first", f"{DAY}", "--processes", "1", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_table_and_the_file(days, tmp_path):
    busy(days)
    file = tmp_path / "worth.json"
    table = said("--seconds", "1", "--organization", "Kommunen", "Regionen", "--json", f"{file}")
    assert "Vad som blir bättre och vad som blir sämre" in table
    assert "Rättvis del" in table
    assert "Kommunen + Regionen" in table or "Regionen + Kommunen" in table
    assert json.loads(file.read_text())["visits"] == 8


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--pool", "Ingen"], "expected one of: Poolen"),
        (["--organization", "Ingen"], "expected some of"),
        (["--organization", "Kommunen"], "minst två"),
        (["--seconds", "0"], "seconds"),
        (["--last", "2026-11-01"], "last"),
    ],
)
def test_bad_input_says_what_was_expected(days, words, expected):
    busy(days)
    with pytest.raises(CommandError, match=expected):
        said(*words)


def test_days_without_visits_are_no_table(days):
    with pytest.raises(CommandError, match="found none"):
        said("--seconds", "1")
