"""From the log in the database to the patterns, the samples and back: what is gathered, bounded, and drawn again (A2, A15)."""

from datetime import date, datetime, time, timedelta

import pytest

from samband.access.models import CareRelation
from samband.core import clock
from samband.core.jobs import duties
from samband.core.models import AuditEvent
from samband.people.models import EarlierNumber, Relative
from samband.review import jobs
from samband.review.models import Check, CheckStep, Practice, Run, Sample
from samband.review.rules.sampling import draw, shares
from samband.review.services import gather, practice, register, runs, samples
from tests.review.logs import make
from tests.review.worlds import closed, entry, held, town_reviewer
from tests.worlds import make_person


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(clock.at(date(2026, 11, 26), time(15))):
        yield


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return clock.at(date(2026, 11, day), time(hour, minute))


def gathered(world, first=1, last=26):
    return gather.gather(
        held(world, "alice").unit.organization_id, date(2026, 11, first), date(2026, 11, last), date(2026, 11, first)
    )


def test_openings_of_one_day_are_one_visit_and_lists_are_none(world):
    alice = held(world, "alice")
    first = entry(alice, "plan.read", world.person, at=at(4, 9, 30))
    entry(alice, "record.list", world.person, at=at(4, 9, 32))
    entry(alice, "plan.read", world.person, at=at(5))
    entry(alice, "person.list", world.person, world.things["other_person"], at=at(4))
    entry(alice, "audit.person", world.person, at=at(4))
    entry(alice, "plan.read", world.person, at=at(4), outcome="deny")
    entry(alice, "action.do", world.person, at=at(6), view="")
    entry(alice, "relation.start", world.person, at=at(6, 8, 5), view="")
    entry(held(world, "gp"), "plan.read", world.person, at=at(4))  # the region's, not the municipality's
    log = gathered(world)
    assert [(v.day.day, v.minutes, v.times, v.event) for v in sorted(log.visits, key=lambda v: v.day)] == [
        (4, (570, 572), 2, first.pk), (5, (720,), 1, log.visits[1].event),
    ]  # fmt: skip
    assert [(r.day.day, r.times) for r in log.refusals] == [(4, 1)]
    assert {(a.unit, a.person, a.day.day) for a in log.acts} == {(alice.unit_id, world.person.pk, 6)}
    assert [(b.day.day, b.minute) for b in log.begun] == [(6, 485)]


def test_a_day_is_a_swedish_day(world):
    entry(held(world, "alice"), "plan.read", world.person, at=at(4, 0, 30))
    assert [(v.day.day, v.minutes) for v in gathered(world, 4, 4).visits] == [(4, (30,))]
    assert gathered(world, 3, 3).visits == ()


def test_questions_do_not_grow_with_the_log(world, django_assert_max_num_queries):
    alice = held(world, "alice")
    for n in range(30):
        entry(alice, "plan.read", make_person("P", f"N{n}", 100 + n, world.area), at=at(2 + n % 20))
    organization = alice.unit.organization_id
    run = runs.begin(organization)
    with django_assert_max_num_queries(
        60
    ):  # sixteen weeks of log, the register in sets, one write for all that was raised
        runs.work(run)
    assert (run.status, run.visits) == ("done", 30)


def test_what_the_register_knows(world):
    alice, bob = held(world, "alice"), held(world, "bob")
    home = make_person("Alice", "Test", 50, world.area, user=alice.staff.user, latitude=59.0, longitude=17.0)
    Relative.objects.create(
        person=world.person, given_name="Bob", family_name="Test", relation="son", user=bob.staff.user
    )
    CareRelation.objects.create(person=home, unit=bob.unit, reason="x", starts_on=date(2026, 1, 1))
    closed(bob.unit)
    for by in (alice, bob):
        entry(by, "plan.read", world.person, home, at=at(4))
        entry(by, "plan.read", world.person, at=at(4))
        entry(by, "plan.read", home, at=at(4))
    known = register.known(alice.unit.organization_id, gathered(world), date(2026, 11, 1))
    assert known.readers[alice.staff_id].own == home.pk
    assert known.readers[bob.staff_id].relative_of == {world.person.pk}
    assert known.persons[home.pk].staff == alice.staff_id
    assert known.persons[world.person.pk].relatives >= {("bob", "test"), ("make", "testsson")}
    assert known.hours[bob.unit_id][0] == (0, 480, 1020)
    assert known.hours[alice.unit_id] is None, "nobody has said when"
    assert known.relations[bob.unit_id, home.pk] == ((date(2026, 1, 1), None),)
    assert known.surnames["test"] == pytest.approx(1000 / 3)


def test_a_run_raises_each_thing_once_and_again_nothing(world):
    alice = held(world, "alice")
    make_person("Alice", "Test", 50, world.area, user=alice.staff.user)
    own = alice.staff.user.person
    entry(alice, "plan.read", own, at=at(20))
    entry(alice, "plan.read", own, at=at(22))
    first = runs.work(runs.begin(alice.unit.organization_id))
    check = Check.objects.get(pattern="own")
    assert (first.new, check.period, check.times, len(check.events)) == (first.found, "2026-11", 2, 2)
    assert [s.kind for s in check.steps.all()] == ["raised"]
    again = runs.work(runs.begin(alice.unit.organization_id))
    assert (again.found, again.new) == (first.found, 0)


def test_the_figures_of_the_organisation_are_used_and_their_change_is_entered(world):
    reviewer = town_reviewer(world)
    alice = held(world, "alice")
    for _n in range(4):
        entry(alice, "refused", at=at(20), outcome="deny", view="v")
    runs.work(runs.begin(alice.unit.organization_id))
    assert not Check.objects.filter(pattern="refusals").exists()
    figures, _size = practice.of(alice.unit.organization_id)
    figures["refusals"]["least"] = 4.0
    practice.change(world.actor("town_reviewer"), figures, 9)
    assert Practice.objects.get().figures == {"refusals": {"least": 4.0}}
    event = AuditEvent.objects.filter(action="audit.practice").get()
    assert event.detail == {"changed": {"refusals.least": [10.0, 4.0]}, "sample": [5, 9]}
    assert event.assignment_id == reviewer.pk
    runs.work(runs.begin(alice.unit.organization_id))
    assert Check.objects.filter(pattern="refusals", times=4).exists()
    with pytest.raises(ValueError, match=r"refusals\.least"):
        practice.change(world.actor("town_reviewer"), {**figures, "refusals": {"least": 1.0}}, 9)


def test_one_run_at_a_time_and_a_killed_one_is_found(world):
    organization = held(world, "alice").unit.organization_id
    run = runs.begin(organization)
    assert runs.begin(organization) is None
    Run.objects.filter(pk=run.pk).update(status="running", beat_at=clock.now() - timedelta(minutes=11))
    assert runs.mark_interrupted() == 1
    assert runs.begin(organization) is not None


def test_a_run_that_breaks_says_so_and_leaves_nothing(world, monkeypatch):
    monkeypatch.setattr(runs, "find", lambda *_args: [][0])
    run = runs.begin(held(world, "alice").unit.organization_id)
    with pytest.raises(IndexError):
        runs.work(run)
    run.refresh_from_db()
    assert run.status == "failed"
    assert not Check.objects.exists()


def test_every_month_has_its_sample_once_and_it_can_be_drawn_again(world):
    alice, bob = held(world, "alice"), held(world, "bob")
    october = clock.at(date(2026, 10, 8), time(9))
    for n in range(12):
        person = make_person("P", f"N{n}", 100 + n, world.area)
        entry(alice, "plan.read", person, at=october + timedelta(days=n))
        entry(bob, "plan.read", person, at=october + timedelta(days=n)) if n < 3 else None
    made = samples.draw_month(alice.unit.organization_id, "2026-10")
    assert [(s.unit_id, s.population, s.checks.count()) for s in made] == [(alice.unit_id, 12, 5), (bob.unit_id, 3, 3)]
    assert samples.draw_month(alice.unit.organization_id, "2026-10") == []
    entry(alice, "plan.read", world.person, at=at(3))  # another month changes nothing
    drawn = {(c.staff_id, c.person_id, c.day) for c in made[0].checks.all()}
    assert {(v.staff, v.person, v.day) for v in samples.again(made[0])} == drawn
    made[0].seed = "another"
    others = {frozenset((v.staff, v.person, v.day) for v in samples.again(_with(made[0], f"{n}"))) for n in range(6)}
    assert len(others) > 1, "the seed decides"
    assert CheckStep.objects.filter(about__source="sample").count() == 8


def _with(sample: Sample, seed: str) -> Sample:
    sample.seed = seed
    return sample


@pytest.mark.parametrize("seed", range(25))
def test_a_sample_is_shared_out_over_the_roles(seed):
    log, _known = make(seed)
    for size in (1, 2, 3, 5, 12):
        drawn = draw(log.visits, size, "x")
        assert len(drawn) == min(size, len(log.visits))
        assert len(set(drawn)) == len(drawn)
        assert drawn == draw(list(reversed(log.visits)), size, "x")
        roles = {v.role for v in log.visits}
        if size >= len(roles) and len(drawn) >= len(roles):
            assert {v.role for v in drawn} == roles


def test_shares_follow_size():
    assert shares({"nurse": 90, "physician": 9, "social": 1}, 10) == {"nurse": 8, "physician": 1, "social": 1}
    assert shares({"nurse": 2, "physician": 1}, 10) == {"nurse": 2, "physician": 1}
    assert shares({"a": 3, "b": 9, "c": 3}, 2) == {"a": 1, "b": 1, "c": 0}


def test_the_clock_runs_where_there_is_a_reviewer(world):
    assert jobs.organizations() == [held(world, "reviewer").unit.organization_id]
    jobs.nightly()
    jobs.nightly()
    run = Run.objects.get()
    assert (run.organization_id, run.until) == (held(world, "reviewer").unit.organization_id, date(2026, 11, 25))
    assert {"review.patterns", "review.samples", "review.interrupted"} <= set(duties)


def test_an_earlier_number_is_hers_too(world):
    EarlierNumber.objects.create(
        person=world.person, identity_kind="reserve", identity_number="19470312K777", cause="new", why="x", by_name="x"
    )
    entry(held(world, "gp"), "plan.read", world.person)
    client = world.client("reviewer")
    answer = client.post("/review/log/", {"since": "2026-10-01", "until": "2026-11-26", "number": "19470312K777"})
    assert answer.status_code == 302
    assert str(world.person.public_id) in answer.url
