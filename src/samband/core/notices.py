"""What somebody should hear of: the port through which any module tells, and one module delivers.

A module registers its kinds in `apps.ready` and calls `tell` in the transaction of the change. Who delivers listens to
the event `notice`; where nobody does, nothing is lost but the notice. A notice names neither the person nor the care: it
says that there is something, and its address opens what the reader may open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise

from samband.core import events

EVENT = "notice"


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice. `receipt`: somebody must acknowledge it; `escalate_after`: how long until others are told too."""

    key: str
    title: str | Promise
    receipt: bool = False
    escalate_after: timedelta | None = None


@dataclass(frozen=True)
class Telling:
    """One thing to tell. Recipients are primary keys: units (everyone there who may open it), assignments, persons, relatives.

    `person_id`: whom it is about; `thing`: `label:public_id` of what changed; `url`: path to open; `once`: told again
    with the same key it is the same notice.
    """

    kind: NoticeKind
    person_id: int | None
    thing: str
    url: str
    once: str = ""
    units: frozenset[int] = field(default_factory=frozenset)
    assignments: frozenset[int] = field(default_factory=frozenset)
    persons: frozenset[int] = field(default_factory=frozenset)
    relatives: frozenset[int] = field(default_factory=frozenset)


kinds: dict[str, NoticeKind] = {}


def kind(key: str, title: str | Promise, receipt: bool = False, escalate_after: timedelta | None = None) -> NoticeKind:
    """Register a kind of notice; in a module's `apps.ready`."""
    kinds[key] = NoticeKind(key, title, receipt, escalate_after)
    return kinds[key]


def tell(
    key: str, url: str, *, thing: Any = None, person_id: int | None = None, once: str = "",
    units: Iterable[int] = (), assignments: Iterable[int] = (), persons: Iterable[int] = (), relatives: Iterable[int] = (),
) -> Telling:  # fmt: skip
    """Tell; an unknown kind is a mistake in the code and raises KeyError."""
    name = f"{thing._meta.label_lower}:{thing.public_id}" if thing is not None else ""
    told = Telling(
        kinds[key], person_id, name, url, once,
        frozenset(units), frozenset(assignments), frozenset(persons), frozenset(relatives),
    )  # fmt: skip
    events.publish(EVENT, telling=told)
    return told
