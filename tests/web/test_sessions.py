"""A session from log-in to end: its key, its age, its cookies, where else it is open (A16)."""

from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from samband.core import sessions
from samband.core.models import AuditEvent, OpenSession, User
from samband.core.sessions import Way
from samband.people.services import accounts
from samband.web.services import session, strength
from tests.web.test_login import enter
from tests.web.test_oidc import idp as idp  # a fixture
from tests.web.test_oidc import location, round_trip

pytestmark = pytest.mark.django_db


def aged(client: Client, **hours: float) -> Client:
    """Move the moments of a session back by so many hours."""
    held = client.session
    for key, back in hours.items():
        held[getattr(sessions, key)] -= back * 3600
    held.save()
    return client


def test_a_key_that_somebody_planted_opens_nothing_after_log_in(world):
    """Session fixation: the key from before log-in is no session any more, at log-in and at every choice after it."""
    User.objects.filter(pk=world.users["alice"].pk).update(is_demo=True)
    client = Client()
    held = client.session
    held["planted"] = True
    held.save()
    client.cookies["sessionid"] = planted = held.session_key
    enter(client)
    middle = client.session.session_key
    client.get("/choose/")
    chosen = client.session.session_key
    assert len({planted, middle, chosen}) == 3
    assert not Session.objects.filter(session_key__in=[planted, middle]).exists()
    assert OpenSession.objects.get(user=world.users["alice"]).session_key == chosen


def test_switching_gives_another_key(world):
    client = world.client("alice")
    before = client.session.session_key
    client.post("/choose/", {"as": f"staff:{world.things['alice'].pk}"})
    assert client.session.session_key != before


def test_nobody_there_for_long_or_in_too_long_is_out(world, settings):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 60, 10
    for hours, words in (({"SEEN": 1.01}, "borta en stund"), ({"STARTED": 10.01}, "länge nog")):
        client = aged(world.client("alice"), **hours)
        old = client.session.session_key
        assert client.get("/day/")["Location"].startswith("/login/")
        assert words in client.get("/login/").content.decode()
        assert not Session.objects.filter(session_key=old).exists()
    assert aged(world.client("alice"), SEEN=0.99).get("/day/").status_code == 200


def test_a_session_that_does_not_say_its_age_is_over(world):
    client = world.client("alice")
    held = client.session
    del held[sessions.STARTED]
    held.save()
    assert client.get("/day/").status_code == 302


def test_a_page_that_asks_by_itself_keeps_nobody_in(world):
    client = aged(world.client("alice"), SEEN=0.5)
    client.get("/board/later/", HTTP_HX_REQUEST="true")
    assert sessions.moment() - client.session[sessions.SEEN] > 1700
    client.get("/day/")
    assert sessions.moment() - client.session[sessions.SEEN] < 60


def test_the_own_sessions_are_listed_and_ended_from_afar(world):
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
    here, there, third = (world.client("alice") for _ in range(3))
    OpenSession.objects.filter(session_key=there.session.session_key).update(browser=sessions.browser(firefox))
    page = here.get("/security/").content.decode()
    assert page.count("Logga ut där") == 2
    assert "Firefox, Windows" in page
    row = OpenSession.objects.get(session_key=there.session.session_key)
    here.post("/security/sessions/", {"session": str(row.public_id)})
    assert there.get("/day/").status_code == 302
    assert third.get("/day/").status_code == 200
    here.post("/security/sessions/", {"session": "others"})
    assert third.get("/day/").status_code == 302
    assert here.get("/day/").status_code == 200
    assert AuditEvent.objects.filter(action="session.end").count() == 2


def test_nobody_ends_or_sees_somebody_elses_session(world):
    bob = world.client("bob")
    row = OpenSession.objects.get(session_key=bob.session.session_key)
    alice = world.client("alice")
    assert str(row.public_id) not in alice.get("/security/").content.decode()
    alice.post("/security/sessions/", {"session": str(row.public_id)})
    assert bob.get("/security/").status_code == 200
    assert alice.post("/security/sessions/", {"session": "x"}).status_code == 404
    assert alice.post("/security/sessions/", {"session": str(uuid4())}).status_code == 302


def test_a_closed_account_is_out_everywhere(world):
    client = world.client("alice")
    accounts.close(world.actor("administrator"), world.users["alice"], True, "Slutade i fredags")
    assert not Session.objects.filter(session_key=client.session.session_key).exists()
    assert client.get("/day/").status_code == 302


def test_what_is_over_is_swept_away(world):
    client = world.client("alice")
    gone = world.client("bob").session.session_key
    Session.objects.filter(session_key=gone).delete()
    sessions.sweep()
    assert list(OpenSession.objects.values_list("session_key", flat=True)) == [client.session.session_key]


def test_a_way_that_nobody_said_is_worth_one_factor(world, rf):
    """A door that is built later and forgets to say how it lets in lets nobody act."""
    user = world.users["alice"]
    user.set_password("fyra gröna ord i rad")
    user.save()
    client = Client()
    client.force_login(user, backend=session.BACKEND)
    assert client.session[sessions.WAY] == Way.PASSWORD
    held = client.session
    held["samband_actor"] = f"staff:{world.things['alice'].pk}"
    held[sessions.WAY] = "something"
    held.save()
    assert client.get("/day/").status_code == 302


@pytest.mark.parametrize(
    ("acr", "amr", "claims", "enough"),
    [
        ([], [], {}, True),
        (["loa3"], [], {"acr": "loa3"}, True),
        (["loa3"], [], {"acr": "loa2"}, False),
        (["loa3"], [], {}, False),
        (["loa3"], [], {"acr": ["loa3"]}, False),
        (["loa3"], ["sc"], {"acr": "loa2", "amr": ["pwd", "sc"]}, True),
        ([], ["sc", "mfa"], {"amr": "mfa"}, True),
        ([], ["sc"], {"amr": ["pwd"]}, False),
        ([], ["sc"], {"amr": None}, False),
    ],
)
def test_A16_the_level_of_a_log_in(settings, acr, amr, claims, enough):
    settings.OIDC_ACR, settings.OIDC_AMR = acr, amr
    assert strength.enough(claims) is enough


def test_A16_a_log_in_below_the_level_is_refused_with_a_sentence(idp, world, settings):
    settings.OIDC_ACR = ["http://id.elegnamnden.se/loa/1.0/loa3"]
    idp.claims |= {"employeeHsaId": world.things["alice"].staff.hsa_id, "acr": "loa2"}
    client = Client()
    reply = round_trip(client)
    assert reply.status_code == 403
    assert "nivå som är för låg" in reply.content.decode()
    assert "_auth_user_id" not in client.session
    assert AuditEvent.objects.filter(action="login", outcome="deny", user_id=world.users["alice"].pk).count() == 1
    idp.claims["acr"] = settings.OIDC_ACR[0]
    assert round_trip(Client()).status_code == 302


def test_a_log_in_that_would_tie_itself_to_whoever_is_in_is_refused(idp, world):
    """allauth can connect a second identity to an account that is logged in; here the administrator ties."""
    idp.claims |= {"employeeHsaId": world.things["alice"].staff.hsa_id}
    client = world.client("bob")
    begun = client.post("/oidc/oidc/login/?process=connect")
    answer = urlsplit(location(begun["Location"]))
    assert client.get(f"{answer.path}?{answer.query}").status_code == 403
