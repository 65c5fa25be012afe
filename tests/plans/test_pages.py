"""The pages: what they show, to whom, with how many questions, and that what was written is never run."""

from datetime import date, time, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from samband.core import clock
from samband.plans.models import (
    Action,
    CarePlan,
    FollowUp,
    Goal,
    OccurrenceState,
    PlanEvent,
    Proposal,
    Revision,
    Situation,
)
from samband.plans.services import next_step, proposals
from tests.worlds import agree

NOW = clock.at(date(2026, 11, 23), time(9, 12))
DAY = date(2026, 11, 23)
EVIL = "<script>alert(1)</script>\"'>{{ 7|add:7 }}"


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def full(world):
    """A plan with one of everything, and evil text in all of it."""
    plan, nursing = world.plan, world.units["nursing"]
    CarePlan.objects.filter(pk=plan.pk).update(words=EVIL, situation=EVIL, strengths=EVIL, needs=EVIL, words_note=EVIL)
    world.things["visit"] = Action.objects.create(
        plan=plan, title=EVIL, detail=EVIL, place=EVIL, why=EVIL, unit=nursing, milestone=True, starts_on=DAY,
        time_from=time(14, 10), assignment=world.things["alice"],
    )  # fmt: skip
    Action.objects.create(plan=plan, title=EVIL, by="relative", relative=world.things["husband"], rrule="FREQ=DAILY")
    Goal.objects.create(plan=plan, words=EVIL, know_how=EVIL)
    Situation.objects.create(
        plan=plan, trigger=EVIL, steps_person=EVIL, steps_staff=EVIL, call_unit=nursing, ongoing_since=NOW
    )
    FollowUp.objects.create(plan=plan, due_on=DAY + timedelta(days=7), note=EVIL)
    PlanEvent.objects.create(plan=plan, at=NOW - timedelta(days=2), title=EVIL, detail=EVIL)
    Proposal.objects.create(action=world.things["action"], text=EVIL, by_name=EVIL, by_label=EVIL)
    Revision.objects.create(
        plan=plan, number=1, thing=f"plans.goal:{world.things['goal'].public_id}", title=EVIL, kind="change", by_name=EVIL,
        changes={"words": [EVIL, EVIL]}, why=EVIL, by_kind="staff",
    )  # fmt: skip
    world.person.flags.create(kind="warning", text=EVIL)
    OccurrenceState.objects.create(
        action=world.things["action"], original=clock.at(DAY, time()), status="not_done", note=EVIL, done_by=EVIL
    )
    next_step.refresh(plan)
    return world


def pages(world) -> list[str]:
    person, action = world.person.public_id, world.things["action"].public_id
    situation = Situation.objects.get(ongoing_since__isnull=False)
    names = ["person", "history", "parties", "capacity", "words", "story", "goal_new", "situation_new", "follow_up_new",
             "event_new", "action_new"]  # fmt: skip
    found = [reverse(f"plans:{name}", args=[person]) for name in names]
    found += [
        f"{found[0]}?view=week",
        f"{found[0]}?view=all",
        reverse("plans:day"),
        f"{reverse('plans:day')}?days=week",
    ]
    found += [
        reverse(f"plans:{n}", args=[world.things["visit"].public_id]) for n in ("action", "action_edit", "propose")
    ]
    found += [
        reverse("plans:occurrence", args=[action, "20261123T0000"]),
        reverse("plans:occurrence", args=[world.things["visit"].public_id, "20261123T1410"]),
    ]
    found += [
        reverse("plans:situation", args=[situation.public_id]),
        reverse("plans:situation_edit", args=[situation.public_id]),
    ]
    found += [
        reverse("plans:follow_up", args=[FollowUp.objects.get().public_id]),
        reverse("plans:goal", args=[Goal.objects.last().public_id]),
    ]
    found += [
        reverse("plans:follow_up_edit", args=[FollowUp.objects.get().public_id]),
        reverse("plans:withdraw", args=[world.person.parties.first().public_id]),
    ]
    return found


def test_every_page_opens_and_runs_nothing_that_was_written(full):
    client = full.client("alice")
    for url in pages(full):
        response = client.get(url)
        assert response.status_code == 200, url
        body = response.content.decode()
        assert "<script>alert" not in body, url
        assert "\"'>" not in body, url
        assert " style=" not in body, url
        assert "'>14" not in body, url


def test_pages_in_english(full):
    client = full.client("alice")
    for url in pages(full):
        assert client.get(url, headers={"accept-language": "en"}).status_code == 200, url


@pytest.mark.parametrize("view", ["today", "week", "all"])
def test_the_page_asks_a_bounded_number_of_questions(full, view, django_assert_max_num_queries):
    client = full.client("alice")
    url = f"{reverse('plans:person', args=[full.person.public_id])}?view={view}"
    client.get(url)
    for number in range(12):
        Action.objects.create(
            plan=full.plan,
            title=f"Insats {number}",
            unit=full.units["nursing"],
            rrule="FREQ=DAILY",
            time_from=time(8 + number),
        )
        Situation.objects.create(
            plan=full.plan, trigger=f"Om {number}", steps_person="x", call_unit=full.units["centre"]
        )
    with django_assert_max_num_queries(48):
        assert client.get(url).status_code == 200


def test_the_day_list_asks_a_bounded_number_of_questions(full, django_assert_max_num_queries):
    from tests.worlds import make_person

    for number in range(15):
        person = make_person(f"P{number}", "Test", 50 + number, full.area)
        agree(person, full.units["nursing"])
        plan = CarePlan.objects.create(person=person)
        Action.objects.create(
            plan=plan, title="Insulin", unit=full.units["nursing"], rrule="FREQ=DAILY", time_from=time(10, number)
        )
        next_step.refresh(plan)
    client = full.client("alice")
    client.get(reverse("plans:day"))
    with django_assert_max_num_queries(26):
        body = client.get(reverse("plans:day")).content.decode()
    assert "P14 Test" in body
    assert "P14 Test" not in full.client("bob").get(reverse("plans:day")).content.decode()
    assert "P14 Test" not in full.client("stranger").get(reverse("plans:day")).content.decode()
    mine = client.get(reverse("plans:day"), {"whose": "mine"}).content.decode()
    assert "P14 Test" not in mine


def test_next_step_and_its_button(full):
    client = full.client("alice")
    url = reverse("plans:person", args=[full.person.public_id])
    body = client.get(url).content.decode()
    assert "i dag 14.10" in body
    answer = client.post(
        reverse("plans:occurrence", args=[full.things["visit"].public_id, "20261123T1410"]),
        {"do": "done", "version": 0},
    )
    assert answer.url == url
    again = client.get(url).content.decode()
    assert "Uppföljning av planen" in again
    assert "data-toast" in again
    undo = reverse("plans:undo", args=[full.things["visit"].public_id, "20261123T1410", 1])
    assert undo in again
    assert client.post(undo).status_code == 302
    assert "i dag 14.10" in client.get(url).content.decode()


def test_marks_with_a_reason_and_a_clear_message(full):
    client = full.client("alice")
    url = reverse("plans:occurrence", args=[full.things["visit"].public_id, "20261123T1410"])
    assert client.post(url, {"do": "not_done", "version": 0}).status_code == 422
    assert client.post(url, {"do": "move", "version": 0}).status_code == 422
    assert client.post(url, {"do": "move", "version": 0, "time": "07:00"}).status_code == 422
    assert client.post(url, {"do": "move", "version": 0, "time": "16:00", "note": "sen"}).status_code == 302
    assert client.post(url, {"do": "done", "version": 0}).status_code == 302
    assert OccurrenceState.objects.get(action=full.things["visit"]).status == "planned"
    assert client.post(url, {"do": "burn", "version": 1}).status_code == 422
    assert (
        client.get(reverse("plans:occurrence", args=[full.things["visit"].public_id, "20261123T0333"])).status_code
        == 404
    )
    assert client.get(reverse("plans:occurrence", args=[full.things["visit"].public_id, "nonsense"])).status_code == 404


def action_form(**more):
    return {"title": "Promenad", "by": "unit", "often": "weekly", "every": 1, "days": ["MO", "TH"], "month_by": "date",
            "competence": "none", "starts_on": "2026-11-23", "time_from": "10:30", **more}  # fmt: skip


def test_an_action_is_made_with_a_friendly_recurrence(full):
    client = full.client("alice")
    url = reverse("plans:action_new", args=[full.person.public_id])
    unit = full.units["nursing"].pk
    answer = client.post(url, action_form(unit=unit))
    assert answer.status_code == 302, answer.content.decode()
    made = Action.objects.get(title="Promenad")
    assert (made.rrule, made.unit, made.time_from) == ("FREQ=WEEKLY;BYDAY=MO,TH", full.units["nursing"], time(10, 30))
    edit = reverse("plans:action_edit", args=[made.public_id])
    body = client.get(edit).content.decode()
    assert 'value="TH"' in body
    answer = client.post(edit, action_form(unit=unit, often="monthly", month_by="weekday", version=1, status="active"))
    assert answer.status_code == 302, answer.content.decode()
    made.refresh_from_db()
    assert made.rrule == "FREQ=MONTHLY;BYDAY=4MO"
    refused = client.post(
        edit,
        action_form(unit=unit, often="other", rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", version=2, status="active"),
    )
    assert refused.status_code == 422
    assert "aldrig" in refused.content.decode()


def test_the_next_five_times_show_while_choosing(full):
    client = full.client("alice")
    body = client.post(reverse("plans:preview"), action_form()).content.decode()
    assert "Måndag och torsdag" in body
    assert body.count("<li>") == 5
    assert (
        "aldrig"
        in client.post(
            reverse("plans:preview"), action_form(often="weekly", days=["SU"], stops_on="2026-11-24")
        ).content.decode()
    )
    assert client.post(reverse("plans:preview"), {}).status_code == 200


def test_two_at_once_get_the_merge_page_and_lose_nothing(full):
    alice, gp = full.client("alice"), full.client("gp")
    goal = full.things["goal"]
    url = reverse("plans:goal", args=[goal.public_id])
    assert alice.post(url, {"words": "Alices ord", "status": "active", "version": 1}).status_code == 302
    late = gp.post(url, {"words": "Läkarens ord", "know_how": "Hon säger det", "status": "active", "version": 1})
    assert late.status_code == 409
    body = late.content.decode()
    assert "Alices ord" in body
    assert "Läkarens ord" in body
    sealed = body.split('name="sealed" value="')[1].split('"')[0]
    done = gp.post(reverse("plans:merge"), {"sealed": sealed, "merge-words": "both"})
    assert done.status_code == 302
    goal.refresh_from_db()
    assert (goal.words, goal.know_how) == ("Alices ord\nLäkarens ord", "Hon säger det")
    assert gp.post(reverse("plans:merge"), {"sealed": sealed[:-3] + "abc"}).status_code == 404
    assert full.client("stranger").post(reverse("plans:merge"), {"sealed": sealed}).status_code == 404


def test_another_partys_action_says_why_not_and_how_instead(full):
    gp = full.client("gp")
    action = full.things["action"]
    assert gp.get(reverse("plans:action_edit", args=[action.public_id])).status_code == 403
    body = gp.get(reverse("plans:action", args=[action.public_id])).content.decode()
    assert reverse("plans:propose", args=[action.public_id]) in body
    sent = gp.post(
        reverse("plans:propose", args=[action.public_id]), {"text": "Kvällen i stället", "time_from": "20:30"}
    )
    assert sent.status_code == 302
    proposal = Proposal.objects.get(text="Kvällen i stället")
    answer = reverse("plans:proposal", args=[proposal.public_id])
    assert gp.post(answer, {"answer": "yes"}).status_code in (403, 404)
    assert full.client("alice").post(answer, {"answer": "yes"}).status_code == 302
    action.refresh_from_db()
    assert action.time_from == time(20, 30)


def test_a_person_without_a_plan_has_one_way_on(world):
    person = world.things["other_person"]
    url = reverse("plans:person", args=[person.public_id])
    assert world.client("alice").get(url).status_code == 404
    from samband.access.models import CareRelation

    CareRelation.objects.create(person=person, unit=world.units["nursing"], reason="inskriven")
    client = world.client("alice")
    start = reverse("plans:start", args=[person.public_id])
    assert start in client.get(url).content.decode()
    unit = str(world.units["nursing"].public_id)
    assert client.post(start, {"units": [unit], "said": "", "said_by": "Annan", "form": "spoken"}).status_code == 422
    done = client.post(
        start,
        {
            "units": [unit],
            "said": "Ja tack",
            "said_by": "Annan",
            "form": "spoken",
            "words": "Hem",
            "words_note": "Alice",
        },
    )
    assert done.status_code == 302
    assert "”Hem”" in client.get(url).content.decode()


def test_a_party_outside_care_sees_its_own_agreed_part_only(full):
    from samband.access.models import Party

    Party.objects.create(person=full.person, unit=full.units["school"], said="Ja", said_by="Hon", form="spoken")
    Action.objects.create(
        plan=full.plan, title="Skolsköterskan ringer", unit=full.units["school"], shared_outside=True, starts_on=DAY
    )
    Action.objects.create(plan=full.plan, title="Inte delad", unit=full.units["school"], starts_on=DAY)
    teacher = full.client("teacher")
    body = teacher.get(reverse("plans:person", args=[full.person.public_id])).content.decode()
    assert "Skolsköterskan ringer" in body
    for hidden in ("Inte delad", "Insulin", full.person.shown_number, "Om jag blir yr", "Gå ut varje dag"):
        assert hidden not in body
    shared = Action.objects.get(title="Skolsköterskan ringer").public_id
    more = [reverse("plans:action", args=[shared]), reverse("plans:occurrence", args=[shared, "20261123T0000"])]
    for url in [*pages(full), *more]:
        answer = teacher.get(url, follow=True)
        assert answer.status_code in (200, 403, 404), url
        for hidden in ("Insulin", "alert(1)", full.person.shown_number, "Inte delad"):
            assert hidden not in answer.content.decode(), (url, hidden)


def test_an_action_for_another_party_is_asked_for(full):
    gp = full.client("gp")
    gp.post(
        reverse("plans:action_new", args=[full.person.public_id]),
        action_form(unit=full.units["nursing"].pk, title="Blodtryck"),
    )
    made = Action.objects.get(title="Blodtryck")
    assert made.by == "nobody"
    assert proposals.may_answer(full.actor("alice"), made.proposals.get())


def test_capacity_and_parties_through_their_pages(full):
    client = full.client("alice")
    url = reverse("plans:capacity", args=[full.person.public_id])
    assert client.post(url, {"ground": "lasting"}).status_code == 422
    filled = {
        "ground": "lasting",
        "assessed_by": "Dr X",
        "basis": "b",
        "represented_by": "Make",
        "attitude": "a",
        "review_on": "2027-01-01",
    }
    assert client.post(url, filled).status_code == 302
    page = reverse("plans:person", args=[full.person.public_id])
    assert "Företräds av Make" in client.get(page).content.decode()
    assert client.post(url, {"end": "1", "why": ""}).status_code == 422
    assert client.post(url, {"end": "1", "why": "Frisk"}).status_code == 302
    parties = reverse("plans:parties", args=[full.person.public_id])
    unit = str(full.units["help"].public_id)
    assert client.post(parties, {"unit": unit, "said": "Ja", "said_by": "Hon", "form": "spoken"}).status_code == 302
    assert full.client("bob").get(page).status_code == 200
    party = full.person.parties.get(unit=full.units["help"])
    assert client.post(reverse("plans:withdraw", args=[party.public_id]), {"said": "Nej"}).status_code == 302
    assert "Gå ut varje dag" not in full.client("bob").get(page).content.decode()


def test_reading_the_page_is_audited_once(full):
    from samband.core.models import AuditEvent

    client = full.client("alice")
    client.get(reverse("plans:person", args=[full.person.public_id]))
    rows = AuditEvent.objects.filter(subjects__person_id=full.person.pk, outcome="allow")
    assert [r.action for r in rows] == ["plan.read"]


def test_the_toast_goes_back_only_to_a_page_of_ours(full):
    from samband.plans.views.base import back_to

    request = RequestFactory().post("/", {"back": "//evil.example/x"})
    assert back_to(request, "/ok/") == "/ok/"


def test_an_event_is_written_and_one_that_lies_ahead_is_refused(full):
    client = full.client("alice")
    url = reverse("plans:event_new", args=[full.person.public_id])
    assert client.post(url, {"day": "2026-11-22", "clock": "08:15", "title": "Kom hem"}).status_code == 302
    assert PlanEvent.objects.get(title="Kom hem").at == clock.at(date(2026, 11, 22), time(8, 15))
    assert client.post(url, {"day": "2026-11-25", "clock": "08:15", "title": "Kommer hem"}).status_code == 422
