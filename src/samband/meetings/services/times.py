"""Who is taken when, out of Samband's own meetings, and which units are open: a time that fits. Names no meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from samband.contact.rules import public_holidays
from samband.core import clock, text
from samband.meetings.models import Attendee, Meeting
from samband.meetings.rules import times as rules
from samband.people.models import Assignment, Person, Relative, Unit

WORDS = {
    rules.Wrong.PAST: ("at", lambda: _("Tiden har redan varit. Välj en tid som kommer.")),
    rules.Wrong.ORDER: ("minutes", lambda: _("Mötet slutar innan det börjar. Välj hur länge det ska vara.")),
    rules.Wrong.LONG: ("minutes", lambda: _("Ett möte är högst 8 timmar. Dela upp det på flera.")),
    rules.Wrong.FAR: ("day", lambda: _("Dagen ligger mer än två år bort. Kontrollera årtalet.")),
}


@dataclass(frozen=True)
class Fit:
    """How a time fits: sentences about who is taken or closed, and other starts that would do."""

    notes: tuple[str, ...]
    others: tuple[datetime, ...]


def problem(start: datetime, end: datetime) -> dict[str, str]:
    """What is wrong with the time, at its field; empty where nothing is."""
    found = rules.wrong(start, end, clock.now())
    return {WORDS[found][0]: WORDS[found][1]()} if found else {}


def fit(
    person: Person, staff: Sequence[Assignment], units: Sequence[Unit], relatives: Sequence[Relative],
    start: datetime | None, length: timedelta, but: Meeting | None = None,
) -> Fit:  # fmt: skip
    """Look at a time, and for other times in the coming three weeks. Four queries, whatever the number of those called."""
    now = clock.now()
    first = min(start, now) if start else now
    last = max(now + timedelta(days=rules.DAYS + 2), (start or now) + timedelta(days=1))
    busy = taken(person, staff, relatives, first, last, but)
    hours = [hours_of(unit) for unit in units]
    notes: list[str] = []
    if start:
        end = start + length
        notes += list(problem(start, end).values())
        notes += [
            _("%(who)s är upptagen %(from)s–%(to)s.") % {
                "who": row.who, "from": text.spoken_time(row.start), "to": text.clock_time(row.end)
            }
            for row in rules.clashes(start, end, busy)
        ]  # fmt: skip
        notes += [
            _("%(unit)s har inte öppet hela tiden då.") % {"unit": name} for name in rules.closed(start, end, hours)
        ]
    holidays = public_holidays((now.year, now.year + 1))
    return Fit(tuple(dict.fromkeys(notes)), tuple(rules.suggest(length, now, busy, hours, holidays)))


def taken(
    person: Person, staff: Iterable[Assignment], relatives: Iterable[Relative], first: datetime, last: datetime,
    but: Meeting | None = None,
) -> list[rules.Busy]:  # fmt: skip
    """Samband's meetings of those named, by the member of staff whichever assignment she is called in."""
    names = {row.staff_id: row.staff.full_name for row in staff}
    near = {row.pk: row.full_name for row in relatives}
    whose = Q(assignment__staff_id__in=names) | Q(relative_id__in=near)
    whose |= Q(kind=Attendee.Kind.PERSON, meeting__person=person)
    rows = Attendee.objects.filter(
        whose, removed_at__isnull=True, withdrawn_at__isnull=True, meeting__starts_at__lt=last, meeting__ends_at__gt=first,
        meeting__status__in=(Meeting.Status.CALLED, Meeting.Status.OPEN),
    ).exclude(answer=Attendee.Answer.CANNOT)  # fmt: skip
    if but is not None:
        rows = rows.exclude(meeting=but)
    found = []
    for row in rows.select_related("meeting", "assignment").order_by("meeting__starts_at")[:500]:
        who = names.get(row.assignment.staff_id) if row.assignment else near.get(row.relative_id or 0)
        found.append(rules.Busy(who or person.full_name, row.meeting.starts_at, row.meeting.ends_at))
    return found


def hours_of(unit: Unit) -> rules.UnitHours:
    week: dict[int, list] = {}
    for row in unit.hours.all():
        week.setdefault(row.weekday, []).append((row.opens, row.closes))
    return rules.UnitHours(unit.name, unit.always_open, week)
