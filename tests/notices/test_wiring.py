"""What contact and the plan tell reaches the inbox, by the real use cases."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from samband.contact.models import Absence, RotaShift
from samband.contact.services import cases, swaps
from samband.contact.services.cases import Request
from samband.core import clock, notices
from samband.core.models import AuditEvent
from samband.notices.models import Delivery, Mail, Notice, Recipient, Taken
from samband.notices.services import receipts, thinning
from samband.people.models import Assignment
from samband.plans.services import parties, proposals
from tests.contact import worlds as contact
from tests.notices.worlds import MORNING, RECEIPT, assignment, copies, tell
from tests.worlds import World

pytestmark = pytest.mark.django_db


def kinds(name: str) -> list[str]:
    return [copy.notice.kind for copy in copies(name)]


def opened(world: World, who: str = "husband"):
    contact.every_day(contact.rota(world, "nursing", "advice"), world.things["alice"])
    return cases.open_case(world.actor(who), Request("Fråga", "today"), person=world.person)


def test_a_case_reaches_the_unit_and_its_answer_the_one_who_asked(world):
    case = opened(world)
    assert kinds("alice") == ["contact.case_opened"]
    cases.reply(world.actor("alice"), case, "Vi kommer.")
    cases.reply(world.actor("alice"), case, "Bara för oss", shown=False)
    cases.close(world.actor("alice"), case, "Gick bra")
    own = Delivery.objects.filter(relative=world.things["husband"]).order_by("pk")
    assert [c.notice.kind for c in own] == ["contact.case_answered", "contact.case_closed"]
    assert not Delivery.objects.filter(person__isnull=False).exists()
    client = world.client("husband")
    answer = client.get(reverse("notices:open", args=[own[0].public_id]))
    assert client.get(answer.url).status_code == 200


def test_a_hand_over_reaches_the_one_it_is_handed_to(world):
    case = opened(world)
    cases.hand_over(world.actor("alice"), case, world.units["centre"], assignment(world, "gp"))
    assert kinds("gp") == ["contact.case_handed"]
    assert kinds("coordinator") == []


def test_the_last_step_of_a_case_wants_a_receipt_which_taking_it_gives(world):
    with clock.frozen(MORNING):
        case = opened(world)
        assert case.to_assignment == world.things["alice"]
    for hours in (2, 4, 6):
        with clock.frozen(MORNING + timedelta(hours=hours)):
            cases.escalate_due()
    assert kinds("coordinator")[-1] == "contact.case_escalated"
    row = Recipient.objects.get(notice__kind="contact.case_escalated")
    assert row.waits
    with clock.frozen(MORNING + timedelta(hours=6, minutes=10)):
        cases.take(world.actor("alice"), case)
        row.refresh_from_db()
        assert (row.waits, row.by_assignment) == (False, world.things["alice"])
    with clock.frozen(MORNING + timedelta(hours=9)):
        receipts.escalate_due()
    assert not Taken.objects.filter(recipient=row).exists()


def test_a_swap_reaches_the_two(world):
    contact.things(world)
    notices_before = Notice.objects.count()
    shift, other = world.things["shift"], world.things["other_shift"]
    world.things["swap"].delete()
    Absence.objects.all().delete()
    swap = swaps.ask(world.actor("alice"), shift, other)
    assert kinds("gp")[-1] == "contact.swap_asked"
    swaps.accept(world.actor("gp"), swap)
    assert kinds("alice")[-1] == "contact.swapped"
    assert Notice.objects.count() == notices_before + 2


def test_P3_a_proposal_waits_for_the_unit_and_the_answer_is_its_receipt(world):
    proposal = proposals.propose(world.actor("gp"), world.things["action"], "Två gånger om dagen")
    assert kinds("alice") == ["plan.proposed"]
    assert kinds("gp") == []
    row = Recipient.objects.get()
    assert row.waits
    proposals.answer(world.actor("alice"), proposal, True)
    row.refresh_from_db()
    assert (row.waits, row.by_assignment) == (False, world.things["alice"])
    assert kinds("gp") == ["plan.proposal_answered"]


def test_P6_a_party_that_leaves_is_told_to_those_who_stay(world):
    party = world.person.parties.get(unit=world.units["nursing"])
    parties.withdraw_party(world.actor("self"), party, "Inte de längre")
    assert kinds("gp") == ["party.withdrawn"]
    assert kinds("alice") == ["party.withdrawn"]
    assert Notice.objects.get().receipt


NIGHT = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "on"),
    [(NIGHT, True), (datetime(2026, 11, 26, 5, 59, tzinfo=UTC), True), (datetime(2026, 11, 26, 6, tzinfo=UTC), False),
     (datetime(2026, 11, 25, 20, 59, tzinfo=UTC), False), (datetime(2026, 11, 25, 21, tzinfo=UTC), True)],
)  # fmt: skip
def test_on_duty_by_weekly_pattern_over_midnight(world, moment, on):
    alice = world.things["alice"]
    with clock.frozen(moment):
        contact.every_day(contact.rota(world, "nursing", "visit"), alice, opens=time(22), closes=time(7))
        gp = assignment(world, "gp").pk
        assert notices.on_duty([alice.pk, gp], moment) == ({alice.pk} if on else set())


def test_on_duty_by_a_dated_shift_unless_away(world):
    alice, hour = world.things["alice"], timedelta(hours=1)
    with clock.frozen(NIGHT):
        rota = contact.rota(world, "nursing", "visit")
        RotaShift.objects.create(rota=rota, starts_at=NIGHT - hour, ends_at=NIGHT + hour, assignment=alice)
        assert notices.on_duty([alice.pk], NIGHT) == {alice.pk}
        assert notices.on_duty([alice.pk], NIGHT + hour) == set()
        Absence.objects.create(assignment=alice, starts_at=NIGHT - hour, ends_at=NIGHT + hour)
        assert notices.on_duty([alice.pk], NIGHT) == set()
        assert notices.on_duty([], NIGHT) == set()


def test_old_notices_go_and_a_receipt_that_nobody_gave_stays(world, settings):
    settings.NOTICE_DAYS = 30
    for n, kind in enumerate((RECEIPT, RECEIPT, notices.kinds["test.plain"])):
        with clock.frozen(MORNING):
            tell(world, kind, units=[world.units["nursing"].pk], once=str(n))
    receipts.acknowledge(world.actor("alice"), copies("alice")[0])
    Mail.objects.create(user=world.users["alice"], state="sent", made_at=MORNING)
    with clock.frozen(MORNING + timedelta(days=30)):
        assert thinning.thin() == 0
    with clock.frozen(MORNING + timedelta(days=31)):
        assert thinning.thin() == 2
        assert thinning.thin() == 0
    assert Notice.objects.get().once == "1"
    assert not Mail.objects.exists()


def test_the_board_shows_who_has_not_acknowledged_and_the_phone(world):
    with clock.frozen(MORNING):
        tell(world, RECEIPT, units=[world.units["nursing"].pk])
    client = world.client("coordinator")
    beside = reverse("notices:board_side")
    assert beside in client.get("/board/").content.decode()
    assert "Ingen har kvitterat än" not in client.get(beside).content.decode()
    with clock.frozen(MORNING + timedelta(hours=1)):
        receipts.escalate_due()
    page = client.get(beside).content.decode()
    assert "Ingen har kvitterat än" in page
    assert "0980-319 201" in page
    assert AuditEvent.objects.get(view="notices:board").subjects.get().person_id == world.person.pk
    assert "Ingen har kvitterat än" in client.get(f"{beside}?area={world.person.area.public_id}").content.decode()
    assert "Ingen har kvitterat än" not in world.client("strange_coordinator").get(beside).content.decode()
    for name in ("alice", "gp", "stranger", "teacher", "self", "husband"):
        assert world.client(name).get(beside).status_code == 403, name
    assert Assignment.objects.filter(role="coordinator").count() == 2
