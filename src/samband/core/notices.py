"""What somebody should hear of: the port through which any module tells, and one module delivers.

A module registers its kinds in `apps.ready` and calls `tell` in the transaction of the change. Who delivers listens to
the event `notice`; where nobody does, nothing is lost but the notice. A notice names neither the person nor the care: it
says that there is something, and its address opens what the reader may open.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise

from samband.core import events
from samband.core.decision import Actor

EVENT = "notice"
DONE = "notice_done"


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice. `receipt`: somebody must acknowledge it; `escalate_after`: how long until others are told too.

    `group`: what the reader chooses a channel for; the key's first part where nothing else is said.
    """

    key: str
    title: str | Promise
    receipt: bool = False
    escalate_after: timedelta | None = None
    group: str = ""


@dataclass(frozen=True)
class Telling:
    """One thing to tell. Recipients are primary keys: units (everyone there who may open it), assignments, persons, relatives.

    `person_id`: whom it is about; `thing`: `label:public_id` of what changed; `url`: path to open; `once`: told again
    with the same key it is the same notice; `by`: who did what is told, who is not told herself and whose side sees the
    receipts.
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
    by: Actor | None = None


kinds: dict[str, NoticeKind] = {}
groups: dict[str, str | Promise] = {}
OnDuty = Callable[[frozenset[int], datetime], set[int]]
_on_duty: list[OnDuty] = []


def kind(
    key: str,
    title: str | Promise,
    receipt: bool = False,
    escalate_after: timedelta | None = None,
    group: str = "",
) -> NoticeKind:
    """Register a kind of notice; in a module's `apps.ready`."""
    kinds[key] = NoticeKind(key, title, receipt, escalate_after, group or key.partition(".")[0])
    return kinds[key]


def group(key: str, title: str | Promise) -> None:
    """Name a group of kinds, as the reader sees it among her choices. A group without a name is drawn as "other"."""
    groups[key] = title


def on_duty_from(function: OnDuty) -> OnDuty:
    """Register who knows which of some assignments (primary keys) are on call or on a shift at a moment."""
    if function not in _on_duty:
        _on_duty.append(function)
    return function


def on_duty(assignments: Iterable[int], moment: datetime) -> set[int]:
    """Those of the assignments who are on call or on a shift; nobody where no module knows."""
    asked = frozenset(assignments)
    return {pk for function in _on_duty for pk in function(asked, moment)} if asked else set()


def tell(
    key: str, url: str, *, thing: Any = None, person_id: int | None = None, once: str = "",
    units: Iterable[int] = (), assignments: Iterable[int] = (), persons: Iterable[int] = (), relatives: Iterable[int] = (),
    by: Actor | None = None,
) -> Telling:  # fmt: skip
    """Tell; an unknown kind is a mistake in the code and raises KeyError."""
    told = Telling(
        kinds[key], person_id, name_of(thing), url, once,
        frozenset(units), frozenset(assignments), frozenset(persons), frozenset(relatives), by,
    )  # fmt: skip
    events.publish(EVENT, telling=told)
    return told


def dealt_with(thing: Any, by: Actor | None = None) -> None:
    """What was told about `thing` has been dealt with: whoever did it (`by`) has thereby acknowledged it."""
    events.publish(DONE, thing=name_of(thing), by=by)


def name_of(thing: Any) -> str:
    """`label:public_id`, as the audit names a thing."""
    return f"{thing._meta.label_lower}:{thing.public_id}" if thing is not None else ""
