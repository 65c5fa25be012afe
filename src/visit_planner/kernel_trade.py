"""Two workers change places: they take over each other's visits at the same times, between twin routes only.

Without it the choice of which workers drive at all can only change by tearing down whole routes.  Nothing but the
prices of workers can change, so a trade is free on most days and opens other exchanges later.
"""

from numba import njit

from .kernel_time import JIT
from .layout import FIXED, PRED, ROUTE, SUCC, VISIT


@njit(**JIT)
def takeover_price(GS, GD, GV, WC, nparts, nroutes, r1, r2):
    """What it costs, in prices of workers, if the worker of r2 does all of r1; 1e18 if that may not be."""
    cost = 0.0
    x = GD[nparts + r1, SUCC]
    while x < nparts + nroutes:
        c = WC[r2, x] - WC[r1, x]
        if c > 1e15 or GV[GS[x, VISIT], FIXED] == 1:
            return 1e18
        cost += c
        x = GD[x, SUCC]
    return cost


@njit(**JIT)
def hang(GD, s, e, first, last):
    """Make the chain first … last the whole route from s to e (first is an end if there is none)."""
    if first < 0:
        GD[s, SUCC] = e
        GD[e, PRED] = s
        return
    GD[s, SUCC] = first
    GD[first, PRED] = s
    GD[e, PRED] = last
    GD[last, SUCC] = e


@njit(**JIT)
def trade(FD, GD, nparts, nroutes, r1, r2):
    """Swap all visits of the twins r1 and r2, with their times."""
    s1 = nparts + r1
    s2 = nparts + r2
    e1 = s1 + nroutes
    e2 = s2 + nroutes
    x = GD[s1, SUCC]
    while x < nparts + nroutes:
        GD[x, ROUTE] = r2
        x = GD[x, SUCC]
    x = GD[s2, SUCC]
    while x < nparts + nroutes:
        GD[x, ROUTE] = r1
        x = GD[x, SUCC]
    first1 = GD[s1, SUCC] if GD[s1, SUCC] != e1 else -1
    last1 = GD[e1, PRED]
    first2 = GD[s2, SUCC] if GD[s2, SUCC] != e2 else -1
    last2 = GD[e2, PRED]
    hang(GD, s1, e1, first2, last2)
    hang(GD, s2, e2, first1, last1)
    for k in range(FD.shape[1]):
        FD[s1, k], FD[s2, k] = FD[s2, k], FD[s1, k]
        FD[e1, k], FD[e2, k] = FD[e2, k], FD[e1, k]
