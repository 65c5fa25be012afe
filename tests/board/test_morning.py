"""The morning on one sheet: what came, what is due and by whom, the night, the watched; bounded, scoped, audited."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from samband.board.models import Snapshot
from samband.board.services import morning, snapshots, watching
from samband.board.services.scope import Scope
from samband.contact.models import Case
from samband.core import clock
from samband.core.models import AuditEvent
from samband.people.models import ContactRole
from samband.people.services.actors import choices
from tests.board import worlds
from tests.board.oracle import Oracle
from tests.board.test_board_page import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db):
    with clock.frozen(worlds.MONDAY):
        yield worlds.build(seed=4, persons=120, trouble=0.6)


def sheet(place):
    actor = choices(place.user)[0]
    return morning.sheet(actor, Scope(actor), None)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((2026, 11, 23, 8), (2026, 11, 20, 16)),
        ((2026, 11, 24, 8), (2026, 11, 23, 16)),
        ((2026, 11, 22, 8), (2026, 11, 20, 16)),
    ],
)
def test_since_is_four_on_the_latest_weekday(now, then):
    zone = timezone.get_default_timezone()
    with clock.frozen(datetime(*now, tzinfo=zone)):
        assert morning.went_home() == datetime(*then, tzinfo=zone)


def a_case(place, **more) -> Case:
    person = Scope(choices(place.user)[0]).persons().first()
    values = {
        "subject": "Yr i natt",
        "urgency": "week",
        "sender_kind": "staff",
        "unit": place.units[0],
        "person": person,
    }
    return Case.objects.create(**values | more)


def test_a_case_of_the_night_and_its_promise(place):
    a_case(
        place,
        opened_at=worlds.MONDAY - timedelta(hours=9),
        promised_at=worlds.MONDAY + timedelta(hours=2),
        owner=place.coordinator,
    )
    a_case(place, subject="Gammalt", opened_at=worlds.MONDAY - timedelta(days=9))
    found = sheet(place)
    assert [line["case"].subject for line in found.came.lines] == ["Yr i natt"]
    due = morning.due(choices(place.user)[0], Scope(choices(place.user)[0]))
    promised = next(line for line in due if line.what == "Yr i natt")
    assert (promised.when, promised.who) == ("10.12", "Ida Sammanhåll")


def test_a_promise_for_today_is_beside_the_board_among_many_worse(place):
    """Answered in the night by its owner, promised for today: neither late nor nobody's, and not pushed out by what is."""
    for n in range(45):
        a_case(
            place, subject=f"Bråttom {n}", urgency="now", urgency_rank=0, opened_at=worlds.MONDAY - timedelta(hours=n)
        )
    a_case(
        place,
        opened_at=worlds.MONDAY - timedelta(hours=9),
        promised_at=worlds.MONDAY + timedelta(hours=2),
        owner=place.coordinator,
    )
    body = enter(place.user).get("/board/tonight/", follow=True)
    if body.status_code == 404:
        from django.urls import reverse

        body = enter(place.user).get(reverse("contact:tonight"))
    assert "Yr i natt" in body.content.decode()
    assert body.content.decode().count("Bråttom") == 5


def test_what_must_be_solved_is_in_order_and_holds_all_that_nobody_has(place):
    actor = choices(place.user)[0]
    lines = morning.due(actor, Scope(actor))
    assert [line.order for line in lines] == sorted(line.order for line in lines)
    waiting = {person for person, _starts in Oracle(actor.unit_ids).unassigned()[:12]}
    assert waiting <= {line.person for line in lines}


def test_what_is_new_is_who_was_not_counted_then(place):
    snapshots.take()
    Snapshot.objects.update(day=clock.today() - timedelta(days=3))
    actor = choices(place.user)[0]
    day, new = morning.appeared(Scope(actor), morning.went_home().date())
    assert day == clock.today() - timedelta(days=3)
    assert new == []
    before = Oracle(actor.unit_ids).no_contact()
    ContactRole.objects.all().delete()
    after = Oracle(actor.unit_ids).no_contact()
    _day, new = morning.appeared(Scope(actor), morning.went_home().date())
    assert {n.kind.slug: n.number for n in new} == {"no-contact": len(after - before)}


def test_without_a_counting_nothing_is_called_new(place):
    assert sheet(place).compared is None
    assert "räknades inte" in enter(place.user).get("/board/morning/").content.decode()


def test_a_bounded_number_of_questions_and_one_entry(place, django_assert_max_num_queries):
    snapshots.take()
    Snapshot.objects.update(day=clock.today() - timedelta(days=1))
    client = enter(place.user)
    watching.watch(choices(place.user)[0], [p.pk for p in place.persons])
    client.get("/board/morning/")
    entries = AuditEvent.objects.filter(view="board:morning")
    assert entries.get().subjects.count() > 3
    with django_assert_max_num_queries(75):
        client.get("/board/morning/")
    assert entries.count() == 1


def test_nobody_else_opens_it(world):
    for name in ("alice", "gp", "stranger", "self", "administrator"):
        for path in ("/board/morning/", "/board/watched/", "/board/views/"):
            assert world.client(name).get(path).status_code == 403, (name, path)
    assert "Zxqvwkj" not in world.client("strange_coordinator").get("/board/morning/").content.decode()
