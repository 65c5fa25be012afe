"""Log-in, choice of capacity, log-out, language."""

import pytest
from django.test import Client

from samband.core.models import AuditEvent, User
from samband.people.models import Assignment
from samband.people.services import actors


@pytest.fixture
def demo(world):
    User.objects.filter(username__in=["alice", "coordinator", "self", "husband"]).update(is_demo=True)
    return world


def enter(client, user="alice", host="localhost:8000", **meta):
    return client.post("/login/demo/", {"user": user}, HTTP_HOST=host, **meta)


def test_the_log_in_page_offers_one_button_for_each_role(demo, client):
    page = client.get("/login/", HTTP_HOST="localhost").content.decode()
    for words in ("Sjuksköterska", "Samordnare", "Personen själv", "Närstående"):
        assert page.count(f'web-role">{words}<') == 1
    # The physician has no log-in in this world, so no button; looked for as a value, as a random token may hold the letters.
    assert 'name="user" value="gp"' not in page


def test_a_demo_log_in_cycles_the_key_chooses_the_only_capacity_and_is_audited(demo, client):
    client.get("/login/")
    client.session["x"] = 1
    client.session.save()
    before = client.session.session_key
    assert enter(client)["Location"] == "/choose/?next=/"
    assert client.session.session_key != before
    between = client.session.session_key
    assert client.get("/choose/?next=/")["Location"] == "/"
    assert client.session.session_key != between
    assert client.session[actors.KEY].startswith("staff:")
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["login", "choose"]


@pytest.mark.parametrize(
    ("host", "meta"),
    [
        ("localhost", {"REMOTE_ADDR": "192.0.2.7"}),
        ("localhost", {"REMOTE_ADDR": ""}),
        ("localhost", {"REMOTE_ADDR": "2001:db8::1"}),
        ("testserver", {}),
        ("localhost", {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}),
        ("localhost", {"HTTP_FORWARDED": "for=192.0.2.7"}),
    ],
)
def test_a_demo_log_in_from_anywhere_else_is_refused_with_the_reason(demo, client, host, meta):
    reply = enter(client, host=host, **meta)
    assert reply.status_code == 403
    assert "Demoinloggning fungerar bara" in reply.content.decode()
    assert "_auth_user_id" not in client.session
    page = client.get("/login/", HTTP_HOST=host, **meta).content.decode()
    assert "Alice" not in page, "nobody outside sees who there is"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_loopback_is_known_by_all_its_names(demo, client, host):
    assert enter(client, host=host).status_code == 302


def test_no_demo_log_in_where_the_setting_is_off(demo, client, settings):
    settings.DEMO_LOGINS = False
    assert enter(client).status_code == 403
    assert "Alice" not in client.get("/login/").content.decode()


def test_an_account_that_is_no_demo_account_needs_its_own_way_in(demo, client):
    assert enter(client, user="gp").status_code == 404
    assert "_auth_user_id" not in client.session


def test_log_in_is_a_post_with_a_token(demo):
    strict = Client(enforce_csrf_checks=True)
    assert strict.get("/login/demo/", HTTP_HOST="localhost").status_code == 405
    assert enter(strict).status_code == 403


def test_two_assignments_are_a_choice_and_only_the_own_ones(demo, client):
    nurse = demo.things["alice"]
    second = Assignment.objects.create(
        staff=nurse.staff, unit=demo.units["help"], role="coordinator", title="Samordnare"
    )
    enter(client)
    page = client.get("/choose/").content.decode()
    assert "Hemtjänsten" in page
    assert "Hemsjukvården" in page
    foreign = Assignment.objects.exclude(staff=nurse.staff).first()
    assert client.post("/choose/", {"as": f"staff:{foreign.pk}"})["Location"] == "/choose/"
    assert actors.KEY not in client.session
    client.post("/choose/", {"as": f"staff:{second.pk}"})
    assert client.session[actors.KEY] == f"staff:{second.pk}"
    client.post("/choose/", {"as": f"staff:{nurse.pk}"})
    assert client.session[actors.KEY] == f"staff:{nurse.pk}", "switching is choosing again"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_sent_to_another_site(demo, client, target):
    reply = client.post("/login/demo/", {"user": "alice", "next": target}, HTTP_HOST="localhost")
    assert "evil" not in reply["Location"]
    assert "javascript" not in reply["Location"]


def test_log_out_ends_the_session_and_is_audited(world):
    client = world.client("alice")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert "_auth_user_id" not in client.session
    entry = AuditEvent.objects.get(action="logout")
    assert entry.actor_name == "Alice Test"


def test_the_language_is_kept_on_the_account(world):
    client = world.client("alice")
    reply = client.post("/language/", {"language": "en"}, HTTP_REFERER="http://testserver/choose/")
    assert reply["Location"].endswith("/choose/")
    assert reply.cookies["samband_language"].value == "en"
    world.users["alice"].refresh_from_db()
    assert world.users["alice"].language == "en"
    assert "Log out" in client.get("/choose/").content.decode()
    client.post("/language/", {"language": "xx"})
    world.users["alice"].refresh_from_db()
    assert world.users["alice"].language == "en"


@pytest.mark.parametrize("who", ["self", "husband"])
def test_the_start_page_sends_the_person_and_the_relative_to_their_own(world, who):
    assert world.client(who).get("/")["Location"] == "/my/"


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ("coordinator", "/board/"), ("alice", "/day/"), ("gp", "/day/"), ("teacher", "/persons/"),
        ("administrator", "/units/"), ("reviewer", "/review/"),
    ],
)  # fmt: skip
def test_the_day_begins_at_a_page_that_is_open(world, who, place):
    client = world.client(who)
    assert client.get("/")["Location"] == place
    assert client.get(place).status_code == 200


def test_the_start_page_asks_a_visitor_to_log_in(db, client):
    assert client.get("/")["Location"] == "/login/"
