"""Plans, cases and meetings that are over since ten years (A17): what goes, what stays, and what is left of them (nothing)."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samband.contact.models import Case, CaseEvent
from samband.contact.services import cases
from samband.core import clock, notices, policy, thinning
from samband.core.models import AuditEvent, AuditSubject, Release
from samband.library.models import CheckItem
from samband.meetings.models import AgendaItem, Decision, Meeting, MeetingEvent, NoteVersion
from samband.meetings.models import Correction as MeetingCorrection
from samband.meetings.services import minutes
from samband.notices.models import Notice
from samband.people.models import Assignment, Organization
from samband.plans.models import Approval, CarePlan, Correction, Revision
from samband.plans.services import corrections, editing, lifecycle, notes, proposals
from samband.plans.thinning import UNDER
from samband.records.models import ThinningDecision
from samband.records.services import thin
from samband.resources.models import ActionTerms
from tests.contact.worlds import case as put_case
from tests.meetings import worlds as meeting_worlds
from tests.tools.tables import laid_out
from tests.worlds import MARK, World, make_world

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
YEAR = timedelta(days=365.25)
RULES = ("contact.closed", "meetings.over", "plans.closed")
SHARED = ("plans.", "contact.Case", "meetings.", "library.CheckItem", "resources.ActionTerms")


def ago(years):
    """The real clock, back: the database's triggers reckon by their own."""
    return clock.frozen(timezone.now() - years * YEAR)


def full_plan(world: World) -> None:
    """Something of every kind under the plan."""
    plan, actor, action = world.plan, world.actor("alice"), world.things["action"]
    editing.change(actor, world.things["goal"], {"words": "Gå ut varje dag, nu också på kvällen"}, 1)
    corrections.correct(actor, world.things["goal"], "words", "struck", "wrong", "Fel person.")
    first = clock.at(clock.today(), clock.local_now().time().replace(hour=9, minute=0, second=0, microsecond=0))
    states = apps.get_model("plans", "OccurrenceState")
    states.objects.create(action=action, original=first, status="done")
    apps.get_model("plans", "Participant").objects.create(action=action, unit=world.units["centre"])
    apps.get_model("plans", "PlanEvent").objects.create(plan=plan, at=clock.now(), title=f"Hem {MARK}")
    apps.get_model("plans", "FollowUp").objects.create(plan=plan, due_on=clock.today(), done_at=clock.now())
    Approval.objects.create(
        plan=plan, answer="approved", said_by="Märit", by_name="Märit", by_kind="person", words=MARK
    )
    proposals.propose(world.actor("gp"), action, f"Senare {MARK}")
    note = notes.own(world.actor("husband"), plan)
    notes.write(world.actor("husband"), plan, f"Jag orkar {MARK}", note.version)
    made = apps.get_model("plans", "Handover").objects.create(
        plan=plan, from_unit=world.units["nursing"], to_unit=world.units["help"], reason="unit", message=MARK,
        on=clock.today(), status="declined", by_name="Alice",
    )  # fmt: skip
    apps.get_model("plans", "HandoverItem").objects.create(handover=made, thing="x", title=MARK)
    CheckItem.objects.create(plan=plan, added_by="Alice", text=MARK, done_at=clock.now())
    ActionTerms.objects.create(action=action)


def meeting_over(world: World) -> Meeting:
    meeting = meeting_worlds.call(world)
    item = AgendaItem.objects.filter(meeting=meeting).first()
    item.outside.set([world.units["school"]])
    NoteVersion.objects.create(item=item, number=1, text=MARK, name="Kim", at=clock.now())
    Decision.objects.create(meeting=meeting, item=item, kind="action", title=MARK, thing="x", name="Kim")
    actor = world.actor("coordinator")
    meeting = minutes.start(actor, meeting)
    meeting = minutes.finish(actor, meeting, f"Vi kom fram till {MARK}", "", "", meeting.version)
    MeetingCorrection.objects.create(
        meeting=meeting, text=MARK, by=meeting_worlds.assignment(world, "coordinator"), name="Kim"
    )
    return meeting


def closed_case(world: World, **more) -> Case:
    case = put_case(world, **more)
    return cases.close(world.actor("alice"), case, "Klart.")


def close_plan(world: World) -> None:
    lifecycle.close(world.actor("alice"), world.plan, "Behövs inte längre.")
    world.plan.refresh_from_db()


def county(years: float = 12, close: bool = True, met: bool = True) -> World:
    """Everything happened so long ago, and is over."""
    with ago(years):
        world = make_world()
        full_plan(world)
        if met:
            world.things["meeting"] = meeting_over(world)
        world.things["case"] = closed_case(world)
        if close:
            close_plan(world)
    return world


def administrator(world: World, unit: str = "nursing"):
    Assignment.objects.filter(staff__user=world.users["administrator"]).update(unit=world.units[unit])
    return world.actor("administrator")


def run(world: World, rule: str, unit: str = "nursing") -> ThinningDecision:
    return thin.carry_out(thin.decide(administrator(world, unit), rule, "Nämnden, dnr 7"))


def run_all(world: World) -> dict[str, ThinningDecision]:
    """In the order that the rules ask for: meetings before their plan. The care centre called; the municipality has the rest."""
    units = {"meetings.over": "centre"}
    return {rule: run(world, rule, units.get(rule, "nursing")) for rule in RULES}


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.label.startswith(SHARED)]
    through = AgendaItem.outside.through
    return {model._meta.label: model.objects.count() for model in (*models, through)}


def persons(world: World, rule: str, unit: str = "nursing") -> int:
    organization = world.units[unit].organization_id
    return next(one.persons for one in thin.due(organization) if one.rule.key == rule)


def test_A17_everything_goes_and_nothing_is_left_behind(django_capture_on_commit_callbacks):
    world = county()
    before = counts()
    assert [label for label, number in before.items() if not number] == [], "the test has something of every kind"
    names = {f"plans.careplan:{world.plan.public_id}", f"contact.case:{world.things['case'].public_id}",
             f"meetings.meeting:{world.things['meeting'].public_id}"}  # fmt: skip
    assert Notice.objects.filter(thing__in=names).exists()
    done = run_all(world)
    assert {rule: (one.groups, one.held) for rule, one in done.items()} == dict.fromkeys(RULES, (1, 0))
    assert {label: number for label, number in counts().items() if number} == {}
    gone = {label: number for one in done.values() for label, number in one.rows.items()}
    assert gone == {label: number for label, number in before.items() if number}, "each row is counted"
    assert not Release.objects.exists()
    assert not Notice.objects.filter(thing__in=names).exists()
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("SELECT count(*) FROM board_markdue WHERE person = %s", [world.person.pk])
        assert cursor.fetchone()[0], "the board works out her mark anew"
    for event in AuditEvent.objects.filter(action="record.thinned"):
        assert [row.person_id for row in event.subjects.all()] == [world.person.pk]
        assert MARK not in str(event.detail)


@pytest.mark.parametrize(("days", "found"), [(-8, 0), (9, 1)])
def test_A17_both_sides_of_the_day(days, found):
    """The meeting was called a week ahead and its plan closed the day that everything else happened."""
    world = county(10 + days / 365.25, met=False)
    assert [persons(world, rule) for rule in ("contact.closed", "plans.closed")] == [found, found]
    assert [run(world, rule).groups for rule in ("contact.closed", "plans.closed")] == [found, found]
    assert Case.objects.count() == CarePlan.objects.count() == 1 - found


@pytest.mark.parametrize(("days", "found"), [(-1, 0), (6, 0), (9, 1)])
def test_A17_both_sides_of_the_day_of_a_meeting_and_it_keeps_its_plan(days, found):
    world = county(10 + days / 365.25)
    assert persons(world, "meetings.over", "centre") == found
    assert persons(world, "plans.closed") == 0, "its meeting is left"
    assert run(world, "meetings.over", "centre").groups == found
    assert Meeting.objects.count() == 1 - found
    assert persons(world, "plans.closed") == found


def test_A17_no_clock_that_is_moved_and_no_setting_opens_anything(settings):
    """A demo that stands on a day to come finds nothing, so that the triggers need not refuse."""
    world = county(1)
    with clock.frozen(timezone.now() + 20 * YEAR):
        assert [persons(world, rule) for rule in RULES] == [0, 0, 0]
        assert persons(world, "meetings.over", "centre") == 0


@pytest.mark.parametrize(
    "late", ["a state", "an approval", "a note", "a proposal's answer", "a correction", "a tick", "a revision"]
)
def test_A17_the_last_that_happened_under_a_plan_counts_for_all_of_it(late):
    world = county()
    run(world, "meetings.over", "centre")
    assert persons(world, "plans.closed") == 1
    plan, when = world.plan, timezone.now() - 3 * YEAR
    if late == "a state":
        plan.actions.get().states.update(at=when)
    elif late == "an approval":
        Approval.objects.create(plan=plan, answer="approved", said_by="x", by_name="x", by_kind="person", at=when)
    elif late == "a note":
        plan.relative_notes.update(updated_at=when)
    elif late == "a proposal's answer":
        plan.actions.get().proposals.update(answered_at=when)
    elif late == "a correction":
        Correction.objects.create(
            plan=plan, kind="corrected", ground="wrong", thing="x", field="x", digest="x", number=1, why="x", by_name="x", at=when
        )  # fmt: skip
    elif late == "a tick":
        CheckItem.objects.update(done_at=when)
    else:
        Revision.objects.create(
            plan=plan, number=99, thing="x", title="x", kind="x", by_name="x", by_kind="staff", at=when
        )
    assert persons(world, "plans.closed") == 0


def test_A17_what_is_open_stays_and_so_does_what_it_points_to():
    world = county(close=False)
    assert persons(world, "plans.closed") == 0
    assert persons(world, "meetings.over", "centre") == 0, "the story of an open plan"
    with ago(11):
        cases.reopen(world.actor("alice"), world.things["case"], "Igen")
    assert persons(world, "contact.closed") == 0
    with ago(10.5):
        close_plan(world)
        Meeting.objects.update(status="called")
    assert persons(world, "meetings.over", "centre") == 0
    assert persons(world, "plans.closed") == 0, "a meeting that is not over keeps its plan"


def test_A17_a_case_that_somebody_wrote_in_later_stays():
    world = county()
    CaseEvent.objects.create(case=world.things["case"], kind="note", text="x", at=timezone.now() - 2 * YEAR)
    assert persons(world, "contact.closed") == 0


def test_A17_a_hold_of_any_of_those_who_share_keeps_it():
    world = county()
    before = counts()
    row = thin.hold(administrator(world, "elsewhere"), world.person, "Tillsyn")
    for rule in RULES:
        unit = "centre" if rule == "meetings.over" else "nursing"
        done = run(world, rule, unit)
        assert (done.groups, done.held) == ((0, 1) if rule != "plans.closed" else (0, 0)), rule
    assert counts() == before
    thin.end_hold(administrator(world, "elsewhere"), row)
    assert all(one.groups == 1 for one in run_all(world).values())


def test_A17_only_the_one_who_answers_for_it_decides():
    world = county()
    before = counts()
    assert [persons(world, rule, "elsewhere") for rule in RULES] == [0, 0, 0]
    assert [run(world, rule, "elsewhere").groups for rule in RULES] == [0, 0, 0]
    with pytest.raises(policy.Denied):
        run(world, "plans.closed", "school")
    assert persons(world, "contact.closed", "centre") == 0
    assert counts() == before
    run(world, "meetings.over", "centre")
    region = Organization.objects.get(name="Regionen")
    CarePlan.objects.update(principal=region)
    assert persons(world, "plans.closed") == 0
    assert persons(world, "plans.closed", "centre") == 1, "who has the overall responsibility"
    CarePlan.objects.update(principal=None, created_by=None)
    assert persons(world, "plans.closed", "centre") == 1, "the first party"


def test_A17_a_case_about_nobody_known_goes_by_itself():
    world = county()
    with ago(11):
        closed_case(world, person=None, sender_relative=None, about="En man i centrum")
    thin.hold(administrator(world), world.person, "Tvist")
    found = next(one for one in thin.due(world.units["nursing"].organization_id) if one.rule.key == "contact.closed")
    assert (found.persons, found.held, found.nameless) == (1, 1, 1)
    body = world.client("administrator").get("/records/thinning/").content.decode()
    assert "1 utan känd person" in body
    done = run(world, "contact.closed")
    assert (done.groups, done.held) == (1, 1)
    assert [row.person_id for row in Case.objects.all()] == [world.person.pk]
    event = AuditEvent.objects.filter(action="record.thinned").get()
    assert not AuditSubject.objects.filter(event=event).exists()


@pytest.mark.parametrize("model", [CaseEvent, MeetingEvent, MeetingCorrection, Approval])
def test_A17_the_tables_still_refuse_everything_else(model):
    """Without a release; with one for what is too young; and a change at any time."""
    world = county()
    old, owner = model.objects.first(), {CaseEvent: Case, Approval: CarePlan}.get(model, Meeting)
    key = {CaseEvent: world.things["case"].pk, Approval: world.plan.pk}.get(model, world.things["meeting"].pk)
    table = model._meta.db_table
    young = timezone.now() - 9 * YEAR
    over = {
        Case: {"closed_at": young}, CarePlan: {"closed_on": young.date()}, Meeting: {"ends_at": young + YEAR / 9},
    }[owner]  # fmt: skip

    def refuses(*, released: int | None = None, **values):
        """What is done in here is rolled back, as is the change of the thing that it belongs to."""
        with pytest.raises(DatabaseError, match="append-only"):
            delete(released, values)

    @transaction.atomic
    def delete(released, values):
        if values:
            owner.objects.filter(pk=key).update(**values)
        if released:
            Release.objects.create(thing=owner._meta.db_table, key=released)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE id = %s", [old.pk])

    refuses()
    refuses(released=key, **over)
    refuses(released=key + 1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), thinning.released(owner, [key]):
        model.objects.filter(pk=old.pk).update(at=timezone.now())
    assert model.objects.filter(pk=old.pk).exists()
    with transaction.atomic(), thinning.released(owner, [key]):
        model.objects.filter(pk=old.pk).delete()
    assert not model.objects.filter(pk=old.pk).exists(), "and this is what it is opened for"


def test_what_nobody_named_is_never_taken_along(monkeypatch):
    """A module that forgot to say what goes with a plan stops it, and the person's data is whole."""
    world = county()
    run(world, "meetings.over", "centre")
    before = counts()
    monkeypatch.setitem(thinning._follows, "plans.CarePlan", [])
    with pytest.raises(RuntimeError, match="along"):
        run(world, "plans.closed")
    assert counts() == before
    assert not Release.objects.exists()
    assert ThinningDecision.objects.get(rule="plans.closed").done_at is None


def test_every_table_that_points_to_a_plan_a_case_or_a_meeting_is_named():
    """A later table with a key into them is red here until its module says whether it goes or keeps (core.thinning)."""
    ours = {"plans", "meetings", "contact"}
    roots = {CarePlan, Case, Meeting, *(model for model, _path, _moments in UNDER), AgendaItem, CaseEvent}
    named = {
        "library.UsedPart",
        "library.CheckItem",
        "library.InfoText",
        "resources.ActionTerms",
        "resources.VisitItem",
    }
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model in roots and not field.many_to_many:
                found.add(model._meta.label)
    assert {label for label in found if label.partition(".")[0] not in ours} == named
    inside = {model._meta.label for model, _path, _moments in UNDER} | {
        "plans.CarePlan",
        "contact.CaseEvent",
        "contact.Case",
    }
    from samband.meetings.thinning import UNDER as MEETING

    inside |= {model._meta.label for model, _path, _moments in MEETING} | {"meetings.Meeting"}
    assert {label for label in found if label.partition(".")[0] in ours} <= inside


def test_the_rules_ask_as_many_questions_for_many_as_for_one(django_assert_max_num_queries):
    world = county()
    with ago(12):
        for number in range(20):
            closed_case(world, subject=f"{number}")
            CarePlan.objects.create(
                person=world.person, status="closed", closed_on=clock.today(), created_by=world.things["alice"]
            )
    with django_assert_max_num_queries(60):
        found = thin.due(world.units["nursing"].organization_id)
    assert {one.rule.key: one.persons for one in found if one.rule.key in RULES} == {
        "contact.closed": 1, "meetings.over": 0, "plans.closed": 1,
    }  # fmt: skip


def test_a_receipt_that_nobody_gave_goes_with_its_thing(world):
    notices.tell(next(iter(notices.kinds)), "/x/", thing=world.plan, units=[world.units["centre"].pk])
    assert Notice.objects.count() == 1
    gone = thinning.Removed(names=[notices.name_of(world.plan)])
    thinning.tell(gone)
    assert not Notice.objects.exists()


KILLED = """
import os, signal
import django
django.setup()
from samband.core import thinning
from samband.plans.models import {model}
take = thinning.take
def stop(gone, rows):
    take(gone, rows)
    if rows.model is {model}:
        os.kill(os.getpid(), signal.SIGKILL)
thinning.take = stop
from samband.records.services import thin
thin.carry_out(thin.waiting()[0])
"""
MADE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.records import test_thinning_shared as t
world = t.county(met=False)
t.thin.decide(t.administrator(world), "plans.closed", "Dnr 7")
"""
NUMBERS = """
import django
django.setup()
from tests.records import test_thinning_shared as t
from samband.core.models import Release
print(sum(t.counts().values()), Release.objects.count())
"""
REST = "import django; django.setup(); from samband.records.services import thin; print(thin.carry_out(thin.waiting()[0]).groups)"


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_process_that_is_killed_in_the_middle_leaves_the_whole_and_the_next_takes_it(tmp_path):
    environment = os.environ | {
        "SAMBAND_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/samband.sqlite3",
        "DJANGO_SETTINGS_MODULE": "samband.config.settings", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }  # fmt: skip

    def python(code: str, check: bool = True) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=ROOT, check=check, capture_output=True, text=True
        )

    laid_out(tmp_path)
    python(MADE)
    before = python(NUMBERS).stdout.split()
    for model in ("HandoverItem", "Approval", "Goal", "CarePlan"):
        assert python(KILLED.format(model=model), check=False).returncode == -signal.SIGKILL
        assert python(NUMBERS).stdout.split() == before == [before[0], "0"], model
    assert python(REST).stdout.strip() == "1"
    left = python(NUMBERS).stdout.split()
    assert int(left[0]) < int(before[0])
    assert left[1] == "0"
