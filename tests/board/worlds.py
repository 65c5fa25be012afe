"""Small invented worlds for the board: every edge that a count may stumble on, from a seed.

A world has two municipalities with a district, eight units, one coordinator who covers some of the units, and persons
of whom some are out of her scope. Nothing here is a real person; numbers are running numbers, not identity numbers.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from samband.access.models import CareRelation, Consent, Party
from samband.core import clock
from samband.core.models import User
from samband.people.models import Area, Assignment, ContactRole, Organization, Person, Staff, Unit
from samband.plans.models import Action, Approval, CarePlan, FollowUp, OccurrenceState, Proposal, Revision

GIVEN = ["Åsa", "Örjan", "Älva", "Bo", "Cecilia", "David", "Evin", "Fatima", "Göte", "Hanna"]
FAMILY = ["Åkervall", "Ängsund", "Östlund", "Bergmo", "Dalfors", "Eklid", "Forsnäs", "Grenholm", "Hedvall"]
KINDS = ["care_contact", "physician_contact", "social_contact"]


@dataclass
class World:
    """What was built, by name."""

    user: User
    coordinator: Assignment
    units: list[Unit]
    areas: list[Area]
    persons: list[Person] = field(default_factory=list)


def build(seed: int = 1, persons: int = 40, units: int = 8, covered: int | None = None, trouble: float = 0.35) -> World:
    """A world; `covered` units are the coordinator's (default all but two), `trouble` is how often something is missing."""
    rng = random.Random(seed)
    world = _county(units, max(1, units - 2) if covered is None else covered)
    world.persons = _persons(rng, persons, world.areas)
    _relations(rng, world, trouble)
    _contacts(rng, world, trouble)
    _plans(rng, world, trouble)
    _agreement(rng, world, trouble)
    return world


def _county(count: int, covered: int) -> World:
    towns = [Area.objects.create(name=name) for name in ("Norrskog", "Södervik")]
    district = Area.objects.create(name="Inre Norrskog", kind="district", parent=towns[0])
    region = Organization.objects.create(name="Region Påhitt", kind="region", hsa_id="SE0000000001-R")
    town = Organization.objects.create(name="Norrskogs kommun", kind="municipality", hsa_id="SE0000000002-M")
    kinds = ["care_center", "home_nursing", "home_help", "rehab"]
    units = [
        Unit.objects.create(
            organization=region if n % 2 == 0 else town,
            name=f"Enhet {n}",
            kind=kinds[n % 4],
            hsa_id=f"SE0000000003-{n}",
            area=[*towns, district][n % 3],
        )
        for n in range(count)
    ]
    user = User.objects.create_user("samordnare")
    staff = Staff.objects.create(given_name="Ida", family_name="Sammanhåll", hsa_id="SE0000000003-S1", user=user)
    first = Assignment.objects.create(staff=staff, unit=units[0], role="coordinator", title="Samordnare")
    first.starts_on = date(2020, 1, 1)
    first.save()
    first.covers.set(units[1:covered])
    return World(user=user, coordinator=first, units=units, areas=[*towns, district])


def _persons(rng: random.Random, count: int, areas: list[Area]) -> list[Person]:
    rows = []
    for n in range(count):
        person = Person(
            identity_kind="reserve",
            identity_number=f"2000A{n:07d}",
            given_name=rng.choice(GIVEN),
            family_name=f"{rng.choice(FAMILY)}",
            birth_date=date(1925, 1, 1) + timedelta(days=rng.randrange(34_000)),
            protection=rng.choice(["none"] * 9 + ["sekretessmarkering"]),
            area=rng.choice([*areas, *areas, None]),
            deceased_on=clock.today() if rng.random() < 0.04 else None,
        )
        person.fill_keys()
        rows.append(person)
    return Person.objects.bulk_create(rows, batch_size=2000)


def _span(rng: random.Random) -> tuple[date, date | None]:
    """When something holds: mostly now, sometimes ended, sometimes not yet, with the edges (today) included."""
    today = clock.today()
    start = today - timedelta(days=rng.randrange(1, 400))
    return rng.choice(
        [(start, None)] * 12
        + [(start, today), (start, today - timedelta(days=1)), (today, None), (today + timedelta(days=1), None)]
    )


def _relations(rng: random.Random, world: World, trouble: float) -> None:
    relations, parties = [], []
    for person in world.persons:
        for unit in rng.sample(world.units, min(len(world.units), rng.randint(1, 3))):
            start, end = _span(rng)
            relations.append(CareRelation(person=person, unit=unit, reason="vård", starts_on=start, ends_on=end))
            if rng.random() > trouble / 4:
                gone = clock.now() - timedelta(days=2) if rng.random() < trouble / 4 else None
                parties.append(
                    Party(person=person, unit=unit, said="Ja", said_by="jag", form="spoken", withdrawn_at=gone)
                )
    CareRelation.objects.bulk_create(relations, batch_size=2000)
    Party.objects.bulk_create(parties, batch_size=2000)


def _contacts(rng: random.Random, world: World, trouble: float) -> None:
    rows = []
    for person in world.persons:
        for kind in KINDS:
            if rng.random() > trouble / 2:
                start, end = _span(rng)
                rows.append(
                    ContactRole(person=person, kind=kind, assignment=world.coordinator, starts_on=start, ends_on=end)
                )
    ContactRole.objects.bulk_create(rows, batch_size=2000)


def _plans(rng: random.Random, world: World, trouble: float) -> None:
    today, plans = clock.today(), []
    for person in world.persons:
        if rng.random() < trouble / 2:
            if rng.random() < 0.3:
                plans.append(CarePlan(person=person, status="closed", closed_on=today - timedelta(days=9)))
            continue
        plans.append(
            CarePlan(
                person=person,
                status=rng.choice(["draft", "paused", *["active"] * 14]),
                starts_on=today - timedelta(days=rng.randrange(300)),
                words="Jag vill ut i skogen." if rng.random() > 0.2 else "",
            )
        )
    for plan in plans:
        late = rng.random() < trouble / 2
        plan.next_kind = rng.choice(["action", "action", "follow_up", "none"])
        if plan.next_kind != "none":
            shift = timedelta(minutes=rng.randrange(1, 40_000))
            plan.next_at = plan.next_due = clock.now() + (-shift if late else shift)
        if rng.random() > 0.1:
            shift = timedelta(days=rng.randrange(0, 60))
            plan.follow_up_on = today + (-shift if rng.random() < trouble / 2 else shift)
    CarePlan.objects.bulk_create(plans, batch_size=2000)
    FollowUp.objects.bulk_create(
        [FollowUp(plan=p, due_on=p.follow_up_on) for p in plans if p.follow_up_on], batch_size=2000
    )
    _actions(rng, world, plans, trouble)


def _actions(rng: random.Random, world: World, plans: list[CarePlan], trouble: float) -> None:
    today, rows = clock.today(), []
    for plan in plans:
        for _ in range(rng.randint(1, 4)):
            by = "nobody" if rng.random() < trouble / 6 else rng.choice(["unit", "unit", "person"])
            rrule = rng.choice(["", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=DAILY;INTERVAL=2"])
            start = today - timedelta(days=rng.randrange(0, 30))
            stop = rng.choice([None, None, None, today, today - timedelta(days=1)])
            rows.append(
                Action(
                    plan=plan,
                    title=rng.choice(["Omläggning", "Insulin", "Promenad", "Provtagning"]),
                    by=by,
                    unit=rng.choice(world.units) if by == "unit" else None,
                    rrule=rrule,
                    starts_on=start,
                    stops_on=stop if stop and stop >= start else None,
                    time_from=rng.choice([None, time(8), time(11, 30), time(20)]),
                    milestone=not rrule,
                    status=rng.choice(["active"] * 8 + ["paused", "stopped"]),
                    next_on=start if rng.random() < 0.3 else rng.choice([start, today, today]),
                )
            )
    Action.objects.bulk_create(rows, batch_size=2000)
    states = []
    for action in rng.sample(rows, len(rows) // 6):
        moment = action.time_from or time()
        states.append(
            OccurrenceState(
                action=action,
                original=clock.at(rng.choice([today, today, today - timedelta(days=1)]), moment),
                status=rng.choice(["unassigned", "unassigned", "done", "cancelled", "planned", "not_done"]),
                assignment=rng.choice([None, None, world.coordinator]),
                moved_to=rng.choice([None, None, None, clock.at(today, time(15)), clock.at(today, time(9))]),
            )
        )
    OccurrenceState.objects.bulk_create(states, batch_size=2000)


def _agreement(rng: random.Random, world: World, trouble: float) -> None:
    """Consents, answers, changes after them and questions to units, with what may fool a count."""
    Consent.objects.bulk_create(
        [row for person in world.persons for row in _consents(rng, person, trouble)], batch_size=2000
    )
    revisions, answers = [], []
    for plan in CarePlan.objects.order_by("pk"):
        for number in range(1, 1 + rng.randrange(4)):
            revisions.append(_revision(rng, plan, number))
            if rng.random() > trouble:
                answers.append(_approval(rng, plan, number))
    Revision.objects.bulk_create(revisions, batch_size=2000)
    Approval.objects.bulk_create(answers, batch_size=2000)
    chosen = rng.sample(list(Action.objects.order_by("pk")), Action.objects.count() // 5)
    Proposal.objects.bulk_create([row for action in chosen for row in _asks(rng, world, action)], batch_size=2000)


def _consents(rng: random.Random, person: Person, trouble: float) -> list[Consent]:
    """None, one that holds, one that was taken back, or that and a new one."""
    said = {"person": person, "said": "Ja", "said_by": "jag", "form": "spoken"}
    given = clock.now() - timedelta(days=rng.randrange(5, 90))
    if rng.random() < trouble / 2:
        return []
    if rng.random() > trouble / 2:
        return [Consent(**said, given_at=given)]
    gone = given + timedelta(days=1)
    again = [Consent(**said, given_at=gone + timedelta(days=1))] if rng.random() < 0.5 else []
    return [Consent(**said, given_at=given, withdrawn_at=gone), *again]


def _revision(rng: random.Random, plan: CarePlan, number: int) -> Revision:
    things = ["plans.action:1", "plans.action:2", "plans.planevent:1", "plans.relativenote:1"]
    return Revision(
        plan=plan, number=number, at=clock.now() - timedelta(days=rng.randrange(30)), title="Något", by_name="jag",
        thing=rng.choice(things), kind=rng.choice(["add", "change", "remove", "approve"]),
        by_kind=rng.choice(["staff", "staff", "person"]),
        changes=rng.choice([{"title": ["a", "b"]}, {"done_at": [None, "x"]}, {"ongoing_since": [None, "x"]}]),
    )  # fmt: skip


def _approval(rng: random.Random, plan: CarePlan, number: int) -> Approval:
    return Approval(
        plan=plan, number=rng.choice([number, number, max(0, number - 1)]), by_name="jag", by_kind="person",
        answer=rng.choice(["approved", "approved", "disagreed"]), said_by="jag", at=clock.now() - timedelta(days=1),
    )  # fmt: skip


def _asks(rng: random.Random, world: World, action: Action) -> list[Proposal]:
    """Answered questions, and sometimes one that is open: late, without a day, due today or tomorrow."""
    today, common = clock.today(), {"action": action, "text": "Kan ni?", "by_name": "jag"}
    rows = [
        Proposal(
            **common, kind=rng.choice(["take", "take", "take", "change"]), asked_unit=rng.choice(world.units),
            status=rng.choice(["declined", "returned", "withdrawn", "accepted"]),
            answered_at=clock.now() - timedelta(days=2),
        )
        for _ in range(rng.choice([1, 1, 2]))
    ]  # fmt: skip
    if rng.random() < 0.5:
        until = rng.choice([None, today, today - timedelta(days=1), today + timedelta(days=1)])
        rows.append(Proposal(**common, kind="take", asked_unit=rng.choice(world.units), status="open", answer_by=until))
    return rows


MONDAY = datetime(2026, 11, 23, 8, 12, tzinfo=clock.timezone.get_default_timezone())


def another(world: World) -> Assignment:
    """A second coordinator of the same unit."""
    staff = Staff.objects.create(given_name="Eva", family_name="Annan", hsa_id="SE0000000003-S2")
    return Assignment.objects.create(staff=staff, unit=world.units[0], role="coordinator", title="Samordnare")
