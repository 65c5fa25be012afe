"""Local accounts (A16): a password alone opens nothing but the way to a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from samband.core import sessions
from samband.core.models import AuditEvent, OpenSession
from samband.notices.models import Delivery
from samband.people.services import actors, factors, local, locking
from tests.tools.urls import entries
from tests.web.local_hand import PASSWORD, code_of, secret_of, type_in, with_codes, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def local_logins(settings, quick_hashes):
    settings.LOCAL_LOGINS = True


def test_A16_a_password_alone_reaches_nothing_but_the_second_factor(world):
    """Every page of the URL table that asks who one is refuses it, as it refuses a visitor."""
    client, user = Client(), with_password(world)
    assert type_in(client, user)["Location"] == "/security/"
    assert client.session[sessions.WAY] == "password"
    assert client.get("/choose/")["Location"] == "/security/"
    client.post("/choose/", {"as": f"staff:{world.things['alice'].pk}"})
    assert actors.KEY not in client.session
    session = client.session  # even where the choice were there
    session[actors.KEY] = f"staff:{world.things['alice'].pk}"
    session.save()
    guarded = [e for e in entries() if e.action not in (None, "public") and not e.parameters]
    assert len(guarded) > 50
    for entry in guarded:
        reply = client.get(reverse(entry.name))
        assert reply.status_code == 302, entry.route
        assert reply["Location"].startswith("/login/"), entry.route


def test_A16_codes_are_set_up_and_asked_for_at_the_next_login(world):
    client, user = Client(), with_password(world)
    secret, recovery = with_codes(client, user)
    assert len(recovery) == 10
    assert client.session[sessions.WAY] == "second"
    assert client.get("/choose/")["Location"] == "/", "the first factor set up is shown"

    later = Client()
    assert type_in(later, user)["Location"].startswith("/login/second/")
    assert "_auth_user_id" not in later.session
    assert later.post("/login/second/", {"code": "000000"}).status_code == 422
    code = code_of(secret)
    before = later.session.session_key
    assert later.post("/login/second/", {"code": code})["Location"].startswith("/choose/")
    assert later.session.session_key != before
    assert later.session[sessions.WAY] == "second"

    replayed = Client()
    type_in(replayed, user)
    assert replayed.post("/login/second/", {"code": code}).status_code == 422, "a code is worth nothing the second time"
    assert replayed.post("/login/second/", {"code": recovery[0]}).status_code == 302
    again = Client()
    type_in(again, user)
    assert again.post("/login/second/", {"code": recovery[0]}).status_code == 422
    assert factors.codes_left(user) == 9
    assert AuditEvent.objects.filter(action="factor.recovery").count() == 1


def test_codes_of_other_times_are_wrong_and_guessing_ends(world, settings):
    client, user = Client(), with_password(world)
    secret, _recovery = with_codes(client, user)
    guess = Client()
    type_in(guess, user)
    for number in range(5):
        assert (
            guess.post("/login/second/", {"code": code_of(secret, time.time() + 300 + 30 * number)}).status_code == 422
        )
    reply = guess.post("/login/second/", {"code": code_of(secret)})
    assert reply.status_code == 429
    assert 0 < int(reply["Retry-After"]) <= 900
    locking.unlock(world.actor("administrator"), user, "Ringde och visade kort")
    assert guess.post("/login/second/", {"code": code_of(secret)}).status_code == 302


def test_seeds_lie_encrypted_and_another_key_opens_none(world, settings):
    client, user = Client(), with_password(world)
    secret, recovery = with_codes(client, user)
    stored = "".join(str(row.data) for row in Authenticator.objects.filter(user=user))
    assert secret not in stored
    assert not any(code.replace(" ", "") in stored for code in recovery)
    kept = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [kept]
    assert factors.right_code(user, code_of(secret)), "an old key among the fallbacks still opens"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ValueError):
        factors.right_code(user, code_of(secret, time.time() + 30))


def test_a_link_works_once_for_a_day_and_the_old_password_stops(world, settings):
    user = world.users["alice"]
    path = local.give_link(world.actor("administrator"), user, "Har inget kort än")
    client = Client()
    assert client.get(path).status_code == 200
    assert client.post(path, {"password": "kort", "again": "kort"}).status_code == 422
    assert client.post(path, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert client.get(path).status_code == 404
    user.refresh_from_db()
    other = local.give_link(world.actor("administrator"), user, "Har glömt lösenordet")
    assert type_in(Client(), user).status_code == 422
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(other).status_code == 404
    assert client.get(reverse("web:first_password", args=[world.person.public_id, "x-y"])).status_code == 404


def test_wrong_names_and_wrong_passwords_look_alike_and_close_alike(world, settings):
    """Nothing about existence: not in words, not in status, and the same work is done (one hash) for either."""
    user = with_password(world)
    seen = {}
    for name in (user.username, "SE5560000000-INGEN"):
        client, replies = Client(), []
        for _turn in range(settings.AXES_FAILURE_LIMIT + 1):
            reply = client.post("/login/local/", {"name": name, "password": "fel"})
            replies.append((reply.status_code, reply.content.decode().replace(name, "NAMN").split("<main")[1][:4000]))
        seen[name] = [(status, _without_token(body)) for status, body in replies]
    first, second = seen.values()
    assert first == second
    assert [status for status, _body in first] == [422] * 4 + [429] * 2
    assert locking.is_locked(user)
    assert type_in(Client(), user).status_code == 429, "the right password neither, for a while"
    locking.unlock(world.actor("administrator"), user, "Ringde och visade kort")
    assert type_in(Client(), user).status_code == 302


def _without_token(body: str) -> str:
    import re

    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", body)


def test_the_name_that_is_no_account_costs_a_hash_too(world, monkeypatch):
    user, hashed = with_password(world), []
    real = Argon2PasswordHasher.encode
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or real(*a, **k))
    Client().post("/login/local/", {"name": "SE5560000000-INGEN", "password": "fel"})
    unknown = len(hashed)
    verified = []
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a, **k: verified.append(1) or verify(*a, **k))
    Client().post("/login/local/", {"name": user.username, "password": "fel"})
    assert unknown == len(verified) == 1


def test_an_administrator_resets_a_lost_factor_and_the_owner_is_told(world):
    client, user = Client(), with_password(world)
    with_codes(client, user)
    client.get("/choose/")
    boss = world.client("administrator")
    page = reverse("people:account", args=[user.public_id])
    assert boss.post(page, {"reason": "Telefonen är borta", "act": "factors"}).status_code == 302
    assert not factors.has_any(user)
    assert client.get("/day/").status_code == 302, "logged out everywhere"
    assert type_in(client, user)["Location"] == "/security/", "to set up another"
    row = AuditEvent.objects.get(action="account.factors")
    assert (row.detail["reason"], row.rule) == ("Telefonen är borta", "A1")
    assert Delivery.objects.filter(assignment=world.things["alice"], notice__kind="login.reset").count() == 1
    with pytest.raises(ValidationError, match="egna"):
        factors.reset(world.actor("administrator"), world.users["administrator"], "Mina egna")


def test_the_link_is_shown_once_and_stands_in_no_audit(world):
    boss, user = world.client("administrator"), world.users["alice"]
    page = reverse("people:account", args=[user.public_id])
    shown = boss.post(page, {"reason": "Har inget kort än", "act": "link"}).content.decode()
    token = shown.partition("/login/first/")[2].partition("<")[0].rstrip("/").rpartition("/")[2]
    assert len(token) > 30
    assert token not in boss.get(page).content.decode()
    assert not [e for e in AuditEvent.objects.all() if token in str(e.detail)]


def test_the_last_factor_stays_and_others_are_renamed_and_removed(world):
    client, user = Client(), with_password(world)
    with_codes(client, user)
    only = factors.of(user)[0]
    reply = client.post(f"/security/factors/{only.pk}/", {"act": "remove"})
    assert reply.status_code == 422
    assert "enda andra faktor" in reply.content.decode()
    data = {"name": "Gammal", "credential": {}}
    key = Authenticator.objects.create(user=user, type="webauthn", data=data)
    client.post(f"/security/factors/{key.pk}/", {"act": "rename", "name": " Jobbdatorn  "})
    assert [row.name for row in factors.of(user)] == ["Engångskoder i en app", "Jobbdatorn"]
    client.post(f"/security/factors/{only.pk}/", {"act": "remove"})
    assert [row.kind for row in factors.of(user)] == ["webauthn"]
    foreign = Authenticator.objects.create(user=world.users["bob"], type="webauthn", data=data)
    assert client.post(f"/security/factors/{foreign.pk}/", {"act": "rename", "name": "x"}).status_code == 404
    assert client.post(f"/security/factors/{foreign.pk}/", {"act": "remove"}).status_code == 422
    assert Authenticator.objects.filter(pk=foreign.pk).exists()


def test_a_forged_passkey_is_nobodys(world):
    user = with_password(world)
    client = Client()
    type_in(client, user)
    assert client.post("/security/passkeys/begin/").json()["publicKey"]["rp"]["name"] == "Samband"
    for said in ("", "{}", "null", '{"id": "x", "response": {"userHandle": "AAAA"}}'):
        assert client.post("/security/passkeys/", {"name": "x", "passkey": said}).status_code == 422
        assert Client().post("/login/passkey/", {"passkey": said}).status_code == 422
    assert not factors.has_any(user)


def test_another_password_ends_every_other_session(world):
    client, user = Client(), with_password(world)
    secret, _codes = with_codes(client, user)
    other = Client()
    type_in(other, user)
    other.post("/login/second/", {"code": code_of(secret)})
    client.get("/choose/")
    new = "helt andra ord i rad"
    assert client.post("/security/password/", {"password": new, "again": new}).status_code == 302
    assert client.get("/day/").status_code == 200
    assert other.get("/security/")["Location"] == "/login/"
    assert OpenSession.objects.filter(user=user).count() == 1
    assert type_in(Client(), user).status_code == 422


def test_local_log_in_is_not_there_where_it_is_off(world, settings):
    settings.LOCAL_LOGINS = False
    assert "local-head" not in Client().get("/login/").content.decode()
    for path in ("/login/local/", "/login/passkey/", "/login/passkey/begin/"):
        assert Client().post(path, {"name": "a", "password": "b"}).status_code == 404


def test_the_first_administrator_gets_a_link_at_the_server(world, capsys):
    staff = world.things["alice"].staff
    call_command("account", "--staff", staff.hsa_id, "--local", "--reason", "Första administratören")
    link = capsys.readouterr().out.strip()
    assert Client().get(link[link.index("/login/first/") :]).status_code == 200


def test_the_seed_is_the_sessions_own(world):
    """A page opened twice shows one seed, another session another."""
    user = with_password(world)
    one, two = Client(), Client()
    type_in(one, user)
    type_in(two, user)
    assert secret_of(one) == secret_of(one) != secret_of(two)
