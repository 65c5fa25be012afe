"""From the database to the pure rules: a Book with the rotas that may matter, and Places."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet

from samband.access.models import CareRelation, Party
from samband.contact import rules
from samband.contact.models import Absence, Rota, RotaRule, RotaShift
from samband.contact.rules.days import day_of
from samband.core import clock
from samband.people.models import Area, Assignment, ContactRole, Person, Unit
from samband.people.models.staff import current

NEAR_MIDNIGHT = time(23, 59)
BY_CONTACT = {
    ContactRole.Kind.CARE: frozenset({rules.Need.ADVICE, rules.Need.MEDICINES}),
    ContactRole.Kind.PHYSICIAN: frozenset({rules.Need.DOCTOR}),
}


def minute_of(moment: time, closing: bool = False) -> int:
    """Minute of the day. A closing time of 23.59 is how midnight is entered where hours do not pass it."""
    if closing and moment >= NEAR_MIDNIGHT:
        return rules.model.DAY
    return moment.hour * 60 + moment.minute


def hours_of(unit: Unit) -> rules.Hours:
    """The unit's week; `hours` must be prefetched."""
    week = tuple((h.weekday, minute_of(h.opens), minute_of(h.closes, True)) for h in unit.hours.all())
    return rules.Hours(
        unit.pk, unit.name, unit.phone, unit.always_open, bool(week) or unit.always_open, week, unit.closed_from
    )


def line_of(assignment: Assignment | None, who: str, number: str, rota: Rota) -> rules.Line:
    """A shift's own number first, then the one of whoever has it, then the rota's."""
    name = who or (assignment.staff.full_name if assignment else rota.unit.name)
    phone = number or rota.number or (assignment.staff.phone if assignment else "") or rota.unit.phone
    return rules.Line(name, phone, rota.channel, assignment.pk if assignment else None)


def rota_of(rota: Rota) -> rules.Rota:
    """A rota whose unit, areas, shifts and patterns are prefetched."""
    shifts = tuple(
        rules.Shift(
            s.pk, rules.to_minutes(s.starts_at), rules.to_minutes(s.ends_at),
            None if s.vacant else line_of(s.assignment, s.who, s.number, rota),
        )
        for s in rota.near_shifts  # type: ignore[attr-defined]
    )  # fmt: skip
    patterns = tuple(
        rules.Pattern(
            p.pk, frozenset(int(d) for d in p.weekdays), minute_of(p.opens), minute_of(p.closes),
            line_of(p.assignment, p.who, p.number, rota), p.starts_on, p.ends_on, p.holidays_as_sunday,
        )
        for p in rota.rules.all()
    )  # fmt: skip
    return rules.Rota(
        rota.pk, rota.name, rules.Need(rota.need), frozenset(a.pk for a in rota.areas.all()), hours_of(rota.unit),
        rules.Line(rota.unit.name, rota.shown_number, rota.channel), rota.order, rota.by_hours, shifts, patterns, rota.ends_on,
    )  # fmt: skip


def with_everything(rows: QuerySet[Rota], start: datetime, end: datetime) -> QuerySet[Rota]:
    """Rotas with all that a Book needs of them, in a fixed number of queries."""
    shifts = RotaShift.objects.filter(removed_at__isnull=True, starts_at__lt=end, ends_at__gt=start)
    people = "assignment__staff"
    return rows.select_related("unit").prefetch_related(
        "unit__hours",
        "areas",
        Prefetch("rules", RotaRule.objects.select_related(people)),
        Prefetch("shifts", shifts.select_related(people), to_attr="near_shifts"),
    )


def book_of(rows: QuerySet[Rota], start: datetime, end: datetime) -> rules.Book:
    """A Book for the time from `start` to `end`; nothing outside is known to it."""
    rotas = tuple(rota_of(rota) for rota in with_everything(rows, start - timedelta(days=2), end + timedelta(days=1)))
    years = range(start.year, end.year + 1)
    return rules.Book(rotas, absences(start, end), rules.public_holidays(years))


def absences(start: datetime, end: datetime) -> tuple[rules.Absence, ...]:
    """Who is away in the time, and who stands in."""
    rows = Absence.objects.filter(removed_at__isnull=True, starts_at__lt=end, ends_at__gt=start)
    return tuple(
        rules.Absence(
            a.pk, a.assignment_id, rules.to_minutes(a.starts_at), rules.to_minutes(a.ends_at),
            rules.Line(a.substitute.staff.full_name, a.substitute.staff.phone, "phone", a.substitute_id) if a.substitute else None,
        )
        for a in rows.select_related("substitute__staff")
    )  # fmt: skip


def place_of(area: Area) -> rules.Place:
    """An area and the municipality it lies in, without a person."""
    areas = (area.pk, area.parent_id) if area.parent_id else (area.pk,)
    return rules.Place(area.parent.name if area.parent else area.name, areas)


def place_of_person(person: Person) -> rules.Place:
    """Where the person lives, the units that know her, her contacts (A13: three roles, each for what it is for)."""
    area = Area.objects.select_related("parent").filter(pk=person.area_id).first() if person.area_id else None
    base = place_of(area) if area else rules.Place("", ())
    units = CareRelation.objects.filter(current(), person=person).values_list("unit_id")
    parties = Party.objects.filter(person=person, withdrawn_at__isnull=True).values_list("unit_id")
    held = ContactRole.objects.filter(current(), person=person, kind__in=list(BY_CONTACT))
    rows = held.select_related("assignment__staff", "assignment__unit").prefetch_related("assignment__unit__hours")
    contacts = tuple(
        rules.ContactPerson(
            BY_CONTACT[ContactRole.Kind(row.kind)], hours_of(row.assignment.unit),
            rules.Line(
                row.assignment.staff.full_name, row.assignment.staff.phone or row.assignment.unit.phone, "phone", row.assignment_id
            ),
        )
        for row in rows
    )  # fmt: skip
    known = frozenset(pk for (pk,) in units.union(parties))
    return rules.Place(base.name, base.areas, known, contacts)


def rotas_for(areas: Iterable[int], needs: Sequence[str] = ()) -> QuerySet[Rota]:
    """Rotas that serve any of the areas (each once)."""
    serving = Rota.objects.filter(
        Q(pk__in=Rota.areas.through.objects.filter(area_id__in=list(areas)).values("rota_id"))
    )
    return serving.filter(need__in=needs) if needs else serving


def municipalities() -> list[Area]:
    return list(Area.objects.filter(kind=Area.Kind.MUNICIPALITY).order_by("name"))


def today_of(moment: datetime | None = None):
    return day_of(rules.to_minutes(moment or clock.now()))
