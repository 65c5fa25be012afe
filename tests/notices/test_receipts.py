"""Receipts: given once, seen by the sender's side, carried further by the clock when nobody gives them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samband.access.models import CareRelation
from samband.board.services.scope import Scope
from samband.core import clock, jobs, notices
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.notices.models import Recipient, Taken
from samband.notices.services import receipts
from tests.notices.worlds import HOUR, MORNING, PLAIN, RECEIPT, SLOW, assignment, copies, nurses, tell

pytestmark = pytest.mark.django_db


def late(world, hours: float) -> None:
    with clock.frozen(MORNING + timedelta(hours=hours)):
        receipts.escalate_due()


def told(world, **more):
    with clock.frozen(MORNING):
        tell(world, more.pop("kind", RECEIPT), **more)
    return Recipient.objects.latest("pk")


def test_one_acknowledges_for_the_unit_and_the_second_hears_who(world):
    nurses(world, 1)
    row = told(world, units=[world.units["nursing"].pk])
    receipts.acknowledge(world.actor("alice"), copies("alice")[0])
    row.refresh_from_db()
    assert (row.waits, row.by_assignment) == (False, world.things["alice"])
    first = row.acknowledged_at
    again = receipts.acknowledge(_actor("nurse0-nursing"), copies("nurse0-nursing")[0])
    assert (again.acknowledged_at, again.by_assignment) == (first, world.things["alice"])
    assert AuditEvent.objects.filter(action="notice.acknowledge").count() == 1
    late(world, 5)
    assert not Taken.objects.exists()


def _actor(username: str):
    from samband.core.models import User
    from samband.people.services.actors import choices

    return choices(User.objects.get(username=username))[0]


def test_somebody_elses_copy_is_not_acknowledged(world):
    told(world, units=[world.units["nursing"].pk])
    with pytest.raises(Denied):
        receipts.acknowledge(world.actor("gp"), copies("alice")[0])
    assert Recipient.objects.get().waits


def test_what_may_no_longer_be_opened_is_not_acknowledged(world):
    told(world, units=[world.units["nursing"].pk])
    CareRelation.objects.all().update(
        ends_on=clock.today() - timedelta(days=1), starts_on=clock.today() - timedelta(days=9)
    )
    with pytest.raises(receipts.Refused):
        receipts.acknowledge(world.actor("alice"), copies("alice")[0])
    assert Recipient.objects.get().waits


def test_what_wants_no_receipt_gets_none(world):
    told(world, kind=PLAIN, units=[world.units["nursing"].pk])
    with pytest.raises(receipts.Refused):
        receipts.acknowledge(world.actor("alice"), copies("alice")[0])


def test_the_clock_goes_from_the_named_to_the_others_the_coordinators_and_the_board(world):
    nurses(world, 1)
    row = told(world, assignments=[world.things["alice"].pk])
    late(world, 0.9)
    assert not Taken.objects.exists()
    late(world, 1)
    assert [s.step for s in Taken.objects.all()] == ["others"]
    assert len(copies("nurse0-nursing")) == 1
    late(world, 1.5)
    assert Taken.objects.count() == 1
    late(world, 2)
    assert len(copies("coordinator")) == 1
    late(world, 3)
    late(world, 99)
    steps = list(Taken.objects.values_list("step", "told"))
    assert steps == [("others", 1), ("coordinators", 1), ("board", 0)]
    row.refresh_from_db()
    assert (row.level, row.due_at, row.waits) == (3, None, True)
    assert AuditEvent.objects.filter(action="notice.escalate").count() == 3


def test_a_step_with_nobody_there_costs_no_time(world):
    told(world, assignments=[world.things["alice"].pk])
    late(world, 1)
    assert list(Taken.objects.values_list("step", "told")) == [("others", 0), ("coordinators", 1)]


def test_the_clock_may_run_twice_and_stops_when_somebody_acknowledges(world):
    told(world, assignments=[world.things["alice"].pk])
    late(world, 1)
    late(world, 1)
    assert Taken.objects.count() == 2
    receipts.acknowledge(world.actor("coordinator"), copies("coordinator")[0])
    late(world, 9)
    assert Taken.objects.count() == 2


def test_a_receipt_without_a_wait_is_never_carried(world):
    notices.kinds["test.open"] = notices.NoticeKind("test.open", "Öppen", receipt=True)
    try:
        told(world, kind=notices.kinds["test.open"], units=[world.units["nursing"].pk])
    finally:
        del notices.kinds["test.open"]
    late(world, 9999)
    assert not Taken.objects.exists()


def test_for_a_person_the_senders_side_hears_of_it(world):
    told(world, persons=[world.person.pk], by=world.actor("alice"))
    late(world, 1)
    assert [s.step for s in Taken.objects.all()] == ["sender"]
    assert len(copies("alice")) == 1


def test_the_worker_does_it_not_somebody_who_opens_a_page(world):
    told(world, units=[world.units["nursing"].pk])
    with clock.frozen(MORNING + 2 * HOUR):
        for who, name in (("alice", "inbox"), ("coordinator", "inbox"), ("alice", "sent")):
            assert world.client(who).get(reverse(f"notices:{name}")).status_code == 200
        assert not Taken.objects.exists()
        jobs.beat()
        assert Taken.objects.exists()


def test_doing_what_it_asked_for_is_the_receipt(world):
    told(world, units=[world.units["nursing"].pk, world.units["centre"].pk], thing=world.plan)
    notices.dealt_with(world.plan, world.actor("gp"))
    rows = Recipient.objects.all()
    assert {(row.waits, row.by_assignment_id) for row in rows} == {(False, assignment(world, "gp").pk)}


def test_the_board_asks_for_what_is_late_within_its_scope(world):
    told(world, units=[world.units["nursing"].pk], kind=RECEIPT)
    told(world, units=[world.units["nursing"].pk], kind=SLOW)
    late(world, 1)
    mine = Scope(world.actor("coordinator"))
    (row,) = receipts.unacknowledged(mine)
    assert (row.level, row.unit.phone) == (1, "0980-319 201")
    assert not receipts.unacknowledged(Scope(world.actor("strange_coordinator"))).exists()
    other = Scope(world.actor("coordinator"), area_ids=(0,))
    assert not receipts.unacknowledged(other).exists()
    receipts.acknowledge(world.actor("alice"), copies("alice")[0])
    assert not receipts.unacknowledged(mine).exists()


def test_the_senders_side_sees_who_acknowledged_and_when(world):
    told(world, units=[world.units["centre"].pk], by=world.actor("alice"))
    page = world.client("alice").get(reverse("notices:sent")).content.decode()
    assert "Väntar på kvittens" in page
    assert "Vårdcentralen" in page
    receipts.acknowledge(world.actor("gp"), copies("gp")[0])
    assert "Gp Test" in world.client("alice").get(reverse("notices:sent") + "?show=all").content.decode()
    assert "Gp Test" not in world.client("stranger").get(reverse("notices:sent") + "?show=all").content.decode()
    assert world.client("self").get(reverse("notices:sent")).status_code == 403
