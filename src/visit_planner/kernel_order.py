"""In which order the visits taken out are put back."""

import numpy as np
from numba import njit

from .kernel_time import JIT
from .layout import DUE, FIRST, PARTS, PLACE, REL


@njit(**JIT)
def arrange(FS, GS, GV, D, REM, KEY, n, how, nparts, nplaces):
    """Sort REM[:n] by one of several keys; how: a number below 16, drawn at random."""
    for k in range(n):
        v = REM[k]
        p = GV[v, FIRST]
        if how < 5:
            KEY[k] = np.random.random()
        elif how < 9:
            KEY[k] = np.random.random() - 2.0 * (GV[v, PARTS] > 1)
        elif how < 11:
            KEY[k] = FS[p, REL]
        elif how == 11:
            KEY[k] = FS[p, DUE]
        elif how == 12:
            KEY[k] = FS[p, DUE] - FS[p, REL]
        elif how < 15:
            KEY[k] = -D[GS[nparts, PLACE] * nplaces + GS[p, PLACE]]
        else:
            KEY[k] = -FS[p, REL]
    for k in range(1, n):
        v = REM[k]
        key = KEY[k]
        m = k
        while m > 0 and KEY[m - 1] > key:
            KEY[m] = KEY[m - 1]
            REM[m] = REM[m - 1]
            m -= 1
        KEY[m] = key
        REM[m] = v
