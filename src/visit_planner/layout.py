"""Column numbers of the flat tables that the compiled kernels work on.

A *node* is one part of a visit (0 … P-1), the start of a route (P … P+R-1) or its end (P+R … P+2R-1).
A *route* is one shift of one worker.  Keeping a node's numbers in one row keeps them in one cache line,
and constant column numbers let the compiler fold the address arithmetic.
"""

# node, static, float
DUR = 0  # minutes of work
REL = 1  # earliest start (opening of the first window)
DUE = 2  # latest start without tardiness in the first window
TWT = 3  # price of a minute of tardiness (overtime, for the end of a route)
LMIN = 4  # the linked next part starts at least this much later
LMAX = 5  # ... and at most this much later
W2S = 6  # opening of the second window (FAR: none)
W2D = 7  # latest start without tardiness in the second window
THR2 = 8  # an arrival later than this waits for the second window
W3S = 9
W3D = 10
THR3 = 11
HIW = 12  # 1 if the node counts for the highest tardiness, else 0
FS_COLUMNS = 13
HS_COLUMNS = 8  # the first ones, all that plain days need

# node, static, int
PLACE = 0
VISIT = 1
NEXT = 2  # linked next part (a node) or -1
PREV = 3  # linked previous part or -1
NWIN = 4  # number of windows, 1-3
GS_COLUMNS = 5

# node, dynamic, float
T = 0  # start
LT = 1  # latest start that raises no tardiness anywhere
DN = 2  # travel to the successor
FD_COLUMNS = 3

# node, dynamic, int
SUCC = 0
PRED = 1
ROUTE = 2  # -1: not planned
LAFT = 3  # 1: the break is taken on the way to the successor
GD_COLUMNS = 4

# route, static, float
BRS = 0  # the break starts not before this
BRE = 1  # the stop before the break ends not after this
BRD = 2  # length of the break
SHS = 3  # start of the shift
SHE = 4  # end of the shift
MISS = 5  # price of a missed break
UTIL = 6  # price of one minute of highest idle time counted for this route (0 or 1)
FR_COLUMNS = 7

# route, static, int
MODE = 0  # offset of the route's travel matrix in the flat matrices
WORKER = 1
HASBR = 2
TWIN = 3  # routes with the same number differ only in who drives them (-1: like no other)
GR_COLUMNS = 4

# visit, static, int
FIRST = 0  # first node
PARTS = 1  # number of parts
KIND = 2  # 0: parts are linked, 1: parts are independent
GROUP = 3  # visits that should be done by one worker, or -1
FIXED = 4  # 1: locked, never removed
GV_COLUMNS = 5

# prices
P_TRAVEL = 0
P_WAIT = 1
P_HIGH = 2
P_IDLE = 3
P_GROUP = 4
P_LOAD = 5  # highest load
P_BREAK = 6  # a minute by which the break comes too late
P_COLUMNS = 7

FAR = 1e12
EPS = 1e-7
