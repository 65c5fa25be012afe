"""Worksheets: drafts, sittings, answers, results, steps. Happy, refused, stopped halfway, the clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from samband.core import clock, extract
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.core.versions import Stale
from samband.dialogue.models import NextStep, Participation, Sheet, StatementAnswer
from samband.dialogue.services import sheets, sheets_answering, sheets_results, sheets_shipped, sheets_steps
from samband.dialogue.services.sheets_answering import Given
from samband.notices.models import Delivery
from tests.dialogue.sheets_world import SECRET, a_sheet, a_sitting, a_step, answered, fill, member, with_leader

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def test_the_shipped_sheet_is_loaded_once_and_never_written_over(world):
    assert sheets_shipped.load() == 1
    sheet = Sheet.objects.get()
    sheet.name = "Vårt"
    sheet.save()
    assert sheets_shipped.load() == 0
    assert Sheet.objects.get().name == "Vårt"
    assert sheet.versions.get().statements.count() == 12


def test_a_leader_begins_from_the_shipped_sheet_edits_and_publishes(world):
    leader = with_leader(world).actor("leader")
    draft = sheets.create(leader, "Vårt blad", "", "forbattringskunskap")
    rows = [*draft.statements.values("key", "group", "text")[:2], {"key": "", "group": "Nytt", "text": "Eget."}]
    sheets.save_draft(leader, draft, rows, draft.lock)
    sheets.publish(leader, draft, draft.lock)
    assert [s.text for s in draft.statements.all()][-1] == "Eget."
    following = sheets.draft_of(leader, draft.sheet)
    assert [s.key for s in following.statements.all()] == [s.key for s in draft.statements.all()]
    assert following.number == 2


def test_two_leaders_at_once_and_an_empty_sheet(world):
    leader = with_leader(world).actor("leader")
    draft = sheets.create(leader, "Blad", "")
    with pytest.raises(ValidationError):
        sheets.publish(leader, draft, draft.lock)
    sheets.save_draft(leader, draft, [{"text": "Ett."}], draft.lock)
    with pytest.raises(Stale):
        sheets.save_draft(leader, draft, [{"text": "Annat."}], 1)
    assert draft.statements.get().text == "Ett."
    with pytest.raises(ValidationError):
        sheets.create(leader, "Blad", "", "finns-inte")


@pytest.mark.parametrize("name", ["alice", "reviewer", "gp"])
def test_others_keep_no_sheets(world, name):
    with pytest.raises(Denied):
        sheets.create(world.actor(name), "Blad", "")
    with pytest.raises(Denied):
        sheets.close(world.actor(name), a_sitting())


def test_a_sitting_is_opened_once_and_closed_for_good(world):
    leader = with_leader(world).actor("leader")
    sheet = a_sheet()
    sitting = sheets.open_sitting(leader, sheet, 2026, "våren")
    with pytest.raises(ValidationError):
        sheets.open_sitting(leader, sheet, 2026)
    assert sheets.close(leader, sitting)
    assert not sheets.close(leader, sitting)
    with pytest.raises(ValidationError):
        answered(world.actor("alice"), sitting.__class__.objects.get(pk=sitting.pk), plan=Given(today=1, wanted=2))


def test_the_worker_closes_what_has_had_its_last_day(world):
    sitting = a_sitting(closes_on=clock.today())
    assert sheets.close_due() == 0
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert not sitting.is_open
        assert sheets.close_due() == 1
        assert sheets.close_due() == 0


def test_answers_are_saved_whole_and_changed(world):
    alice, sitting = world.actor("alice"), a_sitting()
    answered(alice, sitting, plan=Given(today=2, wanted=4, today_text="Ojämnt"), tid=Given(step=f"Ring {SECRET}"))
    answered(alice, sitting, plan=Given(today=3, wanted=4), tid=Given())
    answer = StatementAnswer.objects.get()
    assert (answer.today, answer.wanted, answer.today_text) == (3, 4, "")
    assert not NextStep.objects.exists()
    assert Participation.objects.get().lock == 2


def test_two_windows_of_the_same_person_and_a_stop_halfway(world, monkeypatch):
    alice, sitting = world.actor("alice"), a_sitting()
    answered(alice, sitting, plan=Given(today=2, wanted=4))
    with pytest.raises(sheets_answering.Stale):
        sheets_answering.save(alice, sitting, {"plan": Given(today=5, wanted=5)}, 0)
    monkeypatch.setattr(sheets_answering, "_steps", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        answered(alice, sitting, plan=Given(today=5, wanted=5))
    assert StatementAnswer.objects.get().today == 2


def test_another_organizations_sheet_is_not_answered(world):
    sitting = a_sitting(organization=world.units["elsewhere"].organization)
    with pytest.raises(Denied):
        answered(world.actor("alice"), sitting, plan=Given(today=1, wanted=1))


def test_no_result_while_a_sheet_is_open_and_none_of_fewer_than_five(world):
    sitting = a_sitting()
    actors = fill(world, sitting, 4)
    with pytest.raises(ValidationError):
        sheets_results.result(actors[0], sitting)
    assert sheets_results.answered(sitting) is None
    sitting.status = "closed"
    sitting.save()
    found = sheets_results.result(actors[0], sitting)
    assert found.answered is None
    assert [row.whole for row in found.rows] == [None, None, None]


def test_a_result_sums_hides_and_shows_only_texts_that_were_let_go(world):
    sitting = a_sitting()
    fill(world, sitting, 6)
    lone = member(world, world.units["centre"], "physician")
    answered(
        lone,
        sitting,
        plan=Given(today=5, wanted=5, today_text="Min egen text", wanted_text="Hemligt", texts_shared=False),
    )
    talks = member(world, world.units["nursing"])
    answered(
        talks, sitting, plan=Given(today=2, wanted=4, today_text="Får visas", texts_shared=True), tid=Given(today=1)
    )
    sheets.close(with_leader(world).actor("leader"), sitting)
    sitting.refresh_from_db()
    found = sheets_results.result(talks, sitting)
    plan, time, _ihop = found.rows
    assert (plan.whole.n, plan.organizations, plan.roles, plan.hidden) == (8, [], [], True)  # type: ignore[union-attr]
    assert plan.today_texts == ["Får visas"]
    assert time.whole is None
    assert found.widest is plan


def test_years_with_a_year_between_missing(world):
    for year in (2023, 2025):
        sitting = a_sitting(year=year)
        fill(world, sitting, 5, today=2 if year == 2023 else 3)
        sitting.__class__.objects.filter(pk=sitting.pk).update(status="closed")
    (plan, *_rest) = sheets_results.years(world.actor("alice"), a_sheet(), None)
    assert [(y.year, y.whole.today if y.whole else None) for y in plan[1]] == [(2023, 2.0), (2024, None), (2025, 3.0)]


def test_a_step_reminds_its_author_once_and_again_for_a_new_day(world):
    step = a_step(world, due_on=clock.today())
    alice = world.actor("alice")
    assert sheets_steps.remind_due() == 1
    assert sheets_steps.remind_due() == 0
    assert Delivery.objects.get().assignment.staff_id == alice.staff_id
    sheets_steps.change(alice, step, step.lock, due_on=clock.today() + timedelta(days=1))
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert sheets_steps.remind_due() == 1
    assert Delivery.objects.count() == 2


def test_no_reminder_of_what_is_done_nor_before_the_day(world):
    step = a_step(world, due_on=clock.today() + timedelta(days=3))
    assert sheets_steps.remind_due() == 0
    sheets_steps.settle(world.actor("alice"), step, "changed", "Det blev ett möte")
    with clock.frozen(clock.now() + timedelta(days=5)):
        assert sheets_steps.remind_due() == 0
    sheets_steps.settle(world.actor("alice"), step, "open")
    assert (step.became, step.closed_at) == ("", None)


def test_the_day_is_swedens_also_when_the_clock_goes_back(world):
    a_step(world, due_on=datetime(2026, 10, 25).date())
    with clock.frozen(datetime(2026, 10, 24, 23, 30, tzinfo=STOCKHOLM)):
        assert sheets_steps.remind_due() == 0
    with clock.frozen(datetime(2026, 10, 25, 0, 30, tzinfo=STOCKHOLM)):
        assert sheets_steps.remind_due() == 1


@pytest.mark.parametrize("act", ["change", "settle", "remove"])
def test_nobody_else_touches_a_step(world, act):
    step = a_step(world)
    for name in ("bob", "administrator", "leader"):
        actor = with_leader(world).actor(name)
        with pytest.raises(Denied):
            {
                "change": lambda a=actor: sheets_steps.change(a, step, 1, text="x"),
                "settle": lambda a=actor: sheets_steps.settle(a, step, "done"),
                "remove": lambda a=actor: sheets_steps.remove(a, step),
            }[act]()


def test_the_audit_does_not_tell_whether_there_is_a_step(world):
    sitting = a_sitting()
    answered(world.actor("alice"), sitting, plan=Given(today=2, wanted=4))
    answered(world.actor("bob"), sitting, plan=Given(today=2, wanted=4, step=f"Ring {SECRET}"))
    mine, hers = (
        AuditEvent.objects.filter(user_id=world.actor(n).user_id).values("action", "thing", "detail", "view")
        for n in ("alice", "bob")
    )
    assert list(mine) == list(hers)


def test_the_register_extract_of_the_author_holds_her_step(world):
    step = a_step(world)
    person = world.person
    step.staff.user = person.user
    step.staff.save()
    assert list(extract.parts["dialogue.NextStep"].rows(person)) == [step]
    assert list(extract.parts["dialogue.NextStep"].rows(world.things["other_person"])) == []


def test_sharing_a_step_shows_the_text_and_the_name_only_if_signed(world):
    sitting = a_sitting()
    a_step(world, "alice", sitting)
    a_step(world, "bob", sitting, text="Delat", shared="unsigned")
    a_step(world, "gp", sitting, text="Signerat", shared="signed")
    found = sheets_steps.shared_at(sitting)
    assert [(row["text"], row["name"]) for row in found] == [("Delat", ""), ("Signerat", "Gp Test")]
