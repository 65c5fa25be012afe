"""Compiled evaluation of a whole plan from its state: every component, and the total price."""

from numba import njit

from .kernel_time import JIT, due_at, latest
from .layout import (
    BRD,
    BRE,
    BRS,
    DN,
    DUR,
    FIRST,
    HIW,
    LAFT,
    LT,
    MISS,
    P_BREAK,
    P_GROUP,
    P_HIGH,
    P_IDLE,
    P_LOAD,
    P_TRAVEL,
    P_WAIT,
    PARTS,
    PRED,
    ROUTE,
    SHE,
    SHS,
    SUCC,
    TWT,
    UTIL,
    WORKER,
    T,
)

# components written by `evaluate`
C_TRAVEL, C_LATE, C_HIGH, C_WAIT, C_EXTRA, C_IDLE, C_ASSIGN, C_UNSERVED, C_MISSED, C_GROUP, C_LOAD, C_BREAK = range(12)
COMPONENTS = 12


@njit(**JIT)
def evaluate(FS, GS, FD, GD, FR, GR, GV, FV, WC, PW, LINK, MEMBERS, Q, IDLE, OUT, nparts, nroutes, rich):
    """Price of the plan; fills OUT (unweighted or priced sums) and IDLE (idle minutes of each route).

    With rich == 1 the latest starts are those that keep the end of every route (waiting is judged by them).
    """
    first_end = nparts + nroutes
    travel = 0.0
    late_price = 0.0
    late_sum = 0.0
    high = 0.0
    assign = 0.0
    extra = 0.0
    extra_price = 0.0
    shifted = rich == 1 and PW[P_WAIT] > 0.0
    if rich == 1:
        latest(FS, GS, FD, GD, FR, PW, LINK, Q, nparts, nroutes, 1)
    for x in range(nparts + nroutes):
        r = GD[x, ROUTE]
        if r < 0:
            continue
        travel += FD[x, DN]
        if x < nparts:
            start = FD[x, T]
            if shifted and GD[x, PRED] >= nparts:
                start = FD[x, LT]
            late = start - due_at(FS, GS, x, start)
            if late > 0.0:
                late_sum += late
                late_price += late * FS[x, TWT]
                if late * FS[x, HIW] > high:
                    high = late * FS[x, HIW]
            assign += WC[r, x]
    for r in range(nroutes):
        x = first_end + r
        over = FD[x, T] - FR[r, SHE]
        if over > 0.0 and GD[x, ROUTE] >= 0 and (GD[nparts + r, SUCC] != x or GD[nparts + r, LAFT] == 1):
            extra += over
            extra_price += over * FS[x, TWT]
    unserved = 0.0
    for v in range(GV.shape[0]):
        if GD[GV[v, FIRST], ROUTE] < 0:
            unserved += FV[v]
    price = PW[P_TRAVEL] * travel + late_price + PW[P_HIGH] * high + extra_price + assign + unserved
    OUT[C_TRAVEL] = travel
    OUT[C_LATE] = late_sum
    OUT[C_HIGH] = high
    OUT[C_EXTRA] = extra
    OUT[C_ASSIGN] = assign
    OUT[C_UNSERVED] = unserved
    OUT[C_WAIT] = 0.0
    OUT[C_IDLE] = 0.0
    OUT[C_MISSED] = 0.0
    OUT[C_GROUP] = 0.0
    OUT[C_LOAD] = 0.0
    OUT[C_BREAK] = 0.0
    if rich == 0:
        return price
    waiting = 0.0
    idle = 0.0
    load = 0.0
    missed = 0.0
    brk = 0.0
    for r in range(nroutes):
        x = nparts + r
        busy = 0.0
        work = 0.0
        begin = -1.0
        end = 0.0
        taken = False
        while x >= 0:
            y = GD[x, SUCC]
            if y < 0:
                break
            if x < nparts:
                if begin < 0.0:
                    begin = FD[x, LT]
                    work = 0.0
                end = FD[x, T] + FS[x, DUR]
            busy += FS[x, DUR] + FD[x, DN]
            work += FS[x, DUR]
            if y < first_end:
                work += FD[x, DN]
            if GD[x, LAFT] == 1:
                taken = True
                busy += FR[r, BRD]
                work += FR[r, BRD]
                over = FD[x, T] + FS[x, DUR] - FR[r, BRE]
                if over > 0.0:
                    brk += over
                if y >= first_end:
                    end = max(end, FR[r, BRS]) + FR[r, BRD]
            x = y
        if begin >= 0.0:
            waiting += max(0.0, end - begin - work)
        if not taken:
            missed += FR[r, MISS]
        u = FR[r, SHE] - FR[r, SHS] - busy
        if begin >= 0.0 or taken:
            u += max(0.0, FD[first_end + r, T] - FR[r, SHE])
        IDLE[r] = u
        if u * FR[r, UTIL] > idle:
            idle = u * FR[r, UTIL]
        if busy > load:
            load = busy
    group = 0.0
    if PW[P_GROUP] > 0.0:
        # MEMBERS: rows of visits of one person; a group costs one for every worker after the first
        # (Q is free by now: which group has met a worker last)
        for r in range(nroutes):
            Q[GR[r, WORKER]] = -1
        for g in range(MEMBERS.shape[0]):
            met = 0.0
            for a in range(MEMBERS.shape[1]):
                v = MEMBERS[g, a]
                if v < 0:
                    break
                for k in range(GV[v, PARTS]):
                    p = GV[v, FIRST] + k
                    if GD[p, ROUTE] < 0:
                        continue
                    w = GR[GD[p, ROUTE], WORKER]
                    if Q[w] != g:
                        Q[w] = g
                        met += 1.0
            if met > 0.0:
                group += met - 1.0
    OUT[C_WAIT] = waiting
    OUT[C_IDLE] = idle
    OUT[C_MISSED] = missed
    OUT[C_GROUP] = group
    OUT[C_LOAD] = load
    OUT[C_BREAK] = brk
    price += PW[P_WAIT] * waiting + PW[P_IDLE] * idle + missed + PW[P_GROUP] * group + PW[P_LOAD] * load
    return price + brk * PW[P_BREAK]
