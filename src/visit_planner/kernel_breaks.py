"""The best place for the break of each route that has lost it."""

import numpy as np
from numba import njit

from .kernel_time import JIT, opening, spread
from .layout import BRD, BRE, BRS, DN, DUR, HASBR, LAFT, LT, MISS, P_BREAK, P_WAIT, SUCC, TWT, T


@njit(**JIT)
def raise_all(FS, GS, FD, GD, FR, PW, Q, LI, LF, first_end):
    """Spread the raise of node Q[0]; False: a positive cycle."""
    n, _, _ = spread(FS, GS, FD, GD, FR, PW, Q, LI, LF, 0, 1, 0, 1e300, 0.0, 0.0, first_end)
    return n >= 0


@njit(**JIT)
def pauses(FS, GS, FD, GD, FR, GR, PW, Q, LI, LF, STK, nparts, nroutes):
    """Give each entitled route without a break one, where it seems cheapest; False: a positive cycle."""
    first_end = nparts + nroutes
    ok = True
    for r in range(nroutes):
        if GR[r, HASBR] == 0:
            continue
        x = nparts + r
        has = False
        while x < first_end:
            if GD[x, LAFT] == 1:
                has = True
                break
            x = GD[x, SUCC]
        if has:
            continue
        best = FR[r, MISS]
        arc = -1
        x = nparts + r
        while x < first_end:
            e = FD[x, T] + FS[x, DUR]
            y = GD[x, SUCC]
            c = 0.0
            le = e
            if x >= nparts and y < first_end:
                le = e + FD[x, DN]
            if le > FR[r, BRE]:
                c += PW[P_BREAK] * (le - FR[r, BRE])
            if y < first_end:
                f = max(e + FD[x, DN], FR[r, BRS]) + FR[r, BRD]
                if x < nparts:
                    c += (
                        PW[P_WAIT]
                        * max(0.0, max(FD[y, T], f) - e - FD[x, DN] - FR[r, BRD] - max(0.0, FD[x, LT] - FD[x, T]))
                        * 0.5
                    )
                    c -= PW[P_WAIT] * max(0.0, FD[y, T] - e - FD[x, DN]) * 0.5
            else:
                f = max(e, FR[r, BRS]) + FR[r, BRD] + FD[x, DN]
                if x < nparts:
                    c += PW[P_WAIT] * max(0.0, FR[r, BRS] - e - max(0.0, FD[x, LT] - FD[x, T]))
            ex = f - FD[y, LT]
            if ex > 0.0:
                c += ex * FS[y, TWT]
                # everything after y may be delayed as well
                if y < first_end:
                    c += ex * FS[y, TWT] * 0.5
            # the estimate is rough: another place is taken now and then
            if c < best and np.random.random() > 0.1:
                best = c
                arc = x
            x = y
        if arc >= 0:
            GD[arc, LAFT] = 1
            y = GD[arc, SUCC]
            f = FD[arc, T] + FS[arc, DUR]
            if y < first_end:
                f = max(f + FD[arc, DN], FR[r, BRS]) + FR[r, BRD]
            else:
                f = max(f, FR[r, BRS]) + FR[r, BRD] + FD[arc, DN]
            if f > FD[y, T]:
                STK[0] = y
                FD[y, T] = opening(FS, GS, y, f)
                Q[0] = y
                ok = raise_all(FS, GS, FD, GD, FR, PW, Q, LI, LF, first_end) and ok
            # Latest starts elsewhere stay as they were: the choice is rough, and `evaluate` finds them anew.
            if not ok:
                break
    return ok
