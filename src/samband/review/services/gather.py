"""The facts for the patterns, out of the log and the register: set by set, never a question for a single line."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from samband.access.models import CareRelation
from samband.core import clock
from samband.core.models import AuditEvent
from samband.people.models import Assignment
from samband.review.rules.facts import Act, Begun, Log, Refusals, Visit
from samband.review.rules.kinds import DOORS, LISTS, kind_of

STEP = 7  # days read at a time


class Held(NamedTuple):
    """An assignment as the log needs it."""

    staff: int
    role: str
    unit: int


class Line(NamedTuple):
    event: int
    at: Any
    action: str
    view: str
    outcome: str
    assignment: int
    person: int | None


class Gathering:
    """Collects a log line by line; what it keeps grows with readers, persons and days, not with lines."""

    def __init__(self, held: dict[int, Held]):
        self.held = held
        self.visits: dict[tuple[int, int, int, date], list[Any]] = {}
        self.refusals: dict[tuple[int, int, date], list[Any]] = {}
        self.acts: set[Act] = set()
        self.begun: list[Begun] = []

    def take(self, rows: list[Line]) -> None:
        """The lines of one event: one for each person that it is about."""
        first = rows[0]
        held = self.held.get(first.assignment)
        if held is None or first.action.startswith("audit."):
            return
        local = clock.local(first.at)
        day, minute = local.date(), local.hour * 60 + local.minute
        if first.outcome != "allow":
            found = self.refusals.setdefault((held.staff, held.unit, day), [held.role, 0, first.event])
            found[1] += 1
            return
        persons = [row.person for row in rows if row.person is not None]
        kind = kind_of(first.action, first.view, len(persons))
        if kind == "open":
            key = (held.staff, persons[0], held.unit, day)
            visit = self.visits.setdefault(key, [held.role, set(), first.event, 0])
            visit[1].add(minute)
            visit[3] += 1
        elif first.action == "relation.start":
            self.begun += [Begun(held.staff, held.unit, person, day, minute) for person in persons]
        elif kind == "act":
            self.acts.update(Act(held.unit, person, day) for person in persons)

    def log(self, since: date, today: date) -> Log:
        return Log(
            since=since, today=today,
            visits=tuple(
                Visit(staff, person, unit, role, day, tuple(sorted(minutes)), event, times)
                for (staff, person, unit, day), (role, minutes, event, times) in self.visits.items()
            ),
            refusals=tuple(
                Refusals(staff, unit, role, day, times, event)
                for (staff, unit, day), (role, times, event) in self.refusals.items()
            ),
            acts=tuple(self.acts), begun=tuple(self.begun),
        )  # fmt: skip


def held_in(organization_id: int) -> dict[int, Held]:
    """Every assignment of the organisation, ended ones too: the log goes further back than they."""
    rows = Assignment.objects.filter(unit__organization_id=organization_id)
    found = rows.values_list("pk", "staff_id", "role", "unit_id")
    return {pk: Held(staff, role, unit) for pk, staff, role, unit in found}


def gather(
    organization_id: int, first: date, last: date, since: date, tell: Callable[[int], None] = lambda _days: None
) -> Log:
    """What the organisation's staff did from `first` to `last`, both days included. `tell` hears how many days are done."""
    found = Gathering(held_in(organization_id))
    day = first
    while day <= last:
        end = min(day + timedelta(STEP - 1), last)
        for rows in _events(organization_id, day, end):
            found.take(rows)
        day = end + timedelta(1)
        tell((day - first).days)
    return found.log(since, clock.today())


def _events(organization_id: int, first: date, last: date) -> Iterator[list[Line]]:
    """The lines of some days, gathered by event. Lists and doors stay in the database."""
    begin, end = clock.day_bounds(first)[0], clock.day_bounds(last)[1]
    found = AuditEvent.objects.filter(
        organization_id=organization_id, actor_kind="staff", at__gte=begin, at__lt=end, assignment_id__isnull=False
    ).exclude(action__in=[*(DOORS - {"refused"}), *LISTS])
    rows: Any = found.order_by("at", "id").values_list(
        "id", "at", "action", "view", "outcome", "assignment_id", "subjects__person_id"
    )
    gathered: list[Line] = []
    for row in rows.iterator(5000):
        line = Line(*row)
        if gathered and gathered[0].event != line.event:
            yield gathered
            gathered = []
        gathered.append(line)
    if gathered:
        yield gathered


def relations_of(units: set[int], persons: set[int], first: date) -> dict[tuple[int, int], Any]:
    """When each unit took part in each person's care, as far as it reaches the days looked at."""
    rows = CareRelation.objects.filter(unit_id__in=units).exclude(ends_on__lt=first)
    found: dict[tuple[int, int], list[Any]] = {}
    for unit, person, begins, ends in rows.values_list("unit_id", "person_id", "starts_on", "ends_on").iterator(5000):
        if person in persons:
            found.setdefault((unit, person), []).append((begins, ends))
    return {key: tuple(spans) for key, spans in found.items()}
