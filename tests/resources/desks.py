"""A day with two units that plan together, each with a planner, and marks in every field of what is the other's."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from samband.core.models import User
from samband.core.policy import Actor
from samband.people.models import Area, Assignment, Person, Staff
from samband.people.services import actors
from samband.plans.models import Action, CarePlan
from samband.resources.models import DayPlan, Loan, Placement, Visit, VisitItem, VisitPart, WorkShift
from samband.resources.services.drafts import new_draft
from tests.resources.days import DAY, Days, at
from tests.worlds import make_person

SECRET = "Qvxzhemlig"  # stands in every text of the other unit's visit


@dataclass
class Desk:
    """`mine`: a visit of the nursing unit; `theirs`: one of the home help, whose person is marked."""

    days: Days
    plan: DayPlan
    mine: Visit
    theirs: Visit
    shifts: dict[str, WorkShift]
    users: dict[str, User] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        return actors.choices(self.users[who])[0]

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.users[who], backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[actors.KEY] = actors.token(self.actor(who))
        session.save()
        return client

    def place(
        self, visit: Visit, name: str, start: datetime, number: int = 1, plan: DayPlan | None = None
    ) -> Placement:
        part = visit.parts.get(number=number)
        return Placement.objects.create(
            plan=plan or self.plan, part=part, shift=self.shifts[name], order=0, starts_at=start,
            ends_at=start + timedelta(minutes=part.minutes),
        )  # fmt: skip

    def fresh(self) -> DayPlan:
        return DayPlan.objects.select_related("pool").get(pk=self.plan.pk)


def planner(desk: Desk, name: str, unit: str) -> None:
    user = User.objects.create_user(name)
    staff = Staff.objects.create(given_name=name, family_name="Planerare", hsa_id=f"SE5560000000-P{user.pk}", user=user)
    Assignment.objects.create(
        staff=staff, unit=desk.days.unit(unit), role="planner", title="planerare", starts_on=at(0).date()
        - timedelta(days=30),
    )  # fmt: skip
    desk.users[name] = user


def visit_for(days: Days, person: Person, unit: str, title: str, start: int, competence: str = "assistant", parts: int = 1,
              **more: Any) -> Visit:  # fmt: skip
    """A visit with one item, and as many parts as come."""
    plan, _made = CarePlan.objects.get_or_create(person=person, defaults={"words": title})
    action = Action.objects.create(plan=plan, title=title, unit=days.unit(unit), competence=competence)
    visit = Visit.objects.create(
        key=f"test-{action.pk}", person=person, unit=days.unit(unit), area=person.area, day=DAY, window_from=at(start),
        window_to=at(start + 1), sync="simultaneous" if parts > 1 else "independent", **more,
    )  # fmt: skip
    VisitItem.objects.create(visit=visit, action=action, original=at(start))
    for number in range(1, parts + 1):
        VisitPart.objects.create(visit=visit, number=number, unit=days.unit(unit), competence=competence, minutes=30)
    return visit


def make_desk(days: Days) -> Desk:
    area = Area.objects.create(name="Harbo", latitude=60.1, longitude=17.2, parent=days.world.area)
    mine = make_person("Egen", "Person", 11, area, latitude=60.11, longitude=17.21)
    other = make_person(f"Other{SECRET}", f"Family{SECRET}", 12, area, latitude=60.1234567, longitude=17.7654321)
    Person.objects.filter(pk=other.pk).update(street=f"Gatan {SECRET}", city=f"Ort{SECRET}", phone="070-174 06 99")
    shifts = {
        "Nova": days.worker("Nova", "nursing", "nurse"),
        "Nils": days.worker("Nils", "nursing", "nurse"),
        "Hedda": days.worker("Hedda", "help", "assistant"),
        "Hugo": days.worker("Hugo", "help", "assistant"),
    }
    first = visit_for(days, mine, "nursing", "Egen insats", 9, "nurse")
    second = visit_for(days, other, "help", f"Insats {SECRET}", 10)
    for unit in ("nursing", "help"):
        Loan.objects.create(pool=days.pool, unit=days.unit(unit), starts_on=DAY - timedelta(days=30))
    desk = Desk(days, new_draft(days.pool, DAY, None), first, second, shifts)
    planner(desk, "anna", "nursing")
    planner(desk, "bertil", "help")
    planner(desk, "stina", "elsewhere")
    desk.place(first, "Nova", at(9))
    desk.place(second, "Hedda", at(10))
    return desk
