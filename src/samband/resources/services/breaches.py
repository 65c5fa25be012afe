"""Which rules a move breaks, asked of the planner's problem and the plan as it stands, and in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.resources.models import Placement, VisitPart, WorkShift
from samband.resources.rules import breaks
from samband.resources.rules import needs as rules
from samband.resources.rules.breaks import Breach, Span
from samband.resources.services import pricing
from samband.resources.services.problem import Built
from visit_planner.model import Problem, Visit, Worker


def found(day: Built, now: list[Placement], part: VisitPart, shift: WorkShift, start: datetime) -> list[Breach]:
    """Everything that speaks against `part` on `shift` at `start`; the hard ones first."""
    number = pricing.worker_of(day.problem, shift.pk)
    if number is None:
        return [Breach("away", True)]
    worker = day.problem.workers[number]
    visit = next((v for v in day.problem.visits if v.id == f"v{part.visit_id}"), None)
    if visit is None or part.pk not in pricing.keys(day):
        return [Breach("gone", True)]
    twice = any(p.part.visit_id == part.visit_id and p.part_id != part.pk and p.shift_id == shift.pk for p in now)
    bad = may(day, worker, visit, part) + ([Breach("twice", True)] if twice else [])
    bad += wishes(day.problem, worker, visit, place_of(day, part))
    return sorted(bad + _in_time(day, now, part, number, visit, start), key=lambda b: not b.hard)


def may(day: Built, worker: Worker, visit: Visit, part: VisitPart) -> list[Breach]:
    """What holds for everybody: competence, delegation, what is lent, and whom the person does not meet."""
    row, number = day.worker(worker.id), place_of(day, part)
    need = day.needs.get((visit.id, number))
    code = rules.refused(row.able, need) if need else ""
    bad = [Breach(code, True)] if code else []
    if worker.id in visit.forbidden:
        bad.append(Breach("forbidden", True))
    units = day.problem.units(worker, visit, number)
    return bad + [Breach(name, True) for name, n in units.items() if n and day.problem.price(name).hard]


def place_of(day: Built, part: VisitPart) -> int:
    """Which part of the problem's visit it is."""
    return pricing.keys(day).get(part.pk, ("", part.number - 1))[1]


def wishes(problem: Problem, worker: Worker, visit: Visit, part: int) -> list[Breach]:
    """What somebody would rather not; told, and the planner's to weigh."""
    units = problem.units(worker, visit, part)
    return [
        Breach(name, False) for name in ("language", "unwanted") if units.get(name) and not problem.price(name).hard
    ]


def _in_time(
    day: Built, now: list[Placement], part: VisitPart, number: int, visit: Visit, start: datetime
) -> list[Breach]:
    worker = day.problem.workers[number]
    begins = day.minutes(start)
    me = Span(begins, begins + part.minutes)
    hours = max((s for s in worker.shifts if s.start <= begins), key=lambda s: s.start, default=worker.shifts[0])
    window = visit.windows[0]
    bad = breaks.shift(me.start, me.end, hours.start, hours.end)
    bad += breaks.window(begins, window.start, visit.windows[-1].end, visit.hard)
    stops = sorted(
        (day.minutes(p.starts_at), day.minutes(p.ends_at), f"v{p.part.visit_id}")
        for p in now
        if f"s{p.shift_id}" == worker.id and p.part_id != part.pk
    )
    places = {v.id: v.place for v in day.problem.visits}
    road = day.problem.travel[worker.means]
    earlier = [s for s in stops if s[0] <= begins and s[2] in places]
    later = [s for s in stops if s[0] > begins and s[2] in places]
    before = Span(earlier[-1][0], earlier[-1][1]) if earlier else None
    here = places[earlier[-1][2]] if earlier else hours.leave
    me = Span(me.start, me.end, float(road[here, visit.place]))
    after = Span(later[0][0], later[0][1], float(road[visit.place, places[later[0][2]]])) if later else None
    return bad + breaks.neighbours(me, before, after)


PRIVATE = ("forbidden", "language", "unwanted")


def words(breach: Breach, shift: WorkShift, day: Built, private: bool = False) -> str:
    """One sentence. `private`: the reader does not know whose visit it is, and is not told what the person wants."""
    name = shift.assignment.staff.full_name
    beside = text.clock_time(clock.local(day.moment(breach.beside)))
    with_ = {"name": name, "n": breach.minutes, "at": beside}
    sentences = {
        "away": _("%(name)s arbetar inte då."),
        "gone": _("Besöket är inte längre i dagens planering."),
        "twice": _("%(name)s gör redan den andra delen av besöket."),
        "competence": _("%(name)s har inte den kompetens som besöket kräver."),
        "delegation": _("%(name)s har ingen delegering för det som ska göras."),
        "forbidden": _("%(name)s ska inte komma till den personen."),
        "loan": _("%(name)s är inte utlånad till andras besök den tiden."),
        "language": _("%(name)s talar inte personens språk."),
        "unwanted": _("Personen vill helst inte ha %(name)s."),
        "outside": _("Tiden ligger utanför arbetspasset för %(name)s."),
        "overtime": _("Passet går %(n)d minuter över tiden."),
        "early": _("%(n)d minuter före fönstret."),
        "late": _("%(n)d minuter efter fönstret."),
        "strict": _("%(n)d minuter efter ett fönster som inte får missas."),
        "overlap": _("Krockar med besöket %(at)s."),
        "travel": _("Resan till besöket %(at)s blir %(n)d minuter för kort."),
    }
    code = "" if private and breach.code in PRIVATE else breach.code
    return sentences.get(code, _("En regel hindrar %(name)s från det.")) % with_
