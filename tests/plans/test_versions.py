"""The history holds the whole plan: for any run of edits, the plan walked back to each version is the plan as it was then."""

from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samband.core import clock
from samband.core.policy import Denied
from samband.plans.models import Action, FollowUp, Goal, PlanEvent, Proposal, Revision, Situation
from samband.plans.services import corrections, editing, lifecycle, parties, proposals, restore, versions
from samband.plans.services.summary import open_plan

pytestmark = pytest.mark.django_db
NOW = clock.at(date(2026, 11, 23), time(9, 12))
DAY = NOW.date()


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


TEXT = st.sampled_from(["", "Gå ut", "Promenad med Sune.", "Väg dig. Ring om det är mer än två kilo.", "åäö 😀"])
FULL = TEXT.filter(bool)
RULES = st.sampled_from(["", "FREQ=DAILY", "FREQ=DAILY;BYHOUR=8,20", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY"])
PICK = st.integers(0, 50)


@st.composite
def deeds(draw):
    """One deed: its name and all that any deed may need."""
    return {
        "do": draw(st.sampled_from(sorted(DEEDS))), "who": draw(st.sampled_from(["alice", "gp"])), "text": draw(FULL),
        "other": draw(TEXT), "rule": draw(RULES), "time": draw(st.sampled_from([None, time(8), time(20, 30)])), "pick": draw(PICK),
        "back": draw(PICK), "flag": draw(st.booleans()),
    }  # fmt: skip


def _one(rows, d):
    found = list(rows.order_by("pk"))
    return found[d["pick"] % len(found)] if found else None


def _edit(actor, part, changes):
    if part is not None:
        editing.change(actor, part, changes, part.version, "därför")


def add_goal(w, plan, actor, d):
    editing.add(actor, Goal(plan=plan, words=d["text"], know_how=d["other"]))


def change_goal(w, plan, actor, d):
    status = ("active", "reached", "dropped")[d["back"] % 3]
    _edit(actor, _one(plan.goals, d), {"words": d["text"], "know_how": d["other"], "status": status})


def add_action(w, plan, actor, d):
    unit = w.units["nursing" if d["who"] == "alice" else "centre"]
    editing.add(
        actor, Action(plan=plan, title=d["text"][:120], unit=unit, rrule=d["rule"], starts_on=DAY, time_from=d["time"])
    )


def change_action(w, plan, actor, d):
    changes = {"title": d["text"][:120], "detail": d["other"], "rrule": d["rule"], "time_from": d["time"], "milestone": d["flag"],
               "goal": _one(plan.goals, d), "minutes": d["back"] or None}  # fmt: skip
    _edit(actor, _one(plan.actions, d), changes)


def add_situation(w, plan, actor, d):
    editing.add(
        actor, Situation(plan=plan, trigger=d["text"][:200], steps_person=d["text"], call_unit=w.units["nursing"])
    )


def change_situation(w, plan, actor, d):
    changes = {"steps_staff": d["other"], "emergency": d["flag"], "then_unit": w.units["centre"] if d["flag"] else None}
    _edit(actor, _one(plan.situations, d), changes)


def goes_on(w, plan, actor, d):
    part = _one(plan.situations, d)
    if part:
        editing.situation_goes_on(actor, part, d["flag"], part.version)


def add_follow_up(w, plan, actor, d):
    editing.add(actor, FollowUp(plan=plan, due_on=DAY + timedelta(days=d["back"])))


def follow_up(w, plan, actor, d):
    part = _one(plan.follow_ups.filter(done_at__isnull=True), d)
    if part:
        editing.follow_up_done(actor, part, part.version, d["text"], DAY + timedelta(days=3) if d["flag"] else None)


def add_event(w, plan, actor, d):
    editing.add(actor, PlanEvent(plan=plan, at=clock.now(), title=d["text"][:120]))


def words(w, plan, actor, d):
    editing.write_words(actor, plan, d["other"], plan.version, "Alice skrev ner")


def story(w, plan, actor, d):
    _edit(actor, plan, {"situation": d["text"], "needs": d["other"]})


def propose(w, plan, actor, d):
    part = _one(plan.actions, d)
    if part:
        proposals.propose(actor, part, d["text"], {"time_from": d["time"]})


def answer(w, plan, actor, d):
    found = Proposal.objects.filter(action__plan=plan, status="open").first()
    if found:
        proposals.answer(actor, found, d["flag"])


def party(w, plan, actor, d):
    parties.add_party(actor, w.person, w.units["help"], "Ja", "Hon", "spoken")


def withdraw(w, plan, actor, d):
    found = w.person.parties.filter(unit=w.units["help"], withdrawn_at__isnull=True).first()
    if found:
        parties.withdraw_party(actor, found, "Nej")


def pause(w, plan, actor, d):
    lifecycle.pause(actor, plan, d["text"], DAY + timedelta(days=1 + d["back"]), d["flag"])


def resume(w, plan, actor, d):
    lifecycle.resume(actor, plan, d["text"])


def close(w, plan, actor, d):
    lifecycle.close(actor, plan, d["text"], {str(a.public_id): "done" for a in plan.actions.all() if d["flag"]})
    lifecycle.reopen(actor, plan, d["text"])


def strike(w, plan, actor, d):
    part = _one((plan.goals, plan.events, plan.situations)[d["back"] % 3], d)
    if part:
        field = corrections.TITLES[type(part)]
        corrections.correct(actor, part, field, ("struck", "corrected")[d["flag"]], "wrong", "fel", d["text"][:120])


def back(w, plan, actor, d):
    number, seen = d["back"], versions.latest(plan)
    keys = [item.key for item in restore.preview(actor, plan, number)]
    restore.restore(actor, plan, number, "tillbaka", seen, keys)


DEEDS = {f.__name__: f for f in (
    add_goal, change_goal, add_action, change_action, add_situation, change_situation, goes_on, add_follow_up, follow_up, add_event,
    words, story, propose, answer, party, withdraw, pause, resume, close, strike, back,
)}  # fmt: skip


DONE = Counter()


def do(world, deed) -> None:
    """The deed, or nothing where it is refused."""
    before = versions.latest(world.plan)
    plan = open_plan(world.person)
    actor = world.actor(deed["who"])
    try:
        with transaction.atomic():
            DEEDS[deed["do"]](world, plan, actor, deed)
    except (ValidationError, Denied, editing.Conflict, restore.Moved):
        return
    DONE[deed["do"]] += versions.latest(world.plan) > before


def plain(state):
    """A state without nothings, and with rows by their id: what `same` compares."""
    return {
        thing: {
            name: kept["text" if thing.startswith("access.party") else "id"] if isinstance(kept, dict) else kept
            for name, kept in fields.items()
            if kept not in ("", None, False, 0)
        }
        for thing, fields in state.items()
    }


def walk(world, run) -> None:
    """Do the run, remember the plan after each deed, then walk back to every version and compare any two."""
    plan, counts = world.plan, {}
    seen = {0: plain(versions.state_now(plan))}
    for number, deed in enumerate(run):
        with clock.frozen(NOW + timedelta(minutes=number)):
            do(world, deed)
        seen[versions.latest(plan)] = plain(versions.state_now(plan))
        # Nothing is ever deleted, whatever is done.
        now = {m: m.objects.count() for m in (Goal, Action, Situation, FollowUp, PlanEvent, Proposal, Revision)}
        assert all(now[m] >= n for m, n in counts.items())
        counts = now
    for number, snapshot in seen.items():
        assert plain(versions.state_at(plan, number)) == snapshot, number
    numbers = sorted(seen)
    for low, high in pairwise(numbers):
        changed = versions.between(plan, low, high)
        assert bool(changed) <= (seen[low] != seen[high]), (low, high)
    assert not versions.between(plan, numbers[-1], numbers[-1])


@given(st.lists(deeds(), min_size=1, max_size=10))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_plan_at_every_version_is_the_plan_as_it_was_then(world, run):
    with transaction.atomic():
        walk(world, run)
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", [1])
def test_a_long_run_of_every_deed(world, seed):
    dice = Random(seed)
    texts = ["Gå ut", "Promenad med Sune.", "Väg dig. Ring om det är mer än två kilo.", "åäö 😀", "Hem igen"]
    run = [
        {"do": dice.choice(sorted(DEEDS)), "who": dice.choice(["alice", "gp"]), "text": dice.choice(texts),
         "other": dice.choice(["", *texts]), "rule": dice.choice(["", "FREQ=DAILY", "FREQ=DAILY;BYHOUR=8,20", "FREQ=MONTHLY"]),
         "time": dice.choice([None, time(8), time(20, 30)]), "pick": dice.randrange(50), "back": dice.randrange(60),
         "flag": dice.random() < 0.5}
        for _number in range(150)
    ]  # fmt: skip
    DONE.clear()
    walk(world, run)
    assert {name for name, times in DONE.items() if times} == set(DEEDS), "a deed that is always refused proves nothing"


def test_a_plan_that_starts_is_told_from_nothing(world):
    with clock.frozen(NOW):
        from samband.access.models import CareRelation

        person = world.things["other_person"]
        CareRelation.objects.create(person=person, unit=world.units["nursing"], reason="inskriven")
        actor = world.actor("alice")
        plan = parties.start_plan(
            actor,
            person,
            [world.units["nursing"]],
            "Ja",
            "Hon",
            "spoken",
            "Hem",
            "Alice skrev",
            DAY + timedelta(days=7),
        )
        assert versions.state_at(plan, 0) == {}
        texts = [c.entry.lines[0].text for g in versions.between(plan, 0, versions.latest(plan)) for c in g.changes]
        assert "Planen började" in texts
        assert "Ny uppföljning 30 november" in texts


def test_a_comparison_of_a_long_history_asks_a_bounded_number_of_questions(world, django_assert_max_num_queries):
    with clock.frozen(NOW):
        goal = world.things["goal"]
        actor = world.actor("alice")
        for number in range(3):
            goal = editing.change(actor, goal, {"words": f"Gå ut {number} gånger"}, goal.version)
        with django_assert_max_num_queries(12):
            versions.between(world.plan, 0, 3)
        model = Revision.objects.get(number=3)
        rows = [
            Revision(plan=world.plan, number=n, thing=model.thing, title="x", kind="change", by_name="x", by_kind="staff",
                     changes={"words": [str(n - 1), str(n)]})
            for n in range(4, 2004)
        ]  # fmt: skip
        Revision.objects.bulk_create(rows)
        with django_assert_max_num_queries(12):
            versions.between(world.plan, 0, 2003)
