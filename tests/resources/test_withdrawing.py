"""A happening that was a mistake is taken back, with what it changed; what is accepted is not."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.contact.models import Absence
from samband.core import clock
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.plans.models import OccurrenceState
from samband.resources.models import Happening, Visit, VisitRequest
from samband.resources.services import happenings, proposals, requests, withdrawing
from samband.resources.services.happenings import Told
from tests.resources.worlds_today import Day, assignment, at, make_day, visit
from tests.worlds import World
from visit_planner.stops import Iterations

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(world: World):
    with clock.frozen(clock.day_bounds(clock.today())[0] + timedelta(hours=10, minutes=5)):
        yield make_day(world)


def tell(day: Day, kind: str, **more) -> Happening:
    return happenings.tell(day.world.actor("planner"), day.pool, Told(kind, clock.now(), **more))


def withdraw(day: Day, row: Happening, who: str = "planner", why: str = "Fel person") -> Happening:
    return withdrawing.withdraw(day.world.actor(who), row, why)


def statuses(*visits: Visit) -> list[str]:
    return [Visit.objects.get(pk=v.pk).status for v in visits]


def test_she_was_not_sick(day: Day):
    visit(day, 660, day.alice)
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    draft = proposals.propose(row, day.world.actor("planner"), stop=Iterations(100))
    held = withdraw(day, row)
    draft.refresh_from_db()
    assert (held.state, held.reason, draft.status) == ("withdrawn", "Fel person", "dropped")
    assert Absence.objects.get().removed_at == clock.now()
    assert AuditEvent.objects.filter(action="happening.decide").exists()


def test_an_absence_that_somebody_changed_since_is_left(day: Day):
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    Absence.objects.update(ends_at=at(1400))
    withdraw(day, row)
    assert Absence.objects.get().removed_at is None


def test_it_does_not_take_longer(day: Day):
    found = visit(day, 600, day.alice)
    withdraw(day, tell(day, "longer", visit=found, minutes=40))
    assert found.parts.get().minutes == 20


def test_a_visit_called_off_is_on_again_in_the_plan_too(day: Day):
    found = visit(day, 660, day.alice, items=True)
    withdraw(day, tell(day, "cancelled", visit=found))
    assert (statuses(found), OccurrenceState.objects.get().status) == (["planned"], "planned")


def test_only_what_it_called_off_itself_comes_back(day: Day):
    first, then, last = (visit(day, n, day.alice) for n in (660, 720, 780))
    tell(day, "cancelled", visit=first)
    row = tell(day, "admitted", visit=then)
    assert statuses(first, then, last) == ["cancelled"] * 3
    withdraw(day, row)
    assert statuses(first, then, last) == ["cancelled", "planned", "planned"]


def test_she_is_not_home_after_all(day: Day):
    found = visit(day, 660, day.alice)
    tell(day, "admitted", visit=found)
    withdraw(day, tell(day, "home", visit=found))
    assert statuses(found) == ["cancelled"]


def test_what_was_asked_for_is_not_needed(day: Day):
    asked = VisitRequest(
        unit=day.world.units["nursing"], competence="nurse", minutes=30, needed_by=at(660), why="Katetern läcker"
    )
    row = requests.ask(day.world.actor("alice"), day.world.person, asked)
    withdraw(day, row)
    assert statuses(row.visit) == ["cancelled"]


def test_refused_it_can_still_be_taken_back_and_only_once(day: Day):
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    proposals.refuse(day.world.actor("planner"), row)
    withdraw(day, row)
    with pytest.raises(ValidationError, match="redan återtagen"):
        withdraw(day, row)


def test_what_is_accepted_says_what_to_do_instead(day: Day):
    visit(day, 660, day.alice)
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    proposals.propose(row, day.world.actor("planner"), stop=Iterations(100))
    proposals.accept(day.world.actor("planner"), row)
    with pytest.raises(ValidationError, match="Dra tillbaka planen"):
        withdraw(day, row)
    assert Absence.objects.get().removed_at is None


@pytest.mark.parametrize("why", ["", "   ", "x" * 301])
def test_a_reason_is_asked_for_and_nothing_is_written(day: Day, why):
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    with pytest.raises(ValidationError):
        withdraw(day, row, why=why)
    row.refresh_from_db()
    assert (row.state, Absence.objects.get().removed_at) == ("open", None)


def test_who_may(day: Day):
    row = tell(day, "sick", assignment=assignment(day.world, "alice"))
    url = reverse("resources:happening_withdraw", args=[row.public_id])
    for who in ("alice", "bob", "stranger", "coordinator", "administrator", "self"):
        with pytest.raises(Denied):
            withdraw(day, row, who)
        assert day.world.client(who).post(url, {"reason": "x"}).status_code == 404
    client = day.world.client("planner")
    page = client.get(reverse("resources:happening", args=[row.public_id])).content.decode()
    assert "Det var ett misstag" in page
    client.post(url, {"reason": ""})
    row.refresh_from_db()
    assert row.state == "open"
    client.post(url, {"reason": "Fel person"})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    page = client.get(reverse("resources:happening", args=[row.public_id])).content.decode()
    assert "Fel person" in page
    assert uuid.UUID(str(row.public_id))
