"""The own pages: who sees whose, what she reads, what she and those near her write (A2, A13, P3, P4)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samband.core import audit, clock
from samband.core.models import AuditEvent
from samband.people.models import Assignment, ContactRole, Relative
from samband.plans.models import Goal, Situation
from tests.worlds import MARK

PAGES = ["my", "my_plan", "my_situations", "my_help"]
STAFF = ["alice", "gp", "coordinator", "bob", "stranger", "teacher", "administrator", "reviewer"]


def path(name, *args):
    return reverse(f"web:{name}", args=args)


def test_the_person_reads_her_own_and_each_reading_is_entered(world):
    client = world.client("self")
    for name in PAGES:
        assert client.get(path(name)).status_code == 200, name
    page = client.get(path("my_plan")).content.decode()
    assert "Jag vill bo kvar hemma." in page
    assert "Gå ut varje dag." in page
    assert AuditEvent.objects.filter(action="own.read", subjects__person_id=world.person.pk).count() == 5


def test_a_relative_reads_what_is_shared(world):
    client = world.client("husband")
    for name in PAGES:
        assert client.get(path(name)).status_code == 200, name
    assert MARK in client.get(path("my")).content.decode()


@pytest.mark.parametrize("name", [*PAGES, "my_log", "my_words", "my_goal_new", "my_reading"])
def test_a_relative_to_whom_nothing_is_shared_is_told_so(world, name):
    client = world.client("silent_son")
    reply = client.get(path(name), follow=True)
    page = reply.content.decode()
    assert reply.redirect_chain[-1][0].startswith("/choose/")
    assert "ingen plan i dag" in page
    assert MARK not in page


def test_sharing_that_has_ended_ends_at_once(world):
    client = world.client("husband")
    assert client.get(path("my")).status_code == 200
    yesterday = clock.today() - timedelta(days=1)
    Relative.objects.filter(pk=world.things["husband"].pk).update(starts_on=yesterday, ends_on=yesterday)
    assert client.get(path("my")).status_code == 302, "the choice no longer holds: log in or choose again"


def test_sharing_that_is_taken_back_is_taken_back_at_once(world):
    client = world.client("husband")
    Relative.objects.filter(pk=world.things["husband"].pk).update(reads=False)
    assert client.get(path("my_plan")).status_code == 302


@pytest.mark.parametrize("who", STAFF)
def test_staff_have_pages_of_their_own(world, who):
    for name in [*PAGES, "my_log"]:
        assert world.client(who).get(path(name)).status_code == 403


def test_another_person_sees_herself_only(world):
    client = world.client("strange_person")
    page = client.get(path("my")).content.decode()
    assert "Annan" in page
    assert MARK not in page
    situation = world.things["situation"]
    assert client.get(path("my_situation", situation.public_id)).status_code == 404
    assert client.post(path("my_situation_edit", situation.public_id), {"steps_person": "x"}).status_code == 404
    assert client.post(path("my_goal", world.things["goal"].public_id), {"words": "x"}).status_code == 404


def test_without_a_plan_the_page_says_whom_to_call(world):
    for name in PAGES:
        page = world.client("strange_person").get(path(name)).content.decode()
        assert "tel:112" in page, name
        assert "tel:1177" in page, name


def test_the_first_screen_has_next_step_help_day_situations_contacts_in_that_order(world):
    ContactRole.objects.create(
        person=world.person, kind="care_contact", assignment=Assignment.objects.get(staff__user__username="alice")
    )
    page = world.client("self").get(path("my")).content.decode()
    places = [
        page.index(mark)
        for mark in ('id="next-step"', 'class="help"', 'id="day-head"', 'id="situations-head"', 'id="contacts-head"')
    ]
    assert places == sorted(places)
    assert "Alice Test" in page
    assert page.count("ingen utsedd än") == 2, "a role without a name says so"


def test_a_situation_says_what_to_do_and_whom_to_call(world):
    page = world.client("self").get(path("my_situation", world.things["situation"].public_id)).content.decode()
    assert "Sätt dig." in page
    assert "Hemsjukvården" in page
    assert "vi vet inte om de svarar" in page, "hours that nobody has entered are never taken for open"
    assert "tel:1177" in page


def test_who_has_looked_is_for_the_person_alone_and_readable(world):
    audit.record(world.actor("alice"), "plan.read", person=world.person)
    audit.record(world.actor("alice"), "plan.read", person=world.things["other_person"])
    page = world.client("self").get(path("my_log")).content.decode()
    assert "Alice Test läste din plan" in page
    assert "Hemsjukvården · Kommunen" in page
    assert page.count("own-entry") == 1
    own = world.client("self").get(path("my_log") + "?own=1").content.decode()
    assert own.count("own-entry") > 1
    assert world.client("husband").get(path("my_log")).status_code == 403


def test_the_same_thing_again_within_the_hour_is_one_line(world):
    for _ in range(3):
        audit.record(world.actor("alice"), "plan.read", person=world.person)
    page = world.client("self").get(path("my_log")).content.decode()
    assert page.count("own-entry") == 1
    assert "3 gånger" in page


def test_the_person_writes_her_own_words(world):
    client = world.client("self")
    form = client.get(path("my_words")).content.decode()
    assert f'name="version" value="{world.plan.version}"' in form
    client.post(path("my_words"), {"words": "Jag vill dansa.", "version": world.plan.version})
    world.plan.refresh_from_db()
    assert world.plan.words == "Jag vill dansa."
    assert world.plan.words_note == ""
    assert world.plan.revisions.count() == 1


def test_two_write_at_once_and_nothing_is_lost(world):
    client = world.client("self")
    first = world.plan.version
    client.post(path("my_words"), {"words": "Den första.", "version": first})
    reply = client.post(path("my_words"), {"words": "Den andra.", "version": first})
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "Den första." in page
    assert "Den andra." in page
    world.plan.refresh_from_db()
    assert world.plan.words == "Den första."
    again = {"words": "Den andra.", "version": world.plan.version, "merge-words": "both"}
    assert client.post(path("my_words"), again).status_code == 302
    world.plan.refresh_from_db()
    assert world.plan.words == "Den första.\n\nDen andra."


def test_keeping_theirs_writes_nothing(world):
    client = world.client("self")
    client.post(path("my_words"), {"words": "Deras.", "version": world.plan.version, "merge-words": "theirs"})
    world.plan.refresh_from_db()
    assert world.plan.words.startswith("Jag vill bo kvar hemma.")


def test_goals_are_added_and_changed_in_her_own_words(world):
    client = world.client("self")
    client.post(path("my_goal_new"), {"words": "Åka till havet.", "know_how": "Vi har varit där.", "version": 1})
    assert Goal.objects.filter(plan=world.plan, words="Åka till havet.").exists()
    goal = world.things["goal"]
    client.post(path("my_goal", goal.public_id), {"words": "Gå ut två gånger.", "version": goal.version})
    goal.refresh_from_db()
    assert goal.words == "Gå ut två gånger."
    empty = client.post(path("my_goal", goal.public_id), {"words": "", "version": goal.version})
    assert empty.status_code == 422


def test_somebody_near_writes_in_that_part_and_nowhere_else(world):
    client, situation = world.client("husband"), world.things["situation"]
    address = path("my_situation_edit", situation.public_id)
    client.post(address, {"steps_relative": "Håll i henne.", "steps_person": "Fel.", "version": situation.version})
    situation.refresh_from_db()
    assert situation.steps_relative == "Håll i henne."
    assert situation.steps_person == "Sätt dig."
    assert client.get(path("my_words")).status_code == 403
    assert client.post(path("my_goal_new"), {"words": "x", "version": 1}).status_code == 403
    assert client.post(path("my_goal", world.things["goal"].public_id), {"words": "x"}).status_code == 403
    assert client.post(path("my_reading"), {"how": "large"}).status_code == 403


def test_somebody_near_who_only_reads_writes_nothing(world):
    Relative.objects.filter(pk=world.things["husband"].pk).update(writes=False)
    client, situation = world.client("husband"), world.things["situation"]
    assert client.get(path("my_situation", situation.public_id)).status_code == 200
    address = path("my_situation_edit", situation.public_id)
    assert client.post(address, {"steps_relative": "x", "version": 1}).status_code == 403
    assert Situation.objects.get().steps_relative == ""


def test_reading_size_changes_the_page(world):
    client = world.client("self")
    client.post(path("my_reading"), {"how": "large"})
    assert "own-large" in client.get(path("my")).content.decode()
    client.post(path("my_reading"), {"how": "huge"})
    world.person.refresh_from_db()
    assert world.person.information == "large"


def test_the_own_page_asks_a_bounded_number_of_questions(world, django_assert_max_num_queries):
    client = world.client("self")
    with django_assert_max_num_queries(40):
        client.get(path("my"))


@pytest.mark.parametrize("action", ["case.list", "case.work", "case.escalate", "case.read", "nobody.knows"])
def test_the_log_speaks_in_words_and_never_in_codes(action):
    from samband.web.services import words

    said = words.did(AuditEvent(action=action))
    assert said
    assert "." not in said
    assert "(" not in said
