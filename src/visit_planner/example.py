"""A small day that is made, not read: to warm the kernels, for tests and for the documentation."""

from __future__ import annotations

import numpy as np

from .model import Break, Part, Price, Problem, Shift, Visit, Window, Worker


def small_day(rich: bool = True) -> Problem:
    """Twelve visits (two of them by two workers) and four workers on a line."""
    spots = np.array([0, 3, 5, 8, 11, 12, 15, 18, 4, 7, 9, 14, 17], float)
    travel = np.abs(spots[:, None] - spots[None, :])
    pause = Break(180.0, 360.0, 30.0) if rich else None
    workers = tuple(
        Worker(
            f"w{k}",
            frozenset(("care", "nurse") if k < 2 else ("care",)),
            (Shift(0.0, 480.0, 0, 0, pause),),
            employer=f"unit{k % 2}",
        )
        for k in range(4)
    )
    visits = []
    for k in range(1, 13):
        parts = (Part("care", 20.0), Part("nurse", 15.0)) if k in (4, 9) else (Part("care", 25.0),)
        visits.append(
            Visit(
                f"v{k}",
                k,
                parts,
                (Window(30.0 * k, 30.0 * k + 90.0),),
                "simultaneous" if k == 4 else "ordered" if k == 9 else "independent",
                ((0.0, 20.0),) if k == 9 else (),
                person=f"p{k % 6}",
            )
        )
    prices = {"travel": Price(1.0), "tardiness": Price(2.0), "highest_tardiness": Price(1.0)}
    if rich:
        prices |= {
            "waiting": Price(1.0),
            "overtime": Price(3.0),
            "idle": Price(2.0),
            "missed_breaks": Price(50.0),
            "same_worker": Price(5.0),
            "load": Price(1.0),
        }
    return Problem(
        workers,
        tuple(visits),
        {"default": travel},
        prices,
        tuple(f"place{k}" for k in range(13)),
        points=tuple((float(s), float(k % 5)) for k, s in enumerate(spots)),
    )
