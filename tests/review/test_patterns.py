"""The patterns: against an oracle on generated logs, and by table for what each is for (A2)."""

from collections import Counter
from datetime import date, timedelta

import pytest

from samband.review.rules.facts import Act, Begun, Known, Log, Reader, Refusals, Visit, Whom
from samband.review.rules.kinds import kind_of
from samband.review.rules.near import address_key, how_near, metres
from samband.review.rules.patterns import PATTERNS, defaults, find
from tests.review.logs import TODAY, WEEK, make
from tests.review.oracle import expected

SINCE = TODAY - timedelta(44)
DAY = date(2026, 11, 4)  # a Wednesday
SEEDS = range(200)
# Small figures, so that small logs reach every pattern.
SMALL = {**defaults(), "volume": {"least": 4, "times": 2}, "celebrity": {"readers": 2, "times": 1, "days": 10},
         "no_act": {"days": 12}, "started": {"minutes": 60, "days": 9}, "relative": {"rare": 3}}  # fmt: skip


def test_every_pattern_finds_what_the_oracle_finds_and_nothing_else():
    reached: Counter[str] = Counter()
    for seed in SEEDS:
        log, known = make(seed)
        figures = SMALL if seed % 2 else {**SMALL, "colleague": {"reach": 1.0}}
        raised = find(log, known, figures)
        got = {(r.pattern, r.staff, r.person, r.stamp) for r in raised}
        assert len(got) == len(raised), f"seed {seed}: the same thing twice"
        assert got == expected(log, known, figures), f"seed {seed}"
        reached.update(r.pattern for r in raised)
    assert set(reached) == set(PATTERNS), "every pattern is reached"
    assert min(reached.values()) >= 20, reached


def visit(staff=1, person=11, day=DAY, minute=600, unit=31, role="nurse", event=1) -> Visit:
    return Visit(staff, person, unit, role, day, (minute,), event)


def whom(person=11, **more) -> Whom:
    return Whom(person, ("eva", "lind"), **more)


def names(log: Log, known: Known, **figures) -> set[str]:
    return {r.pattern for r in find(log, known, figures)}


def one(known: Known, visits=None, **log) -> set[str]:
    acts = log.pop("acts", (Act(31, 11, DAY),))
    return names(Log(SINCE, TODAY, tuple(visits or [visit()]), acts=acts, **log), known)


ORDINARY = {(31, 11): ((date(2026, 1, 1), None),)}


def facts(reader=None, person=None, **more) -> Known:
    return Known(
        {1: reader or Reader(1, ("ida", "wallin"))}, {11: person or whom(), **more.pop("homes", {})}, {31: WEEK},
        more.pop("relations", ORDINARY), more.pop("surnames", {"wallin": 2.0, "lind": 2.0}),
    )  # fmt: skip


def test_an_ordinary_day_is_quiet():
    assert one(facts()) == set()


def test_own_and_nothing_besides():
    assert one(facts(Reader(1, ("eva", "lind"), own=11))) == {"own"}


@pytest.mark.parametrize(
    ("reader", "person", "rare", "found"),
    [
        (Reader(1, ("ida", "wallin"), relative_of=frozenset({11})), whom(), 2.0, True),
        (Reader(1, ("ida", "wallin")), whom(relatives=frozenset({("ida", "wallin")})), 2.0, True),
        (Reader(1, ("ida", "lind")), whom(), 2.0, True),
        (Reader(1, ("ida", "lind")), whom(), 3.1, False),
        (Reader(1, ("ida", "ek")), whom(), 2.0, False),
    ],
)
def test_relatives_by_account_by_name_and_by_a_rare_family_name(reader, person, rare, found):
    assert one(facts(reader, person, surnames={"lind": rare})) == ({"relative"} if found else set())


@pytest.mark.parametrize(
    ("home", "person", "found"),
    [
        ({"address": "a 1|x"}, {"address": "a 1|x"}, True),
        ({"address": "a 1|x"}, {"address": "a 2|x"}, False),
        ({"place": (59.0, 17.0)}, {"place": (59.0006, 17.0)}, True),
        ({"place": (59.0, 17.0)}, {"place": (59.0008, 17.0)}, False),
        (
            {"place": (59.0, 17.0), "address": "a 1|x"},
            {"place": (59.0, 17.0), "address": "a 1|x", "hidden": True},
            False,
        ),
        ({"place": (59.0, 17.0), "hidden": True}, {"place": (59.0, 17.0)}, False),
        ({}, {}, False),
    ],
)
def test_neighbours_and_never_by_a_protected_address(home, person, found):
    known = facts(Reader(1, ("ida", "wallin"), own=12), whom(**person), homes={12: whom(12, **home)})
    assert one(known) == ({"neighbour"} if found else set())


def test_a_colleague_at_the_unit_and_in_the_organisation():
    far = whom(staff=7, staff_units=frozenset({99}))
    log = Log(SINCE, TODAY, (visit(),), acts=(Act(31, 11, DAY),))
    assert names(log, facts(None, far)) == {"colleague"}
    assert names(log, facts(None, far), colleague={"reach": 1}) == set()
    near = find(log, facts(None, whom(staff=7, staff_units=frozenset({31}))), {"colleague": {"reach": 1}})
    assert [r.why for r in near] == [{"same": True}]


def test_many_readers_without_a_task_and_one_is_enough_for_somebody_marked():
    seen = [visit(staff=s, unit=30 + s, event=s) for s in range(1, 6)]
    quiet = [visit(staff=9, person=p, unit=39, event=p) for p in range(20, 40)]
    known = Known(
        {s: Reader(s, ("x", f"n{s}")) for s in range(1, 10)}, {11: whom()}, {}, {(39, p): ORDINARY[31, 11] for p in range(20, 40)}
    )  # fmt: skip
    acts = tuple(Act(39, p, DAY) for p in range(20, 40))
    assert {
        r.staff for r in find(Log(SINCE, TODAY, (*seen, *quiet), acts=acts), known) if r.pattern == "celebrity"
    } == set(range(1, 6))
    few = Log(SINCE, TODAY, (*seen[:3], *quiet), acts=acts)
    assert "celebrity" not in names(few, known)
    public = Known(known.readers, {11: whom(public=True)}, {}, known.relations)
    assert "celebrity" in names(few, public)


def test_volume_is_against_her_own_days_and_against_others_in_the_role():
    rows = [
        visit(staff=s, person=p, day=DAY - timedelta(d), event=d)
        for s in (1, 2)
        for d in range(1, 12)
        for p in (11, 12, 13)
    ]
    wild = [visit(person=100 + n, event=100 + n) for n in range(15)]
    known = facts(relations={})
    assert "volume" in names(Log(SINCE, TODAY, (*rows, *wild)), known)
    assert "volume" not in names(Log(SINCE, TODAY, (*rows, *wild[:14])), known)
    # Where everybody in the role opens as many, it is no sign.
    usual = [visit(staff=3 + s, person=100 + n, day=DAY - timedelta(s), event=1) for s in range(30) for n in range(15)]
    assert "volume" not in names(Log(SINCE, TODAY, (*rows, *wild, *usual)), known)


@pytest.mark.parametrize(
    ("minute", "hours", "found"),
    [(130, WEEK, True), (600, WEEK, False), (425, WEEK, False), (419, WEEK, True), (130, None, False)],
)
def test_out_of_hours_where_the_unit_is_closed(minute, hours, found):
    known = Known({1: Reader(1, ("ida", "wallin"))}, {11: whom()}, {31: hours}, ORDINARY)
    assert one(known, [visit(minute=minute)]) == ({"hours"} if found else set())


def test_who_usually_works_late_is_not_out_of_hours():
    late = [visit(day=DAY - timedelta(d), minute=1200, event=d) for d in range(1, 8)]
    assert one(facts(), [*late, visit(minute=1210)]) == set()


def test_refusals_from_ten_a_day():
    for times, found in ((9, set()), (10, {"refusals"})):
        rows = (Refusals(1, 31, "nurse", DAY, times, 1),)
        assert names(Log(SINCE, TODAY, refusals=rows), facts()) == found


def test_no_task_is_judged_when_the_days_have_passed_and_not_where_others_work():
    old = TODAY - timedelta(31)
    assert one(facts(), [visit(day=old)], acts=()) == {"no_act"}
    assert one(facts(), [visit(day=TODAY - timedelta(29))], acts=()) == set()
    assert one(facts(), [visit(day=old)], acts=(Act(31, 11, old + timedelta(30)),)) == set()
    assert one(facts(), [visit(day=old), visit(staff=2, day=old, event=2)], acts=()) == set()
    assert one(facts(None, whom(contacts=frozenset({1}))), [visit(day=old)], acts=()) == set()
    covering = Reader(1, ("ida", "wallin"), units=frozenset({32}))
    assert one(facts(covering), [visit(day=old)], acts=(Act(32, 11, old),)) == set()


def test_a_relation_begun_to_read():
    day = TODAY - timedelta(20)
    begun = (Begun(1, 31, 11, day, 595),)
    rows = [visit(day=day, minute=600)]
    assert one(facts(), rows, acts=(), begun=begun) == {"started"}
    assert one(facts(), rows, acts=(Act(31, 11, day + timedelta(14)),), begun=begun) == set()
    assert one(facts(), [visit(day=day, minute=594)], acts=(), begun=begun) == set()
    assert one(facts(), [visit(day=day, minute=656)], acts=(), begun=begun) == set()


def test_every_pattern_says_why_in_two_languages():
    from samband.core import decision

    log, known = make(3)
    for raised in find(log, known, SMALL):
        said = set()
        for code in ("sv", "en"):
            before, decision.language = decision.language, lambda code=code: code
            said.add(PATTERNS[raised.pattern].why(raised.why))
            decision.language = before
        assert len(said) == 2
        assert not any("None" in words for words in said)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Storgatan 4 B, lgh 1102", "storgatan 4B", True), ("Storgatan 4", "Storgatan 14", False), ("Box", "Box", False)],
)
def test_addresses_are_compared_without_floor_and_case(one, other, same):
    a, b = (address_key(street, "744 31", "Heby") for street in (one, other))
    assert (bool(a) and a == b) is same


def test_metres_and_hidden():
    assert metres((59.0, 17.0), (59.001, 17.0)) == pytest.approx(111.2, abs=0.1)
    assert how_near(whom(place=(59.0, 17.0)), whom(12, place=(59.0, 17.0), hidden=True), 100) is None


@pytest.mark.parametrize(
    ("action", "view", "subjects", "kind"),
    [
        ("plan.read", "plan.read:x", 1, "open"), ("record.list", "v", 1, "open"), ("person.list", "v", 1, "list"),
        ("plan.read", "v", 3, "list"), ("action.do", "", 1, "act"), ("refused", "v", 0, "other"), ("login", "v", 0, "other"),
    ],
)  # fmt: skip
def test_what_a_line_is(action, view, subjects, kind):
    assert kind_of(action, view, subjects) == kind
