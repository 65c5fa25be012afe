"""The fast incremental evaluation against the plain one, on random days and after random moves."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.planner.random_days import begun, features, plain_day, random_day
from visit_planner import layout as L
from visit_planner.compile import Apart, build, neighbours
from visit_planner.engine import Engine, Params
from visit_planner.errors import InvalidInput
from visit_planner.extract import plan_of, sequences, state_of
from visit_planner.kernels import kernel_cost as kc
from visit_planner.kernels import kernel_ruin as kr
from visit_planner.model import COMPONENTS, PAIRWISE
from visit_planner.plan import schedule
from visit_planner.solve import validate

PAIRS = {"travel": kc.C_TRAVEL, "tardiness": kc.C_LATE, "highest_tardiness": kc.C_HIGH, "overtime": kc.C_EXTRA}
RICH = {"idle": kc.C_IDLE, "same_worker": kc.C_GROUP, "load": kc.C_LOAD, "waiting": kc.C_WAIT}


def evaluated(tables, FD, GD):
    """Price and components of a state as the kernels see them."""
    idle, out = np.zeros(tables.nroutes), np.zeros(kc.COMPONENTS)
    Q = np.empty(16 * len(FD) + 1024, np.int32)
    t = tables
    price = kc.evaluate(
        t.FS,
        t.GS,
        FD,
        GD,
        t.FR,
        t.GR,
        t.GV,
        t.FV,
        t.WC,
        t.PW,
        t.LINK,
        t.MEMBERS,
        Q,
        idle,
        out,
        t.nparts,
        t.nroutes,
        t.rich,
    )
    return price, out


def compare(tables, FD, GD):
    """Both evaluations of one state; returns the plan and what the comparison met."""
    problem = tables.problem
    _, out = evaluated(tables, FD, GD)
    starts = schedule(problem, sequences(tables, GD))
    for p, key in enumerate(tables.nodes):
        if GD[p, L.ROUTE] >= 0:
            assert FD[p, L.T] == pytest.approx(starts[key], abs=1e-4)
    plan = plan_of(tables, FD, GD)
    got = plan.components
    for name, column in PAIRS.items():
        assert got[name] == pytest.approx(out[column], abs=1e-3), name
    if tables.rich:
        for name, column in RICH.items():
            if name not in ("waiting", "same_worker") or problem.price(name).weight > 0:
                assert got[name] == pytest.approx(out[column], abs=1e-3), name
    pairwise = sum(problem.price(n).weight * got[n] for n in PAIRWISE)
    assert pairwise == pytest.approx(out[kc.C_ASSIGN], abs=1e-6)
    left = [v for v in problem.visits if v.id in plan.unserved]
    assert out[kc.C_UNSERVED] == pytest.approx(sum(tables.FV[problem.visits.index(v)] for v in left))
    allowed = ("must be done", "component ", "hard window", "break at", "locked to")
    assert [v for v in plan.violations if not any(a in v for a in allowed)] == []
    return plan, {n for n in COMPONENTS if got[n] > 0}


def follow(problem, seed, moves):
    """Compare a search's states with the plain evaluation as it goes; False if the day cannot be planned."""
    engine = begun(problem, seed)
    if engine is None:
        return False
    tables = engine.tables
    for _ in range(3):
        engine.step(moves, 500.0, 500.0)
        compare(tables, engine.FD0, engine.GD0)
    price, _ = evaluated(tables, engine.FDB, engine.GDB)
    assert price == pytest.approx(engine.best, abs=1e-3)
    plan, _ = compare(tables, engine.FDB, engine.GDB)
    _, GD, again = state_of(tables, plan)
    assert again == pytest.approx(engine.best, abs=1e-3)
    assert sequences(tables, GD) == sequences(tables, engine.GDB)
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 40))
def test_fast_equals_plain_on_random_days_after_random_moves(seed, moves):
    follow(random_day(seed), seed, moves)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 150))
def test_the_kernel_of_plain_days_too(seed, moves):
    problem = plain_day(seed)
    assert build(problem).plain
    follow(problem, seed, moves)


def test_both_kernels_follow_the_same_prices_on_plain_days():
    """After the same number of iterations the searches need not agree, but each keeps its own books."""
    followed = 0
    for seed in range(1000, 1040):
        problem = plain_day(seed)
        followed += follow(problem, seed, 60)
        tables = build(problem)
        tables.plain = False
        engine = Engine(tables, Params(size=4, blink=0.05), seed)
        engine.build()
        engine.step(60, 500.0, 500.0)
        compare(tables, engine.FD0, engine.GD0)
    assert followed >= 20


def test_the_generator_reaches_everything():
    seen, met, days = Counter(), Counter(), 0
    for seed in range(400):
        problem = random_day(seed)
        try:
            validate(problem)
        except InvalidInput:
            continue
        days += 1
        seen.update(features(problem))
        if days % 4 == 0:
            engine = Engine(build(problem), Params(size=4), seed)
            engine.build()
            met.update(compare(engine.tables, engine.FDB, engine.GDB)[1])
    assert set(met) == set(COMPONENTS)
    wanted = {f"{n} parts {s}" for n in (2, 3) for s in ("simultaneous", "ordered", "independent")}
    wanted |= {
        "1 part",
        "1 windows",
        "2 windows",
        "3 windows",
        "hard window",
        "soft window",
        "optional",
        "must",
        "preferred",
        "known",
        "unwanted",
        "forbidden",
        "languages",
        "person",
        "locked start",
        "earliest",
        "two shifts",
        "break",
        "judged at end",
        "judged at start",
        "1 means",
        "2 means",
    }
    wanted |= {f"{kind} {n}" for kind in ("hard", "soft") for n in COMPONENTS}
    wanted -= {"hard travel", "hard idle", "hard load"}
    assert wanted - set(seen) == set()


def test_workers_change_places_and_the_books_stay_right():
    """Every trade of twin routes keeps times, links and prices as the plain evaluator has them."""
    traded = 0
    for seed in range(2000, 2060):
        problem = plain_day(seed)
        try:
            validate(problem)
        except InvalidInput:
            continue
        tables = build(problem)
        engine = Engine(tables, Params(size=4, trade=3.0), seed)
        engine.build()
        for _ in range(4):
            engine.step(10, 500.0, 500.0)
            compare(tables, engine.FD0, engine.GD0)
            price, _ = evaluated(tables, engine.FD0, engine.GD0)
            assert price == pytest.approx(engine.current, abs=1e-3)
        traded += int(engine.x[kr.X_TRADED])
    assert traded > 30


def test_twins_are_routes_of_workers_with_the_same_day():
    """Who has two shifts, other times, places or means is nobody's twin."""
    met = Counter()
    for seed in range(2000, 2060):
        tables = build(plain_day(seed))
        for r, (w, s) in enumerate(tables.routes):
            for q, (v, u) in enumerate(tables.routes):
                if q == r or tables.GR[r, L.TWIN] < 0 or tables.GR[r, L.TWIN] != tables.GR[q, L.TWIN]:
                    continue
                one, other = tables.problem.workers[w], tables.problem.workers[v]
                assert len(one.shifts) == len(other.shifts) == 1
                assert (one.shifts[s], one.means) == (other.shifts[u], other.means)
                met["twins"] += 1
            met["alone"] += int(tables.GR[r, L.TWIN] < 0)
    assert met["twins"]
    assert met["alone"]


def test_neighbours_share_workers_first():
    """Of two visits at the same place and time the one with workers in common comes first."""
    able = np.array([[1, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], bool)  # three routes, four parts of three visits
    GV = np.zeros((3, L.GV_COLUMNS), np.int32)
    GV[:, L.FIRST], GV[:, L.PARTS] = [0, 1, 2], [1, 1, 2]
    apart = Apart(able, GV)
    assert apart.row(0).tolist() == [0.0, 1.0, 0.0]
    assert apart.row(1).tolist() == [1.0, 0.0, 0.0]
    where, means = np.array([0, 1, 1]), np.array([[0.0, 5.0], [5.0, 0.0]])
    assert neighbours(where, means, np.zeros(3), apart, 2)[0].tolist() == [2, 1]
