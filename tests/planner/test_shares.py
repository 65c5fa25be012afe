"""Days cut into shares and put together again, and the search on several processes that uses it."""

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.planner.random_days import begun, random_day
from visit_planner import shares as several
from visit_planner.engine import Params
from visit_planner.errors import InvalidInput
from visit_planner.extract import plan_of
from visit_planner.model import Problem
from visit_planner.plain import judge
from visit_planner.shares_cut import MARK, merged, shares
from visit_planner.stops import Iterations

LOCKED = ("locked to", "component ", "must be done", "hard window", "break at")


def planned(seed: int):
    """A random day and some plan of it; None where it cannot be planned."""
    problem = random_day(seed)
    engine = begun(problem, seed)
    if engine is None:
        return None
    engine.step(20, 500.0, 500.0)
    return problem, plan_of(engine.tables, engine.FD0, engine.GD0)


def days(seeds):
    return filter(None, map(planned, seeds))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_a_day_that_is_cut_and_put_together_is_the_day(seed, count):
    for problem, plan in days([seed]):
        parts = shares(problem, plan, count, np.random.default_rng(seed))
        again = merged(problem, [(part, part.start.routes) for part in parts])
        assert again is not None
        assert set(again.starts()) == set(plan.starts())
        for key, (worker, start) in plan.starts().items():
            assert again.starts()[key] == (worker, pytest.approx(start))
        assert again.cost == pytest.approx(plan.cost)
        assert sorted(again.unserved) == sorted(plan.unserved)


def test_every_worker_and_every_part_is_in_one_share():
    held = 0
    for problem, plan in days(range(60)):
        parts = shares(problem, plan, 2, np.random.default_rng(1))
        assert sorted(w for part in parts for w in part.crew) == list(range(len(problem.workers)))
        names = [v.id for part in parts for v in part.visits]
        whole = [name for name in names if MARK not in name]
        halves = [tuple(name.split(MARK)) for name in names if MARK in name]
        held += len(halves)
        assert len(set(names)) == len(names)
        split = {name for name, _ in halves}
        assert sorted([*whole, *split]) == sorted(v.id for v in problem.visits)
        assert all((v.id, str(k)) in halves for v in problem.visits if v.id in split for k in range(len(v.parts)))
    assert held > 20


def test_a_round_keeps_the_rules_of_the_whole_day(monkeypatch):
    rounds = better = 0
    for problem, plan in days(range(40)):
        monkeypatch.setattr(several, "_day", [problem])
        parts = shares(problem, plan, 2, np.random.default_rng(2))
        done = [
            several.anneal(part, 0.02, 30.0, 1.0, 3, Params(size=4)) if part.visits else several.Found([], [], 0)
            for part in parts
        ]
        best = merged(problem, [(part, found.best) for part, found in zip(parts, done, strict=True)])
        if best is None:
            continue
        rounds += 1
        better += best.cost < plan.cost - 1e-6
        assert best.cost == pytest.approx(judge(problem, best).cost)
        assert [v for v in best.violations if not any(word in v for word in LOCKED)] == []
    assert rounds > 20
    assert better > 5


def rich() -> Problem:
    """Random days on one, until there is enough for two shares."""
    visits, workers, seed = [], [], 0
    base = random_day(7)
    while len(visits) < 24:
        seed += 1
        day = random_day(seed)
        if set(day.travel) <= set(base.travel):
            places = len(next(iter(base.travel.values())))
            visits += [
                replace(v, id=f"{seed}-{v.id}", place=v.place % places, locked_workers=(), locked_start=None, price=500.0,
                        started=False, preferred=frozenset(), known=frozenset(), unwanted=frozenset(), forbidden=frozenset())
                for v in day.visits
            ]  # fmt: skip
            workers += [
                replace(w, id=f"{seed}-{w.id}", shifts=tuple(
                    replace(s, leave=s.leave % places, arrive=s.arrive % places) for s in w.shifts))
                for w in day.workers
            ]  # fmt: skip
    return replace(base, visits=tuple(visits), workers=tuple(workers), promised={}, points=(), places=())


@pytest.mark.slow
def test_two_processes_find_a_plan_and_stop_when_asked():
    problem, told = rich(), []
    found = several.solve_shares(problem, 4.0, Iterations(10**9), 1, progress=told.append)
    assert told
    assert found.cost == pytest.approx(judge(problem, found.plan).cost)
    served = {visit for visit, _ in found.plan.starts()}
    assert served | set(found.plan.unserved) == {v.id for v in problem.visits}
    again = several.solve_shares(problem, 60.0, Iterations(1), 1, start=found.plan)
    assert again.seconds < 30
    assert again.cost <= found.cost + 1e-6


def dies(*_args) -> None:
    os._exit(1)


@pytest.mark.slow
def test_where_a_process_dies_the_search_goes_on_alone(monkeypatch):
    monkeypatch.setattr(several, "anneal", dies)
    problem = rich()
    found = several.solve_shares(problem, 3.0, Iterations(10**9), 1)
    assert found.plan.starts()
    assert found.cost == pytest.approx(judge(problem, found.plan).cost)


def test_a_visit_that_nobody_may_do_is_said_before_anything_is_searched():
    problem = rich()
    visit = replace(problem.visits[0], price=None, started=False, forbidden=frozenset(w.id for w in problem.workers))
    with pytest.raises(InvalidInput, match=visit.id):
        several.solve_shares(replace(problem, visits=(visit, *problem.visits[1:])), 2.0, Iterations(10**9), 1)
