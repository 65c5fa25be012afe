"""A child and those who have custody, by age and assessed maturity (A5, A13, P4): tables, and an oracle for every combination."""

import itertools
from datetime import date

import pytest

from samband.access import rules_children as rules
from samband.access.rules_children import NOTHING, READS, WRITES, Assessed, Child, Limits

SMALL, MIDDLE, BIG = Child(12), Child(13), Child(16)
BY_AGE = [
    # child, guardian in the plan, guardian reads entries, the child writes, the child reads entries
    (Child(0), WRITES, True, False, False),
    (SMALL, WRITES, True, False, False),
    (MIDDLE, READS, False, True, False),
    (Child(15), READS, False, True, False),
    (BIG, NOTHING, False, True, True),
    (Child(17), NOTHING, False, True, True),
    (None, NOTHING, False, True, True),
]


@pytest.mark.parametrize(("child", "plan", "entries", "writes", "reads"), BY_AGE)
def test_P4_A13_by_age(child, plan, entries, writes, reads):
    assert rules.sight(child) == plan
    assert bool(rules.guardian_plan(child, True)) is (plan != NOTHING)
    assert bool(rules.guardian_entries(child, True)) is entries
    assert bool(rules.own_part(child)) is writes
    assert bool(rules.own_entries(child)) is reads


def law(child: Child, shared: bool) -> tuple[bool, bool, bool, bool]:
    """Plan, entries, own writing, own entries: one sentence of the rules after the other, not from the code."""
    if child.assessed:  # what was assessed takes the place of the ages
        said = child.assessed
        plan, entries, writes, reads = said.guardians != "nothing", said.entries, said.own, said.own
    else:
        writes, reads = child.years >= child.limits.guardian_until, child.years >= child.limits.own_from
        plan, entries = not reads, not writes
        if child.protected:  # nobody by custody alone
            plan = entries = False
    return plan and shared, entries and shared, writes, reads  # who is shut out sees nothing


def test_every_combination_is_answered_as_the_rules_say():
    assessed = [
        None,
        *(Assessed(o, g, e) for o, g, e in itertools.product((True, False), (NOTHING, READS, WRITES), (True, False))),
    ]
    tried = 0
    for years, protected, said, shared, limits in itertools.product(
        range(18), (True, False), assessed, (True, False), (Limits(), Limits(12, 15), Limits(10, 18), Limits(15, 15))
    ):
        child = Child(years, protected, said, limits)
        answers = (
            rules.guardian_plan(child, shared),
            rules.guardian_entries(child, shared),
            rules.own_part(child),
            rules.own_entries(child),
        )
        assert tuple(bool(a) for a in answers) == law(child, shared), (child, shared)
        assert all(a.rule in ("P4", "A13") and a.sv != a.en for a in answers)
        tried += 1
    assert tried == 18 * 2 * 13 * 2 * 4


def test_P4_the_guardians_sight_narrows_and_the_childs_own_grows_with_every_year():
    order = (NOTHING, READS, WRITES)
    years = [Child(n) for n in range(18)]
    assert [order.index(rules.sight(c)) for c in years] == sorted(
        (order.index(rules.sight(c)) for c in years), reverse=True
    )
    assert [rules.speaks(c) for c in years] == sorted(rules.speaks(c) for c in years)


@pytest.mark.parametrize(
    ("text", "day", "limits"),
    [
        ("13-16", date(2026, 1, 1), Limits(13, 16)),
        ("13-16 2028-01-01=12-15", date(2027, 12, 31), Limits(13, 16)),
        ("13-16 2028-01-01=12-15", date(2028, 1, 1), Limits(12, 15)),
    ],
)
def test_ages_hold_from_their_day(text, day, limits):
    assert rules.limits_on(rules.read_limits(text), day) == limits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "16-13",
        "13-19",
        "2028-01-01=13-16",
        "13-16 12-15",
        "13-16 2028-13-01=12-15",
        "13",
        "13-16 2028-01-01=12-15 2027-01-01=11-15",
    ],
)
def test_ages_that_cannot_be_read_are_told(text):
    with pytest.raises(ValueError):
        rules.read_limits(text)
