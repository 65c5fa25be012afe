"""Compiled search for the best positions of one part: an O(1) bound for every position of every route."""

import numpy as np
from numba import njit

from .kernel_time import JIT, due_at, opening
from .layout import (
    BRD,
    BRE,
    BRS,
    DN,
    DUR,
    EPS,
    HIW,
    LAFT,
    LMAX,
    LMIN,
    LT,
    MODE,
    NEXT,
    NWIN,
    P_BREAK,
    P_HIGH,
    P_IDLE,
    P_TRAVEL,
    P_WAIT,
    PLACE,
    PRED,
    PREV,
    REL,
    ROUTE,
    SUCC,
    TWT,
    UTIL,
    W2D,
    W3D,
    WORKER,
    T,
)

# integer columns of a candidate: node before it, 1 if the break moves behind it, 1 if its bound is exact
# float columns: bound, price that does not depend on the start, arrival, delay allowance of the successor
CAND_INTS = 3
CAND_FLOATS = 4


@njit(**JIT)
def scan(
    FS,
    GS,
    FD,
    GD,
    FR,
    GR,
    WC,
    PW,
    D,
    DT,
    CPTR,
    CROU,
    BLK,
    EXTRA,
    IDLE,
    ID,
    CI,
    CF,
    ORD,
    X,
    p,
    keep,
    room,
    high,
    nplaces,
    nparts,
    nroutes,
    stamp,
    not1,
    not2,
    rich,
):
    """Positions of part p with a bound below `room` (and below that of the best exact one); returns their number.

    CI, CF hold them as found.  With keep > 0 only the `keep` best matter: ORD[:n] are their row numbers, ascending
    by bound, and exact ones cut nothing off.  With keep == 0 the last exact row is the best exact one.
    X[0] counts down the positions to the next blink (a position that is overlooked on purpose), X[1] is the rate.
    EXTRA is a price per route added on top of WC (same worker); ID = (highest idle, its route, next, band, factor).
    """
    first_end = nparts + nroutes
    n = 0
    rows = 0
    cut = room
    tw = FS[p, TWT]
    dur = FS[p, DUR]
    place_p = GS[p, PLACE]
    nwin = GS[p, NWIN]
    last_due = due_at(FS, GS, p, 0.0)
    if nwin > 1:
        last_due = FS[p, W2D] if nwin == 2 else FS[p, W3D]
    low = -1.0
    q = GS[p, PREV]
    linked = False
    if q >= 0:
        if GD[q, ROUTE] >= 0:
            low = FD[q, T] + FS[q, LMIN]
            linked = True
    q = GS[p, NEXT]
    if q >= 0 and GD[q, ROUTE] >= 0:
        low = max(low, FD[q, T] - FS[p, LMAX])
        linked = True
    blink = X[0]
    for c in range(CPTR[p], CPTR[p + 1]):
        r = CROU[c]
        if BLK[r] == stamp:
            continue
        w = GR[r, WORKER]
        if w == not1 or w == not2:
            continue
        base = WC[r, p] + EXTRA[r]
        if base >= cut:
            continue
        mb = GR[r, MODE]
        i = nparts + r
        while True:
            j = GD[i, SUCC]
            if j < 0:
                break
            e = FD[i, T] + FS[i, DUR]
            if base + tw * (e - last_due) >= cut:
                break
            # far too early: whoever comes next would be late by more than there is room for
            if tw >= 1.0 and j < first_end and (rich == 0 or PW[P_IDLE] == 0.0):
                spared = 0.0  # waiting before j that would be gone
                if rich == 1:
                    spared = PW[P_WAIT] * max(0.0, FD[j, T] - e - FD[i, DN])
                if FS[p, REL] + dur + base - FD[j, LT] - spared > cut:
                    i = j
                    continue
            blink -= 1.0
            if blink < 0.0:
                blink = np.log(np.random.random()) * X[1]
                i = j
                continue
            di = DT[mb + place_p * nplaces + GS[i, PLACE]]
            dj = D[mb + place_p * nplaces + GS[j, PLACE]]
            dd = di + dj - FD[i, DN]
            static = base + PW[P_TRAVEL] * dd
            if rich == 1:
                if ID[3] > 0.0 and FR[r, UTIL] > 0.0:
                    ref = ID[0] - ID[3]
                    if r == ID[1] and ID[2] > ref:
                        full = min(dd + dur, max(0.0, IDLE[r] - ID[2]))
                        rest = min(dd + dur - full, max(0.0, ID[2] - ref))
                        static -= PW[P_IDLE] * (full + ID[4] * rest)
                    elif r == ID[1]:
                        static -= PW[P_IDLE] * max(0.0, min(dd + dur, IDLE[r] - ID[2]))
                    else:
                        static -= PW[P_IDLE] * ID[4] * max(0.0, min(dd + dur, IDLE[r] - ref))
            if static < cut:
                tries = 1 + GD[i, LAFT]
                for b in range(tries):
                    a = e + di
                    price = static
                    if b < tries - 1:  # the break stays before p
                        a = max(a, FR[r, BRS]) + FR[r, BRD]
                    s = opening(FS, GS, p, max(a, low))
                    late = s - due_at(FS, GS, p, s)
                    bound = price
                    if late > 0.0:
                        bound += tw * late
                        over = late * FS[p, HIW] - high
                        if over > 0.0:
                            bound += PW[P_HIGH] * over
                    if bound >= cut:
                        continue
                    f = s + dur + dj
                    if tries == 2 and b == 1:  # the break comes between p and j
                        if s + dur > FR[r, BRE]:
                            bound += PW[P_BREAK] * (s + dur - FR[r, BRE])
                        if j >= first_end:
                            f = max(s + dur, FR[r, BRS]) + FR[r, BRD] + dj
                        else:
                            f = max(f, FR[r, BRS]) + FR[r, BRD]
                    room_j = FD[j, LT]
                    exact = not linked
                    ex = f - room_j
                    if ex > EPS:
                        bound += ex * FS[j, TWT] if j >= first_end else ex * tw
                        exact = False
                    if rich == 1 and PW[P_WAIT] > 0.0:
                        w1 = 0.0
                        if GD[i, PRED] >= 0:
                            w1 = s - a
                            sl = FD[i, LT] - FD[i, T]
                            w1 = max(0.0, w1 - sl)
                        w2 = 0.0
                        w0 = 0.0
                        if j < first_end:
                            w2 = max(0.0, FD[j, T] - f)
                            if w2 > 0.0:
                                sl = due_at(FS, GS, p, s) - s
                                if GD[i, PRED] >= 0:
                                    sl = min(sl, max(0.0, FD[i, LT] - FD[i, T]))
                                w2 = max(0.0, w2 - max(0.0, sl))
                            if GD[i, PRED] >= 0:
                                w0 = max(0.0, FD[j, T] - e - FD[i, DN] - max(0.0, FD[i, LT] - FD[i, T]))
                        bound += PW[P_WAIT] * (w1 + w2 - w0)
                        price += PW[P_WAIT] * (w1 + w2 - w0)
                    if bound >= cut:
                        continue
                    CF[rows, 0] = bound
                    CF[rows, 1] = price
                    CF[rows, 2] = a
                    CF[rows, 3] = room_j
                    CI[rows, 0] = i
                    CI[rows, 1] = 1 if (tries == 2 and b == 1) else 0
                    CI[rows, 2] = 1 if exact else 0
                    if keep == 0:
                        rows += 1
                        if exact:
                            cut = bound
                        continue
                    k = n
                    if n < keep:
                        n += 1
                    else:
                        k = keep - 1
                    while k > 0 and CF[ORD[k - 1], 0] > bound:
                        ORD[k] = ORD[k - 1]
                        k -= 1
                    ORD[k] = rows
                    rows += 1
                    if n == keep:
                        cut = min(cut, CF[ORD[keep - 1], 0])
            i = j
    X[0] = blink
    return n if keep > 0 else rows
