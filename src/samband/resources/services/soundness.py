"""What a plan must keep to be published, asked afresh: a delegation may have been withdrawn since the draft was made."""

from collections import defaultdict

from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.resources.models import DayPlan, Placement
from samband.resources.rules import breaks
from samband.resources.rules.breaks import Span
from samband.resources.services import breaches, pricing


def problems(plan: DayPlan) -> list[str]:
    """In sentences; none: it can hold."""
    rows = list(
        Placement.objects.filter(plan=plan)
        .select_related("part__visit", "shift__assignment__staff")
        .order_by("starts_at", "pk")
    )
    return _unable(plan, rows) + _twice(rows) + _apart(rows)


def _unable(plan: DayPlan, rows: list[Placement]) -> list[str]:
    day = pricing.built(plan, fresh=True)
    workers = {w.id: w for w in day.problem.workers}
    visits = {v.id: v for v in day.problem.visits}
    out = []
    for row in rows:
        worker, visit = workers.get(f"s{row.shift_id}"), visits.get(f"v{row.part.visit_id}")
        if row.part.visit.status != row.part.visit.Status.PLANNED or visit is None:
            continue
        away = [breaks.Breach("away", True)]
        found = breaches.may(day, worker, visit, row.part) if worker else away
        out += [f"{_clock(row)}: {breaches.words(b, row.shift, day)}" for b in found]
    return out


def _twice(rows: list[Placement]) -> list[str]:
    """Two visits at once by one."""
    shifts: dict[int, list[Span]] = defaultdict(list)
    names = {}
    for row in rows:
        shifts[row.shift_id].append(Span(row.starts_at.timestamp(), row.ends_at.timestamp()))
        names[row.shift_id] = row.shift.assignment.staff.full_name
    starts = {row.starts_at.timestamp(): _clock(row) for row in rows}
    return [
        _("%(name)s har två besök på samma tid, %(first)s och %(second)s.")
        % {"name": names[shift], "first": starts[a.start], "second": starts[b.start]}
        for shift, spans in shifts.items()
        for a, b in breaks.clashes(spans)
    ]


def _apart(rows: list[Placement]) -> list[str]:
    """Parts that go together and do not."""
    starts: dict[int, set] = defaultdict(set)
    for row in rows:
        if row.part.visit.sync == "simultaneous":
            starts[row.part.visit_id].add(row.starts_at)
    first = {row.part.visit_id: row for row in rows}
    return [
        _("De som ska vara på besöket samtidigt %(at)s har olika tider.") % {"at": _clock(first[visit])}
        for visit, times in starts.items()
        if len(times) > 1
    ]


def _clock(row: Placement) -> str:
    return text.clock_time(clock.local(row.starts_at))
