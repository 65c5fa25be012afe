"""From visits and staff of a day to a problem of `visit_planner`. Ten or so queries, whatever the size of the day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time

from samband.core import clock
from samband.resources.models import DayPlan, Placement, Pool, Visit, VisitPart
from samband.resources.rules.needs import Need
from samband.resources.rules.prices import CHANGE_BEFORE, PRICES, left_out
from samband.resources.services.built import Built, Key
from samband.resources.services.done import BEGUN, Busy, busy
from samband.resources.services.known import Known, known
from samband.resources.services.leaving import left_out as leaving
from samband.resources.services.places import Places, middle
from samband.resources.services.skills import Services, needs_of, services
from samband.resources.services.start import start_of
from samband.resources.services.tasks import members, takes_part
from samband.resources.services.workers import WorkerDay, workers
from visit_planner.model import Break, Part, Price, Problem, Shift, Window, Worker
from visit_planner.model import Visit as Stop

OFF = (Visit.Status.CANCELLED, Visit.Status.GONE)


def build(
    pool: Pool,
    day: date,
    plan: DayPlan | None = None,
    units: Collection[int] | None = None,
    now: datetime | None = None,
) -> Built:
    """The day's problem, with the plan's placements as a start and its locks.

    `units`: only their visits (of joint ones their parts) and staff. `now`: the rest of the day: what is begun is left out and
    its staff go on from there when they are done, those on call are there, and changing what is published has its price.
    """
    staff = [
        w for w in workers(pool, day) if (units is None or w.unit_id in units) and (now is not None or not w.on_call)
    ]
    parts = _parts(pool, day, units, leaving(plan))
    placed = _placed(plan)
    promised = placed if plan is not None and plan.status == DayPlan.Status.PUBLISHED else _promised(pool, day)
    origin = clock.at(day, time())
    if now is not None:
        history = busy(placed or promised, now)
        parts = {pk: rows for pk, rows in parts.items() if rows[0].visit.status not in BEGUN}
        staff = [w for w in staff if _left(w, history.get(w.shift.pk), now)]
    else:
        history = {}
        at = {p.part.visit_id for p in placed}
        parts = {pk: rows for pk, rows in parts.items() if rows[0].visit.status not in BEGUN or pk in at}
    facts = known({rows[0].visit.person_id for rows in parts.values()}, day)
    needs = needs_of(pool, day, parts, staff)
    made = Maker(pool, day, origin, now, staff, facts, services(needs, staff), history)
    built = made.built(parts, needs, plan, placed, promised)
    built.start = start_of(built, placed) if plan is not None else None
    return built


def _left(worker: WorkerDay, spent: Busy | None, now: datetime) -> bool:
    """Cuts what has passed off her shift; whether anything is left."""
    begin = max(now, spent.until) if spent else now
    worker.spans = [(max(a, begin), b) for a, b in worker.spans if b > begin]
    return bool(worker.spans)


def _parts(
    pool: Pool, day: date, units: Collection[int] | None, out: Collection[int] = ()
) -> dict[int, list[VisitPart]]:
    """Visit → its parts in order; without those that the plan sends to another day (`out`)."""
    own = members(pool)
    ours = [unit for unit in own if takes_part(own, unit, day)]
    rows = VisitPart.objects.filter(visit__day=day, visit__unit_id__in=ours).exclude(visit__status__in=OFF)
    if out:
        rows = rows.exclude(visit__in=out)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    found: dict[int, list[VisitPart]] = defaultdict(list)
    joined = ("visit__person__area", "visit__unit", "unit", "assignment")
    for part in rows.select_related(*joined).order_by("visit__window_from", "visit_id", "number"):
        found[part.visit_id].append(part)
    return found


def _placed(plan: DayPlan | None) -> list[Placement]:
    if plan is None or plan.pk is None:
        return []
    return list(_placements().filter(plan=plan))


def _promised(pool: Pool, day: date) -> list[Placement]:
    return list(_placements().filter(plan__pool=pool, plan__day=day, plan__status=DayPlan.Status.PUBLISHED))


def _placements():
    return Placement.objects.select_related("part__visit__person__area").order_by("shift_id", "starts_at", "order")


class Maker:
    """Holds what every worker and visit of the problem is made with."""

    def __init__(
        self, pool: Pool, day: date, origin: datetime, now: datetime | None, staff: list[WorkerDay], facts: Known,
        skills: Services, history: dict[int, Busy],
    ) -> None:  # fmt: skip
        self.pool, self.day, self.origin, self.now = pool, day, origin, now
        self.staff, self.facts, self.skills, self.history = staff, facts, skills, history
        self.places = Places(middle(pool.areas.all()))
        self.ids: dict[int, set[str]] = defaultdict(set)
        for worker in staff:
            self.ids[worker.staff_id].add(worker.id)
        self.everybody = frozenset(w.id for w in staff)
        self.full: dict[int, frozenset[str]] = {}

    def minutes(self, moment: datetime) -> float:
        return (moment - self.origin).total_seconds() / 60.0

    def named(self, staff: Collection[int]) -> frozenset[str]:
        return frozenset(name for who in staff for name in self.ids.get(who, ()))

    def built(
        self, parts: dict[int, list[VisitPart]], needs: dict[Key, Need], plan: DayPlan | None, placed: list[Placement],
        promised: list[Placement],
    ) -> Built:  # fmt: skip
        by_part = {p.part_id: p for p in placed}
        crew = tuple(self.worker(w) for w in self.staff)
        stops = tuple(self.visit(rows, by_part) for rows in parts.values())
        prices = {name: Price(weight) for name, weight in PRICES.items()}
        if self.now is None:
            prices["change"] = Price(CHANGE_BEFORE)
        numbers = {part.pk: (f"v{pk}", k) for pk, rows in parts.items() for k, part in enumerate(rows)}
        promises = {
            numbers[p.part_id]: name
            for p in promised
            if p.part_id in numbers and (name := f"s{p.shift_id}") in self.everybody
        }
        problem = Problem(
            crew, stops, self.places.travel(w.means for w in crew), prices, tuple(self.places.names), promised=promises,
            points=self.places.shown(),
        )  # fmt: skip
        visits = {f"v{pk}": rows[0].visit for pk, rows in parts.items()}
        by_key = {key: part for rows in parts.values() for part in rows if (key := numbers[part.pk])}
        return Built(
            self.pool, self.day, plan, self.origin, problem, self.staff, visits, by_key, needs, self.facts,
            now=self.now, placed=placed,
        )  # fmt: skip

    def worker(self, row: WorkerDay) -> Worker:
        spent = self.history.get(row.shift.pk)
        leave = self.places.home(spent.person) if spent is not None else self.places.unit(row.leave)
        home, base = self.places.unit(row.arrive), self.places.unit(row.leave)
        shifts = [
            Shift(self.minutes(a), self.minutes(b), leave if k == 0 else base, home, self.pause(row, a, b))
            for k, (a, b) in enumerate(row.spans)
        ]
        return Worker(row.id, self.skills.of(row), tuple(shifts), row.means, f"o{row.able.organization}", row.languages)

    def pause(self, row: WorkerDay, start: datetime, end: datetime) -> Break | None:
        """Her break, in the stretch of her shift in which it can be begun."""
        if row.pause is None:
            return None
        low, high, length = max(row.pause[0], start), row.pause[1], row.pause[2]
        if low > high or self.minutes(low) + length > self.minutes(end):
            return None
        return Break(self.minutes(low), self.minutes(high), float(length))

    def visit(self, rows: list[VisitPart], placed: dict[int, Placement]) -> Stop:
        visit, person = rows[0].visit, rows[0].visit.person
        at = [placed.get(part.pk) for part in rows]
        employers = {part.unit.organization_id for part in rows}
        whole = len(rows) > 1 and len(rows) == len(visit.gaps) + 1
        sync = visit.sync if len(rows) > 1 and (visit.sync != "ordered" or whole) else "independent"
        window = Window(self.minutes(visit.window_from), self.minutes(visit.window_to))
        met = self.facts.met.get(person.pk, set())
        return Stop(
            f"v{visit.pk}", self.places.home(person), tuple(Part(self.skills.service[p.pk], float(p.minutes)) for p in rows),
            (window,), sync, tuple((float(a), float(b)) for a, b in visit.gaps) if sync == "ordered" else (),
            price=left_out(visit.priority, visit.strict, len(rows)), hard=visit.strict, person=f"p{person.pk}",
            employer=f"o{rows[0].unit.organization_id}" if len(employers) == 1 else "",
            languages=frozenset() if person.language in ("", "sv") else frozenset({person.language}),
            preferred=self.preferred(person.pk, rows),
            known=self.named(met), unwanted=self.unwanted(person.pk), forbidden=self.named(self.tied(person.pk, "forbidden")),
            earliest=self.minutes(self.now) if self.now else 0.0, **self.locks(visit, at),
        )  # fmt: skip

    def preferred(self, person: int, rows: list[VisitPart]) -> frozenset[str]:
        """Whom she would like and who is responsible; where nobody is named, the staff of the units that have the visit."""
        named = self.named({*self.tied(person, "preferred"), *(p.assignment.staff_id for p in rows if p.assignment)})
        units = {p.unit_id for p in rows}
        return named or frozenset(w.id for w in self.staff if w.unit_id in units)

    def tied(self, person: int, kind: str) -> set[int]:
        return self.facts.ties.get((person, kind), set())

    def unwanted(self, person: int) -> frozenset[str]:
        """Those whom she would rather not meet; and once she has met as many as she should, everybody new."""
        unwanted = self.named(self.tied(person, "unwanted"))
        if not self.facts.full(person):
            return unwanted
        if person not in self.full:
            self.full[person] = self.everybody - self.named(self.facts.met[person])
        return unwanted | self.full[person]

    def locks(self, visit: Visit, at: list[Placement | None]) -> dict:
        begun = visit.status in BEGUN
        names = tuple(
            f"s{p.shift_id}" if p and (p.locked or begun) and f"s{p.shift_id}" in self.everybody else None for p in at
        )
        timed = [p for p in at if p is not None and (p.locked_time or begun)]
        return {
            "locked_workers": names if any(names) else (),
            "locked_start": self.minutes(timed[0].starts_at) if timed and visit.sync != "ordered" else None,
            "started": begun,
        }


__all__ = ["Built", "build"]
