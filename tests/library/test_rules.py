"""What a part may hold, what differs between versions, what may be changed in a plan, who may approve and use (T1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samband.core.decision import Actor
from samband.library.rules import ALLOWED, TYPES, clean, compare, may_use, mergeable, problems
from samband.library.rules.who import approve
from tests.library.worlds import PARTS, part


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"key": "x", "type": "check", "fields": {"text": "Gör", "colour": "röd"}}, "gone"),
        ({"key": "x", "type": "check", "fields": {"text": " "}}, "needed"),
        ({"key": "x", "type": "check", "fields": {"text": "Gör", "days": 10_000}}, "number"),
        ({"key": "x", "type": "check", "fields": {"text": "Gör", "days": True}}, "number"),
        ({"key": "x", "type": "check", "fields": {"text": "g" * 301}}, "long"),
        ({"key": "x", "type": "check", "fields": {"text": ["Gör"]}}, "text"),
        ({"key": "x", "type": "action", "fields": {"title": "Gör", "by": "robot"}}, "choice"),
        ({"key": "x", "type": "action", "fields": {"title": "Gör", "time_from": "25:00"}}, "time"),
        ({"key": "x", "type": "action", "fields": {"title": "Gör", "milestone": "ja"}}, "flag"),
        ({"key": "x", "type": "gone", "fields": {}}, "type"),
        ({"key": "", "type": "check", "fields": {"text": "Gör"}}, "key"),
    ],
)
def test_what_is_wrong_is_told_with_its_part_and_field(broken, code):
    assert [p.code for p in problems("plan", [broken])] == [code]


def test_a_good_template_has_no_problems_an_empty_one_says_so_and_two_keys_are_not_the_same():
    assert problems("plan", PARTS) == []
    assert [p.code for p in problems("plan", [])] == ["empty"]
    assert [p.code for p in problems("plan", [PARTS[0], PARTS[0]])] == ["key"]


@pytest.mark.parametrize(("kind", "type_"), [(kind, type_) for kind in ALLOWED for type_ in TYPES])
def test_each_kind_holds_its_own_types(kind, type_):
    needed = {name: "text" for name, field in TYPES[type_].items() if field.needed}
    found = [p.code for p in problems(kind, [part("x", type_, **needed)])]
    assert (found == []) is (type_ in ALLOWED[kind])


def test_two_versions_differ_by_part_and_field():
    new = [part("a", "action", title="Väga sig", detail="Före frukost.", rrule="FREQ=DAILY", unit_kind="home_nursing"),
           *PARTS[1:4], part("n", "check", text="Nytt")]  # fmt: skip
    assert [(c.key, c.kind) for c in compare(PARTS, new)] == [("a", "changed"), ("n", "new"), ("i", "gone")]
    assert compare(PARTS, new)[0].fields == {"detail": ("På morgonen.", "Före frukost.")}
    assert compare(PARTS, PARTS) == []


VALUES = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", None]) for name in ("title", "detail")})


@given(taken=VALUES, new=VALUES, now=VALUES)
def test_a_newer_version_never_overwrites_what_somebody_wrote(taken, new, now):
    free, kept = mergeable(taken, new, now)
    assert not free & kept
    after = {name: new[name] if name in free else now[name] for name in now}
    for name in now:
        written = (now[name] or "") != (taken[name] or "")
        assert not written or after[name] == now[name]
        assert written or taken[name] == new[name] or after[name] == new[name]


def staff(role: str, org_kind: str = "region") -> Actor:
    return Actor(kind="staff", role=role, org_kind=org_kind)


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (staff("physician"), True),
        (staff("nurse", "municipality"), True),
        (staff("pharmacist"), True),
        (staff("assistant"), False),
        (staff("administrator"), False),
        (staff("nurse", "outside"), False),
        (Actor(kind="person"), False),
    ],
)
def test_T1_somebody_licensed_approves(actor, may):
    assert bool(approve(actor)) is may


@pytest.mark.parametrize(
    ("approved", "published", "invented", "may"),
    [
        (True, True, False, True),
        (False, True, True, True),
        (False, True, False, False),
        (True, False, True, False),
        (False, False, True, False),
    ],
)
def test_T1_what_nobody_approved_is_for_invented_persons_only(approved, published, invented, may):
    assert bool(may_use(approved, published, invented)) is may


def test_cleaning_keeps_what_is_known_and_fills_the_rest():
    assert clean("check", {"text": "Gör", "colour": "röd"}) == {"text": "Gör", "detail": "", "days": None}


def test_a_part_is_told_in_words_and_no_names_of_files():
    from samband.library.services.spoken import rows_of

    made = part("a", "action", title="Insulin", icon="pill", time_from="07:15", minutes=15)
    told = {row["name"]: row["value"] for row in rows_of(made)}
    assert (told["icon"], told["time_from"]) == ("Medicin", "07.15")
    assert "icon" not in {row["name"] for row in rows_of(part("b", "action", title="Ögon", icon="eye"))}
