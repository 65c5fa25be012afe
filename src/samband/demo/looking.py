"""Two months of ordinary days in the log: who at the region opened whom, saw which list, and wrote what.

A reviewer has something to look through, and what is usual can be told from what is not. Written in one go, in the order of time.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from samband.access.models import CareRelation
from samband.core import clock
from samband.core.models import AuditEvent, AuditSubject
from samband.demo.county import County
from samband.people.models import Assignment, OpeningHours, Unit

DAYS = 62
WORKS = 0.55  # of the days when the unit is open
ACTS = ("action.do", "action.do", "record.write", "follow_up.edit")
READS = (("person.read", "A1"), ("plan.read", "P2"), ("record.list", "A1"))
CARE = ("coordinator", "nurse", "physician", "therapist", "pharmacist")
TURN = 20  # days within which a unit writes something about whoever it reads about


@dataclass(frozen=True)
class Look:
    """One line of the log to come."""

    at: datetime
    by: Assignment
    action: str
    persons: tuple[int, ...]
    rule: str = ""
    view: str = "x"
    outcome: str = "allow"


class Days:
    """The staff, their units' hours and persons, and the lines so far."""

    def __init__(self, organization_id: int, county: County):
        self.county = county
        rows = Assignment.objects.filter(unit__organization_id=organization_id, role__in=CARE).order_by("pk")
        self.staff = list(rows.select_related("staff", "unit__organization"))
        self.rng = random.Random("ordinary days")
        self.hours = _hours({row.unit_id for row in self.staff})
        self.cared: dict[int, list[int]] = defaultdict(list)
        self.since: dict[tuple[int, int], date] = {}
        relations = CareRelation.objects.filter(unit_id__in=self.hours, ends_on__isnull=True).order_by("pk")
        for unit, person, begins in relations.values_list("unit_id", "person_id", "starts_on"):
            self.cared[unit].append(person)
            self.since[unit, person] = begins
        self.looks: list[Look] = []
        self.acted: dict[tuple[int, int], date] = {}

    def named(self, key: str) -> Assignment:
        """A member of staff by her key in the county."""
        wanted = self.county.assignment(key).pk
        return next(row for row in self.staff if row.pk == wanted)

    def fill(self) -> None:
        """Every day from `DAYS` ago until yesterday."""
        for back in range(DAYS, 0, -1):
            day = clock.today() - timedelta(back)
            for by in self.staff:
                mine = self.now_in_care(by, day)
                if mine and self.span(by, day) and self.rng.random() < WORKS:
                    self._day(by, day, mine)

    def now_in_care(self, by: Assignment, day: date) -> list[int]:
        """Whom the unit takes part in the care of on the day (A1): nobody else could be opened."""
        return [pk for pk in self.cared[by.unit_id] if self.since[by.unit_id, pk] <= day]

    def span(self, by: Assignment, day: date) -> tuple[int, int] | None:
        """From which minute to which she may work that day; None where the unit is closed."""
        week = self.hours[by.unit_id]
        if week is None:
            return (7 * 60, 20 * 60)
        return week.get(day.weekday())

    def moment(self, day: date, minute: int) -> datetime:
        return clock.at(day, time(minute // 60 % 24, minute % 60)) + timedelta(seconds=self.rng.randrange(60))

    def _day(self, by: Assignment, day: date, mine: list[int]) -> None:
        opens, closes = self.span(by, day) or (0, 0)
        if by.role == "coordinator":
            shown = tuple(self.rng.sample(mine, min(len(mine), 12)))
            self.looks.append(Look(self.moment(day, opens + 15), by, "board.list", shown, view="board:list"))
        for person in self.rng.sample(mine, min(len(mine), self.rng.randint(1, 4))):
            self.visit(by, day, self.rng.randint(opens + 5, closes - 20), person)

    def visit(self, by: Assignment, day: date, minute: int, person: int, acts: bool = True) -> None:
        """The page, mostly one more, and sometimes something is written; sooner or later always."""
        for n, (action, rule) in enumerate(self.rng.sample(READS, self.rng.choice((1, 2)))):
            self.looks.append(Look(self.moment(day, minute + n), by, action, (person,), rule))
        last = self.acted.get((by.unit_id, person))
        if acts and (last is None or (day - last).days > TURN or self.rng.random() < 0.3):
            self.acted[by.unit_id, person] = day
            self.looks.append(Look(self.moment(day, minute + 6), by, self.rng.choice(ACTS), (person,), "P3", view=""))


def _hours(units: Iterable[int]) -> dict[int, dict[int, tuple[int, int]] | None]:
    found: dict[int, dict[int, tuple[int, int]] | None] = {
        pk: None if always else {} for pk, always in Unit.objects.filter(pk__in=units).values_list("pk", "always_open")
    }
    for row in OpeningHours.objects.filter(unit_id__in=list(found)):
        week = found[row.unit_id]
        if week is not None:
            week[row.weekday] = (row.opens.hour * 60 + row.opens.minute, row.closes.hour * 60 + row.closes.minute)
    return found


def write(looks: list[Look]) -> None:
    """The lines as the audit writes them, oldest first."""
    looks = sorted(looks, key=lambda look: look.at)
    events = AuditEvent.objects.bulk_create([_event(look) for look in looks], batch_size=500)
    AuditSubject.objects.bulk_create(
        [
            AuditSubject(event=event, person_id=pk)
            for look, event in zip(looks, events, strict=True)
            for pk in look.persons
        ],
        batch_size=500,
    )


def _event(look: Look) -> AuditEvent:
    by = look.by
    return AuditEvent(
        period=f"{clock.local(look.at):%Y-%m}", at=look.at, action=look.action, outcome=look.outcome, rule=look.rule,
        user_id=by.staff.user_id, actor_kind="staff", actor_name=by.staff.full_name, actor_label=f"{by.title}, {by.unit.name}",
        assignment_id=by.pk, unit_id=by.unit_id, organization_id=by.unit.organization_id,
        view=f"{look.action}:demo" if look.view == "x" else look.view,
    )  # fmt: skip
