"""Plans, cases and meetings that are over since ten years (A17): what goes, what stays, and what is left of them (nothing)."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from samband.contact.models import Case, CaseEvent
from samband.contact.services import cases
from samband.core import clock, notices, policy, thinning
from samband.core.models import AuditEvent, AuditSubject, Release
from samband.library.models import CheckItem
from samband.meetings.models import AgendaItem, Meeting, MeetingEvent
from samband.meetings.models import Correction as MeetingCorrection
from samband.notices.models import Notice
from samband.people.models import Organization
from samband.plans.models import Approval, CarePlan, Correction, Revision
from samband.plans.thinning import UNDER
from samband.records.models import ThinningDecision
from samband.records.services import thin
from tests.records.worlds_over import (
    RULES,
    YEAR,
    administrator,
    ago,
    close_plan,
    closed_case,
    counts,
    county,
    persons,
    run,
    run_all,
)
from tests.worlds import MARK

pytestmark = pytest.mark.django_db


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
