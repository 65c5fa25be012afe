"""Prices that hang on the whole plan, as seen by one insertion: highest idle time, same worker for a person."""

from numba import njit

from .kernel_ruin import X_BAND, X_BANDF
from .kernel_time import JIT
from .layout import FIRST, PARTS, ROUTE, WORKER


@njit(**JIT)
def rank_idle(IDLE, ID, X, nroutes):
    """ID: the highest idle time, its route, the next highest, and how far below it still counts for how much."""
    ID[0] = -1e300
    ID[2] = -1e300
    for r in range(nroutes):
        if IDLE[r] > ID[0]:
            ID[2] = ID[0]
            ID[0] = IDLE[r]
            ID[1] = r
        elif IDLE[r] > ID[2]:
            ID[2] = IDLE[r]
    ID[3] = X[X_BAND]
    ID[4] = X[X_BANDF]


@njit(**JIT)
def price_group(GD, GR, GV, MEMBERS, EXTRA, g, price, nroutes):
    """EXTRA: the price of each route for a visit of group g, by who already has another visit of the group."""
    seen = False
    for r in range(nroutes):
        EXTRA[r] = 0.0
    if g >= 0:
        for m in range(MEMBERS.shape[1]):
            u = MEMBERS[g, m]
            if u < 0:
                break
            for k2 in range(GV[u, PARTS]):
                q = GV[u, FIRST] + k2
                if GD[q, ROUTE] >= 0:
                    seen = True
                    w = GR[GD[q, ROUTE], WORKER]
                    for r in range(nroutes):
                        if GR[r, WORKER] == w:
                            EXTRA[r] = 1.0
        for r in range(nroutes):
            EXTRA[r] = 0.0 if (EXTRA[r] > 0.0 or not seen) else price
