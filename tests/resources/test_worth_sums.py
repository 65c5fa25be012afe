"""What the report says, from small outcomes whose sums can be done by hand; and a whole day through."""

import json

import pytest

from samband.resources.rules import worth_day, worth_sums
from samband.resources.rules.coalitions import Effort
from samband.resources.rules.worth import Facts, Fare, better, continuity
from samband.resources.rules.worth_day import Day, key, outcome
from samband.resources.services import worth_pay
from tests.resources.worth_days import drawn


def a_day(seed: int = 1, parties: str = "abc", each: int = 3) -> Day:
    needs = drawn(seed, parties, each)
    problem, party = needs.problem, needs.party
    facts = Facts(
        person={v.id: v.person.split("\n")[0] for v in problem.visits},
        area={v.id: "Heby" if party[v.id] == "a" else "Sala" for v in problem.visits},
        staff={w.id: f"staff-{w.id}" for w in problem.workers},
        owner={(v.id, k): party[v.id] for v in problem.visits for k in range(len(v.parts))},
        doctor=frozenset({("a0", 0)}),
        clock=16 * 60,
    )
    return Day(needs, facts, tuple(parties))


@pytest.fixture(scope="module")
def table():
    return {(f"2026-11-2{d}", seed): outcome(a_day(d), Effort(iterations=150), seed) for d in (1, 2) for seed in (1, 2)}


@pytest.fixture(scope="module")
def said(table):
    return worth_sums.result(table, [("a", "Kommunen"), ("b", "Regionen"), ("c", "Hemstödet")])


def test_costs_are_handed_out_to_the_last_minute(said):
    whole = next(row for row in said["coalitions"] if len(row["members"]) == 3)
    assert sum(row["cost"] for row in said["shares"]) == pytest.approx(whole["cost"], abs=0.05)
    assert sum(row["gain"]["mean"] for row in said["shares"]) == pytest.approx(said["gain"]["mean"], abs=0.05)


def test_no_set_loses_by_planning_together(said):
    assert said["gain"]["low"] >= 0
    assert all(row["gain"] >= -0.01 for row in said["coalitions"])


def test_the_gain_is_made_of_the_components(said):
    made = sum(row["apart"] - row["joint"] for row in said["price"])
    assert made == pytest.approx(said["gain"]["mean"], abs=0.05)


def test_figures_apart_are_the_sums_of_everybodys_own(table, said):
    travel = next(row for row in said["figures"] if row["key"] == "travel")
    by_seed = [sum(table[d, s]["coalitions"][p]["travel"] for d in said["days"] for p in "abc") for s in (1, 2)]
    assert travel["apart"] == {
        "mean": pytest.approx(sum(by_seed) / 2, abs=0.01),
        "low": min(by_seed),
        "high": max(by_seed),
    }


def test_areas_hold_all_visits(said):
    assert [row["area"] for row in said["areas"]] == ["Heby", "Sala"]
    assert sum(row["joint"]["visits"] for row in said["areas"]) == said["visits"] == 18
    unplaced = next(row for row in said["figures"] if row["key"] == "unplaced")
    assert sum(row["apart"]["unplaced"] for row in said["areas"]) == pytest.approx(unplaced["apart"]["mean"], abs=0.02)


def test_an_area_with_few_visits_has_no_figures():
    found = worth_sums.result(
        {("2026-11-21", 1): outcome(a_day(1, each=2), Effort(iterations=50), 1)}, [("a", "A"), ("b", "B"), ("c", "C")]
    )
    assert found["areas"] == [{"area": "Heby", "few": 5}, {"area": "Sala", "few": 5}]


def test_every_person_gains_loses_or_neither(said):
    found = {name: row["mean"] for name, row in said["persons"].items()}
    assert found["gain"] + found["same"] + found["lose"] == found["all"] == 3
    assert sum(found[f"late_{n}"] for n in range(5)) == found["all"]


def test_what_is_kept_names_nobody(said):
    kept = json.dumps(said)
    assert not any(f'"{mark}{n}"' in kept for n in range(9) for mark in ("p", "staff-w", "w"))


def test_an_outcome_is_plain_data(table):
    one = table["2026-11-21", 1]
    assert json.loads(json.dumps(one)) == one
    assert set(one["coalitions"]) == {"a", "b", "c", "a+b", "a+c", "b+c", "a+b+c"}


def test_doctors_after_five_are_counted_by_the_clock():
    early, late = (worth_day.outcome(a_day(), Effort(iterations=50), 1) for _ in range(2))
    assert early["coalitions"] == late["coalitions"]
    assert all(row["evening"] in (0.0, 1.0) for row in early["coalitions"].values())


def test_continuity_counts_different_staff_over_stretches_of_14_days():
    day = [{"p": Fare(staff={str(n % 3)})} for n in range(14)]
    assert continuity(day) == 3
    assert continuity([*day, {"p": Fare(staff={"x"})}]) == 3
    assert continuity(day[:2]) == 2
    assert continuity([{"p": Fare(unplaced=1)}]) is None


@pytest.mark.parametrize(
    ("apart", "joint", "verdict"),
    [
        (Fare(unplaced=1), Fare(late=90), 1),
        (Fare(), Fare(unplaced=1), -1),
        (Fare(late=30), Fare(late=20), 1),
        (Fare(late=20), Fare(late=29), 0),
        (Fare(staff={"a"}), Fare(staff={"a", "b"}), -1),
        (Fare(late=5, staff={"a", "b"}), Fare(late=9, staff={"c"}), 1),
        (Fare(staff={"a"}), Fare(staff={"b"}), 0),
    ],
)
def test_who_gains(apart, joint, verdict):
    assert better(apart, joint) == verdict
    assert better(joint, apart) == -verdict


@pytest.mark.parametrize(
    ("value", "number"), [(-60, 0), (-59, 1), (-10, 1), (-9, 2), (0, 2), (10, 3), (59, 3), (60, 4)]
)
def test_every_difference_lies_in_one_bin(value, number):
    assert [worth_sums._within(value, *bounds) for bounds in worth_sums.BINS].index(True) == number
    assert sum(worth_sums._within(value, *bounds) for bounds in worth_sums.BINS) == 1


def test_a_set_has_one_name():
    assert key(frozenset("ba")) == "a+b"
    assert worth_day.unkey("a+b") == frozenset("ab")


def test_above_six_organisations_the_report_says_how_unsure_its_shares_are():
    day = a_day(2, "abcdefg", each=1)
    table = {("2026-11-21", 1): outcome(day, Effort(iterations=10), 1, pairs=2)}
    found = worth_sums.result(table, [(p, p.upper()) for p in "abcdefg"], pairs=2)
    assert not found["exact"]
    assert any(row["error"] > 0 for row in found["shares"])
    whole = next(row for row in found["coalitions"] if len(row["members"]) == 7)
    assert sum(row["cost"] for row in found["shares"]) == pytest.approx(whole["cost"], abs=0.1)
    block = worth_pay.shares(found)
    assert block.columns[-1] == "Osäkerhet"
    assert all(row[-1].startswith("±") for row in block.rows)
