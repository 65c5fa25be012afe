"""Compiled kernels that keep the times of a plan: raise, lower, place, take out.

Times are the least fixed point of lag constraints (travel, opening of windows, links between parts), so a
change only ever *raises* times downstream and can be undone from a log.  There is no global order of visits:
the parts of a linked visit are separate nodes, and a positive cycle shows as a raise that does not end.
"""

from typing import Any

from numba import njit

from .layout import (
    BRD,
    BRE,
    BRS,
    DN,
    DUE,
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
    P_WAIT,
    PLACE,
    PRED,
    PREV,
    REL,
    ROUTE,
    SUCC,
    THR2,
    THR3,
    TWT,
    W2D,
    W2S,
    W3D,
    W3S,
    T,
)

# _nrt: no reference counting in the kernels; they allocate nothing, and counting the references of some twenty
# arrays at every call of an inner function took 60 % of the time
JIT: Any = {"cache": True, "error_model": "numpy", "nogil": True, "_nrt": False}
# large functions with many arrays: passing them took longer than some of the calls
INLINE: Any = {**JIT, "forceinline": True}


@njit(inline="always")
def opening(FS, GS, x, a):
    """Start of node x for an arrival at a: waits for the window that costs least (monotone in a)."""
    s = a
    if s < FS[x, REL]:
        s = FS[x, REL]
    if GS[x, NWIN] > 1:
        if s > FS[x, THR2] and s < FS[x, W2S]:
            s = FS[x, W2S]
        if GS[x, NWIN] > 2 and s > FS[x, THR3] and s < FS[x, W3S]:
            s = FS[x, W3S]
    return s


@njit(inline="always")
def due_at(FS, GS, x, s):
    """Latest punctual start in the last window that has opened at s."""
    due = FS[x, DUE]
    if GS[x, NWIN] > 1:
        if s >= FS[x, W2S] - EPS:
            due = FS[x, W2D]
        if GS[x, NWIN] > 2 and s >= FS[x, W3S] - EPS:
            due = FS[x, W3D]
    return due


@njit(inline="always")
def arrival(FS, FD, GD, FR, x, y, first_end):
    """Arrival at y, the successor of x, after the break if it is taken on the way."""
    a = FD[x, T] + FS[x, DUR]
    if GD[x, LAFT] == 0:
        a += FD[x, DN]
    else:
        r = GD[x, ROUTE]
        if y >= first_end:
            if a < FR[r, BRS]:
                a = FR[r, BRS]
            a += FR[r, BRD] + FD[x, DN]
        else:
            a += FD[x, DN]
            if a < FR[r, BRS]:
                a = FR[r, BRS]
            a += FR[r, BRD]
    return a


@njit(inline="always")
def node_cost(FS, GS, FD, GD, FR, PW, x, s):
    """Price of starting x at s: tardiness, and a break that comes too late because of it."""
    late = s - due_at(FS, GS, x, s)
    c = 0.0
    if late > 0.0:
        c = late * FS[x, TWT]
    if GD[x, LAFT] == 1:
        over = s + FS[x, DUR] - FR[GD[x, ROUTE], BRE]
        if over > 0.0:
            c += over * PW[P_BREAK]
    return c


@njit(**JIT)
def spread(FS, GS, FD, GD, FR, PW, Q, LI, LF, head, tail, nlog, cutoff, cost, high, first_end):
    """Raise everything downstream of the nodes Q[head:tail].

    Returns (log length or -(length)-1 if given up, change of price, highest tardiness met).
    Gives up when the price passes `cutoff` or the log is full (a positive cycle).
    """
    full = LI.shape[0] - 8
    while head < tail:
        x = Q[head]
        head += 1
        for k in range(3):
            if k == 0:
                y = GD[x, SUCC]
                if y < 0:
                    continue
                a = arrival(FS, FD, GD, FR, x, y, first_end)
            elif k == 1:
                y = GS[x, NEXT]
                if y < 0 or GD[y, ROUTE] < 0:
                    continue
                a = FD[x, T] + FS[x, LMIN]
            else:
                y = GS[x, PREV]
                if y < 0 or GD[y, ROUTE] < 0:
                    continue
                a = FD[x, T] - FS[y, LMAX]
            old = FD[y, T]
            if a <= old + EPS:
                continue
            a = opening(FS, GS, y, a)
            LI[nlog] = y
            LF[nlog] = old
            nlog += 1
            FD[y, T] = a
            cost += node_cost(FS, GS, FD, GD, FR, PW, y, a) - node_cost(FS, GS, FD, GD, FR, PW, y, old)
            late = (a - due_at(FS, GS, y, a)) * FS[y, HIW]
            if late > high:
                high = late
            if cost > cutoff or nlog >= full:
                return -nlog - 1, cost, high
            Q[tail] = y
            tail += 1
    return nlog, cost, high


@njit(**JIT)
def lower_latest(FS, GS, FD, GD, FR, Q, tail, first_end):
    """Spread lowered latest starts upstream from the nodes Q[:tail]."""
    head = 0
    size = Q.shape[0]
    left = size
    while head != tail and left > 0:
        left -= 1
        x = Q[head]
        head += 1
        if head == size:
            head = 0
        for k in range(3):
            if k == 0:
                y = GD[x, PRED]
                if y < 0:
                    continue
                v = FD[x, LT] - FD[y, DN] - FS[y, DUR]
                if GD[y, LAFT] == 1:
                    v -= FR[GD[y, ROUTE], BRD]
                    if v < FD[y, T]:  # the break has room before it opens
                        v = FD[y, T]
            elif k == 1:
                y = GS[x, PREV]
                if y < 0 or GD[y, ROUTE] < 0:
                    continue
                v = FD[x, LT] - FS[y, LMIN]
            else:
                y = GS[x, NEXT]
                if y < 0 or GD[y, ROUTE] < 0:
                    continue
                v = FD[x, LT] + FS[x, LMAX]
            if v < FD[y, LT] - EPS:
                FD[y, LT] = v
                Q[tail] = y
                tail += 1
                if tail == size:
                    tail = 0


@njit(**JIT)
def latest(FS, GS, FD, GD, FR, PW, LINK, Q, nparts, nroutes, cap_last):
    """Latest starts of all planned nodes that raise no tardiness anywhere.

    cap_last == 1: nor the end of any route.  The first visit of a route then may also go to a later window, or be
    late where a minute of waiting costs more than a minute of being late (only it: what follows keeps its time).
    """
    first_end = nparts + nroutes
    for r in range(nroutes):
        x = first_end + r
        v = due_at(FS, GS, x, FD[x, T])
        FD[x, LT] = max(v, FD[x, T])
        y = GD[x, PRED]
        last = True
        while y >= 0:
            v = FD[x, LT] - FD[y, DN] - FS[y, DUR]
            if GD[y, LAFT] == 1:
                v = max(v - FR[r, BRD], FD[y, T])
                b = FR[r, BRE] - FS[y, DUR]
                if v > b:
                    v = max(b, FD[y, T])
            if last and cap_last == 1 and y < nparts:
                b = FD[y, T]
                if GD[y, LAFT] == 1:
                    b = max(b, FR[r, BRS] - FS[y, DUR])
                v = min(v, b)
            if y < nparts:
                last = False
                d = max(due_at(FS, GS, y, FD[y, T]), FD[y, T])
                if (
                    cap_last == 1
                    and v > d
                    and PW[P_WAIT] > 0.0
                    and GD[y, PRED] >= nparts
                    and GS[y, NEXT] < 0
                    and GS[y, PREV] < 0
                    and opening(FS, GS, y, v) <= v + EPS
                ):
                    if PW[P_WAIT] > FS[y, TWT] + PW[P_HIGH] * FS[y, HIW]:
                        d = v
                    elif FD[y, T] <= d and due_at(FS, GS, y, v) > d:
                        d = due_at(FS, GS, y, v)
                v = min(v, d)
            FD[y, LT] = v
            x = y
            y = GD[x, PRED]
    n = 0
    for k in range(LINK.shape[0]):
        x = LINK[k]
        y = GS[x, NEXT]
        if GD[x, ROUTE] < 0 or GD[y, ROUTE] < 0:
            continue
        v = FD[y, LT] - FS[x, LMIN]
        if v < FD[x, LT] - EPS:
            FD[x, LT] = v
            Q[n] = x
            n += 1
        v = FD[x, LT] + FS[x, LMAX]
        if v < FD[y, LT] - EPS:
            FD[y, LT] = v
            Q[n] = y
            n += 1
    if n > 0:
        lower_latest(FS, GS, FD, GD, FR, Q, n, first_end)


@njit(inline="always")
def unlink(GS, FD, GD, GR, D, nplaces, p):
    """Take p out of its route without touching any time; returns its former successor."""
    i = GD[p, PRED]
    j = GD[p, SUCC]
    GD[i, SUCC] = j
    GD[j, PRED] = i
    if GD[i, PRED] < 0 and GD[j, SUCC] < 0:
        FD[i, DN] = 0.0  # an unused worker does not travel
    else:
        FD[i, DN] = D[GR[GD[p, ROUTE], MODE] + GS[i, PLACE] * nplaces + GS[j, PLACE]]
    if GD[p, LAFT] == 1:
        GD[i, LAFT] = 1
        GD[p, LAFT] = 0
    GD[p, ROUTE] = -1
    GD[p, SUCC] = -1
    GD[p, PRED] = -1
    return j


@njit(inline="always")
def link(GS, FD, GD, GR, D, nplaces, p, i, before_break):
    """Put p after i; before_break: the break on the way from i is then taken after p."""
    r = GD[i, ROUTE]
    j = GD[i, SUCC]
    base = GR[r, MODE]
    FD[i, DN] = D[base + GS[i, PLACE] * nplaces + GS[p, PLACE]]
    FD[p, DN] = D[base + GS[p, PLACE] * nplaces + GS[j, PLACE]]
    GD[i, SUCC] = p
    GD[p, PRED] = i
    GD[p, SUCC] = j
    GD[j, PRED] = p
    GD[p, ROUTE] = r
    GD[p, LAFT] = 0
    if before_break == 1 and GD[i, LAFT] == 1:
        GD[i, LAFT] = 0
        GD[p, LAFT] = 1


@njit(**JIT)
def place(FS, GS, FD, GD, FR, GR, PW, D, Q, LI, LF, nplaces, first_end, p1, i1, b1, p2, i2, b2, cutoff, high, keep):
    """Put p1 after i1 (and p2 after i2 unless p2 < 0), spread the times and return what it cost.

    Returns (done, change of tardiness price, highest tardiness met, log length).  Undone unless it worked and
    keep == 1.
    """
    nlog = 0
    cost = 0.0
    tail = 0
    had1 = GD[i1, LAFT]
    link(GS, FD, GD, GR, D, nplaces, p1, i1, b1)
    had2 = 0
    if p2 >= 0:
        had2 = GD[i2, LAFT]
        link(GS, FD, GD, GR, D, nplaces, p2, i2, b2)
        FD[p2, T] = FS[p2, REL]
    if had1 == 1 and b1 == 1:  # the break moved behind p1: its price is met below
        c = FD[i1, T] + FS[i1, DUR] - FR[GD[i1, ROUTE], BRE]
        if c > 0.0:
            cost -= c * PW[P_BREAK]
    if had2 == 1 and b2 == 1:
        c = FD[i2, T] + FS[i2, DUR] - FR[GD[i2, ROUTE], BRE]
        if c > 0.0:
            cost -= c * PW[P_BREAK]
    for k in range(2):
        p = p1 if k == 0 else p2
        if p < 0:
            break
        i = GD[p, PRED]
        a = arrival(FS, FD, GD, FR, i, p, first_end)
        q = GS[p, PREV]
        if q >= 0 and GD[q, ROUTE] >= 0:
            a = max(a, FD[q, T] + FS[q, LMIN])
        q = GS[p, NEXT]
        if q >= 0 and GD[q, ROUTE] >= 0 and q != p2:
            a = max(a, FD[q, T] - FS[p, LMAX])
        a = opening(FS, GS, p, a)
        FD[p, T] = a
        cost += node_cost(FS, GS, FD, GD, FR, PW, p, a)
        late = (a - due_at(FS, GS, p, a)) * FS[p, HIW]
        if late > high:
            high = late
        Q[tail] = p
        tail += 1
    done = cost <= cutoff
    if done:
        n, cost, high = spread(FS, GS, FD, GD, FR, PW, Q, LI, LF, 0, tail, nlog, cutoff, cost, high, first_end)
        done = n >= 0
        nlog = n if done else -n - 1
    if done and keep == 1:
        return True, cost, high, nlog
    for k in range(nlog - 1, -1, -1):
        FD[LI[k], T] = LF[k]
    if p2 >= 0:
        unlink(GS, FD, GD, GR, D, nplaces, p2)
        GD[i2, LAFT] = had2
    unlink(GS, FD, GD, GR, D, nplaces, p1)
    GD[i1, LAFT] = had1
    return done, cost, high, nlog


@njit(**JIT)
def settle(FS, GS, FD, GD, FR, PW, Q, LI, LF, STK, MARK, nseeds, first_end):
    """Bring the times down after nodes were taken out: STK[:nseeds] may start earlier now.

    Only what hangs on a seed by tight constraints is reset and raised again.  False: a positive cycle.
    """
    n = nseeds
    nm = 0
    while n > 0:
        n -= 1
        x = STK[n]
        if MARK[x] == 1 or GD[x, ROUTE] < 0 or FD[x, T] <= FS[x, REL] + EPS:
            continue
        MARK[x] = 1
        LI[nm] = x
        nm += 1
        for k in range(3):
            if k == 0:
                y = GS[x, PREV]
                a = FD[x, T] - FS[y, LMAX]
            elif k == 1:
                y = GS[x, NEXT]
                a = FD[x, T] + FS[x, LMIN]
            else:
                y = GD[x, SUCC]
                a = 0.0
                if y >= 0:
                    a = arrival(FS, FD, GD, FR, x, y, first_end)
            if y < 0 or GD[y, ROUTE] < 0 or MARK[y] == 1:
                continue
            # linked parts with several windows can hold each other up: they always start anew
            loop = GS[y, NWIN] > 1 and (GS[y, NEXT] >= 0 or GS[y, PREV] >= 0)
            if loop or opening(FS, GS, y, a) >= FD[y, T] - EPS:
                STK[n] = y
                n += 1
    for k in range(nm):
        FD[LI[k], T] = FS[LI[k], REL]
    for k in range(nm):
        x = LI[k]
        MARK[x] = 0
        a = FD[x, T]
        y = GD[x, PRED]
        if y >= 0:
            a = max(a, arrival(FS, FD, GD, FR, y, x, first_end))
        y = GS[x, PREV]
        if y >= 0 and GD[y, ROUTE] >= 0:
            a = max(a, FD[y, T] + FS[y, LMIN])
        y = GS[x, NEXT]
        if y >= 0 and GD[y, ROUTE] >= 0:
            a = max(a, FD[y, T] - FS[x, LMAX])
        FD[x, T] = opening(FS, GS, x, a)
        Q[k] = x
    if nm == 0:
        return True
    n, _, _ = spread(FS, GS, FD, GD, FR, PW, Q, LI, LF, 0, nm, 0, 1e300, 0.0, 0.0, first_end)
    return n >= 0
