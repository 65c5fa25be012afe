"""Compiled ruin and recreate under simulated annealing.

Strings of neighbouring visits are taken out and put back greedily in mixed orders with blinks (Schrimpf et al.
2000; Christiaens and Vanden Berghe, *Slack Induction by String Removals*, 2020), here for visits of several
linked parts.
"""

import numpy as np
from numba import njit

from .kernel_breaks import pauses
from .kernel_cost import evaluate
from .kernel_insert import KEEP2, KEEPJ, best_pair, best_single
from .kernel_order import arrange
from .kernel_ruin import (
    X_BEST,
    X_BLINK,
    X_CUR,
    X_FAILS,
    X_GUESS,
    X_IMPROVED,
    X_RATE,
    X_SETTLE,
    X_TARDY,
    choose,
)
from .kernel_shared import price_group, rank_idle
from .kernel_time import JIT, due_at, latest, lower_latest, place, settle, unlink
from .layout import (
    BRD,
    BRE,
    DN,
    DUR,
    EPS,
    FIRST,
    GROUP,
    HASBR,
    KIND,
    LAFT,
    LMAX,
    LMIN,
    LT,
    P_GROUP,
    P_HIGH,
    P_IDLE,
    PARTS,
    PLACE,
    PRED,
    ROUTE,
    SUCC,
    VISIT,
    WORKER,
    T,
)


def workspace(nodes: int, nroutes: int, nvisits: int) -> tuple:
    """Scratch arrays of `anneal` (it allocates nothing itself)."""
    return (
        np.empty(16 * nodes + 1024, np.int32),  # Q: queue
        np.empty(8 * nodes + 512, np.int32),  # LI, LF: log of raised times
        np.empty(8 * nodes + 512, np.float64),
        np.empty(8 * nodes + 64, np.int32),  # STK
        np.zeros(nodes, np.int32),  # MARK
        np.zeros(nroutes, np.int64),  # BLK: routes that take nothing in this iteration
        np.zeros(nroutes, np.int64),  # RUINED
        np.zeros(nvisits, np.int64),  # OUTV: visits taken out
        np.zeros(nroutes),  # EXTRA
        np.empty(nvisits, np.int32),  # REM: list of visits taken out
        np.empty(nvisits),  # KEY: their order
        np.zeros(5),  # ID
        np.empty((2 * nodes + 2, 3), np.int32),  # candidates of the first and the second part
        np.empty((2 * nodes + 2, 4)),
        np.empty((2 * nodes + 2, 3), np.int32),
        np.empty((2 * nodes + 2, 4)),
        np.empty((KEEPJ + 1, 2), np.int32),  # joint candidates
        np.empty(KEEPJ + 1),
        np.empty(4, np.int64),  # workers of the parts already in
        np.empty(KEEP2 + 1, np.int32),  # order of the candidates
        np.empty(KEEP2 + 1, np.int32),
        np.full(nvisits, 1e18),  # GUESS: what putting each visit in cost the last time
    )


@njit(**JIT)
def drop(GS, FD, GD, GR, GV, D, STK, nplaces, n, v):
    """Take all parts of visit v out; their former successors are put on STK; returns its new length."""
    for k in range(GV[v, PARTS]):
        p = GV[v, FIRST] + k
        if GD[p, ROUTE] >= 0:
            STK[n] = unlink(GS, FD, GD, GR, D, nplaces, p)
            n += 1
    return n


@njit(**JIT)
def touch_latest(FS, GS, FD, GD, FR, PW, LINK, Q, LI, LF, p1, p2, nlog, nparts, nroutes):
    """Latest starts after p1 (and p2) were put in; nlog raises are in the log."""
    first_end = nparts + nroutes
    for k in range(nlog):
        x = LI[k]
        if FD[x, T] > FD[x, LT] + EPS:
            latest(FS, GS, FD, GD, FR, PW, LINK, Q, nparts, nroutes, 0)
            return
    n = 0
    for k in range(2):
        p = p1 if k == 0 else p2
        if p < 0:
            break
        j = GD[p, SUCC]
        v = FD[j, LT] - FD[p, DN] - FS[p, DUR]
        if GD[p, LAFT] == 1:
            r = GD[p, ROUTE]
            v = max(min(v - FR[r, BRD], FR[r, BRE] - FS[p, DUR]), FD[p, T])
        FD[p, LT] = min(v, max(due_at(FS, GS, p, FD[p, T]), FD[p, T]))
        Q[n] = p
        n += 1
    lower_latest(FS, GS, FD, GD, FR, Q, n, first_end)
    n = 0
    for k in range(2):
        p = p1 if k == 0 else p2
        if p < 0:
            break
        # a linked part that was there before bounds p as well
        for side in range(2):
            q = GS[p, 2 + side]
            if q < 0 or GD[q, ROUTE] < 0:
                continue
            if side == 0:
                v = FD[q, LT] - FS[p, LMIN]
            else:
                v = FD[q, LT] + FS[q, LMAX]
            if v < FD[p, LT] - EPS:
                FD[p, LT] = v
                Q[n] = p
                n += 1
    if n > 0:
        lower_latest(FS, GS, FD, GD, FR, Q, n, first_end)


@njit(**JIT)
def anneal(
    FS, GS, FD, GD, FR, GR, GV, FV, WC, PW, D, DT, LINK, MEMBERS, CPTR, CROU, NBR, FD0, GD0, FDB, GDB, IDLE, OUT, X,
    SIZES, W, seed, iterations, hot, cold, build,
):  # fmt: skip
    """Run `iterations` of ruin and recreate from temperature `hot` to `cold`; W: see `workspace`.

    FD, GD: working state, equal to the current state FD0, GD0 on entry; FDB, GDB: best state.  X[X_CUR] and
    X[X_BEST] are their prices.  build == 1: the first iteration only puts in what is missing.
    Returns the number of iterations done.
    """
    nparts = SIZES[0]
    nroutes = SIZES[1]
    nplaces = SIZES[2]
    rich = SIZES[3]
    nvisits = GV.shape[0]
    nodes = FS.shape[0]
    first_end = nparts + nroutes
    np.random.seed(seed)
    (
        Q,
        LI,
        LF,
        STK,
        MARK,
        BLK,
        RUINED,
        OUTV,
        EXTRA,
        REM,
        KEY,
        ID,
        C1I,
        C1F,
        C2I,
        C2F,
        CJI,
        CJF,
        PREVW,
        O1,
        O2,
        GUESS,
    ) = W
    BLK[:] = 0
    RUINED[:] = 0
    OUTV[:] = 0
    EXTRA[:] = 0.0
    MARK[:] = 0
    X[X_BLINK] = np.log(np.random.random()) * X[X_RATE]
    factor = (cold / hot) ** (1.0 / max(1, iterations))
    temp = hot
    # What is left after a ruin is priced where it cuts an iteration off, or where an insertion asks for the day's highest.
    whole = rich == 0 or PW[P_IDLE] > 0.0 or PW[P_HIGH] > 0.0
    absent = 0
    for v in range(nvisits):
        if GD[GV[v, FIRST], ROUTE] < 0:
            absent += 1
    for it in range(iterations):
        stamp = it + 1
        temp *= factor
        n = 0
        nseeds = 0
        seed_visit = -1
        building = build == 1 and it == 0
        if not building:
            # ---- ruin
            if np.random.random() < X[X_TARDY]:
                # a random tardy node, by reservoir over a random start
                count = 0
                for x in range(nparts):
                    if GD[x, ROUTE] >= 0 and FD[x, T] > due_at(FS, GS, x, FD[x, T]) + EPS:
                        count += 1
                        if np.random.random() * count < 1.0:
                            seed_visit = GS[x, VISIT]
            n = choose(GS, GD, GV, WC, NBR, BLK, RUINED, OUTV, REM, X, seed_visit, stamp, nparts, nroutes)
            for k in range(n):
                v = REM[k]
                if rich == 1:
                    for k2 in range(GV[v, PARTS]):
                        if GD[GV[v, FIRST] + k2, ROUTE] >= 0:
                            RUINED[GD[GV[v, FIRST] + k2, ROUTE]] = stamp
                nseeds = drop(GS, FD, GD, GR, GV, D, STK, nplaces, nseeds, v)
            if rich == 1:
                # the breaks of the routes that were opened are chosen anew at the end
                for r in range(nroutes):
                    if RUINED[r] == stamp and GR[r, HASBR] == 1:
                        x = nparts + r
                        while x < first_end:
                            if GD[x, LAFT] == 1:
                                GD[x, LAFT] = 0
                                STK[nseeds] = GD[x, SUCC]
                                nseeds += 1
                            x = GD[x, SUCC]
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
                    n += 1
        ok = settle(FS, GS, FD, GD, FR, PW, Q, LI, LF, STK, MARK, nseeds, first_end)
        if not ok:
            X[X_SETTLE] += 1.0
        bar = X[X_CUR] - temp * np.log(np.random.random())
        cost = 0.0
        high = 0.0
        if whole:
            if rich == 0:  # judged by the latest starts that keep the end of every route where it is rich
                latest(FS, GS, FD, GD, FR, PW, LINK, Q, nparts, nroutes, 0)
            cost = evaluate(FS, GS, FD, GD, FR, GR, GV, FV, WC, PW, LINK, MEMBERS, Q, IDLE, OUT, nparts, nroutes, rich)
            high = OUT[2]
        if rich == 1:
            latest(FS, GS, FD, GD, FR, PW, LINK, Q, nparts, nroutes, 0)
        # ---- order
        for k in range(n):
            cost -= FV[REM[k]]
        arrange(FS, GS, GV, D, REM, KEY, n, 9 if building else np.random.randint(16), nparts, nplaces)
        # ---- recreate
        for k in range(n):
            if not ok:
                break
            v = REM[k]
            p = GV[v, FIRST]
            parts = GV[v, PARTS]
            room = FV[v]
            if rich == 1:
                if PW[P_IDLE] > 0.0:
                    rank_idle(IDLE, ID, X, nroutes)
                if PW[P_GROUP] > 0.0:
                    price_group(GD, GR, GV, MEMBERS, EXTRA, GV[v, GROUP], PW[P_GROUP], nroutes)
            if parts == 2 and GV[v, KIND] == 0:
                a = p
                b = p + 1
                limit = room
                guess = GUESS[v] + 0.3 * abs(GUESS[v]) + X[X_GUESS]
                b1 = -1
                b2 = -1
                for attempt in range(2):
                    # first within what it cost the last time, which cuts off most positions at once
                    room = min(limit, guess) if attempt == 0 else limit
                    b1, b2 = best_pair(
                        FS, GS, FD, GD, FR, GR, WC, PW, D, DT, CPTR, CROU, BLK, EXTRA, IDLE, ID, C1I, C1F, C2I, C2F,
                        CJI, CJF, O1, O2, X, Q, LI, LF, a, room, high, nplaces, nparts, nroutes, stamp, rich,
                    )  # fmt: skip  # fmt: skip
                    if b1 >= 0 or guess >= limit:
                        break
                if b1 < 0:
                    cost += FV[v]
                    if FV[v] > 1e5 and not building:
                        ok = False
                    continue
                done, c, mx, nlog = place(
                    FS, GS, FD, GD, FR, GR, PW, D, Q, LI, LF, nplaces, first_end, a, C1I[b1, 0], C1I[b1, 1], b,
                    C2I[b2, 0], C2I[b2, 1], 1e300, high, 1,
                )  # fmt: skip
                if not done:
                    X[X_FAILS] += 1.0
                    cost += FV[v]
                    if not building:
                        ok = False
                    continue
                GUESS[v] = c + C1F[b1, 1] + C2F[b2, 1] + PW[P_HIGH] * (mx - high)
                cost += GUESS[v]
                high = mx
                touch_latest(FS, GS, FD, GD, FR, PW, LINK, Q, LI, LF, a, b, nlog, nparts, nroutes)
                if rich == 1:
                    for side in range(2):
                        q = a if side == 0 else b
                        i = GD[q, PRED]
                        j = GD[q, SUCC]
                        r = GD[q, ROUTE]
                        old = 0.0
                        if i < nparts or j < first_end:
                            old = D[GR[r, 0] + GS[i, PLACE] * nplaces + GS[j, PLACE]]
                        IDLE[r] -= FS[q, DUR] + FD[i, DN] + FD[q, DN] - old
            else:
                PREVW[0] = -1
                PREVW[1] = -1
                spent = 0.0
                placed = 0
                flip = parts == 2 and np.random.random() < 0.5
                for k2 in range(parts):
                    q = p + k2
                    if flip:
                        q = p + 1 - k2
                    limit = room - spent
                    guess = limit
                    if parts == 1:
                        guess = GUESS[v] + 0.3 * abs(GUESS[v]) + X[X_GUESS]
                    b1 = -1
                    for attempt in range(2):
                        span = min(limit, guess) if attempt == 0 else limit
                        b1 = best_single(
                            FS, GS, FD, GD, FR, GR, WC, PW, D, DT, CPTR, CROU, BLK, EXTRA, IDLE, ID, C1I, C1F, O1,
                            X, Q, LI, LF, q, span, high, nplaces, nparts, nroutes, stamp, PREVW[0], PREVW[1], rich,
                        )  # fmt: skip  # fmt: skip
                        if b1 >= 0 or guess >= limit:
                            break
                    if b1 < 0:
                        break
                    done, c, mx, nlog = place(
                        FS, GS, FD, GD, FR, GR, PW, D, Q, LI, LF, nplaces, first_end, q, C1I[b1, 0], C1I[b1, 1], -1,
                        -1, 0, 1e300, high, 1,
                    )  # fmt: skip
                    if not done:
                        X[X_FAILS] += 1.0
                        break
                    spent += c + C1F[b1, 1] + PW[P_HIGH] * (mx - high)
                    high = mx
                    placed += 1
                    r = GD[q, ROUTE]
                    if k2 < 2:
                        PREVW[k2] = GR[r, WORKER]
                    touch_latest(FS, GS, FD, GD, FR, PW, LINK, Q, LI, LF, q, -1, nlog, nparts, nroutes)
                    if rich == 1:
                        i = GD[q, PRED]
                        j = GD[q, SUCC]
                        old = 0.0
                        if i < nparts or j < first_end:
                            old = D[GR[r, 0] + GS[i, PLACE] * nplaces + GS[j, PLACE]]
                        IDLE[r] -= FS[q, DUR] + FD[i, DN] + FD[q, DN] - old
                if placed == parts:
                    cost += spent
                    GUESS[v] = spent
                else:
                    cost += FV[v]
                    if placed > 0:
                        m = drop(GS, FD, GD, GR, GV, D, STK, nplaces, 0, v)
                        settle(FS, GS, FD, GD, FR, PW, Q, LI, LF, STK, MARK, m, first_end)
                        latest(FS, GS, FD, GD, FR, PW, LINK, Q, nparts, nroutes, 0)
                    if FV[v] > 1e5 and not building:
                        ok = False
            if rich == 0 and cost > bar and not building:
                ok = False
        if rich == 1 and ok:
            ok = pauses(FS, GS, FD, GD, FR, GR, PW, Q, LI, LF, STK, nparts, nroutes)
        if ok:
            cost = evaluate(FS, GS, FD, GD, FR, GR, GV, FV, WC, PW, LINK, MEMBERS, Q, IDLE, OUT, nparts, nroutes, rich)
        if building or (ok and cost < bar):
            X[X_CUR] = cost
            for x in range(nodes):
                for k in range(3):
                    FD0[x, k] = FD[x, k]
                for k in range(4):
                    GD0[x, k] = GD[x, k]
            absent = 0
            for v in range(nvisits):
                if GD[GV[v, FIRST], ROUTE] < 0:
                    absent += 1
            if cost < X[X_BEST] - 1e-6:
                X[X_BEST] = cost
                X[X_IMPROVED] += 1.0
                for x in range(nodes):
                    for k in range(3):
                        FDB[x, k] = FD[x, k]
                    for k in range(4):
                        GDB[x, k] = GD[x, k]
        else:
            for x in range(nodes):
                for k in range(3):
                    FD[x, k] = FD0[x, k]
                for k in range(4):
                    GD[x, k] = GD0[x, k]
    return iterations
