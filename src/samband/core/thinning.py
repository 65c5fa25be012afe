"""Thinning by rules: each module says of what it keeps when it is over, and how it goes. Nothing goes without a decision.

A rule finds groups (one provider's records about one person, say) whose last event lies before a day, and takes one group away in
the caller's transaction. `samband thin` carries out what was decided; the audit is thinned by a command of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True)
class Group:
    """What goes together: about whom, its key within the rule, and the last thing that happened with it."""

    person_id: int
    key: tuple[int | bool, ...]
    last_at: datetime


@dataclass
class Removed:
    """How many rows of each model went, and the names of files that go once that is certain."""

    rows: dict[str, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def add(self, label: str, number: int) -> None:
        if number:
            self.rows[label] = self.rows.get(label, 0) + number


Find = Callable[[int, datetime, int | None], Iterator[Group]]
Take = Callable[[Group, int, datetime], Removed]


@dataclass(frozen=True)
class Rule:
    """`years`: the setting's number, at least what the law says. `find(organization, before, person)` looks, and changes nothing;
    with a person it looks among hers alone. `take(group, organization, before)` takes one group away.
    """

    key: str
    title: str | Promise
    law: str | Promise
    years: Callable[[], int]
    find: Find
    take: Take


rules: dict[str, Rule] = {}


def rule(key: str, title: str | Promise, law: str | Promise, years: Callable[[], int], find: Find, take: Take) -> None:
    """Register; in a module's `apps.ready`."""
    rules[key] = Rule(key, title, law, years, find, take)
