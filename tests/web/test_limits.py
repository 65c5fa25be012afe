"""How often: counted in the database by account or address, the same for all processes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from samband.config import env
from samband.core import clock
from samband.core.address import address_of
from samband.core.limits import counting
from samband.core.limits.middleware import TABLE
from samband.core.limits.rules import DEFAULT, Limit, read_limits
from samband.core.middleware import HealthMiddleware
from samband.core.models import Rate
from tests.tools.urls import entries

pytestmark = pytest.mark.django_db


def few(settings, **limits: int) -> None:
    settings.LIMITS = settings.LIMITS | {name: Limit(count, 600) for name, count in limits.items()}


def test_every_view_of_the_table_exists_and_every_limit_is_known(settings):
    assert set(TABLE) <= {entry.name for entry in entries()}
    assert {name for name, _methods in TABLE.values()} <= set(settings.LIMITS)
    assert set(read_limits("")) == {word.partition("=")[0] for word in DEFAULT.split()}


@pytest.mark.parametrize("text", ["login", "login=x/1m", "unknown=3/1m", "login=3/1d", "login=-1/1m"])
def test_a_limit_that_cannot_be_read_is_said_at_start(text, monkeypatch):
    monkeypatch.setenv("SAMBAND_LIMITS", text)
    with pytest.raises(ImproperlyConfigured, match="SAMBAND_LIMITS"):
        env.read_by("SAMBAND_LIMITS", "", read_limits)


def test_a_limit_that_is_said_changes_that_one():
    assert read_limits("login=3/1h")["login"] == Limit(3, 3600)
    assert read_limits("login=3/1h")["search"] == read_limits("")["search"]


def test_searching_too_often_is_answered_with_a_sentence_and_when(world, settings):
    few(settings, search=3)
    client = world.client("coordinator")
    for _turn in range(3):
        assert client.post("/search/", {"q": "Zzz"}).status_code == 200
    reply = client.post("/search/", {"q": "Zzz"})
    assert reply.status_code == 429
    assert 0 < int(reply["Retry-After"]) <= 600
    assert "gått för fort" in reply.content.decode()
    assert client.get("/search/").status_code == 200, "opening the form is not counted"
    assert world.client("coordinator").post("/search/", {"q": "Zzz"}).status_code == 429, "the account, wherever it is"
    assert world.client("alice").post("/search/", {"q": "Zzz"}).status_code == 200


def test_visitors_are_counted_by_address_and_believed_only_behind_our_proxy(world, settings, rf):
    few(settings, login=2)
    settings.LOCAL_LOGINS = True
    body = {"name": "SE1", "password": "x"}
    tries = [Client(REMOTE_ADDR="192.0.2.1").post("/login/passkey/begin/", body).status_code for _ in range(3)]
    assert tries == [200, 200, 429]
    forged = Client(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert forged.post("/login/passkey/begin/", body).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.2").post("/login/passkey/begin/", body).status_code == 200
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    asked = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="10.9.9.9, 198.51.100.7")
    assert address_of(asked) == "198.51.100.7", "what our proxy added, not what the sender wrote before it"


def test_no_address_and_no_account_lies_in_the_counters(world, settings):
    few(settings, login=2)
    settings.LOCAL_LOGINS = True
    Client(REMOTE_ADDR="192.0.2.1").post("/login/passkey/begin/")
    row = Rate.objects.get(name="login")
    assert "192" not in row.who
    assert len(row.who) == 32


def test_a_window_ends_and_is_swept(settings):
    few(settings, search=1)
    with clock.frozen(clock.now().replace(minute=0, second=5)):
        assert counting.allowed("search", "a") == 0
        assert counting.allowed("search", "a") == 595
        assert counting.allowed("search", "b") == 0
    with clock.frozen(clock.now().replace(minute=10, second=0)):
        assert counting.allowed("search", "a") == 0
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert counting.sweep() == 3
    few(settings, search=0)
    assert not any(counting.allowed("search", "c") for _ in range(50)), "0 is no limit"


def test_a_count_is_one_question_which_two_at_once_cannot_ask_between(settings, django_assert_num_queries):
    few(settings, search=2)
    with clock.frozen(clock.now()):
        for over in (False, False, True, True):
            with django_assert_num_queries(1):
                assert (counting.allowed("search", "same") > 0) is over
    row = Rate.objects.get(name="search")
    assert row.count == 4
    assert timedelta(0) < row.until - clock.now() <= timedelta(minutes=10)


def test_health_asks_the_database_once_a_second_however_often_it_is_asked(monkeypatch):
    asked = []
    monkeypatch.setattr(HealthMiddleware, "_asked", staticmethod(lambda: asked.append(1) or ({"status": "ok"}, 200)))
    client = Client()
    assert {client.get("/health").status_code for _ in range(20)} == {200}
    assert len(asked) <= 2
