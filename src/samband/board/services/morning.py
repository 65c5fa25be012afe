"""The coordinator's morning on one sheet: what came, what must be solved today and by whom, tonight, the watched, meetings.

Everything is scoped in its query. Each part has room for a few lines; what does not fit is counted, so that nobody thinks
that the sheet shows all.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.board.models import Snapshot, SnapshotRow
from samband.board.services import first, gaps, meetings, rows, today, watching
from samband.board.services.kinds import BY_SLUG, NEXT_STEP, Kind
from samband.board.services.links import person_url
from samband.board.services.scope import Scope
from samband.contact.services import queue
from samband.contact.services.tonight import lanes_for
from samband.contact.slots import area_of
from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Area
from samband.plans.models import FollowUp, Proposal
from samband.plans.services import asks

WENT_HOME = time(16)
SATURDAY = 5
CAME, NEW, NAMES, DUE, WATCHED, MEETINGS = 5, 6, 2, 12, 6, 5


@dataclass(frozen=True)
class Line:
    """`when` is short (10.15, 2 dagar), `who` has it; `state` act where nobody has or time has passed."""

    order: tuple
    when: str
    what: str
    name: str
    url: str
    who: str
    state: str
    person: int | None


@dataclass(frozen=True)
class New:
    """Persons who are counted under a number now and were not then."""

    kind: Kind
    number: int
    lines: list[rows.Row]


@dataclass
class Part:
    """Lines that fit, and how many more there are."""

    lines: list[Any] = field(default_factory=list)
    more: int = 0

    @classmethod
    def of(cls, found: list[Any], most: int) -> "Part":
        return cls(found[:most], max(0, len(found) - most))


@dataclass(frozen=True)
class Sheet:
    since: datetime
    compared: date | None
    came: Part
    new: list[New]
    due: Part
    tonight: dict[str, Any]
    watched: Part
    meetings: Part

    @property
    def seen(self) -> set[int]:
        """Who shows, for the audit (A2)."""
        found = {line.person for line in self.due.lines} | {row.person for new in self.new for row in new.lines}
        found |= {line.person.pk for line in self.watched.lines} | {m.person for m in self.meetings.lines}
        return {pk for pk in found | {line["case"].person_id for line in self.came.lines} if pk is not None}


def sheet(actor: Actor, scope: Scope, area: Area | None) -> Sheet:
    """The whole morning; a bounded number of queries."""
    since = went_home()
    place = (area.parent or area) if area else area_of(actor)
    compared, new = appeared(scope, since.date())
    return Sheet(
        since=since,
        compared=compared,
        came=Part.of(came(actor, since), CAME),
        new=new,
        due=Part.of(due(actor, scope), DUE),
        tonight=lanes_for(place, actor) if place else {},
        watched=Part.of(watching.lines(scope, actor), WATCHED),
        meetings=Part.of(meetings.today(scope), MEETINGS),
    )


def went_home() -> datetime:
    """Four o'clock on the latest weekday before today: on a Monday that is Friday."""
    day = clock.today() - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return clock.at(day, WENT_HOME)


def came(actor: Actor, since: datetime) -> list[dict[str, Any]]:
    """Cases opened since then, also those that are closed already; oldest first."""
    if not policy.decide(actor, "case.list"):
        return []
    return [queue.line(case) for case in queue.base(actor).filter(opened_at__gte=since).order_by("opened_at")[:40]]


def appeared(scope: Scope, day: date) -> tuple[date | None, list[New]]:
    """Who is counted now and was not that morning (or the nearest one after it); nothing where none was counted."""
    then = Snapshot.objects.filter(day__gte=day, day__lt=clock.today()).order_by("day").first()
    if then is None:
        return None, []
    found = []
    for slug, definition in gaps.ROWS.items():
        if slug in then.kinds:
            before = SnapshotRow.objects.filter(snapshot=then, kind=slug, person_id=OuterRef("person_pk"))
            fresh = definition(scope).filter(~Exists(before))
            ages = dict(fresh.order_by("pk").values_list("pk", "since"))
            if ages:
                shown = rows.of_keys(BY_SLUG[slug], dict(list(ages.items())[:NAMES]))
                found.append(New(BY_SLUG[slug], len(ages), shown))
    return then.day, sorted(found, key=lambda new: new.kind.order)[:NEW]


def due(actor: Actor, scope: Scope) -> list[Line]:
    """What must be solved today: late steps that nobody has, then by the clock, then what has the day as its time."""
    found = [*_late(scope), *_waiting(scope), *_answers(scope), *_follow_ups(scope), *_promised(actor)]
    return sorted(found, key=lambda line: line.order)


def _late(scope: Scope) -> list[Line]:
    """The oldest late next steps; those that nobody has first, and of the rest a few."""
    _number, late = first.late_steps(scope)
    found = {step.plan: step.due for step in sorted(late, key=lambda s: (s.owned, s.due))[:4]}
    return [
        Line((0, row.since), row.age, row.what, row.name, person_url(row.uuid), row.who or _("ingen"), "act", row.person)
        for row in rows.of_keys(NEXT_STEP, found)
    ]  # fmt: skip


def _waiting(scope: Scope) -> list[Line]:
    found = today.unassigned(scope)[: DUE + 1]
    return [
        Line((2 if one.of.all_day else 1, one.starts), row.age, row.what, row.name, person_url(row.uuid), row.who, "act", row.person)
        for one, row in zip(found, rows.waiting_rows(found), strict=True)
    ]  # fmt: skip


def _promised(actor: Actor) -> list[Line]:
    """Cases with a promise for today, or one that was broken."""
    if not policy.decide(actor, "case.list"):
        return []
    _low, high = clock.day_bounds(clock.today())
    cases = queue.base(actor).filter(closed_at__isnull=True, promised_at__lt=high).order_by("promised_at")[: DUE + 1]
    return [
        Line(
            (1, case.promised_at), text.clock_time(case.promised_at), case.subject, case.shown_about,
            reverse("contact:case", args=[case.public_id]), queue.has_it(case), queue.mark(case), case.person_id,
        )
        for case in cases
        if case.promised_at
    ]  # fmt: skip


def _answers(scope: Scope) -> list[Line]:
    """Questions to a unit whose day for an answer is today."""
    waiting = asks.waiting(Proposal.objects.filter(answer_by=clock.today()))
    related = ("action__plan__person", "asked_unit")
    found = scope.of(waiting, "action__plan__person__").select_related(*related).order_by("pk")[: DUE + 1]
    return [
        Line(
            (2, clock.at(clock.today(), time())), _("svar i dag"), row.action.title, row.action.plan.person.full_name,
            person_url(row.action.plan.person.public_id), str(row.asked_unit or ""), "warn", row.action.plan.person_id,
        )
        for row in found
    ]  # fmt: skip


def _follow_ups(scope: Scope) -> list[Line]:
    """Follow-ups of today in plans in force."""
    held = FollowUp.objects.filter(due_on=clock.today(), done_at__isnull=True, plan__status="active")
    related = ("plan__person", "responsible__staff")
    found = scope.of(held, "plan__person__").select_related(*related).order_by("pk")[: DUE + 1]
    return [
        Line(
            (2, clock.at(clock.today(), time())), _("under dagen"), _("Uppföljning"), row.plan.person.full_name,
            person_url(row.plan.person.public_id), row.responsible.staff.full_name if row.responsible else _("ingen"),
            "ok" if row.responsible else "warn", row.plan.person_id,
        )
        for row in found
    ]  # fmt: skip
