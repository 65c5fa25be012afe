"""Cheapest insertion of one visit on a plain day: candidates by bound, exact prices for the few that are left."""

from numba import njit

from .kernel_plain_scan import C_AFTER, C_ARRIVAL, C_BOUND, C_EXACT, C_LATEST, C_STATIC, NOISE, scan_plain
from .kernel_plain_time import place_plain
from .kernel_time import INLINE
from .layout import DUE, DUR, LMAX, LMIN, P_HIGH, PLACE, ROUTE, SUCC, TWT, WORKER

KEEP2 = 28  # candidates of each part of a pair
KEEPJ = 12  # joint candidates that are not exact


@njit(**INLINE)
def best_single(
    HS, GS, FD, GD, GR, WC, WCC, PW, D, NEAR, NEART, CPTR, CROU, BLK, SH, SI, LEN, POS, DETOUR, CI, CF, ORD, X, Q, LI, LF,
    p, span, high, trust, nplaces, first_end, cap, stamp, not1, not2,
):  # fmt: skip
    """Row of the cheapest position of part p below `span` in CI and CF, or -1."""
    n = scan_plain(
        HS, GS, FD, GD, GR, WC, WCC, PW, NEAR, NEART, CPTR, CROU, BLK, SH, SI, LEN, POS, DETOUR, CI, CF, ORD, X,
        p, 0, span, high, trust, nplaces, first_end, cap, stamp, not1, not2,
    )  # fmt: skip
    best = span
    choice = -1
    left = 0
    for m in range(n - 1, -1, -1):
        if CI[m, C_EXACT] == 1:
            if choice < 0:  # the last one is the best
                best = CF[m, C_BOUND]
                choice = m
        elif CF[m, C_BOUND] < best:
            ORD[left] = m
            left += 1
    while True:
        at = -1
        lowest = best
        for k in range(left):
            if CF[ORD[k], C_BOUND] < lowest:
                lowest = CF[ORD[k], C_BOUND]
                at = k
        if at < 0:
            return choice
        m = ORD[at]
        left -= 1
        ORD[at] = ORD[left]
        static = CF[m, C_STATIC]
        done, c, top, _ = place_plain(
            HS, GS, FD, GD, GR, D, Q, LI, LF, nplaces, p, CI[m, C_AFTER], -1, -1, best - static, high, 0
        )
        if done:
            c += static + PW[P_HIGH] * (top - high)
            if c < best:
                best = c
                choice = m


@njit(**INLINE)
def best_pair(
    HS, GS, FD, GD, GR, WC, WCC, PW, D, NEAR, NEART, CPTR, CROU, BLK, SH, SI, LEN, POS, DETOUR, C1I, C1F, C2I, C2F, CJI,
    CJF, O1, O2, X, Q, LI, LF, a, room, high, trust, nplaces, first_end, cap, stamp,
):  # fmt: skip
    """Rows of the cheapest two positions of the linked parts a and a + 1 below `room`, or (-1, -1)."""
    b = a + 1
    n1 = scan_plain(
        HS, GS, FD, GD, GR, WC, WCC, PW, NEAR, NEART, CPTR, CROU, BLK, SH, SI, LEN, POS, DETOUR, C1I, C1F, O1, X,
        a, KEEP2, room, high, trust, nplaces, first_end, cap, stamp, -1, -1,
    )  # fmt: skip
    if n1 == 0:
        return -1, -1
    n2 = scan_plain(
        HS, GS, FD, GD, GR, WC, WCC, PW, NEAR, NEART, CPTR, CROU, BLK, SH, SI, LEN, POS, DETOUR, C2I, C2F, O2, X,
        b, KEEP2, room - C1F[O1[0], C_BOUND], high, trust, nplaces, first_end, cap, stamp, -1, -1,
    )  # fmt: skip
    if n2 == 0:
        return -1, -1
    best = room
    b1 = -1
    b2 = -1
    nj = 0
    lmin = HS[a, LMIN]
    lmax = HS[a, LMAX]
    second = C2F[O2[0], C_BOUND]
    for o1 in range(n1):
        k1 = O1[o1]
        bound1 = C1F[k1, C_BOUND]
        if bound1 + second >= best:
            break
        i1 = C1I[k1, C_AFTER]
        r1 = GD[i1, ROUTE]
        w1 = GR[r1, WORKER]
        j1 = GD[i1, SUCC]
        back1 = D[GR[r1, 0] + GS[a, PLACE] * nplaces + GS[j1, PLACE]] + HS[a, DUR]
        for o2 in range(n2):
            k2 = O2[o2]
            if bound1 + C2F[k2, C_BOUND] >= best:
                break
            i2 = C2I[k2, C_AFTER]
            r2 = GD[i2, ROUTE]
            if GR[r2, WORKER] == w1:
                continue
            s1 = max(HS[a, 1], C1F[k1, C_ARRIVAL])
            s2 = max(max(HS[b, 1], C2F[k2, C_ARRIVAL]), s1 + lmin)
            if s2 - lmax > s1:
                s1 = s2 - lmax
            c = C1F[k1, C_STATIC] + C2F[k2, C_STATIC]
            top = high
            exact = trust
            late = s1 - HS[a, DUE]
            if late > 0.0:
                c += late * HS[a, TWT]
                top = max(top, late)
            late = s2 - HS[b, DUE]
            if late > 0.0:
                c += late * HS[b, TWT]
                top = max(top, late)
            ex = s1 + back1 - C1F[k1, C_LATEST]
            if ex > NOISE:
                exact = 0
                c += ex * HS[j1, TWT] if j1 >= first_end else ex * HS[a, TWT]
            j2 = GD[i2, SUCC]
            ex = s2 + HS[b, DUR] + D[GR[r2, 0] + GS[b, PLACE] * nplaces + GS[j2, PLACE]] - C2F[k2, C_LATEST]
            if ex > NOISE:
                exact = 0
                c += ex * HS[j2, TWT] if j2 >= first_end else ex * HS[b, TWT]
            c += PW[P_HIGH] * (top - high)
            if c >= best:
                continue
            if exact == 1:
                best = c
                b1 = k1
                b2 = k2
                continue
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
        static = C1F[k1, C_STATIC] + C2F[k2, C_STATIC]
        done, c, top, _ = place_plain(
            HS, GS, FD, GD, GR, D, Q, LI, LF, nplaces,
            a, C1I[k1, C_AFTER], b, C2I[k2, C_AFTER], best - static, high, 0,
        )  # fmt: skip
        if done:
            c += static + PW[P_HIGH] * (top - high)
            if c < best:
                best = c
                b1 = k1
                b2 = k2
    return b1, b2
