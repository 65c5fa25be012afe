"""The course of a dialogue as a table: which step leads where, what the clock shows, what is still hidden. Pure.

lobby → groups → think → reveal → talk → report → think … → closed, with rests in between (issue 7, "A session in a workplace").
Times are datetimes with a zone, spans are seconds.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

OPEN = ("lobby", "groups", "think", "reveal", "talk", "report")
PHASES = (*OPEN, "closed")
# event → the phases from which it may be done, and the phase it leads to (None: the same)
MOVES: dict[str, tuple[tuple[str, ...], str | None]] = {
    "form": (("lobby", "groups", "report"), "groups"),
    "draw": (("groups", "report"), "think"),
    "reveal": (("think",), "reveal"),
    "talk": (("reveal", "report"), "talk"),
    "report": (("reveal", "talk"), "report"),
    "more_time": (("think", "talk"), None),
    "stop_clock": (("think", "talk"), None),
    "pause": (OPEN, None),
    "resume": (OPEN, None),
    # What is hidden is shown before the end: nobody wrote for nothing.
    "close": (("lobby", "groups", "reveal", "talk", "report"), "closed"),
}
MORE = 60
# kind of note → the phases of its round in which it may be written
WRITES: dict[str, tuple[str, ...]] = {
    "own": ("think", "reveal", "talk", "report"),
    "group": ("reveal", "talk", "report"),
    "more": ("reveal", "talk", "report"),
    "less": ("reveal", "talk", "report"),
    "agree": ("reveal", "talk", "report"),
}


class Refused(ValueError):
    """A step that cannot be taken. `reason`: stale, closed, paused, phase, groups or cards; the services put words to it."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Course:
    """Where the room stands. `step` counts the moves; `ends_at`: when the clock rings; `left`: what it had left when it stopped."""

    phase: str = "lobby"
    round: int = 0
    step: int = 1
    paused: bool = False
    ends_at: datetime | None = None
    left: int | None = None


@dataclass(frozen=True)
class Around:
    """What a move depends on: the time, how long to think and talk, whether there are groups and cards left to draw."""

    now: datetime
    think: int = 180
    talk: int = 600
    groups: int = 1
    cards: int = 1


def move(course: Course, event: str, step: int, around: Around) -> Course:
    """The course after `event`. `step`: the course as the one who asks saw it. Raises Refused; then nothing has changed."""
    check(course, event, step, around)
    after = _leads(course, event, around)
    return replace(after, step=course.step + 1)


def check(course: Course, event: str, step: int, around: Around) -> None:
    """Raises Refused where the move cannot be made."""
    if course.phase == "closed":
        raise Refused("closed")
    if step != course.step:
        raise Refused("stale")
    if course.paused != (event == "resume"):
        raise Refused("paused" if course.paused else "phase")
    if course.phase not in MOVES[event][0]:
        raise Refused("phase")
    if event == "draw" and not around.groups:
        raise Refused("groups")
    if event == "draw" and not around.cards:
        raise Refused("cards")


def _leads(course: Course, event: str, around: Around) -> Course:
    to = MOVES[event][1] or course.phase
    if event == "pause":
        return replace(course, paused=True, ends_at=None, left=seconds_left(course, around.now))
    if event == "resume":
        ends = around.now + timedelta(seconds=course.left) if course.left is not None else None
        return replace(course, paused=False, ends_at=ends, left=None)
    if event == "more_time":
        begins = max(course.ends_at or around.now, around.now)
        return replace(course, ends_at=begins + timedelta(seconds=MORE))
    if event == "stop_clock":
        return replace(course, ends_at=None)
    lasts = {"think": around.think, "talk": around.talk}.get(to, 0)
    ends = around.now + timedelta(seconds=lasts) if lasts else None
    return replace(course, phase=to, round=course.round + (event == "draw"), ends_at=ends, left=None)


def offered(course: Course, around: Around) -> list[str]:
    """The moves that can be made now, in the order of the table."""
    found = []
    for event in MOVES:
        try:
            check(course, event, course.step, around)
        except Refused:
            continue
        found.append(event)
    return found


def seconds_left(course: Course, now: datetime) -> int | None:
    """What the clock has left, never below 0; None where none is running or stopped."""
    if course.ends_at is None:
        return course.left
    return max(0, round((course.ends_at - now).total_seconds()))


def revealed(course: Course, of_round: int) -> bool:
    """Whether own notes of that round are shown to others."""
    return of_round < course.round or (of_round == course.round and course.phase != "think")


def may_write(course: Course, kind: str, of_round: int) -> bool:
    """Whether a note of that kind may be written for the round. One sent late, from a round that went on, still counts."""
    if course.phase == "closed" or course.paused or not 1 <= of_round <= course.round:
        return False
    return of_round < course.round or course.phase in WRITES[kind] or course.phase == "groups"
