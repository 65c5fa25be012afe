"""Cheapest insertion of one visit: candidates by bound, exact prices for the few that are left."""

from numba import njit

from .kernel_scan import scan
from .kernel_time import INLINE, due_at, opening, place
from .layout import BRD, BRE, BRS, DUR, EPS, HIW, LMAX, LMIN, P_BREAK, P_HIGH, PLACE, ROUTE, SUCC, TWT, WORKER

KEEP2 = 28  # candidates of each part of a pair
KEEPJ = 12  # joint candidates that are not exact


@njit(**INLINE)
def best_pair(
    FS, GS, FD, GD, FR, GR, WC, PW, D, DT, CPTR, CROU, BLK, EXTRA, IDLE, ID, C1I, C1F, C2I, C2F, CJI, CJF, O1, O2,
    X, Q, LI, LF, a, room, high, nplaces, nparts, nroutes, stamp, rich,
):  # fmt: skip
    """Rows of the cheapest two positions of the linked parts a and a + 1 below `room`, or (-1, -1)."""
    b = a + 1
    first_end = nparts + nroutes
    n1 = scan(
        FS, GS, FD, GD, FR, GR, WC, PW, D, DT, CPTR, CROU, BLK, EXTRA, IDLE, ID, C1I, C1F, O1, X, a, KEEP2, room,
        high, nplaces, nparts, nroutes, stamp, -1, -1, rich,
    )  # fmt: skip
    n2 = 0
    if n1 > 0:
        n2 = scan(
            FS, GS, FD, GD, FR, GR, WC, PW, D, DT, CPTR, CROU, BLK, EXTRA, IDLE, ID, C2I, C2F, O2, X, b, KEEP2, room
            - C1F[O1[0], 0], high, nplaces, nparts, nroutes, stamp, -1, -1, rich,
        )  # fmt: skip
    best = room
    b1 = -1
    b2 = -1
    nj = 0
    if n2 > 0:
        for o1 in range(n1):
            k1 = O1[o1]
            if C1F[k1, 0] + C2F[O2[0], 0] >= best:
                break
            i1 = C1I[k1, 0]
            w1 = GR[GD[i1, ROUTE], WORKER]
            for o2 in range(n2):
                k2 = O2[o2]
                if C1F[k1, 0] + C2F[k2, 0] >= best:
                    break
                i2 = C2I[k2, 0]
                if GR[GD[i2, ROUTE], WORKER] == w1:
                    continue
                s1 = opening(FS, GS, a, C1F[k1, 2])
                s2 = opening(FS, GS, b, max(C2F[k2, 2], s1 + FS[a, LMIN]))
                if s2 - FS[a, LMAX] > s1:
                    s1 = opening(FS, GS, a, s2 - FS[a, LMAX])
                    s2 = opening(FS, GS, b, max(s2, s1 + FS[a, LMIN]))
                c = C1F[k1, 1] + C2F[k2, 1]
                mx = high
                exact = True
                for side in range(2):
                    q = a if side == 0 else b
                    s = s1 if side == 0 else s2
                    i = i1 if side == 0 else i2
                    bb = C1I[k1, 1] if side == 0 else C2I[k2, 1]
                    late = s - due_at(FS, GS, q, s)
                    if late > 0.0:
                        c += late * FS[q, TWT]
                        if late * FS[q, HIW] > mx:
                            mx = late * FS[q, HIW]
                    j = GD[i, SUCC]
                    r = GD[i, ROUTE]
                    f = s + FS[q, DUR] + D[GR[r, 0] + GS[q, PLACE] * nplaces + GS[j, PLACE]]
                    if bb == 1:
                        if s + FS[q, DUR] > FR[r, BRE]:
                            c += PW[P_BREAK] * (s + FS[q, DUR] - FR[r, BRE])
                        if j < first_end:
                            f = max(f, FR[r, BRS]) + FR[r, BRD]
                        else:
                            f += max(0.0, FR[r, BRS] - s - FS[q, DUR]) + FR[r, BRD]
                    ex = f - (C1F[k1, 3] if side == 0 else C2F[k2, 3])
                    if ex > EPS:
                        exact = False
                        c += ex * FS[j, TWT] if j >= first_end else ex * FS[q, TWT]
                c += PW[P_HIGH] * (mx - high)
                if c >= best:
                    continue
                if exact:
                    best = c
                    b1 = k1
                    b2 = k2
                else:
                    m = nj if nj < KEEPJ else KEEPJ - 1
                    if nj >= KEEPJ and c >= CJF[m]:
                        continue
                    while m > 0 and CJF[m - 1] > c:
                        CJF[m] = CJF[m - 1]
                        CJI[m, 0] = CJI[m - 1, 0]
                        CJI[m, 1] = CJI[m - 1, 1]
                        m -= 1
                    CJF[m] = c
                    CJI[m, 0] = k1
                    CJI[m, 1] = k2
                    if nj < KEEPJ:
                        nj += 1
    for m in range(nj):
        if CJF[m] >= best:
            break
        k1 = CJI[m, 0]
        k2 = CJI[m, 1]
        static = C1F[k1, 1] + C2F[k2, 1]
        done, c, mx, _ = place(
            FS, GS, FD, GD, FR, GR, PW, D, Q, LI, LF, nplaces, first_end, a, C1I[k1, 0], C1I[k1, 1], b, C2I[k2, 0],
            C2I[k2, 1], best - static, high, 0,
        )  # fmt: skip
        if done:
            c += static + PW[P_HIGH] * (mx - high)
            if c < best:
                best = c
                b1 = k1
                b2 = k2
    return b1, b2


@njit(**INLINE)
def best_single(
    FS, GS, FD, GD, FR, GR, WC, PW, D, DT, CPTR, CROU, BLK, EXTRA, IDLE, ID, C1I, C1F, O1, X, Q, LI, LF, q, span,
    high, nplaces, nparts, nroutes, stamp, not1, not2, rich,
):  # fmt: skip
    """Row of the cheapest position of part q below `span` in C1I and C1F, or -1."""
    first_end = nparts + nroutes
    n1 = scan(
        FS, GS, FD, GD, FR, GR, WC, PW, D, DT, CPTR, CROU, BLK, EXTRA, IDLE, ID, C1I, C1F, O1, X, q, 0, span, high,
        nplaces, nparts, nroutes, stamp, not1, not2, rich,
    )  # fmt: skip
    best = span
    b1 = -1
    for m in range(n1 - 1, -1, -1):
        if C1I[m, 2] == 1:
            best = C1F[m, 0]
            b1 = m
            break
    while True:
        m = -1
        lowest = best
        for m2 in range(n1):
            if C1I[m2, 2] == 0 and C1F[m2, 0] < lowest:
                lowest = C1F[m2, 0]
                m = m2
        if m < 0:
            break
        C1I[m, 2] = 2
        static = C1F[m, 1]
        done, c, mx, _ = place(
            FS, GS, FD, GD, FR, GR, PW, D, Q, LI, LF, nplaces, first_end, q, C1I[m, 0], C1I[m, 1], -1, -1, 0, best -
            static, high, 0,
        )  # fmt: skip
        if done:
            c += static + PW[P_HIGH] * (mx - high)
            if c < best:
                best = c
                b1 = m
    return b1
