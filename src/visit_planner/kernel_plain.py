"""Compiled ruin and recreate for plain days: as `kernel_search.anneal`, three times as fast.

What makes it so: routes are scanned as slots, only routes that changed are written, copied and put back, and prices
are followed instead of summed up.
"""

import numpy as np
from numba import njit

from .kernel_cost import C_ASSIGN, C_UNSERVED, evaluate
from .kernel_order import arrange
from .kernel_plain_insert import KEEP2, KEEPJ, best_pair, best_single
from .kernel_plain_scan import C_AFTER, C_STATIC
from .kernel_plain_time import fill, lift, place_plain, settle_plain, sweep, tighten
from .kernel_ruin import (
    X_BEST,
    X_BLINK,
    X_CUR,
    X_EACH,
    X_FAILS,
    X_GUESS,
    X_HOPE,
    X_IMPROVED,
    X_RATE,
    X_SETTLE,
    X_TARDY,
    X_TRADE,
    X_TRADED,
    choose,
)
from .kernel_time import JIT, unlink
from .kernel_trade import takeover_price, trade
from .layout import (
    DN,
    DUE,
    EPS,
    FIRST,
    KIND,
    LT,
    P_HIGH,
    P_TRAVEL,
    PARTS,
    PRED,
    ROUTE,
    SUCC,
    TWIN,
    VISIT,
    WORKER,
    T,
)


def workspace_plain(nodes: int, nroutes: int, nvisits: int, cap: int) -> tuple:
    """Scratch arrays of `anneal_plain` (it allocates nothing itself)."""
    return (
        np.empty(16 * nodes + 1024, np.int32),  # Q: queue
        np.empty(8 * nodes + 512, np.int32),  # LI, LF: log of raised times
        np.empty(8 * nodes + 512, np.float64),
        np.empty(8 * nodes + 64, np.int32),  # STK
        np.zeros(nodes, np.int32),  # MARK
        np.zeros(nroutes, np.int64),  # BLK: routes that take nothing in this iteration
        np.zeros(nroutes, np.int64),  # RUINED
        np.zeros(nvisits, np.int64),  # OUTV: visits taken out
        np.empty(nvisits, np.int32),  # REM: list of visits taken out
        np.empty(nvisits),  # KEY: their order
        np.empty((2 * nodes + 2, 2), np.int32),  # candidates of the first and the second part
        np.empty((2 * nodes + 2, 4)),
        np.empty((2 * nodes + 2, 2), np.int32),
        np.empty((2 * nodes + 2, 4)),
        np.empty((KEEPJ + 1, 2), np.int32),  # joint candidates
        np.empty(KEEPJ + 1),
        np.empty(2 * nodes + 2, np.int32),  # order of the candidates
        np.empty(KEEP2 + 1, np.int32),
        np.full(nvisits, 1e18),  # GUESS: what putting each visit in cost the last time
        np.zeros(nvisits),  # CHEAP: the least it cost lately
        np.empty((nroutes * cap + 2, 4), np.float32),  # SH, SF, SI, LEN: slots
        np.empty((nroutes * cap + 2, 2)),
        np.zeros((nroutes * cap + 2, 2), np.int32),
        np.zeros(nroutes, np.int64),
        np.empty((nroutes, 3)),  # SUM: sums of each route
        np.zeros((2, nroutes), np.int64),  # SEEN: stamps of routes that changed in this iteration, in this step
        np.zeros(nroutes, np.int32),  # DIRTY: list of routes that changed in this iteration
        np.zeros(nodes, np.int32),  # LATE: tardy nodes of the current plan
        np.zeros(2 * nodes + 2, np.int32),  # POS, DETOUR: positions that may do
        np.zeros(2 * nodes + 2, np.float32),
    )


@njit(**JIT)
def refill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, SEEN, DIRTY, Q, tail, ndirty, stamp, mark, cap, nparts, nroutes):
    """Write the slots of the routes of Q[:tail]; returns the number of routes that changed in this iteration."""
    for k in range(tail):
        r = GD[Q[k], ROUTE]
        if r < 0 or SEEN[1, r] == mark:
            continue
        SEEN[1, r] = mark
        fill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, cap, nparts, nroutes, r)
        if SEEN[0, r] != stamp:
            SEEN[0, r] = stamp
            DIRTY[ndirty] = r
            ndirty += 1
    return ndirty


@njit(**JIT)
def note(GD, SEEN, DIRTY, Q, tail, ndirty, stamp):
    """Add the routes of Q[:tail] to those that changed in this iteration."""
    for k in range(tail):
        r = GD[Q[k], ROUTE]
        if r >= 0 and SEEN[0, r] != stamp:
            SEEN[0, r] = stamp
            DIRTY[ndirty] = r
            ndirty += 1
    return ndirty


@njit(**JIT)
def drop_plain(GS, FD, GD, GR, GV, D, STK, SEEN, DIRTY, ndirty, stamp, nplaces, n, v):
    """Take all parts of visit v out; returns the length of STK (their former successors) and of DIRTY."""
    for k in range(GV[v, PARTS]):
        p = GV[v, FIRST] + k
        r = GD[p, ROUTE]
        if r < 0:
            continue
        if SEEN[0, r] != stamp:
            SEEN[0, r] = stamp
            DIRTY[ndirty] = r
            ndirty += 1
        STK[n] = unlink(GS, FD, GD, GR, D, nplaces, p)
        n += 1
    return n, ndirty


@njit(**JIT)
def copy_routes(FD, GD, GV, FD2, GD2, REM, n, DIRTY, ndirty, nparts):
    """Copy the routes DIRTY[:ndirty] of a state, and which of the visits REM[:n] are not planned, to another one."""
    for k in range(n):
        p = GV[REM[k], FIRST]
        if GD[p, ROUTE] < 0:
            for q in range(p, p + GV[REM[k], PARTS]):
                GD2[q, ROUTE] = -1
                GD2[q, SUCC] = -1
                GD2[q, PRED] = -1
    for k in range(ndirty):
        x = nparts + DIRTY[k]
        while x >= 0:
            FD2[x, T] = FD[x, T]
            FD2[x, LT] = FD[x, LT]
            FD2[x, DN] = FD[x, DN]
            GD2[x, SUCC] = GD[x, SUCC]
            GD2[x, PRED] = GD[x, PRED]
            GD2[x, ROUTE] = GD[x, ROUTE]
            x = GD[x, SUCC]


@njit(**JIT)
def list_late(HS, FD, GD, LATE, nparts):
    """Fill LATE with the tardy parts; returns their number."""
    n = 0
    for x in range(nparts):
        if GD[x, ROUTE] >= 0 and FD[x, T] > HS[x, DUE] + EPS:
            LATE[n] = x
            n += 1
    return n


@njit(**JIT)
def anneal_plain(
    HS, FS, GS, FD, GD, FR, GR, GV, FV, WC, WCC, PW, D, NEAR, NEART, LINK, MEMBERS, CPTR, CROU, NBR, FD0, GD0, FDB, GDB,
    IDLE, OUT, X, SIZES, W, seed, iterations, hot, cold, build,
):  # fmt: skip
    """Run `iterations` of ruin and recreate from temperature `hot` to `cold`; as `kernel_search.anneal`."""
    nparts = SIZES[0]
    nroutes = SIZES[1]
    nplaces = SIZES[2]
    nvisits = GV.shape[0]
    nodes = HS.shape[0]
    first_end = nparts + nroutes
    np.random.seed(seed)
    (
        Q, LI, LF, STK, MARK, BLK, RUINED, OUTV, REM, KEY, C1I, C1F, C2I, C2F, CJI, CJF, O1, O2, GUESS, CHEAP,
        SH, SF, SI, LEN, SUM, SEEN, DIRTY, LATE, POS, DETOUR,
    ) = W  # fmt: skip
    cap = nparts + 2
    BLK[:] = 0
    RUINED[:] = 0
    OUTV[:] = 0
    MARK[:] = 0
    SEEN[:] = 0
    X[X_BLINK] = np.log(np.random.random()) * X[X_RATE]
    factor = (cold / hot) ** (1.0 / max(1, iterations))
    temp = hot
    mark = 0
    accepted = 0
    for r in range(nroutes):
        fill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, cap, nparts, nroutes, r)
    sweep(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, LINK, Q, cap, nroutes)
    for x in range(nodes):
        FD0[x, LT] = FD[x, LT]
    nlate = list_late(HS, FD, GD, LATE, nparts)
    evaluate(FS, GS, FD, GD, FR, GR, GV, FV, WC, PW, LINK, MEMBERS, Q, IDLE, OUT, nparts, nroutes, 0)
    assigned = OUT[C_ASSIGN]
    unserved = OUT[C_UNSERVED]
    absent = 0
    for v in range(nvisits):
        if GD[GV[v, FIRST], ROUTE] < 0:
            absent += 1
    for it in range(iterations):
        stamp = it + 1
        temp *= factor
        building = build == 1 and it == 0
        n = 0
        nseeds = 0
        ndirty = 0
        rest = assigned + unserved
        if not building:
            # ---- workers change places (in the current plan, whatever comes of this iteration)
            for _ in range(int(X[X_TRADE] + np.random.random())):
                r1 = np.random.randint(nroutes)
                r2 = np.random.randint(nroutes)
                if r1 == r2 or GR[r1, TWIN] < 0 or GR[r1, TWIN] != GR[r2, TWIN] or LEN[r1] + LEN[r2] < 3:
                    continue
                c = takeover_price(GS, GD, GV, WC, nparts, nroutes, r1, r2)
                if c < 1e15:
                    c += takeover_price(GS, GD, GV, WC, nparts, nroutes, r2, r1)
                if c > 1e15 or (c > 0.0 and c >= -temp * np.log(np.random.random())):
                    continue
                trade(FD, GD, nparts, nroutes, r1, r2)
                trade(FD0, GD0, nparts, nroutes, r1, r2)
                fill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, cap, nparts, nroutes, r1)
                fill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, cap, nparts, nroutes, r2)
                X[X_CUR] += c
                assigned += c
                rest += c
                X[X_TRADED] += 1.0
            # ---- ruin
            seed_visit = -1
            if np.random.random() < min(X[X_TARDY], X[X_EACH] * nlate / nvisits):
                seed_visit = GS[LATE[np.random.randint(nlate)], VISIT]
            n = choose(GS, GD, GV, WC, NBR, BLK, RUINED, OUTV, REM, X, seed_visit, stamp, nparts, nroutes)
            for k in range(n):
                v = REM[k]
                for p in range(GV[v, FIRST], GV[v, FIRST] + GV[v, PARTS]):
                    if GD[p, ROUTE] >= 0:
                        rest -= WC[GD[p, ROUTE], p]
                    elif p == GV[v, FIRST]:
                        rest -= FV[v]
                nseeds, ndirty = drop_plain(GS, FD, GD, GR, GV, D, STK, SEEN, DIRTY, ndirty, stamp, nplaces, nseeds, v)
        if absent > 0:
            limit = nvisits if building else n + 12
            start = np.random.randint(nvisits)
            for k in range(nvisits):
                v = start + k
                if v >= nvisits:
                    v -= nvisits
                if n >= limit:
                    break
                if OUTV[v] != stamp and GD[GV[v, FIRST], ROUTE] < 0:
                    OUTV[v] = stamp
                    REM[n] = v
                    rest -= FV[v]
                    n += 1
        tail = settle_plain(HS, GS, FD, GD, Q, LI, LF, STK, MARK, nseeds)
        ok = tail >= 0
        mark += 1
        if ok:
            ndirty = refill(
                HS, GS, FD, GD, SH, SF, SI, LEN, SUM, SEEN, DIRTY, Q, tail, ndirty, stamp, mark, cap, nparts, nroutes
            )
        else:  # put everything back
            X[X_SETTLE] += 1.0
            for r in range(nroutes):
                if SEEN[0, r] != stamp:
                    SEEN[0, r] = stamp
                    DIRTY[ndirty] = r
                    ndirty += 1
        for k in range(ndirty):
            if SEEN[1, DIRTY[k]] != mark:
                fill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, cap, nparts, nroutes, DIRTY[k])
        travel, late_price, high, tail = lift(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, DIRTY, ndirty, Q, cap, nroutes)
        ndirty = note(GD, SEEN, DIRTY, Q, tail, ndirty, stamp)
        bar = X[X_CUR] - temp * np.log(np.random.random())
        cost = rest + PW[P_TRAVEL] * travel + late_price + PW[P_HIGH] * high
        arrange(HS, GS, GV, D, REM, KEY, n, 9 if building else np.random.randint(16), nparts, nplaces)
        # ---- recreate
        hope = 0.0  # what the rest will cost at least, by experience
        if not building:
            for k in range(n):
                hope += CHEAP[REM[k]]
        for k in range(n):
            if not ok:
                break
            v = REM[k]
            p = GV[v, FIRST]
            parts = GV[v, PARTS]
            pair = parts == 2 and GV[v, KIND] == 0
            room = FV[v]
            hope -= CHEAP[v]
            spent = 0.0
            placed = 0
            w1 = -1
            w2 = -1
            flip = parts == 2 and not pair and np.random.random() < 0.5
            while placed < parts:
                q = p + placed
                if flip:
                    q = p + 1 - placed
                limit = room - spent
                guess = limit
                if parts == 1 or pair:
                    guess = GUESS[v] + 0.3 * abs(GUESS[v]) + X[X_GUESS]
                done = False
                trust = 1
                b1 = -1
                b2 = -1
                # first within what it cost the last time, which cuts off most positions at once
                span = min(limit, guess)
                while True:
                    if pair:
                        b1, b2 = best_pair(
                            HS, GS, FD, GD, GR, WC, WCC, PW, D, NEAR, NEART, CPTR, CROU, BLK, SH, SI, LEN, POS, DETOUR, C1I, C1F,
                            C2I, C2F, CJI, CJF, O1, O2, X, Q, LI, LF, p, span, high, trust, nplaces, first_end, cap, stamp,
                        )  # fmt: skip
                    else:
                        b1 = best_single(
                            HS, GS, FD, GD, GR, WC, WCC, PW, D, NEAR, NEART, CPTR, CROU, BLK, SH, SI, LEN, POS, DETOUR, C1I, C1F,
                            O1, X, Q, LI, LF, q, span, high, trust, nplaces, first_end, cap, stamp, w1, w2,
                        )  # fmt: skip
                    if b1 < 0:
                        if span >= limit:
                            break
                        span = min(limit, 3.0 * span + X[X_GUESS])
                        continue
                    i2 = C2I[b2, C_AFTER] if pair else -1
                    done, c, top, tail = place_plain(
                        HS, GS, FD, GD, GR, D, Q, LI, LF, nplaces,
                        q, C1I[b1, C_AFTER], p + 1 if pair else -1, i2, 1e300, high, 1,
                    )  # fmt: skip
                    if done or trust == 0:
                        break
                    # a positive cycle that the bounds do not see: look again without trusting them
                    X[X_FAILS] += 1.0
                    trust = 0
                if not done:
                    break
                c += C1F[b1, C_STATIC] + PW[P_HIGH] * (top - high)
                if pair:
                    c += C2F[b2, C_STATIC]
                spent += c
                high = top
                mark += 1
                for m in range(2 if pair else 1, tail):
                    x = Q[m]
                    if FD[x, T] > FD[x, LT]:
                        FD[x, LT] = FD[x, T]  # it can wait no longer: something behind it is late because of it
                ndirty = refill(
                    HS,
                    GS,
                    FD,
                    GD,
                    SH,
                    SF,
                    SI,
                    LEN,
                    SUM,
                    SEEN,
                    DIRTY,
                    Q,
                    tail,
                    ndirty,
                    stamp,
                    mark,
                    cap,
                    nparts,
                    nroutes,
                )
                tail = tighten(HS, GS, FD, GD, Q, q, p + 1 if pair else -1)
                ndirty = note(GD, SEEN, DIRTY, Q, tail, ndirty, stamp)
                w2 = w1
                w1 = GR[GD[q, ROUTE], WORKER]
                placed += 2 if pair else 1
            if placed == parts:
                cost += spent
                GUESS[v] = spent
                CHEAP[v] = min(spent, CHEAP[v] + 0.1 * (spent - CHEAP[v]))
            else:
                cost += FV[v]
                if FV[v] > 1e5 and not building:
                    ok = False
                elif placed > 0:
                    m, ndirty = drop_plain(GS, FD, GD, GR, GV, D, STK, SEEN, DIRTY, ndirty, stamp, nplaces, 0, v)
                    tail = settle_plain(HS, GS, FD, GD, Q, LI, LF, STK, MARK, m)
                    mark += 1
                    ndirty = refill(
                        HS,
                        GS,
                        FD,
                        GD,
                        SH,
                        SF,
                        SI,
                        LEN,
                        SUM,
                        SEEN,
                        DIRTY,
                        Q,
                        tail,
                        ndirty,
                        stamp,
                        mark,
                        cap,
                        nparts,
                        nroutes,
                    )
                    for m in range(ndirty):
                        fill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, cap, nparts, nroutes, DIRTY[m])
                    _, _, _, tail = lift(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, DIRTY, ndirty, Q, cap, nroutes)
                    ndirty = note(GD, SEEN, DIRTY, Q, tail, ndirty, stamp)
            if cost + X[X_HOPE] * hope > bar and not building:
                ok = False
        if ok and (building or cost < bar):
            cost = evaluate(FS, GS, FD, GD, FR, GR, GV, FV, WC, PW, LINK, MEMBERS, Q, IDLE, OUT, nparts, nroutes, 0)
        if building or (ok and cost < bar):
            X[X_CUR] = cost
            for k in range(n):
                p = GV[REM[k], FIRST]
                absent += int(GD[p, ROUTE] < 0) - int(GD0[p, ROUTE] < 0)
            assigned = OUT[C_ASSIGN]
            unserved = OUT[C_UNSERVED]
            copy_routes(FD, GD, GV, FD0, GD0, REM, n, DIRTY, ndirty, nparts)
            accepted += 1
            if accepted % 4 == 0:  # `lift` leaves latest starts lower than need be
                sweep(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, LINK, Q, cap, nroutes)
                for x in range(nodes):
                    FD0[x, LT] = FD[x, LT]
            nlate = list_late(HS, FD, GD, LATE, nparts)
            if cost < X[X_BEST] - 1e-6:
                X[X_BEST] = cost
                X[X_IMPROVED] += 1.0
                for x in range(nodes):
                    for k in range(3):
                        FDB[x, k] = FD[x, k]
                    for k in range(4):
                        GDB[x, k] = GD[x, k]
        else:
            copy_routes(FD0, GD0, GV, FD, GD, REM, n, DIRTY, ndirty, nparts)
            for k in range(ndirty):
                fill(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, cap, nparts, nroutes, DIRTY[k])
    sweep(HS, GS, FD, GD, SH, SF, SI, LEN, SUM, LINK, Q, cap, nroutes)
    return iterations
