"""Publishing: one plan holds, two at once are not lost, undo wakes the one before, and the news says what changed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from samband.core import events
from samband.core.models import AuditEvent
from samband.resources.models import DayPlan, Delegation, Placement, PlanJob, Visit
from samband.resources.services import compare, publishing
from samband.resources.services.drafts import new_draft
from tests.resources.days import DAY, at
from tests.resources.desks import visit_for


@pytest.fixture
def news(monkeypatch):
    heard = []
    monkeypatch.setitem(events._handlers, "resources.published", [lambda **facts: heard.append(facts)])
    return heard


def publish(desk, plan=None, who="anna"):
    return publishing.publish(plan or desk.fresh(), desk.actor(who))


def holds(desk):
    return publishing.published(desk.days.pool, DAY)


def draft(desk):
    return new_draft(desk.days.pool, DAY, desk.actor("anna"))


def moved(plan, visit, start):
    Placement.objects.filter(plan=plan, part__visit=visit).update(
        starts_at=start, ends_at=start + timedelta(minutes=30)
    )


def test_the_first_plan_is_news_to_all(desk, news):
    done = publish(desk)
    assert holds(desk).pk == desk.plan.pk
    assert done.before is None
    assert done.persons == {desk.mine.person_id, desk.theirs.person_id}
    (facts,) = news
    assert facts["pool"] == desk.days.pool
    assert facts["day"] == DAY
    assert facts["plan"].status == "published"
    first = next(c for c in facts["changes"] if c.visit == desk.mine.pk)
    assert first.was is None
    assert first.now == (desk.shifts["Nova"].assignment_id, at(9))
    entry = AuditEvent.objects.get(action="visitday.publish")
    assert set(entry.subjects.values_list("person_id", flat=True)) == done.persons


def test_only_what_would_be_noticed_is_a_change(desk, news):
    publish(desk)
    second = draft(desk)
    moved(second, desk.mine, at(9, 4))
    moved(second, desk.theirs, at(10, 5))
    assert {c.visit for c in publish(desk, second).changes} == {desk.theirs.pk}


def test_a_draft_that_somebody_was_before_is_refused_and_stays(desk):
    publish(desk)
    one, two = draft(desk), draft(desk)
    publish(desk, one)
    with pytest.raises(ValidationError, match="Någon annan har publicerat"):
        publish(desk, two, "bertil")
    assert holds(desk).pk == one.pk
    assert DayPlan.objects.get(pk=two.pk).status == "draft"


def test_two_first_drafts_at_once(desk):
    other = new_draft(desk.days.pool, DAY, None)
    publish(desk, other)
    with pytest.raises(ValidationError, match="Någon annan har publicerat"):
        publish(desk)


def test_the_database_holds_one_published_a_day(desk):
    other = new_draft(desk.days.pool, DAY, None)
    publish(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        DayPlan.objects.filter(pk=other.pk).update(status="published")


def test_two_at_once_in_the_same_moment(desk, monkeypatch):
    """The other publishes between our look and our writing: the constraint says no, and it is told as what it is."""
    other = new_draft(desk.days.pool, DAY, None)
    real = publishing._swap

    def late(before, plan, by):
        DayPlan.objects.filter(pk=other.pk).update(status="published")
        real(before, plan, by)

    monkeypatch.setattr(publishing, "_swap", late)
    with pytest.raises(ValidationError, match="Någon annan har publicerat"):
        publish(desk)
    assert desk.fresh().status == "draft"


def test_a_move_between_look_and_writing_is_not_published_unseen(desk, monkeypatch):
    real = publishing._swap

    def late(before, plan, by):
        DayPlan.objects.filter(pk=plan.pk).update(version=99)
        real(before, plan, by)

    monkeypatch.setattr(publishing, "_swap", late)
    with pytest.raises(ValidationError, match="Någon annan har ändrat utkastet"):
        publish(desk)
    assert holds(desk) is None


def test_what_a_listener_refuses_is_not_published(desk, monkeypatch):
    def refuse(**facts):
        raise ValidationError("nej")

    monkeypatch.setitem(events._handlers, "resources.published", [refuse])
    with pytest.raises(ValidationError, match="nej"):
        publish(desk)
    assert holds(desk) is None
    assert not AuditEvent.objects.filter(action="visitday.publish").exists()


def test_undo_wakes_the_plan_before(desk, news):
    publish(desk)
    second = draft(desk)
    moved(second, desk.mine, at(9, 45))
    publish(desk, second)
    done = publishing.undo(desk.days.pool, DAY, desk.actor("anna"))
    assert holds(desk).pk == desk.plan.pk
    assert DayPlan.objects.get(pk=second.pk).status == "draft"
    (back,) = done.changes
    assert (back.was[1], back.now[1]) == (at(9, 45), at(9))
    assert news[-1]["plan"].pk == desk.plan.pk
    assert news[-1]["before"].pk == second.pk
    publish(desk, DayPlan.objects.get(pk=second.pk))
    assert holds(desk).pk == second.pk


def test_the_first_publication_has_nothing_to_go_back_to(desk):
    publish(desk)
    with pytest.raises(ValidationError, match="ingen tidigare plan"):
        publishing.undo(desk.days.pool, DAY, desk.actor("anna"))
    assert holds(desk).pk == desk.plan.pk


@pytest.mark.parametrize("status", ["started", "done"])
def test_what_has_begun_keeps_its_place(desk, status):
    publish(desk)
    second = draft(desk)
    moved(second, desk.mine, at(9, 45))
    Visit.objects.filter(pk=desk.mine.pk).update(status=status)
    with pytest.raises(ValidationError, match="Lägg det som det var"):
        publish(desk, second)
    assert holds(desk).pk == desk.plan.pk


def test_a_delegation_withdrawn_since_the_draft_was_made(desk):
    part = desk.theirs.parts.get()
    part.acts, part.competence = ["insulin"], "delegated"
    part.save()
    given = Delegation.objects.create(
        assignment=desk.shifts["Hedda"].assignment, act="insulin", given_by=desk.shifts["Nova"].assignment,
        starts_on=DAY - timedelta(days=9), ends_on=DAY + timedelta(days=9),
    )  # fmt: skip
    assert publish(desk).plan
    second = draft(desk)
    given.ends_on = DAY - timedelta(days=1)
    given.save()
    with pytest.raises(ValidationError, match="ingen delegering"):
        publish(desk, second)


def test_nobody_is_at_two_places_at_once(desk):
    other = visit_for(desk.days, desk.mine.person, "nursing", "Annat", 9, "nurse")
    desk.place(other, "Nova", at(9, 10))
    with pytest.raises(ValidationError, match="två besök på samma tid"):
        publish(desk)


def test_those_who_come_together_come_together(desk):
    pair = visit_for(desk.days, desk.mine.person, "nursing", "Två", 12, "nurse", parts=2)
    desk.place(pair, "Nova", at(12), 1)
    desk.place(pair, "Nils", at(12, 10), 2)
    with pytest.raises(ValidationError, match="olika tider"):
        publish(desk)


def test_not_while_a_search_works_on_it(desk):
    PlanJob.objects.create(plan=desk.plan, state="running")
    with pytest.raises(ValidationError, match="sökning"):
        publish(desk)


def test_the_comparison_says_who_and_how_much(desk):
    publish(desk)
    second = draft(desk)
    moved(second, desk.mine, at(10, 20))
    found = compare.compare(desk.actor("anna"), second)
    assert [a.name for a in found.persons] == ["Egen Person"]
    assert found.hidden == 0
    assert found.persons[0].lines == ["09.00 Nova Test → 10.20 Nova Test"]
    late = next(f for f in found.figures if f["label"] == "Minuter efter fönstret")
    assert (late["was"], late["now"], late["state"]) == (0, 20, "warn")
    assert compare.reach(second) == 1


def test_the_others_are_counted(desk):
    publish(desk)
    second = draft(desk)
    moved(second, desk.theirs, at(10, 20))
    found = compare.compare(desk.actor("anna"), second)
    assert not found.persons
    assert found.hidden == 1
    assert [a.name for a in found.staff] == ["Hedda Test"]


def test_pages_publish_and_take_back(desk):
    client = desk.client("anna")
    publish(desk)
    second = draft(desk)
    moved(second, desk.mine, at(9, 45))
    answer = client.post(reverse("resources:desk_publish", args=[second.public_id]), follow=True)
    assert "1 person berörs" in answer.content.decode()
    assert holds(desk).pk == second.pk
    client.post(reverse("resources:desk_unpublish", args=[second.public_id]))
    assert holds(desk).pk == desk.plan.pk
    again = client.post(reverse("resources:desk_unpublish", args=[second.public_id]), follow=True)
    assert "inte den som gäller" in again.content.decode()


def test_drop_and_keep(desk):
    client = desk.client("anna")
    client.post(reverse("resources:desk_drop", args=[desk.plan.public_id]))
    assert desk.fresh().status == "dropped"
    client.post(reverse("resources:desk_keep", args=[desk.plan.public_id]))
    assert desk.fresh().status == "draft"
