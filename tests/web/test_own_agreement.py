"""Where the person answers (P1, P4, P6, P7): one act, what changed, what is missing, consent, those near."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samband.access.models import Capacity, Consent, Party
from samband.core import clock, policy
from samband.plans.models import Action, Approval, RelativeNote
from samband.plans.services import agreement, editing, proposals
from tests.worlds import MARK


def path(name, *args):
    return reverse(f"web:{name}", args=args)


def test_the_person_says_yes_with_one_act(world):
    client = world.client("self")
    assert "Svara om planen" in client.get(path("my_plan")).content.decode()
    page = client.get(path("my_agreement"))
    assert "Ja, så här ska planen vara" in page.content.decode()
    assert client.post(path("my_answer"), {"answer": "yes", "number": page.context["number"]}).status_code == 302
    assert agreement.standing(world.plan).approved
    body = client.get(path("my_plan")).content.decode()
    assert "Du sade ja till planen" in body
    assert "Svara om planen" not in body


def test_what_changed_since_the_answer_shows_before_the_next(world):
    client = world.client("self")
    client.post(path("my_answer"), {"answer": "yes", "number": 0})
    goal = world.things["goal"]
    editing.change(world.actor("alice"), goal, {"words": f"Dansa {MARK}"}, goal.version, "Hon ångrade sig")
    assert "Se vad som ändrats och svara" in client.get(path("my_plan")).content.decode()
    body = client.get(path("my_agreement")).content.decode()
    assert f"Ändrat: Dansa {MARK}" in body
    assert "Hon ångrade sig" in body
    reply = client.post(path("my_answer"), {"answer": "yes", "number": 0})
    assert reply.status_code == 422, "the old version is not approved unseen"
    assert "ändrades nyss" in reply.content.decode()


def test_a_no_keeps_the_words_and_asks_for_them(world):
    client = world.client("self")
    assert client.post(path("my_answer"), {"answer": "no", "words": ""}).status_code == 422
    client.post(path("my_answer"), {"answer": "no", "words": "Jag vill bo hemma.", "number": "x"})
    assert Approval.objects.get().words == "Jag vill bo hemma."
    assert "något inte stämmer" in client.get(path("my_plan")).content.decode()


def test_what_is_missing_stands_there_in_plain_words(world):
    body = world.client("self").get(path("my_plan")).content.decode()
    for sentence in ("Ett ja till planen är inte antecknat.", "Ingen fast vårdkontakt är utsedd än."):
        assert sentence in body
    assert "HSL 16:4" in world.client("self").get(path("my_agreement")).content.decode()


def test_a_unit_that_has_not_answered_is_told_of_in_plain_words(world):
    action = Action(plan=world.plan, title="Promenad", rrule="FREQ=WEEKLY;BYDAY=MO")
    ask = proposals.offer(world.actor("alice"), action, world.units["centre"], "Kan ni?")
    for who in ("self", "husband"):
        assert "Vårdcentralen har inte svarat än." in world.client(who).get(path("my_plan")).content.decode()
    proposals.answer(world.actor("gp"), ask, False, "Ingen tid.")
    body = world.client("self").get(path("my_plan")).content.decode()
    assert "Vårdcentralen har sagt nej: Ingen tid." in body
    sentences = "".join(
        world.client("self").get(f"{path('my_sentences')}?n={n}").content.decode() for n in range(1, 16)
    )
    assert "har sagt nej" in sentences


def test_P6_the_person_takes_her_consent_back_and_gives_it_again(world):
    client = world.client("self")
    client.post(path("my_consent"), {"do": "give", "words": "Ja, gärna."})
    assert Consent.objects.get().said == "Ja, gärna."
    client.post(path("my_consent"), {"do": "withdraw"})
    assert not policy.decide(world.actor("alice"), "plan.read", world.person)
    body = client.get(path("my_agreement")).content.decode()
    assert "Ingen enhet läser planen" in body
    assert "Hemsjukvården" in body, "those who may come back are offered"
    client.post(path("my_consent"), {"do": "give", "units": [str(world.units["nursing"].public_id)]})
    assert policy.decide(world.actor("alice"), "plan.read", world.person)
    assert not policy.decide(world.actor("gp"), "plan.read", world.person)


def test_P6_the_person_removes_one_party(world):
    party = Party.objects.get(unit=world.units["centre"])
    assert world.client("husband").post(path("my_party", party.public_id)).status_code == 403
    assert world.client("strange_person").post(path("my_party", party.public_id)).status_code == 404
    world.client("self").post(path("my_party", party.public_id))
    assert not policy.decide(world.actor("gp"), "plan.read", world.person)
    assert policy.decide(world.actor("alice"), "plan.read", world.person)


def test_P7_where_somebody_represents_the_person_says_no_but_not_yes(world):
    Capacity.objects.create(
        person=world.person, ground="lasting", assessed_by="Läkare", basis="Bedömd", represented_by="Vera Vård",
        attitude="Ja", review_on=clock.today() - timedelta(days=1), starts_on=clock.today() - timedelta(days=30),
    )  # fmt: skip
    client = world.client("self")
    body = client.get(path("my_agreement")).content.decode()
    assert "Vera Vård företräder" in body
    assert "Det skulle ha prövats igen" in body
    assert "Ja, så här ska planen vara" not in body
    assert client.post(path("my_answer"), {"answer": "yes", "number": 0}).status_code == 403
    assert client.post(path("my_answer"), {"answer": "no", "words": "Jag vill hem."}).status_code == 302
    assert "Vera Vård företräder" in client.get(path("my_plan")).content.decode()


def test_P4_a_relative_writes_in_the_own_part_and_the_person_stops_showing_it(world):
    husband, client = world.client("husband"), world.client("self")
    version = husband.get(path("my_note")).context["version"]
    assert husband.post(path("my_note"), {"words": "Jag sover dåligt.", "version": version}).status_code == 302
    note = RelativeNote.objects.get()
    staff = world.client("alice")
    page = reverse("plans:person", args=[world.person.public_id])
    assert "Jag sover dåligt." in staff.get(page).content.decode()
    assert "Jag sover dåligt." in client.get(path("my_plan")).content.decode()
    assert husband.post(path("my_share", note.public_id), {"on": "0"}).status_code == 403
    client.post(path("my_share", note.public_id), {"on": "0"})
    assert "Jag sover dåligt." not in staff.get(page).content.decode()
    assert "Jag sover dåligt." in husband.get(path("my_plan")).content.decode()
    assert husband.get(path("my_note")).status_code == 403
    assert world.client("self").get(path("my_note")).status_code == 403


@pytest.mark.parametrize("who", ["alice", "coordinator", "teacher"])
def test_staff_have_pages_of_their_own(world, who):
    client = world.client(who)
    assert client.get(path("my_agreement")).status_code == 403
    for name in ("my_answer", "my_consent"):
        assert client.post(path(name), {"answer": "yes", "do": "withdraw"}).status_code == 403
    assert not Approval.objects.exists()


def test_a_relative_reads_the_agreement_and_does_not_answer(world):
    client = world.client("husband")
    body = client.get(path("my_agreement")).content.decode()
    assert "Ja, så här ska planen vara" not in body
    assert client.post(path("my_answer"), {"answer": "yes", "number": 0}).status_code == 403
    assert client.post(path("my_consent"), {"do": "withdraw"}).status_code == 403


def test_the_own_pages_ask_few_questions(world, django_assert_max_num_queries):
    client = world.client("self")
    client.get(path("my_plan"))
    for number in range(12):
        action = Action(plan=world.plan, title=f"Sak {number}", rrule="FREQ=DAILY")
        proposals.offer(world.actor("alice"), action, world.units["centre"], "Kan ni?")
    with django_assert_max_num_queries(40):
        assert client.get(path("my_plan")).status_code == 200
    with django_assert_max_num_queries(46):
        assert client.get(path("my_agreement")).status_code == 200
