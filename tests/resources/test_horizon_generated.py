"""Generated plans against a plain oracle: said twice it changes nothing; what is begun is never touched; nothing is lost or doubled.

The oracle is a count, straight from the plan: every occurrence at home of the day stands in exactly one visit that is not gone, and
the minutes of the visits are those of the occurrences.
"""

from collections import Counter
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from samband.core import clock
from samband.plans.models import Action, OccurrenceState
from samband.plans.services.occurrences import unfold
from samband.resources.models import ActionTerms, Visit, VisitItem
from samband.resources.services.horizon import sync
from tests.resources.days import DAY, NOW, at, make_days
from tests.worlds import make_world

LAST = DAY + timedelta(days=2)
UNITS = ("nursing", "help", "centre")

actions = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(UNITS),
        "competence": st.sampled_from(["none", "assistant", "delegated", "nurse"]),
        "minutes": st.sampled_from([5, 15, 30]),
        "time_from": st.sampled_from([None, time(2), time(7, 30), time(8), time(8, 10), time(9), time(22, 30)]),
        "length": st.sampled_from([0, 30, 60]),
        "rrule": st.sampled_from(["FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "", "FREQ=DAILY;BYHOUR=8,12,20"]),
        "after": st.booleans(),
        "staff": st.sampled_from([1, 1, 1, 2]),
    }
)
happenings = st.lists(
    st.tuples(
        st.sampled_from(["begin", "finish", "time", "minutes", "stop", "cancel", "move", "done", "undo", "add"]),
        st.integers(0, 9),
    ),
    max_size=6,
)


def add(days, spec) -> Action:
    spec = dict(spec)
    length, after, staff = spec.pop("length"), spec.pop("after"), spec.pop("staff")
    start = spec["time_from"]
    spec["time_to"] = (clock.at(DAY, start) + timedelta(minutes=length)).time() if start and length else None
    if not spec["rrule"]:
        spec["starts_on"] = DAY
    action = days.action(after=Action.objects.last() if after else None, **spec)
    if staff > 1:
        ActionTerms.objects.create(action=action, staff=staff)
    return action


def happen(days, what: str, which: int) -> None:
    rows = list(Action.objects.order_by("pk"))
    action = rows[which % len(rows)]
    visits = list(Visit.objects.exclude(status="gone").order_by("pk"))
    visit = visits[which % len(visits)] if visits else None
    original = next((o.original for o in unfold([action], DAY, LAST)), None)
    if what in ("begin", "finish") and visit is not None:
        more = {"ended_at": at(10)} if what == "finish" else {}
        Visit.objects.filter(pk=visit.pk).update(status="done" if more else "started", started_at=at(9), **more)
    elif what == "time" and action.time_from:
        Action.objects.filter(pk=action.pk).update(time_from=time(9 + which), time_to=time(10 + which))
    elif what == "minutes":
        Action.objects.filter(pk=action.pk).update(minutes=10 + which)
    elif what == "stop":
        Action.objects.filter(pk=action.pk).update(status="stopped", stops_on=None)
    elif what == "undo":
        OccurrenceState.objects.all().delete()
    elif what == "add":
        days.action(minutes=which + 1, time_from=time(8, which), time_to=time(9))
    elif original is not None:
        values = {"cancel": {"status": "cancelled"}, "done": {"status": "done"}}.get(
            what, {"moved_to": at(15, day=DAY + timedelta(days=which % 3))}
        )
        OccurrenceState.objects.update_or_create(action=action, original=original, defaults=values)


def picture() -> dict:
    fields = ("key", "day", "window_from", "window_to", "sync", "status", "version", "unit_id", "gaps", "strict")
    return {
        v.pk: (
            [getattr(v, f) for f in fields],
            sorted((i.action_id, i.original) for i in v.items.all()),
            [(p.pk, p.number, p.unit_id, p.competence, p.minutes) for p in v.parts.all()],
        )
        for v in Visit.objects.prefetch_related("items", "parts")
    }


def expected(statuses=("planned", "unassigned")) -> Counter:
    """(action, day of the pool) of what is still to be done, or marked done in the plan, at home."""
    found: Counter = Counter()
    rows = Action.objects.select_related("unit", "plan").prefetch_related("participants")
    for o in unfold(rows, DAY, LAST + timedelta(days=1)):
        local = clock.local(o.starts)
        day = o.day if o.all_day else local.date() - timedelta(days=local.hour < 6)
        if o.status in statuses and DAY <= day <= LAST:
            found[o.action.pk] += 1
    return found


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(actions, min_size=1, max_size=5), happenings)
def test_visits_are_what_the_plans_say(made, happened):
    from django.db import transaction

    with clock.frozen(NOW), transaction.atomic():
        days = make_days(make_world())
        for spec in made:
            add(days, spec)
        sync(days.pool, DAY, LAST)
        for what, which in happened:
            happen(days, what, which)
            begun = {k: v for k, v in picture().items() if v[0][5] in ("started", "done", "not_done")}
            followed = set(Visit.objects.filter(started_at=None, ended_at=None).values_list("pk", flat=True))
            sync(days.pool, DAY, LAST)
            after = picture()
            for pk, was in begun.items():
                assert pk in followed or after[pk] == was
            again = sync(days.pool, DAY, LAST)
            assert (again.created, again.changed, again.gone) == (0, 0, 0)
            assert picture() == after
        check(expected(), expected(("done", "not_done")))
        transaction.set_rollback(True)


def check(wanted: Counter, marked: Counter) -> None:
    """Nothing lost: each occurrence to do is in a visit, unless a visit begun that day stands for it. Nothing doubled."""
    held = Counter(
        VisitItem.objects.filter(visit__status="planned", visit__day__range=(DAY, LAST)).values_list(
            "action_id", flat=True
        )
    )
    begun = Counter(
        VisitItem.objects.filter(visit__status__in=("started", "done", "not_done")).values_list("action_id", flat=True)
    )
    for action, count in wanted.items():
        # What is marked done in the plan stands in its visit for as long as something else of it is to be done.
        assert held[action] <= count + begun[action] + marked[action]
        assert held[action] >= count - begun[action], (action, count, held[action], begun[action])
    for visit in Visit.objects.filter(status="planned").prefetch_related("parts", "items__action"):
        assert date.min < visit.day
        assert 1 <= visit.parts.count() <= 3
        assert visit.window_from <= visit.window_to
        assert visit.items.count() > 0
