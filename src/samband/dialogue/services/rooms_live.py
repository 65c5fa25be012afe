"""What polling asks: has anything changed? Answered from a glance at the versions that a process keeps for a tenth of a second.

The tag of a participant's page is `<room version>.<group>.<group version>`: notes of one group are no news to the others
(docs/decisions/0120-live-rooms.md).
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from samband.dialogue.models import Room, Seat

KEPT = 0.1  # seconds
MOST = 500  # rooms, and drawn parts


@dataclass(frozen=True)
class Glance:
    """The versions of one room and of its groups, by primary key."""

    version: int
    groups: dict[int, int] = field(default_factory=dict)


def tag_of(seat: Seat) -> str:
    """The tag of what this seat sees now."""
    group = f"{seat.group.pk}.{seat.group.version}" if seat.group is not None else "0.0"
    return f"{seat.room.version}.{group}"


class Versions:
    """Glances of a process, by the room's public id; a room that is not there is remembered as None for as long."""

    def __init__(self) -> None:
        self.kept: OrderedDict[str, tuple[float, Glance | None]] = OrderedDict()
        self.lock = threading.Lock()

    def current(self, room: str, tag: str) -> bool:
        """Whether a page with this tag shows how it is now. No seat is asked about: nothing but "unchanged" is told."""
        glance = self._glance(room)
        version, _dot, rest = tag.partition(".")
        group, _dot, of_group = rest.partition(".")
        if glance is None or version != str(glance.version) or not group.isdecimal():
            return False
        return group == "0" or of_group == str(glance.groups.get(int(group)))

    def _glance(self, room: str) -> Glance | None:
        known = self.kept.get(room)
        if known is not None and time.monotonic() - known[0] < KEPT:
            return known[1]
        at = time.monotonic()
        found = _look(room)
        with self.lock:
            self.kept[room] = (at, found)
            self.kept.move_to_end(room)
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)
        return found


def _look(room: str) -> Glance | None:
    """One question: the room's version, with those of its groups."""
    rows = list(Room.objects.filter(public_id=room).values_list("version", "groups__pk", "groups__version"))
    if not rows:
        return None
    return Glance(rows[0][0], {pk: version for _version, pk, version in rows if pk is not None})


class Drawn:
    """Parts of pages that many see alike, drawn once for each version in a process; one thread draws, the others wait."""

    def __init__(self) -> None:
        self.kept: OrderedDict[tuple, str] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: tuple, draw: Callable[[], str]) -> str:
        found = self.kept.get(key)
        if found is not None:
            return found
        with self.lock:
            found = self.kept.get(key)
            if found is None:
                found = self.kept[key] = draw()
                while len(self.kept) > MOST:
                    self.kept.popitem(last=False)
            return found


versions = Versions()
drawn = Drawn()
