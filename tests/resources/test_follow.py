"""What changes in a plan is in the visits at once; plans of units that plan no day ask one question."""

import pytest

from samband.plans.models import Action
from samband.plans.services import doing, editing
from samband.resources.models import Visit
from samband.resources.services import horizon
from tests.resources.days import DAY, at

pytestmark = pytest.mark.usefixtures("standing")


def test_a_change_of_the_plan_is_in_the_visits_at_once(days):
    action = days.action()
    horizon.roll()
    assert Visit.objects.filter(day=DAY).get().parts.get().minutes == 20
    actor = days.world.actor("alice")
    editing.change(actor, action, {"minutes": 35}, action.version)
    assert Visit.objects.filter(day=DAY).get().parts.get().minutes == 35


def test_called_off_and_back_again(days):
    action = days.action()
    horizon.roll()
    actor = days.world.actor("alice")
    state = doing.cancel(actor, action, at(9), 0, "Borta")
    assert Visit.objects.get(day=DAY).status == "gone"
    doing.undo(actor, action, at(9), state.version)
    assert Visit.objects.get(day=DAY).status == "planned"


def test_without_a_pool_it_is_one_question(days, django_assert_num_queries):
    days.pool.members.all().delete()
    days.action()
    with django_assert_num_queries(1):
        horizon.follow(days.world.plan)
    assert Action.objects.exists()
    assert not Visit.objects.exists()
