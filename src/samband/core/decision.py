"""Who asks and what is answered, as plain data: the part of the policy that pure rules may import. No Django here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

language: Callable[[], str] = lambda: "sv"  # noqa: E731 (core.policy puts Django's in its place)

Kind = Literal["staff", "person", "relative", "guest", "anonymous"]


@dataclass(frozen=True)
class Actor:
    """Who is asking, and in which capacity. Staff ask through one assignment (medarbetaruppdrag).

    `born` is set for a person who acts herself: who is grown up needs no look at what holds for children. `tied`: whether the
    account of staff is also a person's or a relative's; None: nobody has looked.
    A guest has joined a room by its code and is nobody else: `seat_id` is the seat there.
    `memo` holds facts that were looked up for this request; None (outside a request) looks up every time.
    """

    kind: Kind = "anonymous"
    user_id: int | None = None
    name: str = ""
    label: str = ""
    role: str = ""
    assignment_id: int | None = None
    staff_id: int | None = None
    unit_id: int | None = None
    unit_ids: tuple[int, ...] = ()
    organization_id: int | None = None
    org_kind: str = ""
    person_id: int | None = None
    relative_id: int | None = None
    seat_id: int | None = None
    born: date | None = None
    tied: bool | None = field(default=None, compare=False)
    memo: dict | None = field(default=None, compare=False, repr=False)


ANONYMOUS = Actor()


@dataclass(frozen=True)
class Decision:
    """The answer: whether, by which rule, and one sentence in Swedish and English for the person who asks why."""

    allow: bool
    rule: str
    sv: str
    en: str

    def __bool__(self) -> bool:
        return self.allow

    @property
    def reason(self) -> str:
        """The sentence in the reader's language."""
        return self.en if language().startswith("en") else self.sv


def allow(rule: str, sv: str, en: str) -> Decision:
    return Decision(True, rule, sv, en)


def deny(rule: str, sv: str, en: str) -> Decision:
    return Decision(False, rule, sv, en)


CLOSED = deny("default", "Ingen regel öppnar det här för dig.", "No rule opens this to you.")
