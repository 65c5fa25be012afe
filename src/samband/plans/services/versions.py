"""The plan as it was at any version, and the difference between two of them in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min, QuerySet
from django.utils.translation import get_language

from samband.access.models import Party
from samband.core import clock
from samband.plans.models import Action, CarePlan, FollowUp, Goal, PlanEvent, Revision, Situation
from samband.plans.rules.compare import Entry, Section, compare
from samband.plans.rules.fold import State, Step, undo
from samband.plans.services import history
from samband.plans.services.changes import sentence
from samband.plans.services.corrections import Cover
from samband.plans.services.editing import SKIP

# Computed, or no part of what the plan says: not in a state.
COMPUTED = frozenset({"next_kind", "next_at", "next_due", "next_action", "follow_up_on", "person", "created_by"})
ROWS: dict[type, tuple[str, ...]] = {
    Goal: (),
    Action: ("goal", "unit", "assignment__staff", "relative", "after"),
    Situation: ("call_unit", "then_unit"),
    FollowUp: ("responsible__staff",),
    PlanEvent: (),
}
STEP = ("number", "thing", "kind", "changes", "title")


@dataclass(frozen=True)
class Version:
    """A moment in the plan's history to choose: who did what, when, and why."""

    number: int
    at: datetime
    who: str
    label: str
    what: str
    why: str


@dataclass(frozen=True)
class By:
    """Who changed a field last between the two versions."""

    name: str
    label: str
    at: datetime
    why: str
    number: int


@dataclass(frozen=True)
class Change:
    """An entry of the comparison and who is behind it."""

    entry: Entry
    by: tuple[By, ...]


@dataclass(frozen=True)
class Group:
    """The changes of one kind of part."""

    key: str
    title: str
    changes: tuple[Change, ...]


def latest(plan: CarePlan) -> int:
    """The number of the plan as it is now."""
    return plan.revisions.aggregate(Max("number"))["number__max"] or 0


def fields_of(model: type) -> list[str]:
    """The fields that a state holds."""
    names = [f.name for f in model._meta.concrete_fields]  # type: ignore[attr-defined]
    return [name for name in names if name not in SKIP and name not in COMPUTED]


def state_now(plan: CarePlan) -> State:
    """The plan as it is, in seven queries whatever it holds."""
    fresh = CarePlan.objects.get(pk=plan.pk)
    state: State = {history.thing_of(fresh): history.snapshot(fresh, fields_of(CarePlan))}
    for model, joined in ROWS.items():
        names = fields_of(model)
        rows = model._default_manager.filter(plan=plan)  # type: ignore[attr-defined]
        for part in rows.select_related(*joined) if joined else rows:
            state[history.thing_of(part)] = history.snapshot(part, names)
    for party in Party.objects.filter(person_id=fresh.person_id, withdrawn_at__isnull=True).select_related("unit"):
        state[history.thing_of(party)] = {"unit": history.plain(history.field_of(Party, "unit"), party.unit)}
    return state


def steps_after(plan: CarePlan, number: int) -> list[Step]:
    """The lines of the history above `number`, newest first; one query."""
    rows = plan.revisions.filter(number__gt=number).order_by("-number")
    return [Step(*row) for row in rows.values_list(*STEP)]


def state_at(plan: CarePlan, number: int) -> State:
    """The plan at version `number`, as it was then: nothing is covered here."""
    return undo(state_now(plan), steps_after(plan, number))


def between(plan: CarePlan, low: int, high: int, things: Iterable[str] | None = None) -> list[Group]:
    """What changed from version `low` to version `high`, in words; texts that were struck out are covered.

    About twelve queries, however long the history is.
    """
    meta = ("by_name", "by_label", "at", "why")
    rows = list(plan.revisions.filter(number__gt=low).order_by("-number").values_list(*STEP, *meta))
    steps = [Step(*row[: len(STEP)]) for row in rows]
    after = undo(state_now(plan), [s for s in steps if s.number > high])
    before = undo(after, [s for s in steps if s.number <= high])
    cover = Cover.of(plan)
    lang = get_language() or "sv"
    sections = compare(cover.state(before), cover.state(after), lang, clock.today().year)
    behind: dict[str, list[tuple[Step, By]]] = {}
    for step, row in zip(steps, rows, strict=True):
        if step.number <= high:
            name, label, at, why = row[len(STEP) :]
            behind.setdefault(step.thing, []).append((step, By(name, label, at, why, step.number)))
    wanted = set(things) if things is not None else None
    return [g for g in (_group(section, behind, wanted) for section in sections) if g.changes]


def _group(section: Section, behind: dict[str, list[tuple[Step, By]]], wanted: set[str] | None) -> Group:
    changes = [
        Change(entry, _authors(entry, behind.get(entry.thing, [])))
        for entry in section.entries
        if wanted is None or entry.thing in wanted
    ]
    return Group(section.key, section.title, tuple(changes))


def _authors(entry: Entry, rows: list[tuple[Step, By]]) -> tuple[By, ...]:
    """Those who changed what differs, the last first, each once."""
    fields = {name for line in entry.lines for name in line.fields}
    found: dict[str, By] = {}
    for step, by in rows:
        if not fields or fields & set(step.changes) or entry.kind in ("new", "gone"):
            found.setdefault(by.name, by)
    return tuple(found.values())


def choices(plan: CarePlan, also: Iterable[int] = (), most: int = 60) -> list[Version]:
    """The latest versions and those asked for, newest first: enough for a chooser, however long the history is."""
    rows: QuerySet[Revision] = plan.revisions.order_by("-number")
    newest = list(rows[:most])
    missing = set(also) - {r.number for r in newest}
    found = [*newest, *(rows.filter(number__in=missing) if missing else [])]
    cover = Cover.of(plan)
    return [
        Version(r.number, r.at, r.by_name, r.by_label, sentence(cover.row(r)), r.why)
        for r in sorted(found, key=lambda r: -r.number)
    ]


def at_day(plan: CarePlan, day: date) -> int:
    """The version that was in force when the day ended; 0 before the plan began."""
    return _before(plan, plan.revisions.filter(at__gte=clock.day_bounds(day)[1]))


def at_moment(plan: CarePlan, moment: datetime) -> int:
    """The version that was in force at the moment."""
    return _before(plan, plan.revisions.filter(at__gt=moment))


def _before(plan: CarePlan, later: QuerySet) -> int:
    """The version before everything that came later; what was entered afterwards with an earlier time is no change since."""
    first = later.aggregate(Min("number"))["number__min"]
    return first - 1 if first else latest(plan)
