"""What is told reaches those it is for: members who may open it, whoever was named, once each, in bounded questions."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samband.access.models import Party
from samband.core import clock, notices
from samband.core.models import User
from samband.notices.models import Delivery, Notice, Recipient
from samband.people.models import Assignment, Relative
from tests.notices.worlds import MORNING, PLAIN, RECEIPT, a_copy, assignment, copies, nurses, plan_url, tell, wants
from tests.worlds import MARK

pytestmark = pytest.mark.django_db


def readers() -> set[str]:
    return set(
        Delivery.objects.filter(assignment__isnull=False).values_list("assignment__staff__user__username", flat=True)
    )


def test_a_unit_is_everybody_there_who_may_open_it(world):
    tell(world, units=[world.units["centre"].pk, world.units["nursing"].pk, world.units["elsewhere"].pk])
    # The administrator and the reviewer work at the centre and may open no person; the stranger's unit has no relation.
    assert readers() == {"alice", "gp", "coordinator"}
    assert Recipient.objects.count() == 3


def test_P5_a_party_outside_care_hears_only_of_what_it_may_open(world):
    school = world.units["school"]
    tell(world, units=[school.pk])
    assert readers() == set()
    Party.objects.create(person=world.person, unit=school, said="Ja", said_by="Märit", form="spoken")
    tell(world, units=[school.pk])
    assert readers() == {"teacher"}


def test_nobody_hears_of_what_she_did_herself(world):
    tell(world, units=[world.units["nursing"].pk, world.units["centre"].pk], by=world.actor("alice"))
    assert readers() == {"gp", "coordinator"}
    notice = Notice.objects.get()
    assert notice.from_unit == world.units["nursing"]


def test_told_again_with_the_same_key_it_is_the_same_notice(world):
    for _again in range(2):
        tell(world, units=[world.units["nursing"].pk], once="a")
    tell(world, assignments=[assignment(world, "gp").pk], once="a")
    tell(world, units=[world.units["nursing"].pk], once="b")
    assert Notice.objects.count() == 2
    assert readers() == {"alice", "gp"}
    assert len(copies("alice")) == 2


def test_a_reader_told_in_two_ways_has_one_copy(world):
    alice = world.things["alice"]
    tell(world, units=[world.units["nursing"].pk], assignments=[alice.pk])
    assert len(copies("alice")) == 1


def test_persons_and_those_to_whom_she_shares_today(world):
    husband = world.things["husband"]
    silent = Relative.objects.get(user=world.users["silent_son"])
    tell(world, persons=[world.person.pk], relatives=[husband.pk, silent.pk])
    rows = set(Delivery.objects.values_list("person_id", "relative_id"))
    assert rows == {(world.person.pk, None), (None, husband.pk)}


def test_an_assignment_that_has_ended_gets_nothing(world):
    alice = world.things["alice"]
    Assignment.objects.filter(pk=alice.pk).update(
        starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=1)
    )
    tell(world, units=[world.units["nursing"].pk], assignments=[alice.pk])
    assert readers() == set()


def test_a_notice_holds_no_name(world):
    tell(world, units=[world.units["nursing"].pk], persons=[world.person.pk])
    for model in (Notice, Recipient, Delivery):
        for row in model.objects.values():
            assert MARK not in str(row)
            assert "Testsson" not in str(row)


def test_sixty_readers_cost_no_more_questions_than_two(world):
    def questions(key: str) -> int:
        with CaptureQueriesContext(connection) as found:
            tell(world, RECEIPT, units=[world.units["nursing"].pk], once=key)
        return len(found)

    nurses_with_choices(world, 1)
    few = questions("few")
    nurses_with_choices(world, 60)
    many = questions("many")
    assert many <= few
    assert many <= 22
    assert Notice.objects.get(once="many").deliveries.count() == 62


def nurses_with_choices(world, number: int) -> None:
    """Half of them want mail."""
    User.objects.filter(username="nurse0-nursing").update(username="first-nursing")
    for made in nurses(world, number)[::2]:
        wants(made.staff.user)


def test_what_undoes_the_change_undoes_the_notice(world):
    @transaction.atomic
    def change() -> None:
        tell(world, units=[world.units["nursing"].pk])
        raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert not Notice.objects.exists()


def test_the_moments_follow_the_choice_of_the_kinds_group(world, settings):
    settings.MAIL_ON = True
    wants(world.users["alice"], channels={"": {"mail": False}, "test": {"mail": True}})
    wants(world.users["gp"], channels={"": {"mail": True}, "test": {"mail": False}})
    with clock.frozen(MORNING):
        tell(world, units=[world.units["nursing"].pk, world.units["centre"].pk])
    assert copies("alice")[0].mail_at == MORNING + timedelta(hours=5)
    assert copies("gp")[0].mail_at is None


@pytest.mark.parametrize("change", [
    {"confirmed_at": None}, {"email": ""}, {"failing_since": MORNING},
])  # fmt: skip
def test_an_address_that_does_not_work_gets_nothing(world, settings, change):
    settings.MAIL_ON = True
    wants(world.users["alice"], **change)
    tell(world, units=[world.units["nursing"].pk])
    assert copies("alice")[0].mail_at is None


def test_where_it_is_not_set_up_nothing_is_to_leave_the_house(world):
    wants(world.users["alice"], push=True)
    tell(world, RECEIPT, units=[world.units["nursing"].pk])
    copy = copies("alice")[0]
    assert (copy.mail_at, copy.push_at) == (None, None)


def test_whoever_is_on_a_shift_is_not_left_alone_at_night(world, settings, monkeypatch):
    settings.MAIL_ON = True
    wants(world.users["alice"])
    alice = world.things["alice"].pk
    night = MORNING + timedelta(hours=14)
    monkeypatch.setattr(notices, "_on_duty", [lambda asked, moment: {alice} & asked])
    with clock.frozen(night):
        tell(world, RECEIPT, units=[world.units["nursing"].pk])
    assert copies("alice")[0].mail_at == night


def test_an_address_that_leads_nowhere_is_closed(world):
    nobody = reverse("plans:person", args=[uuid.uuid4()])
    for url in ("/nowhere/", "//evil.example/", "https://evil.example/", nobody):
        tell(world, url=url, units=[world.units["nursing"].pk])
    assert readers() == set()


def test_the_kinds_of_the_modules_lead_to_pages_that_exist(world):
    a_copy(world)
    assert plan_url(world) == Notice.objects.get().url
    assert {"contact.case_opened", "plan.proposed", "party.withdrawn"} <= set(notices.kinds)
    assert PLAIN.group == "test"
