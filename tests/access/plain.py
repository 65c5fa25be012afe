"""A generated world as plain data: organisations, units, staff, persons, and what the persons said. No database, no Django.

Days are counted from today (0); `None` as an end is "until further notice". `r` is a `random.Random`, or Hypothesis's, which shrinks.
"""

from dataclasses import dataclass, field
from random import Random

ORGS = ("region", "municipality", "private", "dental", "outside")
UNITS = {
    "region": ("care_center", "ward", "psychiatry"), "municipality": ("home_nursing", "home_help", "social", "care_home"),
    "private": ("home_nursing", "care_center"), "dental": ("dental",), "outside": ("school", "other"),
}  # fmt: skip
CARE = ("coordinator", "nurse", "assistant", "physician", "therapist", "dental", "pharmacist", "social")
ROLES = (*CARE, "outside", "administrator", "reviewer")
NEAR = ("relative", "proxy", "trustee", "guardian")
GROUNDS = ("consent", "incapable", "emergency")


@dataclass(frozen=True)
class Unit:
    key: int
    org: int
    org_kind: str
    kind: str


@dataclass(frozen=True)
class Assignment:
    """`account` is whose log-in it is: one member of staff may hold several assignments."""

    key: int
    account: int
    unit: Unit
    role: str
    covers: tuple[Unit, ...] = ()
    starts: int = -30
    ends: int | None = None
    unit_closed: bool = False


@dataclass(frozen=True)
class Person:
    """`account` is None for who has no log-in; staff may be persons too, with the same account."""

    key: int
    age: int
    protected: bool
    account: int | None


@dataclass(frozen=True)
class Relative:
    key: int
    person: int
    role: str
    reads: bool
    writes: bool
    account: int
    starts: int = -30
    ends: int | None = None


@dataclass(frozen=True, eq=False)
class Row:
    """Anything said or written about a person; `facts` are its other columns, `kind` says what it is."""

    key: int
    kind: str
    person: int | None
    facts: dict = field(default_factory=dict)

    def __getattr__(self, name: str):
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass
class Plain:
    orgs: list[str]
    units: list[Unit]
    assignments: list[Assignment]
    persons: list[Person]
    relatives: list[Relative]
    rows: list[Row] = field(default_factory=list)

    def about(self, person: int, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind and row.person == person]

    def put(self, kind: str, person: int | None, **facts) -> Row:
        row = Row(len(self.rows), kind, person, facts)
        self.rows.append(row)
        return row


def generate(r: Random, persons: int = 2, every_role: bool = False) -> Plain:
    """A world. `every_role`: each staff role is there at least once, for walks that want every kind of user."""
    orgs = [*ORGS, "municipality"]
    units = []
    for org, kind in enumerate(orgs):
        for name in r.sample(UNITS[kind], min(len(UNITS[kind]), r.randint(1, 3))):
            units.append(Unit(len(units), org, kind, name))
    world = Plain(orgs, units, [], [], [])
    _staff(r, world, every_role)
    for key in range(persons):
        _person(r, world, key)
    return world


def _when(r: Random) -> tuple[int, int | None]:
    """Mostly now; sometimes over, sometimes not begun, with the edges (yesterday, today, tomorrow)."""
    return r.choice([(-9, None), (-9, None), (-9, None), (0, 0), (-9, 0), (-9, -1), (1, None), (0, None)])


def _staff(r: Random, world: Plain, every_role: bool) -> None:
    roles = list(ROLES) if every_role else [r.choice(CARE), r.choice(CARE), "coordinator", r.choice(ROLES), "outside"]
    for account, role in enumerate(roles):
        outside = role == "outside"
        fitting = [u for u in world.units if (u.org_kind == "outside") == outside]
        for _ in range(r.choice([1, 1, 2])):
            unit = r.choice(world.units if r.random() < 0.1 else fitting)
            covers = r.sample(world.units, r.choice([0, 1, 2])) if role == "coordinator" or r.random() < 0.1 else []
            starts, ends = _when(r) if r.random() < 0.3 else (-30, None)
            world.assignments.append(
                Assignment(len(world.assignments), account, unit, role, tuple(covers), starts, ends)
            )


def _person(r: Random, world: Plain, key: int) -> None:
    staff = [a.account for a in world.assignments]
    account = r.choice([100 + key, 100 + key, None, r.choice(staff)])
    if any(p.account == account for p in world.persons):
        account = 100 + key
    world.persons.append(Person(key, r.choice([4, 14, 17, 18, 45, 79]), r.random() < 0.25, account))
    for _ in range(r.randint(0, 3)):
        starts, ends = _when(r)
        reads = r.random() < 0.7
        writes = r.random() < 0.5
        whose = r.choice([200 + len(world.relatives), 200 + len(world.relatives), r.choice(staff), 100])
        world.relatives.append(Relative(len(world.relatives), key, r.choice(NEAR), reads, writes, whose, starts, ends))
    _said(r, world, key)
    _plan(r, world, key)
    _records(r, world, key)
    _cases(r, world, key)


def _said(r: Random, world: Plain, key: int) -> None:
    """Care relations, parties, capacity."""
    here = [a.unit for a in world.assignments if r.random() < 0.5]
    for unit in dict.fromkeys([*here, *r.sample(world.units, min(len(world.units), r.randint(0, 4)))]):
        if r.random() < 0.8:
            starts, ends = _when(r)
            world.put("relation", key, unit=unit, starts=starts, ends=ends)
        if r.random() < 0.7:
            world.put("party", key, unit=unit, withdrawn=r.random() < 0.25)
    if r.random() < 0.3:
        starts, ends = _when(r)
        world.put("capacity", key, starts=starts, ends=ends, ground=r.choice(["lasting", "unconscious", "child"]))


def _plan(r: Random, world: Plain, key: int) -> None:
    plan = world.put("plan", key)
    mine = [x for x in world.relatives if x.person == key]
    for kind in ("goal", "situation", "followup", "event"):
        if r.random() < 0.7:
            world.put(kind, key, plan=plan)
    for _ in range(r.randint(1, 3)):
        by = r.choice(["unit", "unit", "person", "relative" if mine else "nobody"])
        action = world.put(
            "action", key, plan=plan, by=by, unit=r.choice(world.units) if by == "unit" else None,
            relative=r.choice(mine) if by == "relative" else None, outside=r.random() < 0.5,
            along=tuple(r.sample(world.units, r.choice([0, 0, 1]))),
        )  # fmt: skip
        if r.random() < 0.5:
            world.put("proposal", key, action=action, unit=r.choice([None, r.choice(world.units)]))
    if r.random() < 0.7:
        world.put(
            "meeting", key, plan=plan, by=r.choice(world.assignments), units=tuple(r.sample(world.units, r.choice([0, 1, 2]))),
            relatives=tuple(x for x in mine if r.random() < 0.5),
        )  # fmt: skip
    for relative in mine:
        if r.random() < 0.6:
            world.put("note", key, plan=plan, relative=relative, shared=r.random() < 0.5)


def _records(r: Random, world: Plain, key: int) -> None:
    care = [u for u in world.units if u.org_kind != "outside"]
    written = [world.put("entry", key, unit=r.choice(care), signed=r.random() < 0.8) for _ in range(r.randint(1, 4))]
    if r.random() < 0.7:
        world.put("told", key)
    for unit in {e.unit for e in written} if r.random() < 0.5 else ():
        if r.random() < 0.5:
            world.put("block", key, unit=unit, inner=r.random() < 0.5, lifted=r.random() < 0.3)
    readers = [a.unit for a in world.assignments if a.unit.org_kind != "outside"] or care
    for _ in range(r.randint(0, 4)):
        world.put("yes", key, unit=r.choice(readers), state=r.choice(["now", "now", "over", "today", "back"]))
    fitting = "incapable" if world.about(key, "capacity") else "consent"
    for assignment in world.assignments:
        if r.random() < 0.7:
            ground = r.choice([fitting, fitting, *GROUNDS])
            world.put("reading", key, by=assignment, ground=ground, entry=None, today=r.random() < 0.85)
        if r.random() < 0.2:
            world.put(
                "reading", key, by=assignment, entry=r.choice(written), today=r.random() < 0.8,
                ground=r.choice(["inner_consent", "inner_emergency"]),
            )  # fmt: skip
    for block in world.about(key, "block"):
        if not block.inner and world.assignments:
            world.put("lift", key, block=block, by=r.choice(world.assignments))


def _cases(r: Random, world: Plain, key: int) -> None:
    mine = [x for x in world.relatives if x.person == key]
    for _ in range(r.randint(0, 2)):
        sender = r.choice(mine) if mine and r.random() < 0.5 else None
        staff = r.choice(world.assignments) if sender is None and r.random() < 0.5 else None
        world.put(
            "case", key, unit=r.choice(world.units), sender=sender, staff=staff, only_sender=r.random() < 0.3,
            owner=r.choice([None, r.choice(world.assignments)]), handed=r.choice([None, r.choice(world.units)]),
        )  # fmt: skip
