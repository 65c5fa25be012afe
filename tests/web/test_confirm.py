"""Showing anew who one is before a sensitive act (core.fresh): asked, not lost, not forged."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.views.decorators.http import require_safe

from samband.core import fresh, sessions
from samband.core.limits.rules import Limit
from samband.core.models import AuditEvent, OpenSession
from samband.core.sessions import Way
from samband.people.services import accounts, local
from samband.web.services import confirm
from tests.tools.urls import entries
from tests.web.local_hand import PASSWORD, with_password
from tests.web.test_oidc import idp as idp  # a fixture
from tests.web.test_oidc import location, round_trip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_hashes")]
REASON = "Bytte efternamn & ”hette” <Ek>"


def later(client: Client, way: Way | None = None, minutes: int = 11) -> Client:
    """As if the log-in lay some minutes back, and was of another kind."""
    session = client.session
    session[sessions.SURE] = sessions.moment() - minutes * 60
    if way:
        session[sessions.WAY] = str(way)
    session.save()
    return client


def target(world) -> str:
    return reverse("people:account", args=[world.users["self"].public_id])


def fields(page: str) -> dict[str, str]:
    """What the form of the page would send, without the token."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.partition("<main")[2])
    return {unescape(name): unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_A16_a_sensitive_act_is_asked_for_and_goes_on_with_what_was_filled_in(world):
    world.users["administrator"].is_demo = True
    world.users["administrator"].save()
    client = later(world.client("administrator"), Way.DEMO)
    assert client.get(target(world)).status_code == 200, "looking asks nothing"
    asked = client.post(target(world), {"reason": REASON, "act": "close"})
    assert asked.status_code == 403
    assert "ändra en inloggning" in asked.content.decode()
    world.users["self"].refresh_from_db()
    assert world.users["self"].is_active
    before = client.session.session_key
    sent = fields(asked.content.decode())
    assert sent == {"reason": REASON, "act": "close"}
    assert client.post(target(world), {**sent, "confirm-way": "click"}).status_code == 302
    world.users["self"].refresh_from_db()
    assert not world.users["self"].is_active
    assert accounts.log_of(world.users["self"]).first().detail["reason"] == REASON
    assert client.session.session_key != before, "another key after stepping up"
    assert OpenSession.objects.filter(session_key=client.session.session_key).count() == 1
    assert AuditEvent.objects.filter(action="confirm", outcome="allow").count() == 1
    assert client.post(target(world), {"reason": REASON, "act": "open"}).status_code == 302, (
        "not asked again for a while"
    )


def test_a_click_confirms_nothing_outside_the_demo(world, settings):
    settings.LIMITS = settings.LIMITS | {"confirm": Limit(0, 1)}
    for way in (Way.OIDC, Way.SECOND, Way.PASSKEY):
        client = later(world.client("administrator"), way)
        for said in ("click", "password", "passkey", "provider", "x"):
            answer = {"confirm-way": said, "confirm-password": "", "confirm-passkey": "{}"}
            reply = client.post(target(world), {"reason": REASON, "act": "close", **answer})
            # An empty password counts as a wrong one, until the account is closed for a while.
            assert reply.status_code in (422, 429), (way, said)
    client = later(world.client("administrator"), Way.DEMO)  # a session that says demo for an account that is none
    reply = client.post(target(world), {"reason": REASON, "act": "close", "confirm-way": "click"})
    assert reply.status_code == 422
    world.users["self"].refresh_from_db()
    assert world.users["self"].is_active


def test_a_local_account_confirms_with_its_password_and_guessing_ends(world, settings):
    settings.LOCAL_LOGINS = True
    user, giver = world.users["administrator"], replace(world.actor("administrator"), user_id=world.users["bob"].pk)
    path = local.give_link(giver, user, "Har inget kort än")
    Client().post(path, {"password": PASSWORD, "again": PASSWORD})
    user.refresh_from_db()
    client = later(world.client("administrator"), Way.SECOND)
    body = {"reason": REASON, "act": "close", "confirm-way": "password"}
    assert client.post(target(world), {**body, "confirm-password": "fel"}).status_code == 422
    assert client.post(target(world), {**body, "confirm-password": PASSWORD}).status_code == 302
    later(client)
    for _turn in range(settings.AXES_FAILURE_LIMIT):
        last = client.post(target(world), {**body, "confirm-password": "fel"})
    assert last.status_code == 429
    assert client.post(target(world), {**body, "confirm-password": PASSWORD}).status_code == 429


def leave(client: Client, world):
    asked = client.post(target(world), {"reason": REASON, "act": "close"})
    sent = fields(asked.content.decode())
    assert sent.pop("confirm-to") == target(world)
    return client.post("/confirm/provider/", {**sent, "confirm-to": target(world)})


def back(client: Client, left):
    assert left.status_code == 302, left.content.decode()
    where = location(left["Location"])
    return client.get(where.partition("testserver")[2])


@pytest.fixture
def admin(idp, world):
    """An administrator who came in through the provider a while ago."""
    client = Client()
    idp.claims |= {"employeeHsaId": world.users["administrator"].staff.hsa_id}
    round_trip(client)
    client.get("/choose/")
    return later(client)


def test_A16_the_provider_is_made_to_ask_anew_and_the_form_waits(idp, world, admin, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["AUTH_PARAMS"] = {"acr_values": "loa3"}
    left = leave(admin, world)
    assert "acr_values=loa3" in left["Location"]
    assert "prompt=login" in left["Location"]
    assert "max_age=0" in left["Location"]
    assert REASON not in str(admin.session.items()), "what waits is encrypted"
    key = admin.session.session_key
    assert back(admin, left)["Location"] == "/confirm/back/"
    assert admin.session.session_key != key
    page = admin.get("/confirm/back/").content.decode()
    assert fields(page) == {"reason": REASON, "act": "close"}
    assert f'action="{target(world)}"' in page
    assert admin.post(target(world), fields(page)).status_code == 302
    world.users["self"].refresh_from_db()
    assert not world.users["self"].is_active
    assert admin.get("/confirm/back/")["Location"] == "/", "it waits once"
    assert admin.session[sessions.WAY] == "oidc"
    assert admin.get(target(world)).status_code == 200, "the capacity is still chosen"


@pytest.mark.parametrize(
    ("listens", "tells_time", "why"),
    [(False, True, "an old log-in is passed on"), (True, False, "the time is not said")],
)
def test_a_provider_that_did_not_ask_anew_confirms_nothing(idp, world, admin, listens, tells_time, why):
    idp.listens, idp.tells_time = listens, tells_time
    reply = back(admin, leave(admin, world))
    assert reply.status_code == 403, why
    assert "gick inte att bekräfta" in reply.content.decode()
    assert not sessions.sure(reply.wsgi_request)
    assert AuditEvent.objects.filter(action="confirm", outcome="deny").count() == 1


def test_somebody_elses_identity_confirms_nothing_and_takes_over_nothing(idp, world, admin):
    left = leave(admin, world)
    idp.claims |= {"employeeHsaId": world.things["alice"].staff.hsa_id}
    assert back(admin, left).status_code == 403
    assert int(admin.session["_auth_user_id"]) == world.users["administrator"].pk
    assert admin.post(target(world), {"reason": REASON, "act": "close"}).status_code == 403


def test_what_waits_leads_to_no_other_site(idp, world, admin):
    for to in ("https://evil.example/", "//evil.example/x", "javascript:alert(1)", "", "/\\evil.example"):
        assert admin.post("/confirm/provider/", {"confirm-to": to}).status_code == 403


def test_what_waits_too_long_is_gone(idp, world, admin, monkeypatch):
    back(admin, leave(admin, world))
    monkeypatch.setattr(confirm, "PATIENCE", -1)
    assert admin.get("/confirm/back/")["Location"] == "/"


def test_every_sensitive_act_has_a_view_and_nothing_asks_for_anything_else():
    used = {getattr(entry.view, "fresh_act", None) for entry in entries()} - {None}
    assert used == set(fresh.ACTS)


def test_A16_a_protected_address_is_shown_again_only_by_who_just_showed_who_she_is(world):
    """Other facts of hers are written as before; so are those of anybody else."""
    from tests.people.test_views_persons import facts

    world.person.protection = "skyddad_folkbokforing"
    world.person.save()
    page = reverse("people:person_edit", args=[world.person.public_id])
    client = later(world.client("coordinator"), Way.DEMO)
    world.users["coordinator"].is_demo = True
    world.users["coordinator"].save()
    hidden = facts(world, protection="none", lifted="on")
    asked = client.post(page, hidden)
    assert asked.status_code == 403
    assert "visa en skyddad adress igen" in asked.content.decode()
    world.person.refresh_from_db()
    assert world.person.is_protected
    assert client.post(page, facts(world, language="en")).status_code == 302, "nothing is asked for the rest"
    world.person.refresh_from_db()
    assert world.person.is_protected
    sent = fields(client.post(page, facts(world, protection="none", lifted="on")).content.decode())
    assert client.post(page, {**sent, "confirm-way": "click"}).status_code == 302
    world.person.refresh_from_db()
    assert not world.person.is_protected


def test_A16_to_share_is_asked_for_and_to_stop_is_not(world):
    world.users["self"].is_demo = True
    world.users["self"].save()
    client, near = later(world.client("self"), Way.DEMO), world.things["husband"]
    address = reverse("web:my_access_share", args=[near.public_id])
    assert client.post(address, {"on": "0"}).status_code == 302
    near.refresh_from_db()
    assert not near.reads
    asked = client.post(address, {"on": "1"})
    assert asked.status_code == 403
    assert "dela dina uppgifter med någon" in asked.content.decode()
    near.refresh_from_db()
    assert not near.reads
    sharing = reverse("records:my_sharing")
    assert client.get(sharing).status_code == 200, "looking asks nothing"
    assert client.post(sharing, {}).status_code == 403
    assert client.post(address, {**fields(asked.content.decode()), "confirm-way": "click"}).status_code == 302
    near.refresh_from_db()
    assert near.reads
    assert client.post(sharing, {}).status_code != 403, "asked once"


def test_who_may_not_is_told_so_and_asked_nothing(world):
    client = later(world.client("alice"), Way.SECOND)
    reply = client.post(target(world), {"reason": REASON, "act": "close"})
    assert reply.status_code in (403, 404)
    assert "Visa att det är du" not in reply.content.decode()


def test_what_is_only_opened_is_asked_for_too_where_it_says_so(world):
    """`reads=True`: an export is asked for, and once confirmed opens by its own address."""
    world.users["administrator"].is_demo = True
    world.users["administrator"].save()
    client = later(world.client("administrator"), Way.DEMO)

    @fresh.fresh("extract", reads=True)
    @require_safe
    def export(request):
        return HttpResponse("all of it")

    asked = export(client.get("/units/?page=1").wsgi_request)
    assert asked.status_code == 403
    assert "ta ut ett registerutdrag" in asked.content.decode()
    assert fields(asked.content.decode()) == {"confirm-get": "1"}
    request = client.post("/units/?page=1", {"confirm-get": "1", "confirm-way": "click"}).wsgi_request
    reply = export(request)
    assert (reply.status_code, reply["Location"]) == (302, "/units/?page=1")
    request.method = "GET"
    assert export(request).content == b"all of it"


def test_an_unsaid_asker_is_a_closed_door(world, monkeypatch):
    monkeypatch.setattr(fresh, "_asks", [])
    client = later(world.client("administrator"))
    assert client.post(target(world), {"reason": REASON, "act": "close"}).status_code == 403


def test_being_sure_lasts_as_long_as_the_setting_says(world, settings):
    client = world.client("administrator")
    request = client.get(target(world)).wsgi_request
    assert sessions.sure(request)
    settings.CONFIRM_MINUTES = 0
    assert not sessions.sure(request)
    assert sessions._since(request, sessions.SURE) < timedelta(minutes=1)


def test_with_password_hand_is_not_the_way_in_for_the_one_who_asks(world, settings):
    """A weak session confirms nothing for others' accounts either: it acts as nobody."""
    settings.LOCAL_LOGINS = True
    user = with_password(world)
    client = Client()
    client.post("/login/local/", {"name": user.username, "password": PASSWORD})
    assert client.post(target(world), {"reason": REASON, "act": "close"}).status_code == 302
    world.users["self"].refresh_from_db()
    assert world.users["self"].is_active
