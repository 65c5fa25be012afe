"""Kernels ready before the clock: what compiling takes the first time on a machine is no search."""

from __future__ import annotations

import time
from functools import cache

from .engine import Engine, Params

COLD = 3.0  # seconds; loading from the cache takes less than one, compiling half a minute


@cache
def ready(plain: bool) -> float:
    """Run the kernels of plain or rich days once on a tiny day. Returns the seconds it took; once a process."""
    from .compile import build
    from .example import small_day

    begun = time.perf_counter()
    engine = Engine(build(small_day(not plain), Params().neighbours), Params(), 1)
    engine.build()
    engine.step(1, 1.0, 1.0)
    return time.perf_counter() - begun


def was_cold(*kinds: bool) -> bool:
    """Whether any kernel had to be compiled now: then the seconds of a search begin anew."""
    return max(ready(plain) for plain in kinds) > COLD
