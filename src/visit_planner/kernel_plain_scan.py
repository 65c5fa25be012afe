"""Best positions of one part on a plain day: an O(1) bound for every position of every route, over slots."""

import numpy as np
from numba import njit

from .kernel_plain_time import S_NODE, S_PLACE
from .kernel_time import INLINE
from .layout import (
    DUE,
    DUR,
    FAR,
    LMAX,
    LMIN,
    LT,
    MODE,
    NEXT,
    P_HIGH,
    P_TRAVEL,
    PLACE,
    PREV,
    REL,
    ROUTE,
    TWT,
    WORKER,
    T,
)

# columns of a candidate: its bound, the price that does not depend on the start, the arrival, the latest start of
# the successor; the node before it, 1 if the bound is exact
C_BOUND, C_STATIC, C_ARRIVAL, C_LATEST = range(4)
C_AFTER, C_EXACT = range(2)

NOISE = 1e-4  # of single precision
U0, U1, U2 = np.uint64(0), np.uint64(1), np.uint64(2)  # as unsigned: S_END, S_TRAVEL and S_PLACE, S_LATEST


@njit(**INLINE)
def scan_plain(
    HS, GS, FD, GD, GR, WC, WCC, PW, NEAR, NEART, CPTR, CROU, BLK, SH, SI, LEN, POS, DETOUR, CI, CF, ORD, X,
    p, keep, room, high, trust, nplaces, first_end, cap, stamp, not1, not2,
):  # fmt: skip
    """Positions of part p with a bound below `room` (and below that of the best exact one); returns their number.

    CI, CF hold them as found.  With keep > 0 only the `keep` best matter: ORD[:n] are their row numbers, ascending
    by bound, and exact ones cut nothing off.  With keep == 0 the last exact row is the best exact one.
    trust == 0: no bound is taken as exact.
    NEAR, NEART: the travel matrices and their transposes in single precision; half of them fits the cache.
    X[0] counts down the positions to the next blink (a position that is overlooked on purpose), X[1] is the rate.
    """
    cut = room
    tw = HS[p, TWT]
    dur = HS[p, DUR]
    rel = HS[p, REL]
    due = HS[p, DUE]
    worth = PW[P_TRAVEL]
    row = GS[p, PLACE] * nplaces
    low = rel
    free = trust
    q = GS[p, PREV]
    if q >= 0 and GD[q, ROUTE] >= 0:
        low = max(low, FD[q, T] + HS[q, LMIN])
        free = 0
    q = GS[p, NEXT]
    if q >= 0 and GD[q, ROUTE] >= 0:
        low = max(low, FD[q, T] - HS[p, LMAX])
        free = 0
    # first all positions without a branch (they could not be predicted), then the few that are left; unsigned numbers
    # because numba looks whether a signed index is negative
    found = U0
    per = 1.0 / tw if tw > 1e-9 else FAR
    for c in range(CPTR[p], CPTR[p + 1]):
        r = CROU[c]
        base = WCC[c]
        w = GR[r, WORKER]
        if BLK[r] == stamp or base >= cut or w == not1 or w == not2:
            continue
        m = np.uint64(GR[r, MODE] + row)
        begin = np.uint64(r * cap)
        most = (cut - base) * per
        too_late = np.float32(due + most)
        too_early = np.float32(rel + dur - most)
        more = np.float32((cut - base) / worth if worth > 0.0 else FAR)
        back = NEAR[m + np.uint64(SI[begin, U1])]
        for k in range(begin, begin + np.uint64(LEN[r])):
            to = m + np.uint64(SI[k + U1, U1])
            detour = NEART[to] + back - SH[k, U1]
            back = NEAR[to]
            POS[found] = k
            DETOUR[found] = detour
            found += np.uint64((detour <= more) & (SH[k, U0] <= too_late) & (SH[k, U2] >= too_early))
    left = np.int64(found)
    n = 0
    rows = 0
    blink = X[0]
    for c in range(left):
        k = POS[c]
        r = GD[SI[k, S_NODE], ROUTE]
        static = WC[r, p] + worth * np.float64(DETOUR[c])
        if static >= cut:
            continue
        j = SI[k, S_NODE]
        late_j = FD[j, LT]
        i = SI[k + 1, S_NODE]
        m = GR[r, MODE] + row
        a = FD[i, T] + HS[i, DUR] + np.float64(NEART[m + SI[k + 1, S_PLACE]])
        back = np.float64(NEAR[m + SI[k, S_PLACE]])
        s = max(a, low)
        bound = static
        late = s - due
        if late > 0.0:
            bound += tw * late
            if late > high:
                bound += PW[P_HIGH] * (late - high)
        exact = free
        ex = s + dur + back - late_j
        if ex > NOISE:
            bound += ex * HS[j, TWT] if j >= first_end else ex * tw
            exact = 0
        if bound >= cut:
            continue
        blink -= 1.0
        if blink < 0.0:
            blink = np.log(np.random.random()) * X[1]
            continue
        CF[rows, C_BOUND] = bound
        CF[rows, C_STATIC] = static
        CF[rows, C_ARRIVAL] = a
        CF[rows, C_LATEST] = late_j
        CI[rows, C_AFTER] = i
        CI[rows, C_EXACT] = exact
        if keep == 0:
            rows += 1
            if exact == 1:
                cut = bound
            continue
        h = n
        if n < keep:
            n += 1
        else:
            h = keep - 1
        while h > 0 and CF[ORD[h - 1], C_BOUND] > bound:
            ORD[h] = ORD[h - 1]
            h -= 1
        ORD[h] = rows
        rows += 1
        if n == keep:
            cut = min(cut, CF[ORD[keep - 1], C_BOUND])
    X[0] = blink
    return n if keep > 0 else rows
