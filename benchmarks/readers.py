"""Who asks in the benchmark, and for what: a coordinator of every unit, a nurse, and a person."""

import itertools
import random
from collections.abc import Callable, Iterator

from django.db.models import Count
from django.test import Client

from samband.access.models import CareRelation
from samband.core.models import User
from samband.people.models import Assignment, Person, Staff, Unit
from samband.people.models.staff import current
from samband.people.services import actors

Calls = Iterator[Callable]
NAMES = ["öb", "åk", "ber", "sjö", "lind", "ängs", "anders", "eva b", "karl ö", "mar"]


class Readers:
    """Browsers that are logged in, and a sample of persons whom the coordinator may see."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        busiest = CareRelation.objects.filter(current(), unit__kind=Unit.Kind.HOME_NURSING).values("unit")
        unit = Unit.objects.get(pk=busiest.annotate(n=Count("pk")).order_by("-n")[0]["unit"])
        everywhere = _assignment("bench-coordinator", unit, Assignment.Role.COORDINATOR)
        everywhere.covers.set(Unit.objects.exclude(organization__kind="outside"))
        self.coordinator = enter(everywhere.staff.user)
        # As coordinators are in the county: of the units of one municipality, the one with most of them.
        usual = Assignment.objects.filter(role=Assignment.Role.COORDINATOR).exclude(pk=everywhere.pk)
        usual = usual.exclude(staff__user=None).annotate(n=Count("covers")).order_by("-n", "pk")
        self.usual = enter(usual[0].staff.user)
        self.nurse = enter(_assignment("bench-nurse", unit, Assignment.Role.NURSE).staff.user)
        self.unit = unit
        pks = list(Person.objects.filter(plans__status="active", user=None).values_list("pk", flat=True)[:20_000])
        self.sample = list(Person.objects.filter(pk__in=rng.sample(pks, min(200, len(pks)))))
        self.persons = [enter(_own(person)) for person in self.sample[:10]]

    def pages(self) -> Iterator[tuple[str, Calls]]:
        """Every page with an endless row of requests for it."""
        get, post = self.coordinator.get, self.coordinator.post
        live = {"HTTP_HX_REQUEST": "true"}
        staff = [f"/persons/{p.public_id}/" for p in self.sample]
        numbers = [p.identity_number for p in self.sample]
        yield "board, a municipality's coordinator", _again(lambda: self.usual.get("/board/?area="))
        yield "board, every unit of the county", _again(lambda: get("/board/?area="))
        yield "board, renews itself", _again(lambda: get("/board/", HTTP_HX_TARGET="board-live", **live))
        yield "board, one unit", _again(lambda: get(f"/board/?unit={self.unit.public_id}"))
        yield "board, the other numbers", _again(lambda: get("/board/later/?area=", **live))
        yield (
            "board, the other numbers, a municipality's",
            _again(lambda: self.usual.get("/board/later/?area=", **live)),
        )
        get("/board/?area=")
        for kind in ("next-step", "unassigned", "no-plan", "no-contact", "follow-up"):
            yield f"list {kind}", _again(lambda kind=kind: get(f"/board/{kind}/"))
        yield "list no-contact, by name, page 5", _again(lambda: get("/board/no-contact/?sort=name&page=5"))
        yield "person, staff", (lambda url=url: get(url) for url in itertools.cycle(staff))
        yield "person, staff, week", (lambda url=url: get(f"{url}?view=week") for url in itertools.cycle(staff))
        yield "person, own page", (lambda one=one: one.get("/my/") for one in itertools.cycle(self.persons))
        yield "persons, list", _again(lambda: get("/persons/"))
        words = itertools.cycle(NAMES)
        yield "search by name", (lambda q=q: post("/search/", {"q": q}, **live) for q in words)
        whole = itertools.cycle(f"{p.given_name} {p.family_name}" for p in self.sample)
        yield "search by whole name", (lambda q=q: post("/search/", {"q": q}, **live) for q in whole)
        starts = itertools.cycle(number[:8] for number in numbers)
        yield "search by start of number", (lambda q=q: post("/search/", {"q": q}, **live) for q in starts)
        exact = itertools.cycle(numbers)
        yield "search by number", (lambda q=q: post("/search/", {"q": q}, **live) for q in exact)
        yield "day of a unit", _again(lambda: self.nurse.get("/day/"))


def _again(call: Callable) -> Calls:
    return itertools.repeat(call)


def _assignment(name: str, unit: Unit, role: str) -> Assignment:
    user = User.objects.filter(username=name).first() or User.objects.create_user(name)
    hsa_id = f"SE2321000000-{name.replace('-', '').upper()}"
    staff, _made = Staff.objects.get_or_create(
        hsa_id=hsa_id, defaults={"given_name": "Bänk", "family_name": "Mätare", "user": user}
    )
    found = Assignment.objects.filter(staff=staff).first()
    return found or Assignment.objects.create(staff=staff, unit=unit, role=role, title="Mätare")


def _own(person: Person) -> User:
    name = f"bench-{person.pk}"
    user = User.objects.filter(username=name).first() or User.objects.create_user(name)
    Person.objects.filter(pk=person.pk).update(user=user)
    return user


def enter(user: User) -> Client:
    """A browser that is logged in and acts in the account's first capacity."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[actors.KEY] = actors.token(actors.choices(user)[0])
    session.save()
    return client
