"""Written, published, withdrawn, in force on its day; read, answered, an insight; two at once, and stopped halfway."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from samband.core import clock, events
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.core.versions import Stale
from samband.guidelines.models import Guideline, GuidelineFeedback, GuidelineVersion, ReadReceipt
from samband.guidelines.services import concerned, publishing, replies, uses, writing
from samband.notices.models import Delivery, Notice
from tests.guidelines.worlds import leader, publish, routine

pytestmark = pytest.mark.django_db


def facts(world, level="local", unit="nursing", **more):
    return writing.Facts("Prov hemma", "Vid prov.", level, world.units[unit], **more)


def dated(**more):
    return {"body": "## Text", "valid_from": clock.today(), "review_by": clock.today() + timedelta(days=200), **more}


def told(kind):
    return Notice.objects.filter(kind=kind)


def test_a_coordinator_writes_and_publishes_for_her_unit(world):
    actor = world.actor("coordinator")
    draft = writing.create(actor, facts(world))
    draft = writing.save(actor, draft, dated(), [], draft.lock)
    publishing.publish(actor, draft, draft.lock)
    found = Guideline.objects.get()
    assert (found.current, found.current.published_by) == (draft, actor.name)
    assert " text" in found.current.found_text
    assert AuditEvent.objects.filter(action="guideline.publish").exists()
    assert told("guideline.published").count() == 1


@pytest.mark.parametrize("who", ["alice", "strange_coordinator", "gp", "teacher"])
def test_others_write_nothing(world, who):
    with pytest.raises(Denied):
        writing.create(world.actor(who), facts(world))
    found = routine(world)
    with pytest.raises(Denied):
        writing.draft_of(world.actor(who), found)
    assert found.versions.count() == 1


def test_a_common_one_is_made_by_a_leader_and_names_its_parties(world):
    with pytest.raises(ValidationError) as refused:
        writing.create(world.actor("coordinator"), facts(world, "common"))
    assert "level" in refused.value.message_dict
    leader(world)
    actor = world.actor("leader")
    draft = writing.create(actor, facts(world, "common", kinds=("home_nursing",)))
    draft = writing.save(actor, draft, dated(), [], draft.lock)
    with pytest.raises(ValidationError) as refused:
        publishing.publish(actor, draft, draft.lock)
    assert set(refused.value.message_dict) == {"parties"}
    draft = writing.save(actor, draft, {}, [world.units["nursing"].organization], draft.lock)
    done = publishing.publish(actor, draft, draft.lock)
    assert [p.name for p in done.parties.all()] == ["Kommunen"]


def test_two_who_write_at_once(world):
    actor = world.actor("coordinator")
    draft = writing.create(actor, facts(world))
    writing.save(actor, draft, dated(body="Först"), [], 1)
    with pytest.raises(Stale) as stale:
        writing.save(actor, draft, dated(body="Sist"), [], 1)
    assert stale.value.version.body == "Först"
    with pytest.raises(Stale):
        publishing.publish(actor, stale.value.version, 1)
    with pytest.raises(Stale):
        writing.discard(actor, draft, 1)
    assert GuidelineVersion.objects.get().status == "draft"


def test_a_published_version_never_changes(world):
    found, actor = routine(world), world.actor("coordinator")
    version = found.current
    with pytest.raises(Stale):
        writing.save(actor, version, {"body": "Annat"}, [], version.lock)
    version.refresh_from_db()
    assert "Lägg om" in version.body


def test_stopped_halfway_nothing_is_published(world, monkeypatch):
    actor = world.actor("coordinator")
    draft = writing.create(actor, facts(world))
    draft = writing.save(actor, draft, dated(), [], draft.lock)
    monkeypatch.setattr(publishing.notices, "published", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publishing.publish(actor, draft, draft.lock)
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert Guideline.objects.get().current is None


def test_a_version_begins_on_its_day(world):
    found = routine(world)
    coming = publish(found, "Ny text", world, valid_from=clock.today() + timedelta(days=3))
    found.refresh_from_db()
    assert found.current.number == 1
    assert publishing.turn() == 0
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert publishing.turn() == 1
        assert publishing.turn() == 0
    found.refresh_from_db()
    assert found.current == coming


def test_what_is_withdrawn_gives_nothing_back_by_itself(world):
    found, actor = routine(world), world.actor("coordinator")
    second = publish(found, "Ny text", world)
    with pytest.raises(ValidationError):
        publishing.withdraw(actor, second, " ")
    publishing.withdraw(actor, second, "Fel dos.")
    found.refresh_from_db()
    assert found.current is None
    with pytest.raises(ValidationError):
        publishing.withdraw(actor, second, "Igen.")
    draft = writing.draft_of(actor, found)
    assert (draft.number, draft.body) == (3, "Ny text")


def test_a_discarded_first_draft_takes_the_routine_with_it(world):
    actor = world.actor("coordinator")
    draft = writing.create(actor, facts(world))
    uses.add(actor, draft.guideline, "action", "bandage", "")
    assert writing.discard(actor, draft, draft.lock) is True
    assert not Guideline.objects.exists()
    found = routine(world)
    draft = writing.draft_of(actor, found)
    assert writing.discard(actor, draft, draft.lock) is False
    assert found.versions.count() == 1


def test_the_owner_is_reminded_once(world):
    leader(world)
    routine(world, unit="centre", dates={"review_by": clock.today() - timedelta(days=1)})
    routine(world, "Annan", dates={"review_by": clock.today() + timedelta(days=90)})
    assert publishing.remind() == 1
    assert publishing.remind() == 1
    assert told("guideline.due").count() == 1
    heard = {d.assignment.role for d in Delivery.objects.filter(notice=told("guideline.due").get())}
    assert heard == {"leader", "coordinator", "administrator"}


def test_a_new_version_is_told_to_those_who_work_by_it_once(world):
    leader(world)
    found = routine(world, level="common", kinds=" home_nursing ", unit="centre")
    assert {u.name for u in concerned.units_of(found.current)} == {
        "Vårdcentralen",
        "Hemsjukvården",
        "Annan hemsjukvård",
    }
    actor = world.actor("leader")
    draft = writing.draft_of(actor, found)
    draft = writing.save(actor, draft, dated(note="Nytt."), list(found.current.parties.all()), draft.lock)
    publishing.publish(actor, draft, draft.lock)
    notice = told("guideline.published").get()
    heard = [d.assignment.staff.given_name for d in Delivery.objects.filter(notice=notice)]
    assert len(heard) == len(set(heard))
    assert {"Alice", "Stranger"} <= set(heard)
    assert "Bob" not in heard


def test_receipts_by_unit_and_role_name_only_ones_own(world):
    leader(world)
    found = routine(world, level="common", kinds=" home_nursing ", unit="centre")
    replies.read(world.actor("alice"), found.current)
    replies.read(world.actor("alice"), found.current)
    assert ReadReceipt.objects.count() == 1
    rows = {row.unit.name: row for row in concerned.receipts(world.actor("coordinator"), found.current)}
    nursing = rows["Hemsjukvården"]
    assert (nursing.own, nursing.read, nursing.total) == (True, 1, 1)
    assert next(r for r in rows["Vårdcentralen"].rows if r.role == "Läkare").missing == ["Gp Test"]
    other = rows["Annan hemsjukvård"]
    assert (other.own, other.read, other.total) == (False, 0, 2)
    assert all(row.missing == [] for row in other.rows)
    replies.unread(world.actor("alice"), found.current)
    assert not ReadReceipt.objects.exists()


def test_what_a_reader_says_is_answered_and_becomes_an_insight(world, monkeypatch):
    found, heard = routine(world), []
    monkeypatch.setitem(events._handlers, "guideline.insight", [lambda **facts: heard.append(facts)])
    row = replies.say(world.actor("alice"), found, 1, " Steg två saknas. ")
    assert told("guideline.feedback").count() == 1
    with pytest.raises(Denied):
        replies.answer(world.actor("alice"), row, "Själv.")
    keeper = world.actor("coordinator")
    replies.answer(keeper, row, "Det kommer.")
    with pytest.raises(ValidationError):
        replies.answer(keeper, row, "Igen.")
    (copy,) = Delivery.objects.filter(notice=told("guideline.answered").get())
    assert copy.assignment.staff.user == world.users["alice"]
    replies.insight(keeper, row)
    with pytest.raises(ValidationError):
        replies.insight(keeper, row)
    assert heard[0]["text"] == "Steg två saknas."
    assert (heard[0]["unit"], heard[0]["guideline_name"]) == (found.unit_id, "Sår hemma")
    assert "alice" not in str(heard[0]).lower()


def test_nobody_floods_the_owner(world):
    found, actor = routine(world), world.actor("alice")
    for n in range(replies.MOST_OPEN):
        replies.say(actor, found, 1, f"Synpunkt {n}")
    with pytest.raises(ValidationError):
        replies.say(actor, found, 1, "En till")
    assert GuidelineFeedback.objects.count() == replies.MOST_OPEN


def test_a_divergence_is_marked_by_either_keeper_and_resolved(world):
    leader(world)
    common = routine(world, "Gemensam", unit="centre", level="common")
    local = routine(world, "Lokal", specialises=common)
    with pytest.raises(Denied):
        replies.flag(world.actor("alice"), local, "conflict", "Två dagar i stället för en.")
    with pytest.raises(ValidationError):
        replies.flag(world.actor("leader"), common, "conflict", "x")
    row = replies.flag(world.actor("coordinator"), local, "conflict", "Två dagar i stället för en.")
    replies.resolve(world.actor("leader"), row, "Den lokala ändras.")
    row.refresh_from_db()
    assert row.resolved_by == "Leader Test"


def test_a_routine_is_not_given_to_a_unit_that_is_not_ones_own(world):
    with pytest.raises(Denied):
        writing.create(world.actor("coordinator"), facts(world, unit="elsewhere"))
    found = routine(world)
    with pytest.raises(Denied):
        writing.change(world.actor("coordinator"), found, facts(world, unit="elsewhere"))
    found.refresh_from_db()
    assert found.unit == world.units["nursing"]
