"""The days of many pools: one task for processes and for Dask, nothing of a person sent away, one that fails stops no other."""

import pickle
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from samband.resources.models import DayPlan, Pool
from samband.resources.services import county
from samband.resources.services.horizon import sync
from samband.resources.services.problem import build
from samband.resources.services.search import Found, Task, search
from tests.resources.days import DAY

pytestmark = pytest.mark.usefixtures("standing")


@pytest.fixture
def here(monkeypatch):
    """Searches in this process, as the test's database is."""

    @contextmanager
    def crew(_processes):
        def submit(task: Task) -> Future[Found]:
            future: Future[Found] = Future()
            try:
                future.set_result(search(pickle.loads(pickle.dumps(task))))
            except Exception as error:
                future.set_exception(error)
            return future

        yield submit

    monkeypatch.setattr(county, "crew", crew)


@pytest.fixture
def planned(days):
    days.action(days.person(latitude=59.951234, longitude=16.871234, protection="sekretessmarkering"))
    days.worker("Nova", "nursing", "nurse")
    return days


def test_every_pool_gets_a_draft(planned, here):
    Pool.objects.create(name="Tom pool")
    done = {row.pool.name: row for row in county.plan_pools(Pool.objects.all(), DAY, 0.2)}
    assert done["Poolen"].figures["placed"] == 1
    assert done["Tom pool"].figures["visits"] == 0
    assert DayPlan.objects.filter(status="draft").count() == 2


def test_what_is_sent_away_names_nobody_and_no_place(planned):
    sync(planned.pool, DAY, DAY)
    built = build(planned.pool, DAY)
    sent = pickle.dumps(Task(built.problem, None, 1.0))
    for told in ("59.951234", "16.871234", "Nova", "Person", "Besök", "19470312"):
        assert told.encode() not in sent
    assert built.problem.points[built.problem.visits[0].place] is None  # and it is on no map


def test_one_that_dies_stops_no_other(planned, monkeypatch, here):
    Pool.objects.create(name="A")
    built = county.build

    def broken(pool, day, plan):
        found = built(pool, day, plan)
        if pool.name == "Poolen":
            found.problem.travel.clear()
        return found

    monkeypatch.setattr(county, "build", broken)
    done = {row.pool.name: row for row in county.plan_pools(Pool.objects.order_by("name"), DAY, 0.2)}
    assert (bool(done["Poolen"].error), done["A"].error) == (True, "")
    assert done["Poolen"].plan.placements.count() == 0


def test_without_dask_it_is_said_how_to_get_it(planned, settings, monkeypatch):
    settings.DASK = "tcp://127.0.0.1:1"
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(CommandError, match=r"requirements/dask\.txt"):
        call_command("plan_day", pool="Poolen", day=DAY, seconds=0.2)


def test_the_command_plans_and_says_so(planned, here, capsys):
    call_command("plan_day", pool="Poolen", day=DAY, seconds=0.2)
    assert "1 of 1 visits placed" in capsys.readouterr().out
    assert DayPlan.objects.get().status == "draft"


@pytest.mark.parametrize(("pool", "seconds"), [("Ingen sådan", 1.0), ("Poolen", 0), ("Poolen", -3)])
def test_bad_input_is_told(planned, pool, seconds):
    with pytest.raises(CommandError):
        call_command("plan_day", pool=pool, day=date(2026, 11, 24), seconds=seconds)
    assert not DayPlan.objects.exists()


def test_published_if_asked_and_refused_if_another_was_meanwhile(planned, here, capsys):
    call_command("plan_day", pool="Poolen", day=DAY, seconds=0.2, publish=True)
    assert DayPlan.objects.get().status == "published"
    call_command("plan_day", pool="Poolen", day=DAY, seconds=0.2, publish=True)
    assert sorted(DayPlan.objects.values_list("status", flat=True)) == ["published", "rested"]
