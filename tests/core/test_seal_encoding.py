"""What is sealed is written down to the byte, is the same on both engines, and is another for every other value."""

import hashlib
import json
import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from samband.core.models import AuditEvent, AuditSubject
from samband.core.sealing import rows
from samband.core.sealing.encoding import Leaf, detail, entry, moment, pack, unpack

FIELDS = (
    5, "2026-11", 1764161999000001, "plan.read", "allow", "P2", 1, "staff", "Åsa", "", 2, None, 4, "v", "t", "s",
    '{"b": 1.50, "a": [true, null]}',
)  # fmt: skip


def test_the_bytes_are_those_of_the_description():
    line = (
        '["samband-entry-1",5,"2026-11",1764161999000001,"plan.read","allow","P2",1,"staff","\\u00c5sa","",2,null,4,'
        '"v","t","s","{\\"a\\":[true,null],\\"b\\":15e-1}",[[9,7]]]'
    )
    assert entry(FIELDS, [(9, 7)]) == Leaf(5, 1, hashlib.sha256(line.encode()).digest())


def test_a_moment_is_the_same_in_every_zone():
    here = datetime(2026, 3, 29, 3, 0, 0, 1, tzinfo=timezone(timedelta(hours=2)))
    assert moment(here) == moment(here.astimezone(UTC)) == 1774746000000001


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"a":1,"b":2}', '{"b": 2, "a": 1}'),
        ("1e22", "10000000000000000000000"),
        ("1.50", "1.5"),
        ("2.0", "2"),
        ("-0.0", "0"),
    ],
)
def test_the_same_value_in_another_form_is_the_same(one, other):
    assert detail(one) == detail(other)


@pytest.mark.parametrize("text", ["NaN", '{"a": Infinity}', "{", "", "[" * 20_000, None, b"\xff"])
def test_what_is_no_json_stands_as_it_is(text):
    assert detail(text).startswith("raw:")


# Numbers that are equal are one value in JSON (1 and 1.0), so true and 1 are told apart by their kinds and numbers are not.
def same(a, b) -> bool:
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a is b
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return (
        type(a) is type(b) and a == b
        if isinstance(a, str | dict | list) or isinstance(b, str | dict | list)
        else a == b
    )


finite = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(blacklist_characters="\x00", blacklist_categories=("Cs",)), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | finite | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@given(values, values)
@example({"a": 1}, {"a": True})
@example(["15e-1"], [1.5])
@example(0.1, 0.1 + math.ulp(0.1))
def test_two_details_are_written_alike_only_if_they_are_the_same(one, other):
    assert (detail(json.dumps(one)) == detail(json.dumps(other))) == same(one, other)
    assert detail(json.dumps(one)) == detail(json.dumps(one, indent=3, sort_keys=True, ensure_ascii=False))


field_values = [
    st.integers(0, 2**62), words, st.integers(0, 2**60), words, words, words, st.none() | st.integers(0, 9), words, words,
    words, st.none() | st.integers(0, 9), st.none() | st.integers(0, 9), st.none() | st.integers(0, 9), words, words, words,
    values.map(json.dumps),
]  # fmt: skip
entries = st.tuples(*field_values)
subjects = st.lists(st.tuples(st.integers(1, 99), st.integers(1, 9)), max_size=3)


@given(entries, subjects, st.data())
def test_a_change_of_any_one_field_gives_another_leaf(fields, about, data):
    place = data.draw(st.integers(0, len(fields) - 1))
    other = data.draw(field_values[place])
    changed = (*fields[:place], other, *fields[place + 1 :])
    alike = same(json.loads(fields[-1]), json.loads(other)) if place == len(fields) - 1 else fields[place] == other
    assert (entry(fields, about).digest == entry(changed, about).digest) == alike


@given(entries, subjects, subjects)
def test_other_subjects_give_another_leaf(fields, one, other):
    assert (entry(fields, one) == entry(fields, other)) == (one == other)


@given(entries, st.integers(0, 15))
def test_text_that_moves_from_one_field_to_the_next_is_a_change(fields, place):
    left, right = fields[place], fields[place + 1]
    if isinstance(left, str) and isinstance(right, str) and place < 15 and left:
        moved = (*fields[:place], left[:-1], left[-1] + right, *fields[place + 2 :])
        assert entry(fields, []).digest != entry(moved, []).digest


@given(
    st.lists(
        st.builds(
            Leaf, st.integers(-(2**63), 2**63 - 1), st.integers(0, 2**32 - 1), st.binary(min_size=32, max_size=32)
        )
    )
)
def test_leaves_come_back_as_they_were(leaves):
    assert list(unpack(pack(leaves))) == leaves


@pytest.mark.django_db
@given(
    at=st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC)),
    name=words, value=st.dictionaries(words, values, max_size=3), user=st.none() | st.integers(-(2**63), 2**63 - 1),
)  # fmt: skip
@example(at=datetime(2026, 1, 1, tzinfo=UTC), name="Åsa 😀", value={"ö": 1e22, "a": [1e-7, 0.1, -0.0]}, user=None)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_database_gives_back_is_what_was_entered(at, name, value, user):
    """On both engines the same bytes as from the values themselves, so that the engines agree with each other."""
    event = AuditEvent.objects.create(period="2026-11", at=at, action="x", actor_name=name, detail=value, user_id=user)
    about = AuditSubject.objects.create(event=event, person_id=7)
    fields = (
        event.pk, "2026-11", moment(at), "x", "allow", "", user, "", name, "", None, None, None, "", "", "",
        json.dumps(value),
    )  # fmt: skip
    assert [row.leaf for row in rows.read(event.pk - 1, event.pk)] == [entry(fields, [(about.pk, 7)])]
