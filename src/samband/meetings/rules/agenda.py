"""The agenda that a plan makes by itself: her words first, then what is open. Pure; the words for it are the services'."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an item is about, in the order in which a meeting takes them up."""

    WORDS = "words"
    LATE = "late"
    DECLINED = "declined"
    PROPOSAL = "proposal"
    NOBODY = "nobody"
    MISSING = "missing"
    CONTACT = "contact"
    FOLLOW_UP = "follow_up"
    GOAL = "goal"
    OWN = "own"


@dataclass(frozen=True)
class Thing:
    """Something in the plan: its key (`plans.goal:…`), what it is called, and more in few words."""

    key: str
    title: str
    more: str = ""


@dataclass(frozen=True)
class PlanFacts:
    """What the plan holds and lacks. `missing`: names of empty parts; `contacts`: roles that nobody has."""

    words: str = ""
    late: Thing | None = None
    declined: tuple[Thing, ...] = ()
    proposals: tuple[Thing, ...] = ()
    nobody: tuple[Thing, ...] = ()
    missing: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    follow_up: Thing | None = None
    goals: tuple[Thing, ...] = ()


@dataclass(frozen=True)
class Question:
    """One item to be: `source` tells the same question from a new one when the agenda is made again."""

    kind: Kind
    source: str
    title: str = ""
    more: str = ""
    names: tuple[str, ...] = ()


def questions(plan: PlanFacts) -> Iterator[Question]:
    """In the order of Kind. Her words come first even where nobody has asked yet: then the question is to ask."""
    yield Question(Kind.WORDS, "words", plan.words)
    if plan.late:
        yield Question(Kind.LATE, f"late:{plan.late.key}", plan.late.title, plan.late.more)
    for kind, rows in ((Kind.DECLINED, plan.declined), (Kind.PROPOSAL, plan.proposals), (Kind.NOBODY, plan.nobody)):
        for row in rows:
            yield Question(kind, f"{kind}:{row.key}", row.title, row.more)
    if plan.missing:
        yield Question(Kind.MISSING, "missing", names=plan.missing)
    if plan.contacts:
        yield Question(Kind.CONTACT, "contacts", names=plan.contacts)
    if plan.follow_up:
        yield Question(Kind.FOLLOW_UP, f"follow_up:{plan.follow_up.key}", plan.follow_up.title, plan.follow_up.more)
    for row in plan.goals:
        yield Question(Kind.GOAL, f"goal:{row.key}", row.title, row.more)


def moved(order: list[int], key: int, step: int) -> list[int]:
    """The order with one item a step up (−1) or down (+1); at the end it stays."""
    at = order.index(key)
    to = min(max(at + step, 0), len(order) - 1)
    out = [k for k in order if k != key]
    out.insert(to, key)
    return out
