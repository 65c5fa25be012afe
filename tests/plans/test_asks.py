"""Questions to units (P3): nobody is given an action without a yes; no answer and a no are seen by all."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.access.models import Party
from samband.core import clock, events, notices, policy
from samband.core.policy import Denied
from samband.plans.models import Action, Proposal, Revision
from samband.plans.services import ask_list, asks, editing, proposals
from tests.worlds import agree, make_person

NOW = clock.at(date(2026, 11, 23), time(9, 12))
DAY = NOW.date()
Status = Proposal.Status


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def told(monkeypatch):
    found: list[notices.Telling] = []
    monkeypatch.setitem(events._handlers, notices.EVENT, [lambda telling: found.append(telling)])
    return found


def offer(world, title="Ny insats", **more):
    action = Action(plan=world.plan, title=title, starts_on=DAY + timedelta(days=3))
    return proposals.offer(world.actor("alice"), action, world.units["centre"], "Kan ni?", **more)


def test_another_units_action_waits_for_its_yes(world, told):
    ask = offer(world)
    assert (ask.action.by, ask.status, ask.answer_by) == ("nobody", Status.OPEN, DAY + timedelta(days=3))
    assert [(t.kind.key, t.units) for t in told] == [("ask.asked", {world.units["centre"].pk})]
    with pytest.raises(Denied):
        proposals.answer(world.actor("alice"), ask, True)
    proposals.answer(world.actor("gp"), ask, True, "Ja, på måndagar.")
    ask.action.refresh_from_db()
    assert (ask.action.by, ask.action.unit) == ("unit", world.units["centre"])
    assert [r.kind for r in Revision.objects.order_by("number")] == ["add", "ask", "change", "ask_yes"]
    assert [t.kind.key for t in told] == ["ask.asked", "ask.answered"]
    assert asks.states(world.plan) == {}
    with pytest.raises(ValidationError, match="redan besvarat"):
        proposals.answer(world.actor("gp"), ask, False, "Nej")


def test_a_no_needs_a_reason_and_shows(world, told):
    ask = offer(world)
    with pytest.raises(ValidationError) as caught:
        proposals.answer(world.actor("gp"), ask, False, " ")
    assert set(caught.value.message_dict) == {"words"}
    proposals.answer(world.actor("gp"), ask, False, "Ingen läkare den dagen.")
    state = asks.states(world.plan)[ask.action_id]
    assert (state.state, state.plain) == ("act", "Vårdcentralen har sagt nej: Ingen läkare den dagen.")
    assert told[-1].kind.key == "ask.declined"
    assert told[-1].assignments == {world.things["alice"].pk}
    assert list(asks.declined(Proposal.objects.all())) == [ask]


def test_no_answer_shows_in_time_and_too_late(world):
    ask = offer(world, answer_by=DAY + timedelta(days=1))
    state = asks.states(world.plan)[ask.action_id]
    assert (state.state, state.plain) == ("unknown", "Vårdcentralen har inte svarat än.")
    assert not asks.unanswered(Proposal.objects.all()).exists()
    with clock.frozen(NOW + timedelta(days=2)):
        assert asks.states(world.plan)[ask.action_id].state == "warn"
        assert list(asks.unanswered(Proposal.objects.all())) == [ask]
        Action.objects.filter(pk=ask.action_id).update(status="stopped")
        assert not asks.unanswered(Proposal.objects.all()).exists(), "what is over is nobody's worry"


@pytest.mark.parametrize("wrong", ["past", "stranger", "outside", "own", "words", "over"])
def test_a_question_that_cannot_be_asked_is_refused_with_a_sentence(world, wrong):
    action = world.things["action"]
    unit, words, day = world.units["centre"], "Kan ni?", DAY
    if wrong == "past":
        day = DAY - timedelta(days=1)
    elif wrong == "stranger":
        unit = world.units["elsewhere"]
    elif wrong == "outside":
        unit = world.units["school"]
        Party.objects.create(person=world.person, unit=unit, said="Ja", said_by="Märit", form="spoken")
    elif wrong == "own":
        unit = world.units["nursing"]
    elif wrong == "words":
        words = "  "
    else:
        Action.objects.filter(pk=action.pk).update(status="done")
        action.refresh_from_db()
    with pytest.raises(ValidationError) as caught:
        asks.ask(world.actor("alice"), action, unit, words, day)
    field = {"past": "answer_by", "words": "text", "over": "__all__"}.get(wrong, "unit")
    assert set(caught.value.message_dict) == {field}
    assert not Proposal.objects.exists()


def test_the_action_stays_where_it_is_until_the_other_says_yes(world):
    action = world.things["action"]
    changes = {"by": "unit", "unit": world.units["centre"], "assignment": None, "relative": None, "detail": "Nytt"}
    ask = asks.give(world.actor("alice"), action, changes, action.version)
    action.refresh_from_db()
    assert (action.unit, action.detail) == (world.units["nursing"], "Nytt")
    proposals.answer(world.actor("gp"), ask, False, "Nej")
    assert asks.states(world.plan)[action.pk].state == "warn", "somebody has it still"
    assert not asks.declined(Proposal.objects.all()).exists()
    ask = asks.ask(world.actor("alice"), action, world.units["centre"], "En gång till?")
    proposals.answer(world.actor("gp"), ask, True)
    action.refresh_from_db()
    assert action.unit == world.units["centre"]
    assert not policy.decide(world.actor("alice"), "action.edit", action)


def test_P3_an_edit_does_not_hand_an_action_to_a_unit_that_was_not_asked(world):
    action = world.things["action"]
    with pytest.raises(Denied):
        editing.change(world.actor("alice"), action, {"unit": world.units["centre"]}, action.version)
    action.refresh_from_db()
    assert action.unit == world.units["nursing"]


def test_one_question_waits_at_a_time(world):
    agree(world.person, world.units["help"])
    ask = offer(world)
    with pytest.raises(ValidationError, match="redan frågan"):
        asks.ask(world.actor("alice"), ask.action, world.units["centre"], "Igen?")
    other = asks.ask(world.actor("alice"), ask.action, world.units["help"], "Kan ni då?")
    ask.refresh_from_db()
    assert (ask.status, other.status) == (Status.WITHDRAWN, Status.OPEN)
    asks.take_back(world.actor("alice"), other)
    assert asks.states(world.plan) == {}
    with pytest.raises(ValidationError):
        asks.take_back(world.actor("alice"), other)


def test_what_was_accepted_can_be_given_back_with_a_reason(world, told):
    ask = offer(world)
    proposals.answer(world.actor("gp"), ask, True)
    with pytest.raises(ValidationError):
        asks.hand_back(world.actor("gp"), ask.action, "")
    with pytest.raises(Denied):
        asks.hand_back(world.actor("alice"), ask.action, "Vi vill ha den")
    asks.hand_back(world.actor("gp"), ask.action, "Läkaren slutar.")
    ask.refresh_from_db()
    action = Action.objects.get(pk=ask.action_id)
    assert (ask.status, action.by, action.unit) == (Status.RETURNED, "nobody", None)
    assert asks.states(world.plan)[action.pk].plain == "Vårdcentralen har lämnat tillbaka insatsen: Läkaren slutar."
    assert list(asks.declined(Proposal.objects.all())) == [ask]
    assert told[-1].kind.key == "ask.declined"
    asks.ask(world.actor("alice"), action, world.units["centre"], "Finns det någon annan?")
    assert not asks.declined(Proposal.objects.all()).exists(), "asked again, it is a question that waits"


def test_an_own_action_given_back_is_told_of_too(world):
    asks.hand_back(world.actor("alice"), world.things["action"], "Vi hinner inte.")
    row = Proposal.objects.get()
    assert (row.status, row.asked_unit, row.answer) == (Status.RETURNED, world.units["nursing"], "Vi hinner inte.")


def test_two_at_once_answer_once(world):
    ask = offer(world)
    stale = Proposal.objects.get(pk=ask.pk)
    proposals.answer(world.actor("gp"), ask, True)
    with pytest.raises(ValidationError):
        proposals.answer(world.actor("gp"), stale, False, "Nej")


# The list


def test_the_list_is_the_units_own(world):
    offer(world)
    assert [r.action.title for r in ask_list.rows(world.actor("gp"), "to_us")] == ["Ny insats"]
    for who in ("alice", "bob", "stranger", "strange_coordinator", "self", "husband", "administrator"):
        assert list(ask_list.rows(world.actor(who), "to_us")) == []
    assert [r.action.title for r in ask_list.rows(world.actor("alice"), "from_us")] == ["Ny insats"]


def test_the_history_tells_the_day_as_people_do(world):
    offer(world, answer_by=date(2026, 11, 29))
    body = world.client("alice").get(reverse("plans:history", args=[world.person.public_id])).content.decode()
    assert "29 november" in body
    assert "2026-11-29" not in body
    assert "<ins>" not in body, "what was added is told, not underlined as a change"


def test_the_list_asks_a_bounded_number_of_questions(world, django_assert_max_num_queries):
    client = world.client("gp")
    offer(world)
    client.get(reverse("plans:asks"))
    for number in range(12):
        person = make_person(f"P{number}", "Test", 60 + number, world.area)
        agree(person, world.units["centre"])
        plan = person.plans.create()
        action = Action.objects.create(plan=plan, title="Fråga", by="nobody")
        Proposal.objects.create(
            action=action, kind="take", asked_unit=world.units["centre"], text="?", by_name="x", answer_by=DAY
        )
    with django_assert_max_num_queries(24):  # fewer than one a row more
        body = client.get(reverse("plans:asks")).content.decode()
    assert body.count("plan-ask-do") == 13


def test_P5_the_school_sees_the_question_about_what_concerns_it_and_answers(world):
    Party.objects.create(person=world.person, unit=world.units["school"], said="Ja", said_by="Mamma", form="spoken")
    hidden = Action.objects.create(plan=world.plan, title="Hemlig sak", by="nobody")
    Proposal.objects.create(
        action=hidden, kind="take", asked_unit=world.units["school"], text="?", by_name="x", answer_by=DAY
    )
    shown = Action.objects.create(plan=world.plan, title="Lugnt rum", by="nobody", shared_outside=True)
    ask = asks.ask(world.actor("alice"), shown, world.units["school"], "Kan ni?")
    client = world.client("teacher")
    body = client.get(reverse("plans:asks")).content.decode()
    assert "Lugnt rum" in body
    assert "Hemlig sak" not in body
    page = client.get(reverse("plans:proposal", args=[ask.public_id])).content.decode()
    assert "Jag vill bo kvar" not in page, "the words are not theirs"
    assert world.person.shown_number not in page
    assert "Lugnt rum" in client.get(reverse("plans:person", args=[world.person.public_id])).content.decode()
    client.post(reverse("plans:proposal", args=[ask.public_id]), {"answer": "yes"})
    shown.refresh_from_db()
    assert shown.unit == world.units["school"]
