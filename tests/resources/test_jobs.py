"""Searches as jobs: they write what they find, stop with the best, tell how it goes, and lose nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from samband.core import clock
from samband.resources.models import DayPlan, PlanJob
from samband.resources.services import jobs
from samband.resources.services.drafts import new_draft
from samband.resources.services.horizon import sync
from tests.resources.days import DAY

pytestmark = pytest.mark.usefixtures("standing")


@pytest.fixture
def draft(days) -> DayPlan:
    for n in range(4):
        days.action(days.person(latitude=59.9 + n / 100, longitude=16.8))
    days.worker("Nova", "nursing", "nurse")
    sync(days.pool, DAY, DAY)
    return new_draft(days.pool, DAY, None)


def test_a_job_plans_the_draft_and_tells_how_it_went(draft):
    job = jobs.run(jobs.ask(draft, 1, 1, None))
    draft.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    assert draft.placements.count() == 4
    assert draft.figures["unplaced"] == job.progress["unplaced"] == 0
    assert {"cost", "tardiness", "left", "elapsed"} <= set(job.progress)
    assert job.progress["cost"] == draft.figures["cost"]


def test_a_job_is_done_once(draft):
    job = jobs.run(jobs.ask(draft, 1, 1, None))
    version = DayPlan.objects.get(pk=draft.pk).version
    jobs.run(job)
    assert DayPlan.objects.get(pk=draft.pk).version == version


def test_stopped_it_keeps_the_best(draft, monkeypatch):
    job = jobs.ask(draft, 60, 1, None)
    told = jobs.Follow.tell

    def stop_at_once(self, *args):
        PlanJob.objects.filter(pk=job.pk).update(stop_asked=True)
        told(self, *args)

    monkeypatch.setattr(jobs.Follow, "tell", stop_at_once)
    assert jobs.run(job).state == "stopped"
    assert draft.placements.count() == 4


def test_stopped_before_it_began_it_is_over(draft):
    job = jobs.ask(draft, 5, 1, None)
    jobs.stop(job)
    assert (job.state, jobs.run(job).state, draft.placements.count()) == ("stopped", "stopped", 0)


def test_one_search_at_a_time_in_a_draft(draft):
    jobs.ask(draft, 5, 1, None)
    with pytest.raises(ValidationError):
        jobs.ask(draft, 5, 1, None)


@pytest.mark.parametrize("seconds", [0, -1, 100_000])
def test_seconds_that_are_none(draft, seconds):
    with pytest.raises(ValidationError):
        jobs.ask(draft, seconds, 1, None)


def test_only_drafts_are_searched(draft):
    DayPlan.objects.filter(pk=draft.pk).update(status="published")
    with pytest.raises(ValidationError):
        jobs.ask(draft, 5, 1, None)


def test_what_was_changed_meanwhile_is_not_written_over(draft, monkeypatch):
    job = jobs.ask(draft, 1, 1, None)
    found = jobs.search

    def changed(*args):
        DayPlan.objects.filter(pk=draft.pk).update(version=99)
        return found(*args)

    monkeypatch.setattr(jobs, "search", changed)
    done = jobs.run(job)
    assert (done.state, draft.placements.count()) == ("failed", 0)
    assert "ändrades" in done.error


def test_an_error_is_told_and_nothing_is_half_written(draft, monkeypatch):
    jobs.run(jobs.ask(draft, 1, 1, None))
    before = list(draft.placements.values_list("part_id", "starts_at"))

    def broken(*_args, **_more):
        raise RuntimeError("disk")

    monkeypatch.setattr("samband.resources.services.writing.figures", broken)
    done = jobs.run(jobs.ask(draft, 1, 2, None))
    assert (done.state, list(draft.placements.values_list("part_id", "starts_at"))) == ("failed", before)


def test_a_killed_job_is_found_and_said_so(draft):
    job = jobs.ask(draft, 5, 1, None)
    PlanJob.objects.filter(pk=job.pk).update(state="running", beat_at=clock.now() - timedelta(seconds=30))
    assert jobs.look_after() == 0
    PlanJob.objects.filter(pk=job.pk).update(beat_at=clock.now() - timedelta(minutes=5))
    assert jobs.look_after() == 1
    job.refresh_from_db()
    assert (job.state, bool(job.error), bool(job.finished_at)) == ("failed", True, True)
    jobs.ask(draft, 5, 1, None)  # and the draft can be searched again


def test_nobody_works_that_day(days):
    days.action()
    sync(days.pool, DAY, DAY)
    draft = new_draft(days.pool, DAY, None)
    assert jobs.run(jobs.ask(draft, 1, 1, None)).state == "done"
    assert draft.unplaced.get().reasons[0]["rule"] == "staff"


def test_nothing_to_do_that_day(days):
    days.worker("Nova", "nursing", "nurse")
    draft = new_draft(days.pool, DAY, None)
    assert jobs.run(jobs.ask(draft, 1, 1, None)).state == "done"
    assert draft.placements.count() == draft.unplaced.count() == 0
