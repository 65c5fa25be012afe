"""OpenID Connect's whole round trip, against a provider on loopback (A16)."""

import urllib.request
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest

from samband.core.models import AuditEvent, User
from samband.people.models import Assignment, Staff
from tests.web.oidc_provider import provider


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def location(url: str) -> str:
    with pytest.raises(HTTPError) as caught:
        urllib.request.build_opener(NoRedirect).open(url)
    caught.value.close()
    assert caught.value.code == 302
    return caught.value.headers["Location"]


@pytest.fixture
def idp(settings, world):
    with provider() as server:
        app = {
            "provider_id": "oidc",
            "name": "Test",
            "client_id": "samband",
            "secret": "s",
            "settings": {"server_url": server.issuer},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.OIDC_ISSUER = server.issuer
        yield server


def round_trip(client):
    begun = client.post("/oidc/oidc/login/")
    assert begun.status_code == 302
    back = urlsplit(location(begun["Location"]))
    assert back.path == "/oidc/oidc/login/callback/"
    return client.get(f"{back.path}?{back.query}")


def test_staff_are_known_by_hsa_id(idp, world, client):
    idp.claims |= {"employeeHsaId": world.things["alice"].staff.hsa_id}
    before = client.session.session_key
    reply = round_trip(client)
    assert reply.status_code == 302
    assert reply["Location"] == "/"
    assert client.session.session_key != before
    assert client.get("/")["Location"] == "/choose/"
    client.get("/choose/")
    assert client.session["samband_actor"] == f"staff:{world.things['alice'].pk}"
    assert AuditEvent.objects.filter(action="login", user_id=world.users["alice"].pk, detail__way="oidc").count() == 1


def test_a_person_is_known_by_identity_number_with_or_without_dash(idp, world, client):
    number = world.person.identity_number
    idp.claims |= {"personalIdentityNumber": f"{number[:8]}-{number[8:]}"}
    assert round_trip(client)["Location"] == "/"
    client.get("/choose/")
    assert client.session["samband_actor"] == f"person:{world.person.pk}"


def test_an_unknown_identity_is_told_so_and_nothing_is_created(idp, world, client):
    idp.claims |= {"employeeHsaId": "SE5560000000-NOBODY"}
    users = User.objects.count()
    reply = round_trip(client)
    assert reply.status_code == 403
    assert "finns inget konto" in reply.content.decode()
    assert User.objects.count() == users
    assert "_auth_user_id" not in client.session
    assert AuditEvent.objects.filter(action="login", outcome="deny").count() == 1


def test_the_claim_decides_every_time_not_the_link_of_last_time(idp, world, client):
    """An HSA-id that has moved to somebody else opens neither account through the old link."""
    alice = world.things["alice"].staff
    idp.claims |= {"employeeHsaId": alice.hsa_id}
    round_trip(client)
    client.post("/logout/")
    Staff.objects.filter(pk=alice.pk).update(hsa_id="SE5560000000-MOVED")
    assert round_trip(client).status_code == 403


def test_two_subjects_in_one_answer_are_nobody(idp, world, client):
    idp.claims |= {"sub": "1"}
    idp.info = {"sub": "2", "employeeHsaId": world.things["alice"].staff.hsa_id}
    assert round_trip(client).status_code == 403


def test_a_closed_account_stays_out(idp, world, client):
    idp.claims |= {"employeeHsaId": world.things["alice"].staff.hsa_id}
    User.objects.filter(pk=world.users["alice"].pk).update(is_active=False)
    assert round_trip(client).status_code == 403


def test_an_ended_assignment_opens_nothing(idp, world, client):
    from datetime import timedelta

    from samband.core import clock

    past = clock.today() - timedelta(days=2)
    Assignment.objects.filter(pk=world.things["alice"].pk).update(starts_on=past, ends_on=past)
    idp.claims |= {"employeeHsaId": world.things["alice"].staff.hsa_id}
    round_trip(client)
    page = client.get("/choose/")
    assert "samband_actor" not in client.session
    assert "inget uppdrag" in page.content.decode()


def test_a_forged_or_reused_answer_is_refused_without_repeating_it(idp, world, client):
    reply = client.get("/oidc/oidc/login/callback/?code=forged-code&state=forged-state")
    assert reply.status_code == 401
    assert "forged" not in reply.content.decode()
