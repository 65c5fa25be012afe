"""From the database to the pure rules: a Book with the rotas that may matter, and Places."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet

from samband.access.models import CareRelation, Party
from samband.contact import rules
from samband.contact.models import Absence, Rota, RotaRule, RotaShift
from samband.contact.rules.days import day_of
from samband.contact.rules.files import LONGEST
from samband.core import clock
from samband.people.models import Area, ContactRole, OpeningHours, Person, Unit
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


Week = dict[int, list[tuple[int, int, int]]]


def weeks_of(units: Iterable[int]) -> Week:
    """Opening hours by unit, in one query."""
    found: Week = {}
    rows = (
        OpeningHours.objects.filter(unit_id__in=set(units))
        .order_by()
        .values_list("unit_id", "weekday", "opens", "closes")
    )
    for unit, weekday, opens, closes in rows:
        found.setdefault(unit, []).append((weekday, minute_of(opens), minute_of(closes, True)))
    return found


def hours_of(unit: Unit, weeks: Week) -> rules.Hours:
    """The unit's week as the rules know it."""
    week = tuple(sorted(weeks.get(unit.pk, ())))
    return rules.Hours(
        unit.pk, unit.name, unit.phone, unit.always_open, bool(week) or unit.always_open, week, unit.closed_from
    )


# What a line is made of, fetched without building rows: this is asked at every page.
WHO = (
    "assignment_id",
    "assignment__staff__given_name",
    "assignment__staff__family_name",
    "assignment__staff__phone",
    "who",
    "number",
)


def line_of(values: Sequence, rota: Rota) -> rules.Line:
    """A shift's own number first, then the rota's, then the one of whoever has it, then the unit's."""
    assignment, given, family, phone, who, number = values
    name = who or (f"{given} {family}" if assignment else rota.unit.name)
    return rules.Line(name, number or rota.number or phone or rota.unit.phone, rota.channel, assignment)


def book_of(rows: QuerySet[Rota], start: datetime, end: datetime) -> rules.Book:
    """A Book for the time from `start` to `end`; nothing outside is known to it. Six queries, however many rotas."""
    rotas = {rota.pk: rota for rota in rows.select_related("unit")}
    weeks = weeks_of(rota.unit_id for rota in rotas.values())
    areas: dict[int, set[int]] = {}
    for rota, area in Rota.areas.through.objects.filter(rota_id__in=rotas).values_list("rota_id", "area_id"):
        areas.setdefault(rota, set()).add(area)
    shifts = _shifts(rotas, start - timedelta(days=2), end + timedelta(days=1))
    patterns = _patterns(rotas)
    made = tuple(
        rules.Rota(
            pk, rota.name, rules.Need(rota.need), frozenset(areas.get(pk, ())), hours_of(rota.unit, weeks),
            rules.Line(rota.unit.name, rota.shown_number, rota.channel), rota.order, rota.by_hours,
            tuple(shifts.get(pk, ())), tuple(patterns.get(pk, ())), rota.ends_on,
        )
        for pk, rota in rotas.items()
    )  # fmt: skip
    holidays = rules.public_holidays(range(start.year, end.year + 1))
    return rules.Book(made, absences(start, end), holidays, settings.OFFICE_HOURS)


def _shifts(rotas: dict[int, Rota], start: datetime, end: datetime) -> dict[int, list[rules.Shift]]:
    found: dict[int, list[rules.Shift]] = {}
    rows = RotaShift.objects.filter(
        rota_id__in=rotas, removed_at__isnull=True, starts_at__gt=start - LONGEST, starts_at__lt=end, ends_at__gt=start
    )
    for pk, rota, starts, ends, vacant, *who in rows.order_by().values_list(
        "pk", "rota_id", "starts_at", "ends_at", "vacant", *WHO
    ):
        line = None if vacant else line_of(who, rotas[rota])
        found.setdefault(rota, []).append(rules.Shift(pk, rules.to_minutes(starts), rules.to_minutes(ends), line))
    return found


def _patterns(rotas: dict[int, Rota]) -> dict[int, list[rules.Pattern]]:
    found: dict[int, list[rules.Pattern]] = {}
    fields = ("pk", "rota_id", "weekdays", "opens", "closes", "starts_on", "ends_on", "holidays_as_sunday", *WHO)
    for pk, rota, days, opens, closes, first, last, sunday, *who in (
        RotaRule.objects.filter(rota_id__in=rotas).order_by().values_list(*fields)
    ):
        found.setdefault(rota, []).append(
            rules.Pattern(
                pk, frozenset(int(d) for d in days), minute_of(opens), minute_of(closes), line_of(who, rotas[rota]),
                first, last, sunday,
            )
        )  # fmt: skip
    return found


def absences(start: datetime, end: datetime) -> tuple[rules.Absence, ...]:
    """Who is away in the time, and who stands in."""
    stand_in = "substitute__staff__"
    rows = Absence.objects.filter(removed_at__isnull=True, starts_at__lt=end, ends_at__gt=start).order_by().values_list(
        "pk", "assignment_id", "starts_at", "ends_at", "substitute_id", f"{stand_in}given_name", f"{stand_in}family_name",
        f"{stand_in}phone",
    )  # fmt: skip
    return tuple(
        rules.Absence(
            pk, who, rules.to_minutes(starts), rules.to_minutes(ends),
            rules.Line(f"{given} {family}", phone, "phone", substitute) if substitute else None,
        )
        for pk, who, starts, ends, substitute, given, family, phone in rows
    )  # fmt: skip


def place_of(area: Area) -> rules.Place:
    """An area and the municipality it lies in, without a person."""
    areas = (area.pk, area.parent_id) if area.parent_id else (area.pk,)
    return rules.Place(area.parent.name if area.parent else area.name, areas)


def place_of_person(person: Person, needs: Iterable[str] = tuple(rules.COUNTED)) -> rules.Place:
    """Where the person lives, the units that know her, her contacts (A13: three roles, each for what it is for)."""
    area = Area.objects.select_related("parent").filter(pk=person.area_id).first() if person.area_id else None
    base = place_of(area) if area else rules.Place("", ())
    units = CareRelation.objects.filter(current(), person=person).order_by().values_list("unit_id")
    parties = Party.objects.filter(person=person, withdrawn_at__isnull=True).order_by().values_list("unit_id")
    kinds = [kind for kind, answers in BY_CONTACT.items() if answers & set(needs)]
    held = ContactRole.objects.filter(current(), person=person, kind__in=kinds).order_by("kind")
    rows = list(held.select_related("assignment__staff", "assignment__unit")) if kinds else []
    weeks = weeks_of(row.assignment.unit_id for row in rows) if rows else {}
    contacts = tuple(
        rules.ContactPerson(
            BY_CONTACT[ContactRole.Kind(row.kind)], hours_of(row.assignment.unit, weeks),
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
    through = Rota.areas.through.objects.filter(area_id__in=list(areas)).values("rota_id")
    serving = Rota.objects.filter(pk__in=through).order_by()
    return serving.filter(need__in=needs) if needs else serving


def municipalities() -> list[Area]:
    return list(Area.objects.filter(kind=Area.Kind.MUNICIPALITY).order_by("name"))


def today_of(moment: datetime | None = None):
    return day_of(rules.to_minutes(moment or clock.now()))
