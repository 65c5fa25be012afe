"""What every door has in common: tokens, redirects, headers, cookies, error pages. Named in docs/threat-model.md."""

import logging
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samband.config import env
from samband.core.logs import Scrub
from samband.notices.models import Preferences
from samband.people.services import local
from tests.architecture.test_strangers import TABLE, address
from tests.web.servers import ROOT
from tests.web.test_login import enter

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", r"/\evil.example", r"\evil.example", "javascript:alert(1)",
    "http:evil.example", "/\t/evil.example",
]  # fmt: skip


def leads_to(where: str) -> str:
    """Scheme and host to which a browser would go from a page of ours: it takes a backslash for a slash and drops tabs."""
    plain = re.sub(r"[\t\r\n]", "", where).replace("\\", "/")
    parts = urlsplit(urljoin("https://own.example/a/", plain))
    return f"{parts.scheme}://{parts.netloc}"


def refused(request, reason=""):
    """In place of the page that says it: the check is what is tested, a hundred times."""
    return HttpResponse("csrf", status=403)


def test_every_post_without_a_token_is_refused(world, settings):
    """Every URL of the table, as somebody who may do much: a page of another site can send nothing in her name."""
    settings.CSRF_FAILURE_VIEW = "tests.web.test_doors.refused"
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = world.client("administrator").cookies
    for entry in TABLE:
        reply = strict.post(address(entry, world), {"reason": "x"})
        assert (reply.status_code, reply.content) == (403, b"csrf"), entry.route
    assert len(TABLE) > 150


def test_a_token_of_another_visitor_is_refused(world):
    one, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrf-token" content="([^"]+)"', other.get("/login/").content.decode())[1]
    one.get("/login/")
    assert one.post("/login/demo/", {"user": "alice", "csrfmiddlewaretoken": token}).status_code == 403


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_door_sends_anybody_to_another_site(world, target, settings):
    settings.LOCAL_LOGINS = True
    world.users["alice"].is_demo = True
    world.users["alice"].save()
    replies = [
        enter(Client()),
        Client().post("/login/demo/", {"user": "alice", "next": target}, HTTP_HOST="localhost"),
        world.client("alice").get("/login/", {"next": target}),
        world.client("alice").post("/choose/", {"as": f"staff:{world.things['alice'].pk}", "next": target}),
        world.client("alice").post("/language/", {"language": "en"}, HTTP_REFERER=target),
        Client().post("/language/", {"language": "sv", "next": target}),
    ]
    for reply in replies:
        where = reply.get("Location", "")
        assert leads_to(where) in ("https://own.example", "http://testserver"), where
        # What is carried along is checked again at the next door; it must not get through the choice either.
        assert leads_to(parse_qs(urlsplit(where).query).get("next", [""])[0]) == "https://own.example", where


def test_a_foreign_host_name_is_refused_and_written_into_no_link(world, settings):
    settings.ALLOWED_HOSTS = ["samband.example"]
    assert Client().get("/login/", HTTP_HOST="evil.example").status_code == 400
    forwarded = Client().get("/login/", HTTP_HOST="samband.example", HTTP_X_FORWARDED_HOST="evil.example")
    assert forwarded.status_code == 200
    assert "evil.example" not in forwarded.content.decode()


PAGES = {
    "anonymous": ["/login/"],
    "alice": ["/day/", "/board/", "/security/", "/choose/", "/no/such/page/"],
    "administrator": ["/units/", "/accounts/", "/staff/", "/import/"],
    "self": ["/my/", "/my/plan/", "/my/log/", "/my/records/"],
}


def test_every_page_refuses_inline_script_frames_and_sniffing(world):
    """The headers of every page, and none of them carries a script, a handler or a style that the policy would refuse."""
    for who, paths in PAGES.items():
        for path in paths:
            reply = world.client(who).get(path)
            policy = reply["Content-Security-Policy"]
            assert "unsafe" not in policy
            for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
                assert part in policy, (path, part)
            assert reply["X-Frame-Options"] == "DENY"
            assert reply["X-Content-Type-Options"] == "nosniff"
            assert reply["Referrer-Policy"] == "same-origin"
            assert reply["Cross-Origin-Opener-Policy"] == "same-origin"
            assert "geolocation=()" in reply["Permissions-Policy"]
            body = reply.content.decode()
            assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", body), path
            assert not re.search(r"<[^>]+\s(on[a-z]+|style)=[\"']", body), path
            assert "javascript:" not in body


def test_pages_of_somebody_who_is_logged_in_are_kept_by_no_browser_and_no_proxy(world):
    for who, paths in PAGES.items():
        for path in paths:
            reply = world.client(who).get(path)
            if reply.status_code == 200:
                assert "no-store" in reply["Cache-Control"], (who, path)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world):
    world.users["alice"].is_demo = True
    world.users["alice"].save()
    client = Client()
    client.get("/login/", HTTP_HOST="localhost")
    enter(client)
    client.post("/language/", {"language": "en"})
    assert set(client.cookies) == {"sessionid", "csrftoken", "samband_language"}
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert not cookie["domain"], name
    assert not client.cookies["sessionid"]["max-age"], "gone with the browser"


def test_production_cookies_carry_the_host_prefix(tmp_path):
    """Read out of the settings as production reads them; browsers refuse such a cookie without https, path / and no domain."""
    from tests.web.test_production import samband

    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.SECURE_HSTS_SECONDS > 0, s.SESSION_IDLE_MINUTES)"
    )
    done = samband("shell", "--no-imports", "-c", code, SAMBAND_VAR=str(tmp_path))
    assert done.stdout.split() == [
        "__Host-samband-session", "__Host-samband-csrf", "True", "True", "/", "None", "True", "60",
    ], done.stdout + done.stderr  # fmt: skip


def test_no_header_can_be_written_into_a_mail(world):
    """A line break in a name or address that somebody wrote ends no header: Django refuses to send it at all."""
    for field in ({"subject": "Hej\r\nBcc: evil@example.org"}, {"to": ["a@example.org\nBcc: evil@example.org"]}):
        with pytest.raises(BadHeaderError):
            EmailMessage(
                **{"subject": "Hej", "body": "x", "from_email": "s@example.org", "to": ["a@example.org"], **field}
            ).send()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "address_", ["a@example.org\nBcc: evil@example.org", "a@example.org\r\nX: y", "a@example.org,b@example.org"]
)
def test_no_second_receiver_can_be_written_into_the_own_address(world, address_, settings):
    settings.MAIL_ON = True
    client = world.client("alice")
    client.post(reverse("notices:settings"), {"email": address_})
    assert mail.outbox == []
    assert not [row for row in Preferences.objects.values() if "example" in str(row)]


def test_error_pages_show_no_trace_of_what_went_wrong(world, settings, monkeypatch):
    from samband.people.views import units as page

    client = world.client("administrator")
    client.raise_request_exception = False
    monkeypatch.setattr(page, "render", lambda *a, **k: 1 / 0)
    reply = client.get("/units/")
    assert reply.status_code == 500
    body = reply.content.decode()
    for word in ("Traceback", "ZeroDivision", ".py", "samband.", "SECRET", str(ROOT)):
        assert word not in body, word
    assert "no-store" in reply["Cache-Control"]
    assert reply["X-Frame-Options"] == "DENY"


def test_no_secret_reaches_a_log(world, settings, caplog):
    """A password that is sent, a link that opens an account, a number: none stands in what is logged."""
    settings.LOCAL_LOGINS = True
    path = local.give_link(world.actor("administrator"), world.users["alice"], "Har inget kort än")
    token = path.rstrip("/").rpartition("/")[2]
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(Scrub())
    Client().get(path.replace(token, token + "x"))
    Client().post("/login/local/", {"name": "SE5560000000-X", "password": "mycket hemligt ord"})
    Client().get("/search/?q=19470312-1234")
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert said
    for secret in ("mycket hemligt", token, "19470312-1234", settings.SECRET_KEY):
        assert secret not in said


def test_no_debug_page_in_production(monkeypatch):
    monkeypatch.setenv("SAMBAND_DEBUG", "maybe")
    with pytest.raises(Exception, match="expected 1 or 0"):
        env.flag("SAMBAND_DEBUG")


def test_ids_in_addresses_cannot_be_counted_up(world):
    """Public ids are random: no page takes a row number for a person, an account or an entry."""
    from tests.architecture.test_strangers import ABOUT_A_PERSON

    for entry in TABLE:
        for name in ABOUT_A_PERSON & set(entry.parameters):
            assert f"<uuid:{name}>" in entry.route, entry.route
    assert "-" in reverse("people:account", args=[world.users["self"].public_id])
