"""The pages of a plan's history, rest, hand-over and corrections: what they show, what they refuse, how much they ask."""

import random
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from benchmarks.long_plans import lengthen
from samband.access.models import CareRelation
from samband.core import clock
from samband.plans.models import Action, CarePlan, Goal, Handover, Proposal, Revision, Situation
from samband.plans.services import editing, handovers, lifecycle, versions

NOW = clock.at(date(2026, 11, 23), time(9, 12))
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def edited(world):
    """A plan with a few versions."""
    alice = world.actor("alice")
    CareRelation.objects.update(starts_on=DAY - timedelta(days=30))
    with clock.frozen(NOW - timedelta(days=3)):
        editing.change(
            alice, world.things["action"], {"rrule": "FREQ=DAILY;BYHOUR=8,20", "place": "Hemma"}, 1, "Fler doser"
        )
    with clock.frozen(NOW - timedelta(days=1)):
        goal = editing.change(alice, world.things["goal"], {"words": "Gå ut två gånger varje dag."}, 1)
        editing.change(alice, goal, {"know_how": "<script>alert(1)</script>"}, 2)
    return world


def url(name, world, *more):
    return reverse(f"plans:{name}", args=[world.person.public_id, *more])


def test_two_versions_side_by_side_in_plain_words(edited):
    client = edited.client("gp")
    body = client.get(url("compare", edited) + "?from=0&to=3").content.decode()
    assert "Hemsjukvården kommer nu två gånger om dagen (förr en gång)" in body
    assert "Fler doser" in body
    assert "<del>" in body
    assert "<ins>" in body
    assert "FREQ=" not in body
    assert "<script>alert" not in body
    english = client.get(url("compare", edited) + "?from=0", headers={"accept-language": "en"}).content.decode()
    assert "now comes twice a day (before: once)" in english
    only = client.get(url("compare", edited) + "?from=1&to=2").content.decode()
    assert "två gånger om dagen" not in only
    day = client.get(url("compare", edited) + "?day=2026-11-21").content.decode()
    assert "Orden är ändrade" in day
    assert "två gånger om dagen" not in day


@pytest.mark.parametrize(
    "query", ["?from=x&to=-1", "?from=99999999999", "?day=2026-13-45", "?day=x", "?from=3&to=0", ""]
)
def test_odd_questions_get_a_page(edited, query):
    assert edited.client("alice").get(url("compare", edited) + query).status_code == 200


def test_a_plan_of_2000_versions_is_as_quick_as_a_short_one(edited, django_assert_max_num_queries):
    thing = Revision.objects.latest("number").thing
    Revision.objects.bulk_create(
        [
            Revision(plan=edited.plan, number=n, at=NOW, thing=thing, title="x", kind="change", by_name="x", by_kind="staff",
                     changes={"words": [str(n - 1), str(n)]})
            for n in range(4, 2004)
        ]
    )  # fmt: skip
    client = edited.client("alice")
    client.get(url("compare", edited))
    with django_assert_max_num_queries(48):  # as the person's page
        assert client.get(url("compare", edited) + "?from=0").status_code == 200


def test_going_back_over_a_long_plan_asks_a_bounded_number_of_questions(edited, django_assert_max_num_queries):
    lengthen(edited.plan, [edited.units["nursing"]], random.Random(2))
    client = edited.client("alice")
    client.get(url("restore", edited, 4))
    with django_assert_max_num_queries(38):
        body = client.get(url("restore", edited, 4)).content.decode()
    assert body.count('name="key"') >= 40


def test_restoring_shows_first_what_it_would_change_and_can_be_undone(edited):
    client = edited.client("alice")
    page = url("restore", edited, 1)
    body = client.get(page).content.decode()
    assert 'name="key"' in body
    assert Revision.objects.count() == 3
    key = f"plans.goal:{edited.things['goal'].public_id}"
    sent = {"seen": 3, "key": [key], "why": "Det blev fel"}
    assert client.post(page, {**sent, "why": ""}).status_code == 422
    assert client.post(page, {**sent, "key": []}).status_code == 422
    assert client.post(page, sent).status_code == 302
    goal = Goal.objects.get()
    assert (goal.words, goal.know_how) == (edited.things["goal"].words, "")
    undo = url("restore_undo", edited, 3)
    assert undo in client.get(url("person", edited)).content.decode()
    assert client.post(undo).status_code == 302
    assert Goal.objects.get().words == "Gå ut två gånger varje dag."
    editing.change(edited.actor("gp"), Goal.objects.get(), {"words": "Läkarens"}, Goal.objects.get().version)
    late = client.post(page, {**sent, "seen": 5})
    assert late.status_code == 409
    assert "gp Test" in late.content.decode().replace("Gp", "gp")


def test_restoring_anothers_action_asks_that_party(edited):
    client = edited.client("gp")
    key = f"plans.action:{edited.things['action'].public_id}"
    sent = {"seen": 3, "key": [key], "why": "Räcker med en", "thing": key}
    assert client.post(url("restore", edited, 0), sent).status_code in (302, 422)
    found = Proposal.objects.filter(text="Räcker med en")
    assert found.count() == 1
    assert Action.objects.get().rrule == "FREQ=DAILY;BYHOUR=8,20"


def test_rest_closing_and_opening_again_through_the_pages(world):
    client = world.client("alice")
    assert client.post(url("pause", world), {"why": "", "resume_on": ""}).status_code == 422
    assert client.post(url("pause", world), {"why": "Reser", "resume_on": "2026-12-03"}).status_code == 302
    body = client.get(url("person", world)).content.decode()
    assert "Planen vilar" in body
    assert "3 december" in body
    assert url("resume", world) in body
    own = world.client("self")
    assert "Planen vilar" in own.get(reverse("web:my")).content.decode()
    assert "Planen vilar till 3 december" in own.get(reverse("web:my_plan")).content.decode()
    assert world.person.full_name not in client.get(reverse("plans:day")).content.decode()
    assert client.post(url("resume", world), {"why": "Hemma igen"}).status_code == 302
    key = f"end-{world.things['action'].public_id}"
    body = client.get(url("close", world)).content.decode()
    assert key in body
    assert client.post(url("close", world), {"why": "Klart", key: "done"}).status_code == 302
    assert Action.objects.get().status == "done"
    assert url("reopen", world) in client.get(url("person", world)).content.decode()
    assert "Planen avslutades" in own.get(reverse("web:my")).content.decode()
    assert client.get(url("history", world)).status_code == 200
    assert client.get(url("compare", world)).status_code == 200
    assert client.get(url("pause", world)).status_code == 404
    assert client.post(url("reopen", world), {"why": "Igen"}).status_code == 302
    assert (CarePlan.objects.get().status, Action.objects.get().status) == ("active", "active")


def test_a_hand_over_from_question_to_answer(world):
    alice, stranger = world.client("alice"), world.client("stranger")
    page = url("handover_ask", world)
    assert alice.get(page).status_code == 200
    things = [o.thing for o in handovers.offers(world.plan, world.units["nursing"])]
    sent = {
        "from_unit": world.units["nursing"].public_id, "to_unit": world.units["elsewhere"].public_id, "reason": "municipality",
        "on": "2026-11-23", "things": things, "message": "Hör bäst på höger öra", "leaves": "on", "form": "spoken",
    }  # fmt: skip
    refused = alice.post(page, sent)
    assert refused.status_code == 422
    assert stranger.get(url("person", world)).status_code == 404
    assert alice.post(page, {**sent, "said": "Ja", "said_by": "Hon"}).status_code == 302
    row = Handover.objects.get()
    where = reverse("plans:handover", args=[row.public_id])
    assert "har ansvaret" in alice.get(url("person", world)).content.decode()
    assert "ansvaret" in world.client("self").get(reverse("web:my_plan")).content.decode()
    assert where in stranger.get(reverse("plans:handovers")).content.decode()
    items = {i.title: str(i.public_id) for i in row.items.all()}
    keys = list(items.values())
    assert alice.post(where, {f"take-{k}": "yes" for k in keys}).status_code in (403, 404)
    half = {f"take-{keys[0]}": "yes", f"take-{keys[1]}": "no"}
    assert stranger.post(where, half).status_code == 422
    assert stranger.post(where, {**half, f"why-{keys[1]}": "Vi har ingen jour"}).status_code == 302
    row.refresh_from_db()
    assert row.status == "partly"
    assert Action.objects.get().unit == world.units["elsewhere"]
    assert Situation.objects.get().call_unit == world.units["nursing"]


def test_a_situation_ends_and_leaves_the_pages(world):
    situation = world.things["situation"]
    client = world.client("alice")
    page = reverse("plans:situation_end", args=[situation.public_id])
    assert client.post(page, {"why": "Går bra nu"}).status_code == 302
    assert situation.trigger not in client.get(url("person", world)).content.decode().split("Vad som händer")[0]
    assert situation.trigger not in world.client("self").get(reverse("web:my_situations")).content.decode()
    assert Situation.objects.get().ended_on == DAY


def test_a_correction_through_its_page(world):
    client = world.client("alice")
    thing = f"plans.goal:{world.things['goal'].public_id}"
    page = url("correct", world)
    assert client.get(page, {"thing": thing}).status_code == 200
    assert client.get(page, {"thing": "plans.goal:nonsense"}).status_code == 404
    sent = {
        "thing": thing,
        "field": "words",
        "kind": "corrected",
        "ground": "wrong",
        "why": "Hörde fel",
        "new": "Gå ut ibland",
    }
    assert client.post(page, {**sent, "new": ""}).status_code == 422
    assert client.post(page, sent).status_code == 302
    assert "Hörde fel" in client.get(url("history", world)).content.decode()
    assert Goal.objects.get().words == "Gå ut ibland"


def test_the_merge_page_marks_what_each_changed_and_puts_both_in_one_text(world):
    alice, gp = world.client("alice"), world.client("gp")
    goal = world.things["goal"]
    page = reverse("plans:goal", args=[goal.public_id])
    form = {"words": goal.words, "know_how": "Hon går ut. Hon orkar trappan.", "status": "active", "version": 1}
    assert alice.post(page, form).status_code == 302
    assert (
        alice.post(page, {**form, "know_how": "Hon går ut varje dag. Hon orkar trappan.", "version": 2}).status_code
        == 302
    )
    late = gp.post(page, {**form, "know_how": "Hon går ut. Hon orkar hela trappan.", "version": 2})
    assert late.status_code == 409
    body = late.content.decode()
    assert "<ins> varje dag</ins>" in body
    assert "<ins>hela </ins>" in body
    assert 'value="merged"' in body
    sealed = body.split('name="sealed" value="')[1].split('"')[0]
    assert gp.post(reverse("plans:merge"), {"sealed": sealed, "merge-know_how": "merged"}).status_code == 302
    goal.refresh_from_db()
    assert goal.know_how == "Hon går ut varje dag. Hon orkar hela trappan."


def test_a_choice_that_cannot_be_saved_shows_the_merge_page_again_with_both_texts(world):
    alice, gp = world.client("alice"), world.client("gp")
    goal = world.things["goal"]
    page = reverse("plans:goal", args=[goal.public_id])
    one, other = "a" * 1500, "b" * 1500
    assert alice.post(page, {"words": one, "status": "active", "version": 1}).status_code == 302
    late = gp.post(page, {"words": other, "status": "active", "version": 1})
    sealed = late.content.decode().split('name="sealed" value="')[1].split('"')[0]
    refused = gp.post(reverse("plans:merge"), {"sealed": sealed, "merge-words": "both"})
    assert refused.status_code == 422
    body = refused.content.decode()
    assert other in body
    assert "2000" in body
    again = body.split('name="sealed" value="')[1].split('"')[0]
    assert gp.post(reverse("plans:merge"), {"sealed": again, "merge-words": "mine"}).status_code == 302
    goal.refresh_from_db()
    assert goal.words == other


def test_the_person_reads_what_has_changed_since_last(edited):
    client = edited.client("self")
    body = client.get(reverse("web:my_changes")).content.decode()
    assert "Hemsjukvården kommer nu två gånger om dagen (förr en gång)" in body
    with clock.frozen(NOW + timedelta(days=1)):
        again = client.get(reverse("web:my_changes")).content.decode()
        assert "Ingenting i planen har ändrats sedan dess" in again
        assert "två gånger om dagen" in client.get(reverse("web:my_changes") + "?days=30").content.decode()
    assert edited.client("silent_son").get(reverse("web:my_changes")).status_code in (302, 403, 404)


def test_the_board_shows_what_rests_and_what_waits(world):
    alice = world.actor("alice")
    lifecycle.pause(alice, world.plan, "Reser", DAY + timedelta(days=9))
    things = [o.thing for o in handovers.offers(world.plan, world.units["nursing"])]
    handovers.ask(
        alice,
        CarePlan.objects.get(),
        world.units["nursing"],
        world.units["centre"],
        "unit",
        "Ni tar det",
        DAY,
        things,
        False,
    )
    client = world.client("coordinator")
    assert reverse("plans:board_side") in client.get("/board/").content.decode()
    body = client.get(reverse("plans:board_side")).content.decode()
    assert "Planer som vilar" in body
    assert "Överlämningar utan svar" in body
    assert (
        world.person.full_name
        in client.get(reverse("plans:board_side"), {"area": world.area.public_id}).content.decode()
    )
    strange = world.client("strange_coordinator").get(reverse("plans:board_side")).content.decode()
    assert "Planer som vilar" not in strange
    assert world.client("alice").get(reverse("plans:board_side")).status_code == 403


def test_versions_of_a_day(edited):
    assert versions.at_day(edited.plan, DAY - timedelta(days=2)) == 1
    assert versions.at_day(edited.plan, DAY - timedelta(days=9)) == 0
