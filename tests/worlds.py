"""A small world for tests: two organisations, a person with a plan, and everybody who may or may not look.

Alice works where Märit is cared for; Bob works there too, at another unit that is no party; the stranger works elsewhere.
"""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from samband.access.models import CareRelation, Party
from samband.core.models import User
from samband.core.policy import Actor
from samband.people.models import Area, Assignment, Organization, Person, Relative, Staff, Unit
from samband.people.services import actors
from samband.plans.models import Action, CarePlan, Goal, Situation

MARK = "Zxqvwkj"  # stands in every text about the person; long enough that no random token holds it


@dataclass
class World:
    area: Area
    person: Person
    plan: CarePlan
    units: dict[str, Unit]
    users: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The first capacity of the user; a relative to whom nothing is shared has none, and asks all the same."""
        found = actors.choices(self.users[name])
        if found:
            return found[0]
        relative = Relative.objects.get(user=self.users[name])
        return Actor(kind="relative", user_id=relative.user_id, person_id=relative.person_id, relative_id=relative.pk)

    def client(self, name: str) -> Client:
        """A browser that is logged in as `name`, acting in the first capacity."""
        client = Client()
        if name == "anonymous":
            return client
        client.force_login(self.users[name], backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[actors.KEY] = actors.token(self.actor(name))
        session.save()
        return client


def _org(name: str, kind: str, number: int) -> Organization:
    return Organization.objects.create(name=name, kind=kind, hsa_id=f"SE{number:010d}-0001")


def _unit(org: Organization, name: str, kind: str, area: Area) -> Unit:
    serial = Unit.objects.count() + 100
    return Unit.objects.create(
        organization=org, name=name, kind=kind, area=area, hsa_id=f"{org.hsa_id[:12]}-U{serial}", phone="0980-319 201"
    )


def _staff(world: dict[str, User], name: str, unit: Unit, role: str, *covers: Unit) -> Assignment:
    user = User.objects.create_user(name)
    staff = Staff.objects.create(
        given_name=name.capitalize(), family_name="Test", hsa_id=f"SE5560000000-S{user.pk}", user=user
    )
    assignment = Assignment.objects.create(staff=staff, unit=unit, role=role, title=role)
    assignment.covers.set(covers)
    world[name] = user
    return assignment


def make_person(given: str, family: str, serial: int, area: Area, **more: Any) -> Person:
    """A person with a reserve number (never a computed personnummer)."""
    from datetime import date

    return Person.objects.create(
        identity_kind="reserve",
        identity_number=f"19470312K{serial:03d}",
        given_name=given,
        family_name=family,
        birth_date=date(1947, 3, 12),
        area=area,
        street="Testgatan 1",
        city="Heby",
        phone="070-174 06 05",
        **more,
    )


def agree(person: Person, unit: Unit) -> None:
    CareRelation.objects.create(person=person, unit=unit, reason="inskriven")
    Party.objects.create(person=person, unit=unit, said="Ja, de får vara med.", said_by=person.full_name, form="spoken")


def make_world() -> World:
    """Build it; needs the database."""
    area = Area.objects.create(name="Heby")
    region, town = _org("Regionen", "region", 5560000001), _org("Kommunen", "municipality", 5560000002)
    other, school = _org("Grannkommunen", "municipality", 5560000003), _org("Skolan", "outside", 5560000004)
    units = {
        "centre": _unit(region, "Vårdcentralen", "care_center", area),
        "nursing": _unit(town, "Hemsjukvården", "home_nursing", area),
        "help": _unit(town, "Hemtjänsten", "home_help", area),
        "elsewhere": _unit(other, "Annan hemsjukvård", "home_nursing", area),
        "school": _unit(school, "Elevhälsan", "school", area),
    }
    users: dict[str, User] = {}
    alice = _staff(users, "alice", units["nursing"], "nurse")
    _staff(users, "gp", units["centre"], "physician")
    _staff(users, "coordinator", units["centre"], "coordinator", units["nursing"])
    _staff(users, "bob", units["help"], "nurse")
    _staff(users, "stranger", units["elsewhere"], "nurse")
    _staff(users, "strange_coordinator", units["elsewhere"], "coordinator")
    _staff(users, "teacher", units["school"], "outside")
    _staff(users, "administrator", units["centre"], "administrator")
    _staff(users, "reviewer", units["centre"], "reviewer")
    person = make_person(f"Märit-{MARK}", "Testsson", 1, area)
    for name in ("centre", "nursing"):
        agree(person, units[name])
    for name in ("self", "husband", "silent_son", "strange_person"):
        users[name] = User.objects.create_user(name)
    person.user = users["self"]
    person.save()
    other_person = make_person("Annan", "Person", 2, area, user=users["strange_person"])
    husband = Relative.objects.create(
        person=person,
        given_name="Make",
        family_name="Testsson",
        relation="make",
        reads=True,
        writes=True,
        user=users["husband"],
    )
    Relative.objects.create(
        person=person, given_name="Son", family_name="Testsson", relation="son", reads=False, user=users["silent_son"]
    )
    plan = CarePlan.objects.create(person=person, words="Jag vill bo kvar hemma. Zxqvwkj", created_by=alice)
    goal = Goal.objects.create(plan=plan, words="Gå ut varje dag. Zxqvwkj")
    action = Action.objects.create(
        plan=plan, title="Insulin Zxqvwkj", unit=units["nursing"], rrule="FREQ=DAILY", goal=goal
    )
    situation = Situation.objects.create(
        plan=plan, trigger="Om jag blir yr Zxqvwkj", steps_person="Sätt dig.", call_unit=units["nursing"]
    )
    things = {
        "goal": goal,
        "action": action,
        "situation": situation,
        "husband": husband,
        "alice": alice,
        "other_person": other_person,
    }
    return World(area, person, plan, units, users, things)
