"""A form that was sent after the session's end (core.unsent): told plainly, kept for its sender alone, nowhere in the clear."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samband.core import sessions, unsent
from samband.core.models import User
from samband.plans.models import Goal
from samband.web.services import session
from tests.web.test_confirm import fields
from tests.web.test_login import enter
from tests.web.test_sessions import aged

pytestmark = pytest.mark.django_db
WORDS = "Gå till torget Xqzvwk på lördag"


@pytest.fixture
def demo(world):
    User.objects.update(is_demo=True)
    return world


def goal(world) -> str:
    return reverse("plans:goal", args=[world.things["goal"].public_id])


def late(world, who="alice", **more) -> tuple[Client, str]:
    """She wrote, was away, and pressed save: where she is sent."""
    client = aged(world.client(who), SEEN=11)
    token = {"csrfmiddlewaretoken": "x" * 64}  # as every form of ours has it: its name is no secret of hers
    sent = {"words": WORDS, "know_how": "", "status": "active", "version": "1", "seen": "1", **token, **more}
    reply = client.post(goal(world), sent)
    assert reply.status_code == 302
    return client, reply["Location"]


def log_in(client: Client, user: str = "alice") -> None:
    """By the demo's button, and in the only capacity there is."""
    enter(client, user)
    client.get("/choose/?next=/unsent/")


def test_what_was_written_is_there_again_after_log_in_and_is_saved_by_one_press(demo):
    client, to = late(demo)
    assert to == "/login/?next=/unsent/"
    assert (
        "Det du skickade är inte sparat. Logga in igen, så får du skicka det på nytt."
        in client.get(to).content.decode()
    )
    assert client.get("/unsent/")["Location"] == "/login/?next=/unsent/", "nobody is logged in"
    demo.things["goal"].refresh_from_db()
    assert WORDS not in demo.things["goal"].words
    log_in(client)
    page = client.get("/unsent/")
    body = page.content.decode()
    assert WORDS in body
    assert "no-store" in page["Cache-Control"]
    assert f'action="{goal(demo)}"' in body
    assert client.post(goal(demo), fields(body)).status_code in (200, 302)
    assert Goal.objects.get(pk=demo.things["goal"].pk).words == WORDS
    assert client.get("/unsent/")["Location"] == "/", "once"


def test_somebody_else_who_logs_in_there_finds_nothing(demo):
    client, _to = late(demo)
    session_rows = " ".join(str(row.get_decoded()) for row in Session.objects.all())
    assert unsent.KEPT in session_rows
    assert "Xqzvwk" not in session_rows, "it lies encrypted"
    assert "Xqzvwk" not in str(client.cookies)
    assert "Xqzvwk" not in client.get("/login/").content.decode()
    log_in(client, "gp")
    reply = client.get("/unsent/", follow=True)
    assert "Xqzvwk" not in reply.content.decode()
    assert unsent.KEPT not in client.session
    client.post("/logout/")
    log_in(client)
    assert client.get("/unsent/")["Location"] == "/", "gone for her too"


def test_it_waits_a_quarter_of_an_hour(demo, monkeypatch):
    client, _to = late(demo)
    monkeypatch.setattr(unsent, "PATIENCE", -1)
    log_in(client)
    assert client.get("/unsent/")["Location"] == "/"


@pytest.mark.parametrize("case", ["part", "secret", "public", "huge"])
def test_what_is_not_kept_is_told_all_the_same(demo, case):
    client = aged(demo.client("alice"), SEEN=11)
    to, sent, more = goal(demo), {"words": WORDS}, {}
    if case == "part":
        more = {"HTTP_HX_REQUEST": "true"}
    elif case == "secret":
        sent |= {"old_password": "Hemligt ord"}
    elif case == "public":
        to = "/choose/"
    else:
        sent = {"words": "x " * unsent.MOST}
    client.post(to, sent, **more)
    assert unsent.KEPT not in client.session
    assert "Det du skickade är inte sparat. Logga in igen och gör om det." in client.get("/login/").content.decode()


def test_a_page_that_was_only_opened_says_nothing_of_saving(demo):
    client = aged(demo.client("alice"), SEEN=11)
    assert client.get(goal(demo))["Location"] == f"/login/?next={goal(demo)}"
    body = client.get("/login/").content.decode()
    assert "nu utloggad. Logga in igen." in body
    assert "inte sparat" not in body


def test_a_form_from_somebody_elses_page_is_never_offered(demo):
    """Nobody is shown as hers what another site made her browser send."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(demo.users["alice"], backend=session.BACKEND)
    held = client.session
    held[sessions.WAY], held[sessions.STARTED], held[sessions.SEEN] = "demo", sessions.moment() - 60, 0.0
    held.save()
    assert client.post(goal(demo), {"words": WORDS}).status_code == 403
    assert unsent.KEPT not in client.session


def test_files_are_not_kept_and_that_is_said(demo):
    client = aged(demo.client("alice"), SEEN=11)
    file = SimpleUploadedFile("brev.txt", b"Xqzvwk", "text/plain")
    client.post(goal(demo), {"words": WORDS, "file": file})
    log_in(client)
    body = client.get("/unsent/").content.decode()
    assert "Filer följer inte med" in body
    assert WORDS in body


def test_words_are_shown_as_text(demo):
    client, _to = late(demo, know_how="<script>x y</script>")
    log_in(client)
    body = client.get("/unsent/").content.decode()
    assert "<script>x" not in body
    assert not re.search(r'action="(https?:)?//', body)
    assert WORDS in body
