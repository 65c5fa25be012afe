"""A few days that are not ordinary, among the ordinary ones. Nothing on any page says which."""

from datetime import timedelta

from samband.access.models import CareRelation
from samband.core import clock
from samband.core.models import User
from samband.demo.looking import Days, Look
from samband.people.models import Assignment, Person, Relative

Marks = set[tuple[str, int]]  # pattern, staff: what a run should find


def plant(days: Days) -> Marks:
    """Each of a handful of staff does one thing. Where the county is too small for one of them, it is left out."""
    found: Marks = set()
    for place in (_neighbour, _colleague, _night, _own, _many, _doors, _relative, _crowd, _begun):
        found |= place(days)
    return found


def _as_person(by: Assignment, serial: int, near: Person | None = None) -> Person:
    """The member of staff as a person of the register, with a reserve number; `near`: across the yard from her."""
    staff = by.staff
    if staff.user is None:
        staff.user = User.objects.create_user(f"anstalld-{serial}")
        staff.save(update_fields=["user"])
    where = {
        "street": _next_door(near.street) if near else "Ekbacken 3", "postal_code": near.postal_code if near else "",
        "city": near.city if near else "", "area": near.area if near else by.unit.area,
        "latitude": near.latitude + 0.0002 if near and near.latitude else None,
        "longitude": near.longitude if near else None,
    }  # fmt: skip
    return Person.objects.create(
        identity_kind="reserve", identity_number=f"19800101Q{serial:03d}", given_name=staff.given_name,
        family_name=staff.family_name, birth_date=clock.today().replace(year=1980, month=1, day=1), user=staff.user, **where,
    )  # fmt: skip


def _next_door(street: str) -> str:
    """`Skolgatan 4` → `Skolgatan 6`."""
    name, _space, number = street.rpartition(" ")
    return f"{name} {int(number) + 2}" if number.isdigit() else f"{street} 2"


def _workday(days: Days, by: Assignment, back: int) -> timedelta:
    """So many days ago, or the nearest earlier day that the unit is open."""
    while days.span(by, clock.today() - timedelta(back)) is None:
        back += 1
    return timedelta(back)


def _looks(days: Days, by: Assignment, person: int, *backs: int) -> None:
    for back in backs:
        day = clock.today() - _workday(days, by, back)
        days.visit(by, day, (days.span(by, day) or (480, 960))[0] + 95, person, acts=False)


def _neighbour(days: Days) -> Marks:
    by = days.named("petter_wahlin")
    then = days.now_in_care(by, clock.today() - timedelta(40))
    home = Person.objects.filter(pk__in=then, protection="none", latitude__isnull=False).exclude(street="")
    whom = home.order_by("-pk").first()  # the newest: no story of the county turns on her
    if whom is None:
        return set()
    _as_person(by, 901, whom)
    _looks(days, by, whom.pk, 33, 20, 6)
    return {("neighbour", by.staff_id)}


def _colleague(days: Days) -> Marks:
    by, other = days.named("cecilia_palm"), days.named("andreas_falk")
    whom = _as_person(other, 902)
    CareRelation.objects.create(
        person=whom, unit=by.unit, reason="utredning", starts_on=clock.today() - timedelta(50), ends_on=clock.today()
    )
    _looks(days, by, whom.pk, 18)
    return {("colleague", by.staff_id)}


def _night(days: Days) -> Marks:
    by = days.named("karolina_bjork")
    day = clock.today() - timedelta(9)
    for n, person in enumerate(days.now_in_care(by, day)[:3]):
        days.visit(by, day, 2 * 60 + 12 + 4 * n, person)
    return {("hours", by.staff_id)} if days.cared[by.unit_id] else set()


def _own(days: Days) -> Marks:
    by = days.named("jan_tornqvist")
    whom = _as_person(by, 903)
    CareRelation.objects.create(person=whom, unit=by.unit, reason="listad", starts_on=clock.today() - timedelta(300))
    _looks(days, by, whom.pk, 12)
    return {("own", by.staff_id)}


def _many(days: Days) -> Marks:
    by = next((r for r in days.staff if r.role == "nurse" and len(days.cared[r.unit_id]) >= 18), None)
    if by is None:
        return set()
    day = clock.today() - _workday(days, by, 14)
    opens, _closes = days.span(by, day) or (480, 960)
    for n, person in enumerate(days.now_in_care(by, day)[:30]):
        days.visit(by, day, opens + 30 + 7 * n, person)
    return {("volume", by.staff_id)}


def _doors(days: Days) -> Marks:
    by = days.named("zahra_haidari")
    day = clock.today() - _workday(days, by, 16)
    for n in range(14):
        at = days.moment(day, 13 * 60 + 2 * n)
        days.looks.append(Look(at, by, "refused", (), "A1", "plans:person", "deny"))
    return {("refusals", by.staff_id)}


def _relative(days: Days) -> Marks:
    by = days.named("marcus_eld")
    then = days.now_in_care(by, clock.today() - timedelta(30))
    if not then:
        return set()
    whom = then[-1]
    Relative.objects.create(person_id=whom, given_name="Marcus", family_name="Eld", relation="svärson")
    _looks(days, by, whom, 21, 4)
    return {("relative", by.staff_id)}


def _crowd(days: Days) -> Marks:
    """Somebody lay at the hospital for a week, and many looked in who had nothing to do there."""
    names = ("gabriela_munoz", "henrik_lagman", "kristin_dahl", "mats_hjelm", "stina_hed")
    whom = Person.objects.filter(protection="none").order_by("-pk").exclude(user__isnull=False)[9:10].first()
    if whom is None:
        return set()
    found: Marks = set()
    # All in one month, long enough ago that an act would have been seen.
    first = clock.today() - timedelta(43)
    while first.month != (first + timedelta(len(names))).month:
        first += timedelta(1)
    back = (clock.today() - first).days
    for n, name in enumerate(names):
        by = days.named(name)
        CareRelation.objects.get_or_create(
            person=whom,
            unit=by.unit,
            ends_on=first + timedelta(8),
            defaults={"reason": "inskriven", "starts_on": first},
        )
        _looks(days, by, whom.pk, back - n)
        found.add(("celebrity", by.staff_id))
    return found


def _begun(days: Days) -> Marks:
    by = days.named("liv_eklof")
    whom = Person.objects.exclude(pk__in=days.cared[by.unit_id]).filter(user__isnull=True).order_by("-pk")[5:6].first()
    if whom is None:
        return set()
    day = clock.today() - _workday(days, by, 25)
    CareRelation.objects.create(
        person=whom, unit=by.unit, reason="ringde", starts_on=day, ends_on=day + timedelta(1), started_by=by
    )
    days.looks.append(Look(days.moment(day, 10 * 60 + 20), by, "relation.start", (whom.pk,), "A1", ""))
    days.visit(by, day, 10 * 60 + 24, whom.pk, acts=False)
    return {("started", by.staff_id)}
