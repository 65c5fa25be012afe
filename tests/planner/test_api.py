"""The public functions: stop criteria, determinism, a changed day, explanations, bounds, large days."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from visit_planner.bound import lower_bound
from visit_planner.change import Added, Cancelled, Delayed, Sick, insert, remove, replan
from visit_planner.engine import Params
from visit_planner.errors import InvalidInput
from visit_planner.example import small_day
from visit_planner.explain import explain
from visit_planner.formats.files import load_problem, save_plan
from visit_planner.large import solve_large
from visit_planner.model import Part, Visit, Window
from visit_planner.solve import solve
from visit_planner.stops import AnyOf, FirstFeasible, Iterations, NoImprovement, Seconds, Status, Target


@pytest.fixture(scope="module")
def solved():
    day = small_day()
    return day, solve(day, Iterations(500)).plan


@pytest.mark.parametrize(
    ("stop", "status", "done"),
    [
        (Iterations(10), Status(9, 5.0, True), False),
        (Iterations(10), Status(10, 5.0, True), True),
        (NoImprovement(10), Status(30, 5.0, True, 9), False),
        (NoImprovement(10), Status(30, 5.0, True, 10), True),
        (Target(4.0), Status(1, 4.5, True), False),
        (Target(4.0), Status(1, 4.0, False), False),
        (Target(4.0), Status(1, 4.0, True), True),
        (FirstFeasible(), Status(1, 9.0, False), False),
        (FirstFeasible(), Status(1, 9.0, True), True),
        (Seconds(0), Status(1, 9.0, True), True),
        (AnyOf((Iterations(10), Target(4.0))), Status(3, 3.0, True), True),
    ],
)
def test_stops(stop, status, done):
    stop.begin()
    assert stop.done(status) is done


@pytest.mark.parametrize("stop", [Seconds(0.2), Iterations(300), NoImprovement(300), Target(1e9), FirstFeasible()])
def test_every_stop_ends_with_a_feasible_plan(day, stop):
    result = solve(day, stop)
    assert result.feasible
    assert result.history[-1][2] == pytest.approx(result.cost)


def test_the_same_seed_gives_the_same_plan(day):
    a, b, c = (solve(day, Iterations(800), seed).plan for seed in (4, 4, 5))
    assert a == b
    assert c.feasible


def test_two_processes_are_deterministic(day):
    a, b = (solve(day, Iterations(400), 3, threads=2) for _ in range(2))
    assert a.plan == b.plan
    assert a.iterations == 400


def test_a_given_plan_is_never_made_worse(solved):
    day, plan = solved
    assert solve(day, Iterations(200), 9, start=plan).cost <= plan.cost + 1e-9


@pytest.mark.parametrize("bad", [{"hot": -1.0}, {"cold": 0.0}, {"blink": 1.0}, {"size": 0.0}])
def test_parameters_say_what_they_expect(bad):
    with pytest.raises(ValueError, match="expected"):
        Params(**bad)


def test_insert_moves_nobody_else(solved):
    day, plan = solved
    new = Visit("urgent", 3, (Part("nurse", 20.0),), (Window(60.0, 120.0),))
    bigger = insert(day, plan, new)
    assert bigger.feasible
    before, after = plan.starts(), bigger.starts()
    assert ("urgent", 0) in after
    assert all(after[k][0] == w for k, (w, _) in before.items())


def test_remove_keeps_the_rest(solved):
    day, plan = solved
    smaller = remove(day, plan, "v3")
    assert smaller.feasible
    assert ("v3", 0) not in smaller.starts()
    assert all(smaller.starts()[k][0] == w for k, (w, _) in plan.starts().items() if k[0] != "v3")
    with pytest.raises(InvalidInput, match="v99"):
        remove(day, plan, "v99")


def test_replan_keeps_what_has_happened(solved):
    day, plan = solved
    now = 150.0
    sick = day.workers[plan.routes[0].worker].id
    added = Visit("urgent", 3, (Part("care", 20.0),), (Window(200.0, 260.0),))
    events = [Sick(sick), Cancelled("v12"), Added(added), Delayed(day.workers[1].id, 160.0)]
    changed, result = replan(day, plan, now, events, stop=Iterations(400))
    assert result.feasible, result.plan.violations
    starts = result.plan.starts()
    assert ("v12", 0) not in starts
    assert starts["urgent", 0][1] >= now
    for key, (worker, start) in plan.starts().items():
        visit = [t for (v, _), (_, t) in plan.starts().items() if v == key[0]]
        if min(visit) <= now and key[0] != "v12":
            assert starts[key] == (worker, start)
        elif key in starts:
            assert starts[key][1] >= now
            assert day.workers[starts[key][0]].id != sick
    assert changed.promised


@pytest.mark.parametrize("event", [Sick("w9"), Cancelled("v99"), Delayed("w9", 10.0), Added(small_day().visits[0])])
def test_events_of_another_day_are_refused(solved, event):
    with pytest.raises(InvalidInput, match="expected"):
        replan(*solved, 10.0, [event], stop=Iterations(10))


def test_explain_names_alternatives_and_what_they_cost(solved):
    day, plan = solved
    found = explain(day, plan, "v4")
    assert len(found.planned) == 2
    assert found.alternatives
    for other in found.alternatives:
        priced = sum(day.price(n).weight * x for n, x in other.components.items())
        assert other.cost == pytest.approx(priced, abs=1e-6)
    assert any("competence" in rule for _, _, rule in found.refused)


def test_explain_says_why_a_visit_is_left_out():
    day = small_day()
    lonely = replace(day.visits[0], id="x", price=0.5, parts=(Part("care", 400.0),), forbidden=frozenset({"w0"}))
    day = replace(day, visits=(*day.visits, lonely))
    plan = solve(day, Iterations(300)).plan
    assert plan.unserved == ["x"]
    assert "left out" in explain(day, plan, "x").text


def test_lower_bound_lies_below_and_is_often_tight():
    pytest.importorskip("ortools")
    day = small_day(rich=False)
    day = replace(day, visits=day.visits[:6])
    bound, proven = lower_bound(day, 20.0)
    best = solve(day, Iterations(3000)).cost
    assert bound <= best + 1e-6
    if proven:
        assert bound == pytest.approx(best, abs=0.2)


def test_districts_serve_everything(monkeypatch):
    monkeypatch.setattr("visit_planner.large.ROUTES", 2)
    day = small_day(rich=False)
    result = solve_large(day, Iterations(2000), iterations=300)
    assert result.feasible, result.plan.violations
    assert result.plan.unserved == []


def test_public_instances_pass_the_independent_checker(shared, tmp_path):
    names = ["mankowska/InstanzCPLEX_HCSRP_10_1", "kummer/HHCRSP_25_5_22_1.0_C_C", "uhhc/i-134", "uhhc/i-100"]
    names.append(next(p for p in sorted((shared / "instances" / "italian").glob("*.json"))).stem)
    for name in names:
        path = shared / "instances" / (f"{name}.json" if "/" in name else f"italian/{name}.json")
        problem = load_problem(path)
        result = solve(problem, Iterations(500))
        save_plan(problem, result.plan, tmp_path / "plan.json")
        done = subprocess.run(
            [sys.executable, str(shared / "check.py"), str(path), str(tmp_path / "plan.json")],
            capture_output=True,
            text=True,
            check=False,
        )
        report = json.loads(done.stdout)
        assert report["feasible"], report["violations"]
        assert report["cost"] == pytest.approx(result.cost, abs=1e-3)
