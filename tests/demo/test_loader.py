"""Loading: all there, nothing twice, every plan with a next step, the day as far as it has come."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from samband.core import clock
from samband.demo import loader, logins, source
from samband.people.services.actors import choices
from samband.plans.models import Action, CarePlan, OccurrenceState
from samband.plans.rules import check_rrule
from samband.plans.services.next_step import compute
from samband.plans.services.occurrences import unfold

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Stockholm")
MORNING = datetime(2026, 11, 23, 9, 12, tzinfo=ZONE)


def counts() -> dict[str, int]:
    labels = ("core", "people", "access", "plans")
    return {
        model._meta.label: model.objects.count()
        for label in labels
        for model in apps.get_app_config(label).get_models()
    }


def test_loading_twice_changes_nothing():
    assert loader.load().added == len(source.persons())
    first = counts()
    assert loader.load().added == 0
    assert counts() == first
    assert loader.is_loaded()


@pytest.mark.parametrize(
    "moment",
    [MORNING, datetime(2027, 3, 28, 3, 30, tzinfo=ZONE), datetime(2026, 12, 31, 23, 59, tzinfo=ZONE)],
    ids=["as in the pictures", "the night the clocks go forward", "the last minute of a year"],
)
def test_the_county_is_alive_on_any_day(moment):
    with clock.frozen(moment):
        loader.load()
        for plan in CarePlan.objects.all():
            assert compute(plan) or plan.rests, f"{plan} has no next step"
        for action in Action.objects.all():
            check_rrule(action.rrule, action.starts_on, action.stops_on)


def test_the_main_story_at_nine_in_the_morning():
    with clock.frozen(MORNING):
        loader.load()
        plan = CarePlan.objects.get(person__given_name="Gunvor")
        step = compute(plan)
        assert step.title == "Läkaren kommer hem"
        assert [who.name for who in step.who] == ["Behrouz Karimi", "Ida Wallin"]
        today = unfold(plan.actions.all(), date(2026, 11, 23), date(2026, 11, 23))
        assert len(today) >= 12
        done = [item.action.title for item in today if item.status == OccurrenceState.Status.DONE]
        assert "Frukost och stödstrumpor" in done
        assert "Lunch tillsammans" not in done
        assert plan.situations.filter(ongoing_since__isnull=False).count() == 1


def test_every_log_in_can_act():
    loader.load()
    accounts = logins.users()
    assert [user.username for user in accounts] == [login.username for login in logins.logins()]
    for login, user in zip(logins.logins(), accounts, strict=True):
        found = choices(user)
        assert found, login
        assert login.role in {found[0].role, found[0].kind}
