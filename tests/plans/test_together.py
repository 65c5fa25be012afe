"""Who comes along: each party looks after its own (P1, P3, P5); kept, undone, two at once; on every page that shows it."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from samband.access.models import Party
from samband.core import clock, policy
from samband.core.models import AuditEvent
from samband.core.policy import Denied
from samband.plans.models import Action, Participant, Proposal, Revision
from samband.plans.services import changes, editing, proposals, together
from samband.plans.services.together import Along
from tests.worlds import agree

NOW = clock.at(date(2026, 11, 23), time(9, 12))
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def visit(world) -> Action:
    """A visit of Alice's unit at two o'clock."""
    return Action.objects.create(
        plan=world.plan, title="Läkemedelsgenomgång", unit=world.units["nursing"], assignment=world.things["alice"],
        starts_on=DAY, time_from=time(14), minutes=30,
    )  # fmt: skip


def gp_along(world, named: bool = True) -> Along:
    assignment = world.units["centre"].assignments.get(role="physician")
    return Along(world.units["centre"], assignment if named else None)


def names(action: Action) -> list[str]:
    return [one.text for one in together.those(action)]


def test_P3_another_party_is_asked_and_says_yes_itself(world, visit):
    alice, gp = world.actor("alice"), world.actor("gp")
    assert together.needs_to_ask(alice, visit, gp_along(world))
    with pytest.raises(Denied):
        together.join(alice, visit, gp_along(world))
    question = proposals.ask_along(alice, visit, gp_along(world), "Vi behöver gå igenom läkemedlen")
    assert (question.asked_unit, names(visit)) == (world.units["centre"], [])
    assert not proposals.may_answer(alice, question)
    with pytest.raises(Denied):
        proposals.answer(alice, question, True)
    proposals.answer(gp, question, True, "Gärna")
    assert names(visit) == ["Gp Test, Vårdcentralen"]
    visit.refresh_from_db()
    assert visit.version == 2
    row = Revision.objects.filter(kind="change").get()
    assert changes.pairs(row) == [{"label": "Kommer med", "before": "", "after": "Gp Test, Vårdcentralen"}]
    entry = AuditEvent.objects.get(action="together.edit")
    assert (entry.detail["units"], entry.rule) == ([world.units["centre"].pk], "P3")
    assert entry.subjects.get().person_id == world.person.pk


def test_P3_who_offers_to_come_asks_the_one_that_has_the_action(world, visit):
    alice, gp = world.actor("alice"), world.actor("gp")
    offer = proposals.ask_along(gp, visit, gp_along(world), "")
    assert (offer.asked_unit, offer.text) == (None, "Kan Gp Test, Vårdcentralen komma med?")
    assert not proposals.may_answer(gp, offer)
    with pytest.raises(ValidationError, match="redan ställd"):
        proposals.ask_along(gp, visit, gp_along(world, named=False), "")
    proposals.answer(alice, offer, False, "Vi klarar det")
    assert names(visit) == []
    assert Proposal.objects.get().status == "declined"


def test_P3_from_the_own_unit_at_once_and_undone(world, visit):
    alice = world.actor("alice")
    visit.assignment = None
    visit.save()
    row = together.join(alice, visit, Along(world.units["nursing"], world.things["alice"]), "Två behövs")
    assert (names(visit), row.why) == (["Alice Test, Hemsjukvården"], "Två behövs")
    together.undo(alice, visit, row.number)
    assert names(visit) == []
    with pytest.raises(ValidationError, match="sedan dess"):
        together.undo(alice, visit, row.number)


def test_P3_the_other_party_leaves_swaps_and_is_taken_off(world, visit):
    alice, gp = world.actor("alice"), world.actor("gp")
    Participant.objects.create(action=visit, unit=world.units["centre"], assignment=gp_along(world).assignment)
    key = together.those(visit)[0].key
    with pytest.raises(Denied):  # the one that has the action does not choose whom another unit sends
        together.swap(alice, visit, key, None)
    together.swap(gp, visit, key, None, "Vet inte vem än")
    assert names(visit) == ["Vårdcentralen"]
    with pytest.raises(ValidationError, match="Någon annan har ändrat"):  # two at once: the row is another one now
        together.leave(alice, visit, key)
    row = together.leave(alice, visit, together.those(visit)[0].key, "Behövs inte")
    assert names(visit) == []
    with pytest.raises(ValidationError):
        together.undo(gp, visit, row.number)
    together.undo(alice, visit, row.number)
    assert names(visit) == ["Vårdcentralen"]


def test_nobody_else_adds_or_takes_off(world, visit):
    Participant.objects.create(action=visit, unit=world.units["centre"])
    for name in ("stranger", "bob", "teacher", "administrator", "self", "husband"):
        with pytest.raises(Denied):
            together.leave(world.actor(name), visit, together.those(visit)[0].key)
        with pytest.raises(Denied):
            together.join(world.actor(name), visit, gp_along(world))
    assert not Revision.objects.exists()


def test_a_sentence_for_what_cannot_be(world, visit):
    alice, nursing = world.actor("alice"), world.units["nursing"]
    cases = {
        "har redan insatsen": Along(nursing, world.things["alice"]),
        "Välj vem mer": Along(nursing),
        "inte part": Along(world.units["help"]),
        "arbetar inte": Along(nursing, gp_along(world).assignment),
    }
    for said, one in cases.items():
        with pytest.raises(ValidationError, match=said):
            together.check(visit, one)
    Party.objects.filter(unit=world.units["centre"]).update(withdrawn_at=NOW)
    with pytest.raises(ValidationError, match="inte part"):  # P6
        together.check(visit, gp_along(world))
    Action.objects.filter(pk=visit.pk).update(status="stopped")
    with pytest.raises(ValidationError, match="avslutad"):
        together.join(alice, visit, Along(nursing, world.things["alice"]))


def test_P6_a_party_that_left_before_its_yes_does_not_come(world, visit):
    question = proposals.ask_along(world.actor("alice"), visit, gp_along(world), "")
    gp = world.actor("gp")
    Party.objects.filter(unit=world.units["centre"]).update(withdrawn_at=NOW)
    with pytest.raises(Denied):
        proposals.answer(gp, question, True)
    assert names(visit) == []


def test_P5_the_school_comes_along_where_the_person_shares(world, visit):
    alice, teacher = world.actor("alice"), world.actor("teacher")
    agree(world.person, world.units["school"])
    school = Along(world.units["school"])
    with pytest.raises(ValidationError, match="gått med på att dela"):
        together.join(alice, visit, school)
    assert not policy.scoped(teacher, "action.read", Action.objects.filter(pk=visit.pk)).exists()
    Action.objects.filter(pk=visit.pk).update(shared_outside=True)
    together.join(alice, visit, school)
    visit.refresh_from_db()
    assert policy.scoped(teacher, "action.read", Action.objects.all()).count() == 1
    assert policy.decide(world.actor("teacher"), "action.read", visit)
    Action.objects.filter(pk=visit.pk).update(shared_outside=False)
    visit.refresh_from_db()
    assert not policy.decide(world.actor("teacher"), "action.read", visit)


def test_a_change_of_the_action_at_the_same_time_is_put_together(world, visit):
    alice = world.actor("alice")
    Participant.objects.create(action=visit, unit=world.units["centre"])
    editing.change(alice, visit, {"title": "Ett", "place": ""}, 1)
    together.leave(alice, visit, together.those(visit)[0].key)
    found = editing.change(alice, visit, {"title": visit.title, "place": "köket"}, 1)
    assert (found.title, found.place, found.version, names(visit)) == ("Ett", "köket", 4, [])
    with pytest.raises(editing.Conflict) as caught:
        editing.change(alice, visit, {"title": "Två"}, 1)
    assert caught.value.fields[0].base == "Läkemedelsgenomgång"


def test_the_pages(world, visit):
    alice, gp = world.client("alice"), world.client("gp")
    here = reverse("plans:together", args=[visit.public_id])
    key = gp_along(world).key
    response = alice.post(here, {"do": "join", "along": ""})
    assert (response.status_code, "Välj vem mer som kommer med." in response.content.decode()) == (422, True)
    assert alice.post(here, {"do": "join", "along": key, "why": "Genomgång"}).status_code == 302
    page = alice.get(here).content.decode()
    assert "Vårdcentralen får frågan" in page
    assert "Väntar på svar från Vårdcentralen" in page
    day = reverse("plans:day")
    asked = gp.get(day).content.decode()
    assert "Frågor till er" in asked
    assert "Frågor till er" not in alice.get(day).content.decode()
    proposal = Proposal.objects.get()
    answered = gp.post(reverse("plans:proposal", args=[proposal.public_id]), {"answer": "yes", "back": day})
    assert answered["Location"] == day
    for client in (alice, gp):  # in the list of both units
        assert "Läkemedelsgenomgång" in client.get(day).content.decode()
        assert "Läkemedelsgenomgång" in client.get(f"{day}?whose=mine").content.decode()
    body = alice.get(reverse("plans:action", args=[visit.public_id])).content.decode()
    assert "plan-knots" in body
    assert "Gp Test" in body
    response = gp.post(here, {"do": "leave", "key": key}, follow=True)
    assert "Ändrat. De andra ser det i planen." in response.content.decode()
    undo = reverse("plans:together_undo", args=[visit.public_id, Revision.objects.order_by("-number")[0].number])
    assert undo in response.content.decode()
    gp.post(undo)
    assert names(visit) == ["Gp Test, Vårdcentralen"]
    history = alice.get(reverse("plans:history", args=[world.person.public_id])).content.decode()
    assert "Ändrat vilka som kommer med" in history
    assert alice.get(here, headers={"accept-language": "en"}).status_code == 200


def test_a_new_action_with_somebody_along(world):
    url = reverse("plans:action_new", args=[world.person.public_id])
    sent = {"title": "Provtagning", "by": "unit", "unit": str(world.units["nursing"].pk), "often": "once", "every": "1",
            "starts_on": "2026-11-24", "competence": "none", "along": gp_along(world).key}  # fmt: skip
    response = world.client("alice").post(url, sent)
    assert response.status_code == 302, response.content.decode()
    action = Action.objects.get(title="Provtagning")
    assert Proposal.objects.get(action=action).asked_unit == world.units["centre"]
    sent |= {"title": "Sår", "along": "a:inte-en-id"}
    assert world.client("alice").post(url, sent).status_code == 422
    assert not Action.objects.filter(title="Sår").exists()
