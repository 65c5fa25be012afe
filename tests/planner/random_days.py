"""Random days that reach every part of the model, and what each of them reaches."""

from dataclasses import replace

import numpy as np

from visit_planner.compile import build
from visit_planner.engine import Engine, Params
from visit_planner.errors import InvalidInput
from visit_planner.model import COMPONENTS, PAIRWISE, Break, Part, Price, Problem, Shift, Visit, Window, Worker
from visit_planner.solve import validate

SKILLS = ("care", "nurse", "therapy")


def random_day(seed: int) -> Problem:
    """A day of 1-9 visits and 2-5 workers; every feature is drawn independently."""
    rng = np.random.default_rng(seed)
    places = int(rng.integers(3, 9))
    travel = {}
    for means in ("car", "bike")[: int(rng.integers(1, 3))]:
        matrix = rng.integers(1, 40, (places, places)).astype(float)
        np.fill_diagonal(matrix, 0.0)
        for k in range(places):  # a detour is never shorter: earliest times are then kept exactly
            matrix = np.minimum(matrix, matrix[:, k : k + 1] + matrix[k : k + 1, :])
        travel[means] = matrix
    workers = tuple(random_worker(rng, k, places, list(travel)) for k in range(int(rng.integers(2, 6))))
    # one worker of each kind can always be found, so that no visit is impossible
    workers += tuple(Worker(f"all{k}", frozenset(SKILLS), (Shift(0.0, 480.0, 0, 0),), "car", "town") for k in range(3))
    names = [w.id for w in workers]
    visits = tuple(random_visit(rng, k, places, names) for k in range(int(rng.integers(1, 10))))
    promised = {(v.id, 0): str(rng.choice(names)) for v in visits if rng.random() < 0.3}
    return Problem(
        workers,
        visits,
        travel,
        random_prices(rng),
        tuple(f"x{k}" for k in range(places)),
        bool(rng.random() < 0.5),
        promised=promised,
    )


def random_worker(rng, k: int, places: int, means: list[str]) -> Worker:
    skills = frozenset(s for s in SKILLS if rng.random() < 0.7)
    shifts = []
    start = float(rng.integers(0, 120))
    for _ in range(int(rng.integers(1, 3))):
        end = start + float(rng.integers(60, 300))
        home = int(rng.integers(places))
        pause = None
        if rng.random() < 0.5:
            opens = start + float(rng.integers(0, 60))
            pause = Break(opens, opens + float(rng.integers(30, 120)), float(rng.integers(5, 25)))
        shifts.append(Shift(start, end, home, home if pause else int(rng.integers(places)), pause))
        start = end + 20
    return Worker(
        f"w{k}",
        skills,
        tuple(shifts),
        str(rng.choice(means)),
        str(rng.choice(["town", "region", ""])),
        frozenset(["fi"]) if rng.random() < 0.5 else frozenset(),
    )


def random_visit(rng, k: int, places: int, names: list[str]) -> Visit:
    count = int(rng.choice([1, 1, 1, 2, 2, 3]))
    parts = tuple(Part(str(rng.choice(SKILLS)), float(rng.integers(5, 50))) for _ in range(count))
    sync = str(rng.choice(["simultaneous", "ordered", "independent"]))
    low = rng.integers(0, 30, 2)
    gaps = tuple((float(g), float(g + rng.integers(0, 40))) for g in low[: count - 1]) if sync == "ordered" else ()
    windows, start = [], float(rng.integers(0, 200))
    for _ in range(int(rng.choice([1, 1, 2, 3]))):
        windows.append(Window(start, start + float(rng.integers(0, 90))))
        start = windows[-1].end + float(rng.integers(1, 120))

    def some(share: float) -> frozenset[str]:
        return frozenset(n for n in names if rng.random() < 0.5) if rng.random() < share else frozenset()

    forbidden = frozenset(n for n in names[:-3] if rng.random() < 0.2)
    lock = rng.random() < 0.08 and sync == "independent" and count == 1
    return Visit(
        f"v{k}",
        int(rng.integers(places)),
        parts,
        tuple(windows),
        sync,
        gaps,
        float(rng.integers(1, 200)) if rng.random() < 0.4 else None,
        bool(rng.random() < 0.15),
        f"p{rng.integers(4)}" if rng.random() < 0.7 else "",
        str(rng.choice(["town", "region", ""])),
        frozenset(["fi"]) if rng.random() < 0.3 else frozenset(),
        some(0.4),
        some(0.3),
        some(0.3),
        forbidden,
        locked_start=windows[0].start if lock and parts[0].duration <= windows[0].end - windows[0].start else None,
        earliest=float(rng.integers(0, 60)) if rng.random() < 0.1 and not lock else 0.0,
    )


def random_prices(rng) -> dict[str, Price]:
    prices = {name: Price(float(rng.integers(0, 12))) for name in COMPONENTS if rng.random() < 0.7}
    for name in COMPONENTS:
        if rng.random() < 0.06 and name not in ("travel", "idle", "load", *PAIRWISE):
            prices[name] = Price(0.0, True)
    for name in PAIRWISE:  # a hard rule that leaves nobody would make the day impossible
        if rng.random() < 0.05:
            prices[name] = Price(0.0, True)
    prices["travel"] = Price(float(rng.integers(1, 5)))
    return prices


def features(problem: Problem) -> set[str]:
    """What a day holds, for the count of what the generator reaches."""
    out = {f"hard {n}" if p.hard else f"soft {n}" for n, p in problem.prices.items()}
    for v in problem.visits:
        out.add(f"{len(v.parts)} parts {v.sync}" if len(v.parts) > 1 else "1 part")
        out.add(f"{len(v.windows)} windows")
        out.add("hard window" if v.hard else "soft window")
        out |= {"optional"} if v.price is not None else {"must"}
        out |= {
            name for name in ("preferred", "known", "unwanted", "forbidden", "languages", "person") if getattr(v, name)
        }
        out |= {"locked start"} if v.locked_start is not None else set()
        out |= {"earliest"} if v.earliest else set()
    for w in problem.workers:
        out |= {"two shifts"} if len(w.shifts) > 1 else set()
        out |= {"break"} if any(s.pause for s in w.shifts) else set()
    out.add("judged at end" if problem.judged_at_end else "judged at start")
    return out | {f"{len(problem.travel)} means"}


#: prices that a plain day does not have
RICH = ("waiting", "idle", "same_worker", "load", "missed_breaks")


def plain_day(seed: int) -> Problem:
    """A day of 2-25 visits without breaks, second windows and prices on waiting, idle time, load and same worker.

    Nor locked starts: a day so full breaks them, and lateness then counts from the lock in the search and from the
    window in the verdict (both call the plan broken).
    """
    rng = np.random.default_rng(seed)
    day = random_day(seed)
    names = [w.id for w in day.workers]
    places = len(day.places)
    visits = tuple(random_visit(rng, k, places, names) for k in range(int(rng.integers(2, 26))))
    workers = tuple(replace(w, shifts=tuple(replace(s, pause=None) for s in w.shifts)) for w in day.workers)
    return replace(
        day,
        workers=workers,
        visits=tuple(replace(v, windows=v.windows[:1], locked_start=None) for v in visits),
        prices={n: p for n, p in day.prices.items() if n not in RICH},
        promised={(v.id, 0): str(rng.choice(names)) for v in visits if rng.random() < 0.3},
    )


def begun(problem: Problem, seed: int) -> Engine | None:
    """A search with a first plan; None where nobody may do what must be done."""
    try:
        validate(problem)
    except InvalidInput:
        return None
    engine = Engine(build(problem), Params(size=4, blink=0.05), seed)
    engine.build()
    return engine
