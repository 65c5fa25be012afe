"""From a `Problem` to the flat tables of the compiled kernels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from . import layout as L
from .model import PAIRWISE, Problem, Visit, Worker, hold_share

#: price of breaking a hard rule once (a visit left out) and by one minute
MUST = 1e6
HARD = 3e3

#: what makes visits neighbours besides travel: a minute between the openings of their windows, and having no worker
#: in common, in mean travel there and back (decision 0105)
WAIT = 0.2
UNLIKE = 1.0


@dataclass
class Tables:
    """The static tables; see `layout` for the columns."""

    problem: Problem
    FS: Any
    GS: Any
    FR: Any
    GR: Any
    GV: Any
    FV: Any
    WC: Any
    WCC: Any  # prices of CROU
    HS: Any  # the first columns of FS
    PW: Any
    D: Any
    DT: Any
    NEAR: Any  # D and DT in single precision, one array if they are equal
    NEART: Any
    LINK: Any
    MEMBERS: Any
    CPTR: Any
    CROU: Any
    NBR: Any
    nparts: int
    nroutes: int
    nplaces: int
    rich: int
    plain: bool  # no breaks, one window a visit, no price that hangs on more than times and workers
    nodes: list[tuple[int, int]]  # node -> (visit number, part)
    routes: list[tuple[int, int]]  # route -> (worker number, shift)
    first: dict[str, int] = field(default_factory=dict)  # visit id -> first node

    @property
    def sizes(self) -> Any:
        """The four numbers every search kernel needs."""
        return np.array([self.nparts, self.nroutes, self.nplaces, self.rich], np.int64)


def weight(problem: Problem, name: str, hard: float = HARD) -> float:
    """Price per unit as the kernels see it: hard rules are dear, not impossible."""
    price = problem.price(name)
    return hard if price.hard else price.weight


def part_row(problem: Problem, visit: Visit, part: int, late: float) -> np.ndarray:
    """Static float columns of one part."""
    row = np.zeros(L.FS_COLUMNS)
    duration = visit.parts[part].duration
    off = duration if problem.judged_at_end else 0.0
    windows = sorted(visit.windows, key=lambda w: (w.start, w.end))
    row[L.DUR] = duration
    row[[L.W2S, L.W2D, L.THR2, L.W3S, L.W3D, L.THR3]] = L.FAR
    row[L.TWT] = HARD if visit.hard else late
    row[L.HIW] = 1.0
    row[L.LMIN], row[L.LMAX] = -L.FAR, L.FAR
    if visit.linked and part + 1 < len(visit.parts):
        row[L.LMIN], row[L.LMAX] = visit.gap(part)
    row[L.REL], row[L.DUE] = max(windows[0].start, visit.earliest), windows[0].end - off
    share = hold_share(problem, visit)
    for window, (s, d, thr), due in zip(
        windows[1:3], ((L.W2S, L.W2D, L.THR2), (L.W3S, L.W3D, L.THR3)), (L.DUE, L.W2D), strict=False
    ):
        row[s], row[d] = window.start, window.end - off
        row[thr] = max(row[due], (row[due] + window.start * share) / (1.0 + share))
    if visit.locked_start is not None:
        row[L.REL] = row[L.DUE] = visit.locked_start
        row[L.TWT] = HARD * 3
    return row


def neighbours(where: np.ndarray, means: np.ndarray, opens: np.ndarray, apart: Apart | None, keep: int) -> np.ndarray:
    """For each visit the nearest others: travel both ways, a share of the gap between windows, other workers."""
    n = len(where)
    keep = max(1, min(keep, n - 1)) if n > 1 else 1
    out = np.full((n, keep), -1, np.int32)
    far = 2.0 * UNLIKE * float(means.mean())
    for v in range(n) if n > 1 else ():
        near = means[where[v], where] + means[where, where[v]] + WAIT * np.abs(opens - opens[v])
        if apart is not None:
            near = near + far * apart.row(v)
        near[v] = np.inf
        pick = np.argpartition(near, keep - 1)[:keep] if keep < n - 1 else np.argsort(near)[:keep]
        out[v] = pick[np.argsort(near[pick], kind="stable")]
    return out


class Apart:
    """How little two visits could be done by the same workers.

    `able` (routes, parts): who may do what; `GV`: the visits' parts.  Parts with the same workers are one kind.
    """

    def __init__(self, able: np.ndarray, GV: np.ndarray) -> None:
        kinds, self.kind = np.unique(able.T, axis=0, return_inverse=True)
        self.kind = self.kind.ravel()
        self.kinds = kinds.astype(np.float32)  # (kinds, routes)
        self.size = np.maximum(1.0, self.kinds.sum(axis=1))
        self.first, self.parts = GV[:, L.FIRST], GV[:, L.PARTS]

    def row(self, v: int) -> np.ndarray:
        """For each visit 1 − the share of workers in common with visit v (of the fewer; best of all parts)."""
        mine = np.unique(self.kind[self.first[v] : self.first[v] + self.parts[v]])
        shared = self.kinds[mine] @ self.kinds.T / np.minimum(self.size[mine][:, None], self.size[None, :])
        return 1.0 - np.maximum.reduceat(shared.max(axis=0)[self.kind], self.first)


def pair_prices(problem: Problem, visits: list[Visit], workers: list[tuple[Worker, int]], nodes: list) -> np.ndarray:
    """(routes, parts) price of each assignment; infinite where it is not allowed."""
    prices = np.zeros((len(workers), len(nodes)))
    weights = {name: problem.price(name).weight for name in PAIRWISE if name in problem.prices}
    plain: dict[tuple[int, str], float] = {}
    for n, (v, part) in enumerate(nodes):
        visit = visits[v]
        special = (
            visit.preferred
            or visit.known
            or visit.unwanted
            or visit.forbidden
            or visit.languages
            or visit.employer
            or visit.locked_workers
            or problem.promised
        )
        service = visit.parts[part].service
        for r, (worker, _) in enumerate(workers):
            if not special:
                key = (r, service)
                if key not in plain:
                    plain[key] = 0.0 if service in worker.skills else np.inf
                prices[r, n] = plain[key]
            elif service not in worker.skills or problem.may(worker, visit, part) is not None:
                prices[r, n] = np.inf
            elif weights:
                units = problem.units(worker, visit, part)
                prices[r, n] = sum(w * units[name] for name, w in weights.items())
    return prices


def visit_tables(problem: Problem, nparts: int, total: int, late: float) -> tuple[Any, Any, Any, Any, dict[str, int]]:
    """Static columns of all parts and visits, and the first node of each visit."""
    visits = problem.visits
    FS, GS = np.zeros((total, L.FS_COLUMNS)), np.zeros((total, L.GS_COLUMNS), np.int32)
    GS[:, [L.NEXT, L.PREV]] = -1
    GS[:, L.NWIN] = 1
    GS[:, L.VISIT] = -1
    GV, FV = np.zeros((len(visits), L.GV_COLUMNS), np.int32), np.zeros(len(visits))
    unserved, first, n = problem.price("unserved"), {}, 0
    for v, visit in enumerate(visits):
        first[visit.id] = n
        GV[v] = (n, len(visit.parts), 0 if visit.linked else 1, -1, int(visit.started))
        FV[v] = MUST if visit.price is None or unserved.hard else visit.price * unserved.weight
        for k in range(len(visit.parts)):
            FS[n + k] = part_row(problem, visit, k, late)
            GS[n + k, [L.PLACE, L.VISIT, L.NWIN]] = visit.place, v, min(3, len(visit.windows))
            if visit.linked:
                GS[n + k, L.NEXT] = n + k + 1 if k + 1 < len(visit.parts) else -1
                GS[n + k, L.PREV] = n + k - 1 if k else -1
            if visit.locked_start is not None:
                GS[n + k, L.NWIN] = 1
        n += len(visit.parts)
    return FS, GS, GV, FV, first


def route_tables(
    problem: Problem,
    routes: list[tuple[int, int]],
    nparts: int,
    FS: Any,
    GS: Any,
    FR: Any,
    GR: Any,
    modes: dict[str, int],
    size: int,
) -> None:
    """Fills the columns of all routes and of their first and last nodes."""
    nroutes = len(routes)
    overtime = weight(problem, "overtime")
    for r, (w, s) in enumerate(routes):
        worker, shift = problem.workers[w], problem.workers[w].shifts[s]
        start, end = nparts + r, nparts + nroutes + r
        FS[start, L.REL] = FS[start, L.DUE] = shift.start
        FS[start, L.DUE] = L.FAR
        FS[end, L.DUE] = shift.end
        FS[end, L.TWT] = overtime
        FS[[start, end], L.LMIN], FS[[start, end], L.LMAX] = -L.FAR, L.FAR
        GS[start, L.PLACE], GS[end, L.PLACE] = shift.leave, shift.arrive
        pause = shift.pause
        FR[r, [L.SHS, L.SHE, L.UTIL]] = shift.start, shift.end, 1.0
        if pause is not None:
            FR[r, [L.BRS, L.BRD]] = pause.start, pause.duration
            FR[r, L.BRE] = pause.end - (pause.duration if problem.judged_at_end else 0.0)
            FR[r, L.MISS] = weight(problem, "missed_breaks", 3 * HARD)
        GR[r, [L.MODE, L.WORKER, L.HASBR]] = modes[worker.means] * size * size, w, int(pause is not None)


def twins(problem: Problem, routes: list[tuple[int, int]], nparts: int, GS: Any, FR: Any, GR: Any) -> None:
    """Number the routes whose workers could change places: same times, places and travel, no other shift."""
    kinds: dict[tuple[float, ...], int] = {}
    for r, (w, _) in enumerate(routes):
        ends = GS[[nparts + r, nparts + len(routes) + r], L.PLACE]
        key = (*FR[r].tolist(), int(GR[r, L.MODE]), int(GR[r, L.HASBR]), *ends.tolist())
        alone = len(problem.workers[w].shifts) == 1
        GR[r, L.TWIN] = kinds.setdefault(key, len(kinds)) if alone else -1


def build(problem: Problem, keep: int = 120) -> Tables:
    """Tables of the whole problem."""
    visits = list(problem.visits)
    routes = [(w, s) for w, worker in enumerate(problem.workers) for s in range(len(worker.shifts))]
    nodes = [(v, k) for v, visit in enumerate(visits) for k in range(len(visit.parts))]
    nparts, nroutes = len(nodes), len(routes)
    total = nparts + 2 * nroutes
    late = weight(problem, "tardiness")
    if problem.price("highest_tardiness").hard:
        late = HARD
    FS, GS, GV, FV, first = visit_tables(problem, nparts, total, late)
    modes = {name: k for k, name in enumerate(problem.travel)}
    size = next(iter(problem.travel.values())).shape[0]
    FR, GR = np.zeros((nroutes, L.FR_COLUMNS)), np.zeros((nroutes, L.GR_COLUMNS), np.int32)
    route_tables(problem, routes, nparts, FS, GS, FR, GR, modes, size)
    twins(problem, routes, nparts, GS, FR, GR)
    PW = np.zeros(L.P_COLUMNS)
    PW[[L.P_TRAVEL, L.P_WAIT, L.P_HIGH]] = (
        weight(problem, "travel"),
        weight(problem, "waiting"),
        weight(problem, "highest_tardiness"),
    )
    PW[[L.P_IDLE, L.P_GROUP, L.P_LOAD]] = (
        weight(problem, "idle"),
        weight(problem, "same_worker"),
        weight(problem, "load"),
    )
    PW[L.P_BREAK] = HARD
    WC = pair_prices(problem, visits, [(problem.workers[w], s) for w, s in routes], nodes)
    lists = [np.flatnonzero(np.isfinite(WC[:, p])) for p in range(nparts)]
    CPTR = np.zeros(nparts + 1, np.int32)
    CPTR[1:] = np.cumsum([len(x) for x in lists])
    CROU = np.concatenate(lists).astype(np.int32) if nparts else np.zeros(0, np.int32)
    WC[~np.isfinite(WC)] = 1e18
    persons: dict[str, list[int]] = {}
    if PW[L.P_GROUP] > 0:
        for v, visit in enumerate(visits):
            if visit.person:
                persons.setdefault(visit.person, []).append(v)
    groups = [g for g in persons.values() if sum(len(visits[v].parts) for v in g) > 1]
    MEMBERS = np.full((len(groups), max(map(len, groups), default=1)), -1, np.int32)
    for g, members in enumerate(groups):
        MEMBERS[g, : len(members)] = members
        GV[members, L.GROUP] = g
    rich = int(any(PW[k] > 0 for k in (L.P_WAIT, L.P_IDLE, L.P_GROUP, L.P_LOAD)) or bool(GR[:, L.HASBR].any()))
    plain = not rich and bool((GS[:, L.NWIN] == 1).all())
    mean: Any = sum(problem.travel.values()) / len(problem.travel)
    NBR = neighbours(
        np.array([v.place for v in visits], np.int64),
        mean,
        np.array([min(w.start for w in v.windows) for v in visits]),
        Apart(WC < 1e17, GV) if plain else None,
        keep,
    )
    D = np.concatenate([np.ascontiguousarray(m, np.float64).ravel() for m in problem.travel.values()])
    DT = np.concatenate([np.ascontiguousarray(m.T, np.float64).ravel() for m in problem.travel.values()])
    near = D.astype(np.float32)
    LINK = np.flatnonzero(GS[:, L.NEXT] >= 0).astype(np.int32)
    return Tables(
        problem,
        FS,
        GS,
        FR,
        GR,
        GV,
        FV,
        WC,
        np.ascontiguousarray(WC[CROU, np.repeat(np.arange(nparts), np.diff(CPTR))]),
        np.ascontiguousarray(FS[:, : L.HS_COLUMNS]),
        PW,
        D,
        DT,
        near,
        near if np.array_equal(D, DT) else DT.astype(np.float32),
        LINK,
        MEMBERS,
        CPTR,
        CROU,
        NBR,
        nparts,
        nroutes,
        size,
        rich,
        plain,
        nodes,
        routes,
        first,
    )


def empty_state(tables: Tables) -> tuple[np.ndarray, np.ndarray]:
    """State of a plan with no visit in it."""
    P, R = tables.nparts, tables.nroutes
    FD = np.zeros((P + 2 * R, L.FD_COLUMNS))
    GD = np.full((P + 2 * R, L.GD_COLUMNS), -1, np.int32)
    GD[:, L.LAFT] = 0
    for r in range(R):
        start, end = P + r, P + R + r
        GD[start, L.SUCC], GD[end, L.PRED] = end, start
        GD[start, L.ROUTE] = GD[end, L.ROUTE] = r
        FD[start, L.T] = FD[end, L.T] = tables.FS[start, L.REL]
        FD[end, L.LT] = max(tables.FS[end, L.DUE], FD[end, L.T])
        FD[start, L.LT] = FD[end, L.LT]
    return FD, GD
