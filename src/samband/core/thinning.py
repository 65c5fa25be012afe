"""Thinning by rules: each module says of what it keeps when it is over, and how it goes. Nothing goes without a decision.

A rule finds groups (one provider's records about one person, say) whose last event lies before a day, and takes one group away in
the caller's transaction. `samband thin` carries out what was decided; the audit is thinned by a command of its own.

Other modules have a say about what they build on: `keeps` says which of some things must stay, `follows` what goes with them.
What none of them named is never taken silently: `take` breaks off, and everything of that person stays.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from samband.core import events
from samband.core.models import Release

EVENT = "thinned"
NOBODY = 0  # instead of a person's key: what is about nobody who is known
AT_ONCE = 500
LAW_YEARS = 10


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
    names: list[str] = field(default_factory=list)

    def add(self, label: str, number: int) -> None:
        if number:
            self.rows[label] = self.rows.get(label, 0) + number


Find = Callable[[int, datetime, int | None], Iterator[Group]]
Take = Callable[[Group, int, datetime], Removed]


@dataclass(frozen=True)
class Rule:
    """`years`: the setting's number, at least what the law says. `find(organization, before, person)` looks, and changes nothing;
    with a person it looks among hers alone (`NOBODY`: among what is about nobody known). `take(group, organization, before)` takes
    one group away. `shared`: several organizations write in it, and a hold of any of them keeps it.
    """

    key: str
    title: str | Promise
    law: str | Promise
    years: Callable[[], int]
    find: Find
    take: Take
    shared: bool = False


rules: dict[str, Rule] = {}


def rule(
    key: str,
    title: str | Promise,
    law: str | Promise,
    years: Callable[[], int],
    find: Find,
    take: Take,
    shared: bool = False,
) -> None:
    """Register; in a module's `apps.ready`."""
    rules[key] = Rule(key, title, law, years, find, take, shared)


# Of some things of a model (keys), those that something of the module's keeps: it is open, or younger than the day.
Keeps = Callable[[list[int], datetime], set[int]]
# What of the module's goes with some things (keys), in the order in which it can go.
Follows = Callable[[list[int]], Iterable[QuerySet[Any]]]
_keeps: dict[str, list[Keeps]] = defaultdict(list)
_follows: dict[str, list[Follows]] = defaultdict(list)


def keeps(label: str, function: Keeps) -> None:
    """Register what keeps things of a model of a floor below (`plans.CarePlan`)."""
    _keeps[label].append(function)


def follows(label: str, function: Follows) -> None:
    """Register what goes with them."""
    _follows[label].append(function)


def kept(label: str, keys: Iterable[int], before: datetime) -> set[int]:
    """Which of the things somebody keeps; a bounded number of questions for each five hundred."""
    asked, found = list(keys), set[int]()
    for place in range(0, len(asked), AT_ONCE):
        found |= {key for function in _keeps[label] for key in function(asked[place : place + AT_ONCE], before)}
    return found


def followers(label: str, keys: list[int]) -> Iterator[QuerySet[Any]]:
    for function in _follows[label]:
        yield from function(keys)


def really(before: datetime) -> datetime:
    """No later than the law's years by the real clock: the triggers know no other, and a demo that stands on a day to come
    opens nothing for it."""
    now = timezone.now()
    year = now.year - LAW_YEARS
    return min(before, now.replace(year=year, day=28) if (now.month, now.day) == (2, 29) else now.replace(year=year))


def take(gone: Removed, rows: QuerySet[Any]) -> None:
    """Count, remember what they were called, remove. Breaks off where something would go with them that nobody named."""
    model = rows.model
    keys = list(rows.order_by().values_list("pk", flat=True))
    if any(field.name == "public_id" for field in model._meta.concrete_fields):
        labels = rows.order_by().values_list("public_id", flat=True)
        gone.names += [f"{model._meta.label_lower}:{public}" for public in labels]
    for place in range(0, len(keys), AT_ONCE):
        number, by_model = model._default_manager.filter(pk__in=keys[place : place + AT_ONCE]).delete()
        if number and set(by_model) != {model._meta.label}:
            raise RuntimeError(f"{model._meta.label} would have taken {sorted(by_model)} along")
        gone.add(model._meta.label, number)


@contextmanager
def released(thing: type[Model], keys: list[int]) -> Iterator[None]:
    """Within the block, and the caller's transaction, what is only written of these things may go (core/append_only.py)."""
    table = thing._meta.db_table
    Release.objects.bulk_create([Release(thing=table, key=key) for key in keys])
    yield
    Release.objects.filter(thing=table, key__in=keys).delete()


def tell(gone: Removed) -> None:
    """Whoever keeps a name of what went lets go of it, in the same transaction."""
    events.publish(EVENT, names=gone.names)
