"""Swedish text: å, ä and ö are letters, time is spoken."""

from datetime import UTC, datetime

import pytest

from samband.core import clock, text

NOON = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)  # 09.12 in Sweden


def test_swedish_order_with_plain_ascii():
    names = ["Öberg", "Zetterlund", "Ågren", "Ärlig", "Andersson", "Zz"]
    assert sorted(names, key=text.sort_key) == ["Andersson", "Zetterlund", "Zz", "Ågren", "Ärlig", "Öberg"]
    assert all(text.sort_key(n).isascii() for n in names)


def test_folding_keeps_swedish_letters_and_drops_other_accents():
    assert text.fold("Hélène ÅSTRÖM-Muñoz") == "helene åström munoz"
    assert " åst" in text.search_key("Hélène", "Åström")
    assert " ast" not in text.search_key("Hélène", "Åström")


@pytest.mark.parametrize(
    ("moment", "said", "delta"),
    [
        (datetime(2026, 11, 23, 13, 10, tzinfo=UTC), "i dag 14.10", "om 5 h"),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), "i morgon 13.00", "om 28 h"),
        (datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "onsdag 13.00", "om 2 dagar"),
        (datetime(2026, 12, 2, 8, 0, tzinfo=UTC), "2 december 09.00", "om 9 dagar"),
        (datetime(2026, 11, 21, 8, 0, tzinfo=UTC), "21 november 09.00", "2 dagar sen"),
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), "i dag 07.00", "2 h 12 min sen"),
    ],
)
def test_time_as_people_speak_of_it(moment, said, delta):
    with clock.frozen(NOON):
        assert text.spoken_time(moment) == said
        assert text.spoken_delta(moment) == delta


def test_english():
    from django.utils.translation import override

    with clock.frozen(NOON), override("en"):
        assert text.short_date(clock.today()) == "23 November"
