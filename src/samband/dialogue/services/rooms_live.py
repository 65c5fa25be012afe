"""What polling asks: has anything changed? Answered from a glance at the versions that a process keeps for a tenth of a second.

The tag of a participant's page is `<room version>.<group>.<group version>`: notes of one group are no news to the others
(docs/decisions/0120-live-rooms.md).
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import get_language

from samband.dialogue.models import Room, Seat

KEPT = 0.1  # seconds
MOST = 500  # rooms, and drawn parts


@dataclass(frozen=True)
class Glance:
    """The versions of one room and of its groups, by primary key; and its seats `(key, group)` by the hash of their token.

    Seats are read anew with each version of the room: who is moved, or whose token is dropped, makes a new one.
    """

    key: int
    version: int
    groups: dict[int, int] = field(default_factory=dict)
    seats: dict[str, tuple[int, int]] = field(default_factory=dict)


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

    def seat(self, room: str, token_hash: str) -> tuple[int, int, str] | None:
        """The seat's key, its room's key and its present tag; None where the glance does not know the token."""
        glance = self._glance(room)
        found = glance.seats.get(token_hash) if glance is not None else None
        if glance is None or found is None:
            return None
        seat, group = found
        if group and group not in glance.groups:
            return None
        return seat, glance.key, f"{glance.version}.{group}.{glance.groups[group] if group else 0}"

    def _glance(self, room: str) -> Glance | None:
        known = self.kept.get(room)
        if known is not None and time.monotonic() - known[0] < KEPT:
            return known[1]
        at = time.monotonic()
        found = _look(room, known[1] if known else None)
        with self.lock:
            self.kept[room] = (at, found)
            self.kept.move_to_end(room)
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)
        return found


def _look(room: str, before: Glance | None) -> Glance | None:
    """One question: the room's version, with those of its groups; a second about its seats where the room has a new one."""
    rows = list(Room.objects.filter(public_id=room).values_list("pk", "version", "groups__pk", "groups__version"))
    if not rows:
        return None
    key, version = rows[0][:2]
    groups = {pk: of_group for _key, _version, pk, of_group in rows if pk is not None}
    if before is not None and before.version == version:
        return Glance(key, version, groups, before.seats)
    seats = Seat.objects.filter(room=key, token_hash__isnull=False).values_list("token_hash", "pk", "group_id")
    return Glance(key, version, groups, {str(token): (pk, group or 0) for token, pk, group in seats})


def key_of(room: int, tag: str) -> tuple:
    """Under what a drawn part is kept: a room, a tag and the reader's language."""
    return room, tag, get_language()


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
