"""Which visits an iteration takes out: strings of neighbouring visits, or a short route and strings near it."""

import numpy as np
from numba import njit

from .kernel_time import JIT
from .layout import FIRST, FIXED, PARTS, ROUTE, SUCC, VISIT

# X: float scratch and parameters of the search
X_BLINK, X_RATE, X_SIZE, X_STRING, X_TARDY, X_CLOSE, X_CUR, X_BEST, X_BAND, X_BANDF, X_IMPROVED = range(11)
X_FAILS, X_SETTLE, X_GUESS, X_HOPE, X_EACH = 11, 12, 13, 14, 15
X_TRADE, X_TRADED, X_KIN = 16, 17, 18
XS = 20


@njit(**JIT)
def short_route(GD, nparts, nroutes):
    """The shortest used route of three drawn at random, or -1, and its length."""
    first_end = nparts + nroutes
    short = 1 << 30
    choice = -1
    for _ in range(3):
        r = np.random.randint(nroutes)
        m = 0
        x = GD[nparts + r, SUCC]
        while x < first_end:
            m += 1
            x = GD[x, SUCC]
        if 0 < m < short:
            short = m
            choice = r
    return choice, short


@njit(**JIT)
def string(GS, GD, GV, OUTV, REM, n, p, r, smax, stamp, nparts, nroutes):
    """Add a string of visits around part p of route r to REM[:n], sparing a stretch within it now and then."""
    first_end = nparts + nroutes
    m = 0
    at = 0
    x = GD[nparts + r, SUCC]
    while x < first_end:
        if x == p:
            at = m
        m += 1
        x = GD[x, SUCC]
    length = 1 + int(np.random.random() * int(min(smax, m)))
    spare = 0
    if length > 1 and length < m and np.random.random() < 0.5:
        spare = 1
        while length + spare < m and np.random.random() > 0.01 and spare < 4:
            if np.random.random() < 0.5:
                break
            spare += 1
    total = length + spare
    lo = max(0, at - total + 1)
    hi = min(at, m - total)
    begin = lo + int(np.random.random() * (hi - lo + 1))
    gap = begin + 1 + int(np.random.random() * max(1, length - 1))
    x = GD[nparts + r, SUCC]
    for _ in range(begin):
        x = GD[x, SUCC]
    for k in range(begin, begin + total):
        if x >= first_end:
            break
        if not (spare > 0 and gap <= k < gap + spare and x != p):
            u = GS[x, VISIT]
            if OUTV[u] != stamp and GV[u, FIXED] == 0:
                OUTV[u] = stamp
                REM[n] = u
                n += 1
        x = GD[x, SUCC]
    return n


@njit(**JIT)
def part_for(GV, WC, home, v):
    """A part of visit v, drawn at random among those that the worker of route `home` may do (if any)."""
    p = GV[v, FIRST]
    parts = GV[v, PARTS]
    if parts == 1:
        return p
    k = np.random.randint(parts)
    if home >= 0:
        for m in range(parts):
            q = p + (k + m) % parts
            if WC[home, q] < 1e15:
                return q
    return p + k


@njit(**JIT)
def choose(GS, GD, GV, WC, NBR, BLK, RUINED, OUTV, REM, X, seed_visit, stamp, nparts, nroutes):
    """Fill REM with the visits to take out, starting at `seed_visit` (drawn if negative); returns their number.

    With X_KIN strings are taken from routes that could exchange work with the first one, as far as a visit has parts to
    choose from.
    Marks them in OUTV, the routes they are taken from in RUINED, a route that is to stay empty in BLK.
    """
    nvisits = GV.shape[0]
    smax = X[X_STRING]
    n = 0
    home = -1  # the route that the others are to exchange work with
    if seed_visit < 0:
        seed_visit = np.random.randint(nvisits)
    if np.random.random() < X[X_CLOSE]:
        r, short = short_route(GD, nparts, nroutes)
        if r >= 0 and short <= 16:
            x = GD[nparts + r, SUCC]
            while x < nparts + nroutes:
                v = GS[x, VISIT]
                if OUTV[v] != stamp and GV[v, FIXED] == 0:
                    OUTV[v] = stamp
                    REM[n] = v
                    n += 1
                x = GD[x, SUCC]
            BLK[r] = stamp
            RUINED[r] = stamp
            if X[X_KIN] > 0.0:
                home = r
            if n > 0:
                seed_visit = REM[np.random.randint(n)]
    ls = min(smax, max(1.0, nparts / max(1, nroutes)))
    ks = int(np.random.random() * (4.0 * X[X_SIZE] / (1.0 + ls) - 1.0)) + 1
    strings = 0
    if GD[GV[seed_visit, FIRST], ROUTE] < 0 and OUTV[seed_visit] != stamp:
        OUTV[seed_visit] = stamp
        REM[n] = seed_visit
        n += 1
    for k in range(-1, NBR.shape[1]):
        v = seed_visit if k < 0 else NBR[seed_visit, k]
        if v < 0 or strings >= ks:
            break
        if OUTV[v] == stamp:
            continue
        p = part_for(GV, WC, home, v)
        r = GD[p, ROUTE]
        if r < 0 or RUINED[r] == stamp:
            continue
        RUINED[r] = stamp
        if home < 0 and X[X_KIN] > 0.0:
            home = r
        strings += 1
        n = string(GS, GD, GV, OUTV, REM, n, p, r, smax, stamp, nparts, nroutes)
    return n
