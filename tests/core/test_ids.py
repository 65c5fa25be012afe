"""Identity numbers: the whole published list is valid, and what is wrong is said."""

import json

import pytest

from samband.core import ids
from tests.shared import shared_file


@pytest.fixture(scope="module")
def published() -> dict:
    return json.loads(shared_file("gold/test_identity_numbers.json").read_text())


@pytest.mark.parametrize("kind", ["personnummer", "samordningsnummer"])
def test_every_published_test_number_is_valid(published, kind):
    for number in published[kind]:
        assert ids.parse_identity(number).kind == kind


def test_a_wrong_check_digit_is_refused_without_repeating_the_number(published):
    number = published["personnummer"][0]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    with pytest.raises(ids.InvalidIdentity) as error:
        ids.parse_identity(wrong)
    assert wrong not in str(error.value)
    assert "Kontrollsiffran" in error.value.reason


@pytest.mark.parametrize("text", ["", "abc", "123", "20210325-12345", "2021-03-25", "99999999K069", "20211325K069"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ids.InvalidIdentity):
        ids.parse_identity(text)


def test_a_reserve_number_has_letters_and_a_birth_date():
    identity = ids.parse_identity("20210325-k069")
    assert (identity.kind, identity.number, identity.shown) == ("reserve", "20210325K069", "20210325-K069")
    assert identity.born.isoformat() == "2021-03-25"


def test_short_form_and_hundred_years(published):
    from samband.core import clock

    today = clock.today()
    old = next(n for n in published["personnummer"] if 100 < today.year - int(n[:4]) < 120)
    assert ids.parse_identity(f"{old[2:8]}+{old[8:]}").number == old
    young = next(n for n in published["personnummer"] if 5 < today.year - int(n[:4]) < 90)
    assert ids.parse_identity(f"{young[2:8]}-{young[8:]}").number == young


@pytest.mark.parametrize(
    ("hsa", "good"),
    [("SE5560000000-ABC1", True), ("SE556000000-A", False), ("SE5560000000-", False), ("SE5560000000-Å", False)],
)
def test_hsa_id(hsa, good):
    assert ids.valid_hsa_id(hsa) is good
