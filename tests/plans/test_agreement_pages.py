"""The pages of the agreement: what they show and save, with how many questions; paper; lists."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from samband.access.models import Capacity
from samband.core import clock
from samband.plans.models import Action, Approval, Proposal, RelativeNote, Revision
from samband.plans.prints.content import content
from samband.plans.services import approvals, asks, consent, editing, proposals
from tests.worlds import MARK

NOW = clock.at(date(2026, 11, 23), time(9, 12))
DAY = NOW.date()
EVIL = "<script>alert(1)</script>\"'>{{ 7|add:7 }}"


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


def at(world, name, thing=None):
    return reverse(f"plans:{name}", args=[(thing or world.person).public_id])


@pytest.fixture
def full(world):
    """An agreement with one of everything, and evil text in all of it."""
    consent.give(world.actor("self"), world.person, EVIL)
    approvals.disagree(world.actor("self"), world.plan, 0, EVIL)
    approvals.approve(world.actor("self"), world.plan, 99, words=EVIL)
    action = Action(plan=world.plan, title=EVIL, starts_on=DAY + timedelta(days=2))
    world.things["ask"] = proposals.offer(world.actor("alice"), action, world.units["centre"], EVIL)
    refused = proposals.offer(world.actor("alice"), Action(plan=world.plan, title=EVIL), world.units["centre"], EVIL)
    proposals.answer(world.actor("gp"), refused, False, EVIL)
    RelativeNote.objects.create(plan=world.plan, relative=world.things["husband"], words=EVIL)
    Capacity.objects.create(
        person=world.person, ground="lasting", assessed_by=EVIL, basis=EVIL, represented_by=EVIL, attitude=EVIL,
        review_on=DAY - timedelta(days=1), starts_on=DAY - timedelta(days=9),
    )  # fmt: skip
    return world


def pages(world):
    names = ["person", "agreement", "approve", "consent", "consent_withdraw", "principal", "capacity", "history"]
    found = [at(world, name) for name in names] + [reverse("plans:asks"), f"{reverse('plans:asks')}?which=from_us"]
    found += [at(world, n, world.things["action"]) for n in ("ask", "hand_back", "action", "action_edit")]
    return [*found, f"{at(world, 'person')}?view=all", at(world, "action", world.things["ask"].action)]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_page_opens_and_runs_nothing_that_was_written(full, lang):
    client = full.client("alice")
    for url in pages(full):
        response = client.get(url, headers={"accept-language": lang})
        assert response.status_code == 200, url
        body = response.content.decode()
        assert "<script>alert" not in body, url
        assert " style=" not in body, url
        assert "'>14" not in body, url
    gp = full.client("gp")
    for url in (
        reverse("plans:asks"),
        at(full, "proposal", full.things["ask"]),
        f"{reverse('plans:asks')}?which=answered",
    ):
        body = gp.get(url, headers={"accept-language": lang}).content.decode()
        assert "alert(1)" in body, url
        assert "<script>alert" not in body, url


def test_the_plan_page_says_where_the_agreement_stands(full):
    body = full.client("alice").get(at(full, "person")).content.decode()
    assert "Ändrad sedan godkännandet" in body
    assert "Vårdcentralen har sagt nej" in body
    assert "Skulle ha prövats igen" in body, "P7: the overdue review shows in the header"
    assert "delar finns" in body
    assert "HSL 16:4" in body, "the source stands beside what is missing"


def test_the_plan_page_asks_few_questions_more(full, django_assert_max_num_queries):
    client = full.client("alice")
    client.get(at(full, "person"))
    for number in range(12):
        offered = Action(plan=full.plan, title=f"Sak {number}", starts_on=DAY)
        proposals.offer(full.actor("alice"), offered, full.units["centre"], "Kan ni?")
    with django_assert_max_num_queries(51):
        assert client.get(at(full, "person")).status_code == 200
    with django_assert_max_num_queries(44):
        assert client.get(at(full, "agreement")).status_code == 200


def test_what_the_person_answered_is_written_down(world):
    client = world.client("alice")
    page = client.get(at(world, "approve"))
    sent = {"number": page.context["form"].initial["number"], "answer": "approved", "said_by": "", "form": "spoken"}
    missing = client.post(at(world, "approve"), sent)
    assert missing.status_code == 422
    assert "Skriv vem som sade det." in missing.content.decode()
    assert client.post(at(world, "approve"), {**sent, "said_by": "Märit"}).status_code == 302
    no = {**sent, "answer": "disagreed", "said_by": "Märit"}
    assert client.post(at(world, "approve"), no).status_code == 422, "a no needs words"
    assert client.post(at(world, "approve"), {**no, "words": "Inte torsdagar."}).status_code == 302
    assert list(Approval.objects.order_by("id").values_list("answer", "words")) == [
        ("approved", ""), ("disagreed", "Inte torsdagar."),
    ]  # fmt: skip
    assert "Inte torsdagar." in client.get(at(world, "agreement")).content.decode()


def test_a_version_that_was_not_read_is_not_approved(world):
    client = world.client("alice")
    number = client.get(at(world, "approve")).context["form"].initial["number"]
    goal = world.things["goal"]
    editing.change(world.actor("gp"), goal, {"words": "Annat"}, goal.version)
    sent = {"number": number, "answer": "approved", "said_by": "Märit", "form": "spoken"}
    reply = client.post(at(world, "approve"), sent)
    assert reply.status_code == 422
    assert "ändrades nyss" in reply.content.decode()
    assert not Approval.objects.exists()


def test_consent_is_taken_back_and_given_again_by_staff(world):
    client = world.client("alice")
    sent = {"said_words": "Det räcker nu.", "said_by": "Märit", "form": "spoken"}
    assert client.post(at(world, "consent_withdraw"), {**sent, "said_words": ""}).status_code == 422
    reply = client.post(at(world, "consent_withdraw"), sent, follow=True)
    body = reply.content.decode()
    assert "Samtycket till planen är tillbakataget" in body
    assert "Det räcker nu." in body
    assert MARK not in body.split("</header>")[-1].replace(world.person.full_name, ""), "nothing of the plan shows"
    assert "tillbakataget" not in world.client("bob").get(at(world, "person")).content.decode()
    units = [str(world.units["nursing"].public_id)]
    client.post(at(world, "consent"), {"said_words": "Ja igen.", "said_by": "Märit", "form": "spoken", "units": units})
    assert client.get(at(world, "agreement")).status_code == 200
    assert world.client("gp").get(at(world, "agreement")).status_code == 404


def test_a_question_is_asked_answered_and_taken_back_on_the_pages(world):
    client, action = world.client("alice"), world.things["action"]
    centre = str(world.units["centre"].public_id)
    late = {"unit": centre, "text": "", "answer_by": "2020-01-01"}
    assert client.post(at(world, "ask", action), late).status_code == 422
    sent = {**late, "answer_by": "2026-11-30"}
    assert client.post(at(world, "ask", action), sent).status_code == 302
    ask = Proposal.objects.get()
    assert ask.text == "Kan Vårdcentralen ta den här insatsen?"
    gp = world.client("gp")
    assert gp.post(at(world, "proposal", ask), {"answer": "no"}).status_code == 422
    assert gp.post(at(world, "proposal", ask), {"answer": "no", "words": "Ingen tid."}).status_code == 302
    assert "Ingen tid." in client.get(at(world, "action", action)).content.decode()
    client.post(at(world, "ask", action), sent)
    client.post(at(world, "take_back", Proposal.objects.first()))
    assert Proposal.objects.first().status == "withdrawn"
    assert client.post(at(world, "hand_back", action), {"words": "Vi hinner inte."}).status_code == 302
    action.refresh_from_db()
    assert action.by == "nobody"


def test_an_edit_that_names_another_unit_asks_it(world):
    client, action = world.client("alice"), world.things["action"]
    form = client.get(at(world, "action_edit", action)).context["form"]
    sent = {
        "version": action.version, "title": action.title, "by": "unit", "unit": world.units["centre"].pk,
        "competence": "none", "starts_on": "2026-11-20", "often": "daily", "every": "1", "month_by": form.initial["month_by"],
        "status": "active", "change_why": "De är där ändå", "answer_by": "2026-11-26",
    }  # fmt: skip
    assert client.post(at(world, "action_edit", action), sent).status_code == 302
    action.refresh_from_db()
    ask = Proposal.objects.get()
    assert (action.unit, ask.asked_unit, ask.answer_by) == (
        world.units["nursing"],
        world.units["centre"],
        date(2026, 11, 26),
    )
    assert ask.text == "De är där ändå"


def test_the_principal_is_chosen_among_those_who_take_part(world):
    client = world.client("alice")
    page = client.get(at(world, "principal")).content.decode()
    assert "Regionen" in page
    assert "Grannkommunen" not in page
    sent = {"principal": world.units["centre"].organization_id, "version": world.plan.version}
    assert client.post(at(world, "principal"), sent).status_code == 302
    assert "Regionen" in client.get(at(world, "agreement")).content.decode()
    assert Revision.objects.filter(kind="change", changes__has_key="principal").exists()


def test_P7_who_represents_shows_in_lists_and_on_paper(full):
    body = full.client("alice").get(reverse("people:persons")).content.decode()
    assert "företräds av" in body
    assert "prövningen är försenad" in body
    made = content(full.person, full.plan, full.actor("alice"), "ordinary")
    assert made["marked"].startswith("Varaktigt nedsatt beslutsförmåga. Företräds av")
    assert made["represented"]


def test_the_paper_says_what_is_missing_and_who_has_not_answered(full):
    made = content(full.person, full.plan, full.actor("alice"), "ordinary")
    assert "Det är inte bestämt vem som har ansvar för helheten." in made["lacking"]
    told = [row["ask"] for group in made["groups"] for row in group["rows"] if row["ask"]]
    assert "Vårdcentralen har inte svarat än." in told
    assert [row["name"] for row in made["agreed"]] == ["Svar om planen", "Samtycke", "Övergripande ansvar"]


def test_P5_the_paper_of_a_party_outside_care_says_nothing_of_it(full):
    from samband.access.models import Party

    Party.objects.create(person=full.person, unit=full.units["school"], said="Ja", said_by="Mamma", form="spoken")
    made = content(full.person, full.plan, full.actor("teacher"), "ordinary")
    assert (made["agreed"], made["lacking"], made["marked"], made["notes"]) == ([], [], "", [])


def test_states_are_read_in_one_question(full, django_assert_num_queries):
    with django_assert_num_queries(1):
        asks.states(full.plan)
