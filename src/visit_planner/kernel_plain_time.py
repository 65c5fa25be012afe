"""Times of *plain* days (one window a visit; no breaks, no price on waiting, idle time, load or same worker).

The same least fixed point as in `kernel_time`, without what plain days lack: half of the search's time is spent
here and in `kernel_plain_scan`.  HS holds the first columns of FS, one cache line a node.

*Slots* are the routes as arrays, for scanning: route r owns the rows r*cap … r*cap + LEN[r], from its end
to its start.  Row k stands for the arc from node SI[k + 1] to node SI[k].
"""

from numba import njit

from .kernel_time import JIT, link, unlink
from .layout import DN, DUE, DUR, EPS, FAR, LMAX, LMIN, LT, NEXT, PLACE, PRED, PREV, REL, ROUTE, SUCC, TWT, VISIT, T

# columns of SH, in single precision: end of the work before the arc, its travel, latest start of the node after it (or
# more; any for the last arc)
S_END, S_TRAVEL, S_LATEST = range(3)
# columns of SF: work before the arc and travel, latest start of the node before it on its own account
S_STEP, S_CAP = range(2)
# columns of SI: node after the arc, its place
S_NODE, S_PLACE = range(2)
# columns of the sums of a route
R_TRAVEL, R_PRICE, R_HIGH = range(3)


@njit(**JIT)
def fill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, cap, nparts, nroutes, r):
    """Write the slots of route r and its sums."""
    k = r * cap
    x = nparts + nroutes + r
    late = FD[x, T] - HS[x, DUE]
    travel = 0.0
    price = 0.0 if late <= 0.0 else late * HS[x, TWT]
    high = 0.0
    while True:
        SI[k, S_NODE] = x
        SI[k, S_PLACE] = GS[x, PLACE]
        SH[k, S_LATEST] = FAR if k == r * cap else FD[x, LT]
        y = GD[x, PRED]
        if y < 0:
            break
        t = FD[y, T]
        dn = FD[y, DN]
        dur = HS[y, DUR]
        due = HS[y, DUE]
        SH[k, S_END] = t + dur
        SH[k, S_TRAVEL] = dn
        SF[k, S_STEP] = dn + dur
        travel += dn
        if t > due:
            price += (t - due) * HS[y, TWT]
            high = max(high, t - due)
            due = t
        SF[k, S_CAP] = due
        k += 1
        x = y
    LEN[r] = k - r * cap
    SUM[r, R_TRAVEL] = travel
    SUM[r, R_PRICE] = price
    SUM[r, R_HIGH] = high


@njit(**JIT)
def spread_plain(HS, GS, FD, GD, Q, LI, LF, tail, cutoff, cost, high, p1, p2):
    """Raise everything downstream of the nodes Q[:tail].

    Returns (log length or -(length)-1 if given up, change of price, highest tardiness met, nodes in Q).
    Gives up when the price passes `cutoff` or when a part just put in (p1, p2) is raised again and again: with one
    window a visit, that is a positive cycle.
    """
    full = LI.shape[0] - 8
    turns = 0 if p2 < 0 else 4
    nlog = 0
    head = 0
    while head < tail:
        x = Q[head]
        head += 1
        for k in range(3):
            if k == 0:
                y = GD[x, SUCC]
                if y < 0:
                    continue
                a = FD[x, T] + HS[x, DUR] + FD[x, DN]
            elif k == 1:
                y = GS[x, NEXT]
                if y < 0 or GD[y, ROUTE] < 0:
                    continue
                a = FD[x, T] + HS[x, LMIN]
            else:
                y = GS[x, PREV]
                if y < 0 or GD[y, ROUTE] < 0:
                    continue
                a = FD[x, T] - HS[y, LMAX]
            old = FD[y, T]
            if a <= old + EPS:
                continue
            LI[nlog] = y
            LF[nlog] = old
            nlog += 1
            FD[y, T] = a
            late = a - HS[y, DUE]
            if late > 0.0:
                cost += HS[y, TWT] * min(late, a - old)
                if late > high and GS[y, VISIT] >= 0:
                    high = late
            if y == p1 or y == p2:
                turns -= 1
            if cost > cutoff or turns < 0 or nlog >= full:
                return -nlog - 1, cost, high, tail
            Q[tail] = y
            tail += 1
    return nlog, cost, high, tail


@njit(**JIT)
def place_plain(HS, GS, FD, GD, GR, D, Q, LI, LF, nplaces, p1, i1, p2, i2, cutoff, high, keep):
    """Put p1 after i1 (and p2 after i2 unless p2 < 0), spread the times and return what it cost.

    Returns (done, change of tardiness price, highest tardiness met, nodes in Q: those whose time changed).
    Undone unless it worked and keep == 1.
    """
    link(GS, FD, GD, GR, D, nplaces, p1, i1, 0)
    if p2 >= 0:
        link(GS, FD, GD, GR, D, nplaces, p2, i2, 0)
        FD[p2, T] = HS[p2, REL]
    cost = 0.0
    tail = 0
    for k in range(2):
        p = p1 if k == 0 else p2
        if p < 0:
            break
        i = GD[p, PRED]
        a = max(HS[p, REL], FD[i, T] + HS[i, DUR] + FD[i, DN])
        q = GS[p, PREV]
        if q >= 0 and GD[q, ROUTE] >= 0:
            a = max(a, FD[q, T] + HS[q, LMIN])
        q = GS[p, NEXT]
        if q >= 0 and GD[q, ROUTE] >= 0 and q != p2:
            a = max(a, FD[q, T] - HS[p, LMAX])
        FD[p, T] = a
        late = a - HS[p, DUE]
        if late > 0.0:
            cost += late * HS[p, TWT]
            high = max(high, late)
        Q[tail] = p
        tail += 1
    nlog = 0
    done = cost <= cutoff
    if done:
        n, cost, high, tail = spread_plain(HS, GS, FD, GD, Q, LI, LF, tail, cutoff, cost, high, p1, p2)
        done = n >= 0
        nlog = n if done else -n - 1
    if done and keep == 1:
        return True, cost, high, tail
    for k in range(nlog - 1, -1, -1):
        FD[LI[k], T] = LF[k]
    if p2 >= 0:
        unlink(GS, FD, GD, GR, D, nplaces, p2)
    unlink(GS, FD, GD, GR, D, nplaces, p1)
    return done, cost, high, tail


@njit(**JIT)
def settle_plain(HS, GS, FD, GD, Q, LI, LF, STK, MARK, nseeds):
    """Bring the times down after nodes were taken out: STK[:nseeds] may start earlier now.

    Only what hangs on a seed by tight constraints is reset and raised again.  Returns the number of nodes in Q, all
    those whose time may have changed (negative: a positive cycle).
    """
    n = nseeds
    nm = 0
    while n > 0:
        n -= 1
        x = STK[n]
        if MARK[x] == 1 or GD[x, ROUTE] < 0 or FD[x, T] <= HS[x, REL] + EPS:
            continue
        MARK[x] = 1
        Q[nm] = x
        nm += 1
        for k in range(3):
            if k == 0:
                y = GS[x, PREV]
                if y < 0:
                    continue
                a = FD[x, T] - HS[y, LMAX]
            elif k == 1:
                y = GS[x, NEXT]
                a = FD[x, T] + HS[x, LMIN]
            else:
                y = GD[x, SUCC]
                a = FD[x, T] + HS[x, DUR] + FD[x, DN]
            if y >= 0 and GD[y, ROUTE] >= 0 and MARK[y] == 0 and a >= FD[y, T] - EPS:
                STK[n] = y
                n += 1
    for k in range(nm):
        x = Q[k]
        FD[x, T] = HS[x, REL]
    for k in range(nm):
        x = Q[k]
        MARK[x] = 0
        a = FD[x, T]
        y = GD[x, PRED]
        if y >= 0:
            a = max(a, FD[y, T] + HS[y, DUR] + FD[y, DN])
        y = GS[x, PREV]
        if y >= 0 and GD[y, ROUTE] >= 0:
            a = max(a, FD[y, T] + HS[y, LMIN])
        y = GS[x, NEXT]
        if y >= 0 and GD[y, ROUTE] >= 0:
            a = max(a, FD[y, T] - HS[x, LMAX])
        FD[x, T] = a
    if nm == 0:
        return 0
    n, _, _, tail = spread_plain(HS, GS, FD, GD, Q, LI, LF, nm, 1e300, 0.0, 0.0, -1, -1)
    return tail if n >= 0 else -1


@njit(**JIT)
def lower_plain(HS, GS, FD, GD, Q, tail):
    """Spread lowered latest starts upstream from the nodes Q[:tail]; returns the number of nodes lowered, all in Q."""
    head = 0
    size = Q.shape[0]
    while head < tail and tail < size - 3:
        x = Q[head]
        head += 1
        v = FD[x, LT]
        y = GD[x, PRED]
        if y >= 0:
            w = v - FD[y, DN] - HS[y, DUR]
            if w < FD[y, LT] - EPS:
                FD[y, LT] = w
                Q[tail] = y
                tail += 1
        y = GS[x, PREV]
        if y >= 0 and GD[y, ROUTE] >= 0:
            w = v - HS[y, LMIN]
            if w < FD[y, LT] - EPS:
                FD[y, LT] = w
                Q[tail] = y
                tail += 1
        y = GS[x, NEXT]
        if y >= 0 and GD[y, ROUTE] >= 0:
            w = v + HS[x, LMAX]
            if w < FD[y, LT] - EPS:
                FD[y, LT] = w
                Q[tail] = y
                tail += 1
    return tail


@njit(**JIT)
def sweep(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, LINK, Q, cap, nroutes):
    """Latest starts of all planned nodes that raise no tardiness anywhere, from slots that are up to date.

    Returns (travel, price of tardiness and overtime, highest tardiness) of the whole plan on the way.
    """
    travel = 0.0
    price = 0.0
    high = 0.0
    for r in range(nroutes):
        travel += SUM[r, R_TRAVEL]
        price += SUM[r, R_PRICE]
        high = max(high, SUM[r, R_HIGH])
        begin = r * cap
        x = SI[begin, S_NODE]
        v = max(HS[x, DUE], FD[x, T])
        FD[x, LT] = v
        for k in range(begin, begin + LEN[r]):
            v = min(v - SF[k, S_STEP], SF[k, S_CAP])
            FD[SI[k + 1, S_NODE], LT] = v
            SH[k + 1, S_LATEST] = v
    n = 0
    for k in range(LINK.shape[0]):
        x = LINK[k]
        y = GS[x, NEXT]
        if GD[x, ROUTE] < 0 or GD[y, ROUTE] < 0:
            continue
        v = FD[y, LT] - HS[x, LMIN]
        if v < FD[x, LT] - EPS:
            FD[x, LT] = v
            Q[n] = x
            n += 1
        v = FD[x, LT] + HS[x, LMAX]
        if v < FD[y, LT] - EPS:
            FD[y, LT] = v
            Q[n] = y
            n += 1
    if n > 0:
        lower_plain(HS, GS, FD, GD, Q, n)
    return travel, price, high


@njit(**JIT)
def lift(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, DIRTY, ndirty, Q, cap, nroutes):
    """As `sweep`, after nodes were taken out of the routes DIRTY[:ndirty] only.

    Latest starts of other routes stay as they are (they may be higher now, by links).  Returns the sums of `sweep`
    and the number of nodes in Q, those that were lowered.
    """
    travel = 0.0
    price = 0.0
    high = 0.0
    for r in range(nroutes):
        travel += SUM[r, R_TRAVEL]
        price += SUM[r, R_PRICE]
        high = max(high, SUM[r, R_HIGH])
    for d in range(ndirty):
        begin = DIRTY[d] * cap
        x = SI[begin, S_NODE]
        v = max(HS[x, DUE], FD[x, T])
        FD[x, LT] = v
        for k in range(begin, begin + LEN[DIRTY[d]]):
            v = min(v - SF[k, S_STEP], SF[k, S_CAP])
            FD[SI[k + 1, S_NODE], LT] = v
            SH[k + 1, S_LATEST] = v
    n = 0
    for d in range(ndirty):
        begin = DIRTY[d] * cap
        for k in range(begin + 1, begin + LEN[DIRTY[d]]):
            x = SI[k, S_NODE]
            v = FD[x, LT]
            q = GS[x, NEXT]
            if q >= 0 and GD[q, ROUTE] >= 0:
                v = min(v, FD[q, LT] - HS[x, LMIN])
            q = GS[x, PREV]
            if q >= 0 and GD[q, ROUTE] >= 0:
                v = min(v, FD[q, LT] + HS[q, LMAX])
            if v < FD[x, LT] - EPS:
                FD[x, LT] = v
                Q[n] = x
                n += 1
    if n > 0:
        n = lower_plain(HS, GS, FD, GD, Q, n)
    return travel, price, high, n


@njit(**JIT)
def tighten(HS, GS, FD, GD, Q, p1, p2):
    """Lower the latest starts after p1 (and p2) were put in; returns the number of nodes lowered, in Q."""
    n = 0
    for k in range(2):
        p = p1 if k == 0 else p2
        if p < 0:
            break
        v = FD[GD[p, SUCC], LT] - FD[p, DN] - HS[p, DUR]
        FD[p, LT] = min(v, max(HS[p, DUE], FD[p, T]))
        Q[n] = p
        n += 1
    for k in range(n):
        p = Q[k]
        # a linked part that was there before bounds p as well
        q = GS[p, NEXT]
        if q >= 0 and GD[q, ROUTE] >= 0:
            FD[p, LT] = min(FD[p, LT], FD[q, LT] - HS[p, LMIN])
        q = GS[p, PREV]
        if q >= 0 and GD[q, ROUTE] >= 0:
            FD[p, LT] = min(FD[p, LT], FD[q, LT] + HS[q, LMAX])
    return lower_plain(HS, GS, FD, GD, Q, n)
