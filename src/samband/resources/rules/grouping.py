"""From what the plan wants done at one person's home on one day to visits: pure, no Django.

What one worker of a unit can do in one go is one visit (starts within 20 minutes and windows that meet, or linked by `after`).
What comes after something that others do becomes one visit of ordered parts, unless the windows keep the order anyway.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from samband.resources.rules.home import fold

TOGETHER = timedelta(minutes=20)
MOST = 3  # parts of a visit


@dataclass(frozen=True)
class Piece:
    """What one worker does: whose staff, with what competence, which delegated acts, how long, and who if said."""

    unit: int
    competence: str
    acts: tuple[str, ...]
    minutes: int
    assignment: int | None = None


@dataclass(frozen=True)
class Task:
    """One occurrence of an action that is done at home."""

    key: str
    action: int
    original: datetime
    start: datetime
    end: datetime
    all_day: bool
    pieces: tuple[Piece, ...]
    sync: str = "independent"
    gap: tuple[int, int] = (0, 60)
    strict: bool = False
    priority: int = 3
    movable: int = 0
    after: int | None = None
    settled: str = ""  # done or not_done, as the plan says


@dataclass(frozen=True)
class Wanted:
    """A visit as it should be."""

    key: str
    items: tuple[tuple[int, datetime], ...]
    start: datetime
    end: datetime
    pieces: tuple[Piece, ...]
    sync: str
    gaps: tuple[tuple[int, int], ...]
    strict: bool
    priority: int
    movable: int
    settled: str = ""


@dataclass
class Group:
    """A visit in the making; `windows`: one for each piece where they are ordered, else one."""

    tasks: list[Task]
    pieces: list[Piece]
    windows: list[tuple[datetime, datetime]]
    sync: str = "independent"
    chain: bool = False
    closed: bool = field(default=False)

    @property
    def single(self) -> bool:
        return len(self.pieces) == 1 and not self.chain


def visits(tasks: Iterable[Task]) -> list[Wanted]:
    """The visits at one person's home on one day."""
    rows = sorted(tasks, key=lambda t: (t.start, t.action, t.original))
    before = _links(rows)
    groups: list[Group] = []
    for task in rows:
        home = next((g for g in reversed(groups) if _joins(g, task, before)), None)
        if home is None:
            groups.append(Group([task], list(task.pieces), [(task.start, task.end)], task.sync))
        else:
            _join(home, task)
    for task in rows:
        if task.key in before:
            _order(groups, before[task.key], task)
    return sorted((_wanted(g) for g in groups if not g.closed), key=lambda w: (w.start, w.key))


def _links(rows: list[Task]) -> dict[str, Task]:
    """For each task the one that it comes after: the latest before it that day, else the first."""
    found = {}
    for task in rows:
        firsts = [t for t in rows if task.after is not None and t.action == task.after]
        early = [t for t in firsts if t.start <= task.start]
        if firsts:
            found[task.key] = early[-1] if early else firsts[0]
    return found


def _joins(group: Group, task: Task, before: dict[str, Task]) -> bool:
    if not group.single or len(task.pieces) != 1:
        return False
    mine, hers = group.pieces[0], task.pieces[0]
    if mine.unit != hers.unit or fold(mine.competence, hers.competence) is None:
        return False
    if None not in (mine.assignment, hers.assignment) and mine.assignment != hers.assignment:
        return False
    first, last = group.windows[0]
    if max(first, task.start) > min(last, task.end) or group.tasks[0].all_day != task.all_day:
        return False
    linked = before.get(task.key) in group.tasks
    return linked or abs(task.start - group.tasks[0].start) <= TOGETHER


def _join(group: Group, task: Task) -> None:
    """Two tasks of one worker in one visit: minutes added, the narrower window, the stricter terms."""
    mine, hers = group.pieces[0], task.pieces[0]
    group.tasks.append(task)
    group.pieces = [
        replace(
            mine,
            competence=fold(mine.competence, hers.competence) or mine.competence,
            acts=tuple(sorted({*mine.acts, *hers.acts})),
            minutes=mine.minutes + hers.minutes,
            assignment=mine.assignment or hers.assignment,
        )
    ]
    first, last = group.windows[0]
    group.windows = [(max(first, task.start), min(last, task.end))]


def _order(groups: list[Group], first: Task, then: Task) -> None:
    """`then` comes after `first`: in one visit of ordered parts, or by a later window where that cannot be."""
    one = next(g for g in groups if not g.closed and first in g.tasks)
    two = next(g for g in groups if not g.closed and then in g.tasks)
    if one is two:
        return
    ready = one.windows[-1][1] + timedelta(minutes=one.pieces[-1].minutes)
    if ready <= two.windows[0][0]:
        return
    chained = all(g.chain or g.single for g in (one, two))
    if chained and len(one.pieces) + len(two.pieces) <= MOST:
        one.tasks += two.tasks
        one.pieces += two.pieces
        one.windows += two.windows
        one.sync, one.chain, two.closed = "ordered", True, True
        return
    after = one.windows[0][0] + timedelta(minutes=one.pieces[-1].minutes)
    start, end = two.windows[0]
    two.windows[0] = (max(start, after), max(end, after))


def _wanted(group: Group) -> Wanted:
    tasks = group.tasks
    start, end, gaps = _times(group)
    settled = {t.settled for t in tasks}
    return Wanted(
        key=tasks[0].key,
        items=tuple((t.action, t.original) for t in tasks),
        start=start,
        end=max(start, end),
        pieces=tuple(group.pieces),
        sync=group.sync if len(group.pieces) > 1 else "independent",
        gaps=gaps,
        strict=any(t.strict for t in tasks),
        priority=max(t.priority for t in tasks),
        movable=min(t.movable for t in tasks),
        settled="" if "" in settled else "done" if "done" in settled else "not_done",
    )


def _times(group: Group) -> tuple[datetime, datetime, tuple[tuple[int, int], ...]]:
    """Window and gaps. Of a chain, so that every part keeps its own window when the visit keeps its one.

    A visit has one window for all its parts: the gaps are at least what the starts and the ends of the parts' windows lie apart.
    """
    start, end = group.windows[0]
    if not group.chain:
        ordered = group.sync == "ordered" and len(group.pieces) > 1
        low, high = group.tasks[0].gap
        if not ordered:
            return start, end, ()
        count = len(group.pieces) - 1
        # The end bounds the start of the last part too: what follows gets the time that it waits for.
        return start, end + timedelta(minutes=low * count), ((low, max(low, high)),) * count
    gaps = []
    for k in range(len(group.pieces) - 1):
        (a, b), (c, d) = group.windows[k], group.windows[k + 1]
        gaps.append(max(group.pieces[k].minutes, _minutes(c - a), _minutes(d - b)))
    last = max(group.windows[-1][1], start + timedelta(minutes=sum(gaps)))
    most = _minutes(last - start)
    return start, last, tuple((gap, max(gap, most)) for gap in gaps)


def _minutes(delta: timedelta) -> int:
    return int(delta.total_seconds() // 60)
