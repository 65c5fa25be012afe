"""Web push against a local server that plays the push service: it can read nothing without the browser's key."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command
from django.urls import reverse

from samband.core import clock
from samband.notices.models import Device
from samband.notices.services import push, webpush
from samband.notices.services.webpush import Outcome
from tests.notices.worlds import HOUR, MORNING, PLAIN, RECEIPT, copies, keys, tell, wants
from tests.worlds import MARK

pytestmark = pytest.mark.django_db


class Service:
    """What it was sent, and what it answers next."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict, bytes]] = []
        self.status, self.headers = 201, {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.got.append((self.path, dict(self.headers), body))
                self.send_response(service.status)
                for name, value in {"Content-Length": "0", **service.headers}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *args) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def service(settings) -> Iterator[Service]:
    made = Service()
    settings.PUSH_ON, settings.VAPID_KEY, settings.VAPID_CONTACT = True, webpush.new_key(), "mailto:drift@example.org"
    settings.PUSH_HOSTS = [made.origin]
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def phone(world, service):
    """Alice's phone: the browser's private key, and its row."""
    private, p256dh, auth = keys()
    wants(world.users["alice"], mail=False, push=True)
    device = push.add(world.actor("alice"), "Telefonen", f"{service.origin}/to/alice", p256dh, auth)
    return private, device


def told(world, kind=PLAIN, at=MORNING, **more) -> None:
    with clock.frozen(at):
        tell(world, kind, units=[world.units["nursing"].pk], **more)


def turn(at=MORNING) -> None:
    with clock.frozen(at):
        push.turn()


def test_the_browser_alone_can_read_it_and_it_says_how_many(world, service, phone):
    private, device = phone
    told(world, once="1")
    told(world, once="2")
    turn()
    ((path, headers, body),) = service.got
    assert path == "/to/alice"
    plain = http_ece.decrypt(body, private_key=private, auth_secret=b"0123456789abcdef", version="aes128gcm")
    assert json.loads(plain) == {"n": 2, "lang": "sv"}
    assert headers["Content-Encoding"] == "aes128gcm"
    assert int(headers["TTL"]) > 0
    assert (headers["Topic"], headers["Urgency"]) == ("samband-inbox", "normal")
    assert MARK.encode() not in body
    device.refresh_from_db()
    assert device.reached_at
    assert copies("alice")[0].pushed_at


def test_it_is_signed_in_our_name_for_that_service(world, service, phone, settings):
    told(world)
    turn()
    words = service.got[0][1]["Authorization"].removeprefix("vapid ").split(", ")
    found = dict(word.split("=", 1) for word in words)
    assert found["k"] == webpush.public_key(settings.VAPID_KEY)
    public = ec.EllipticCurvePublicKey.from_encoded_point(webpush.CURVE, webpush.decode(found["k"]))
    claims = jwt.decode(
        found["t"], public, algorithms=["ES256"], audience=service.origin, options={"verify_exp": False}
    )
    assert claims["sub"] == "mailto:drift@example.org"
    assert 0 < claims["exp"] - MORNING.timestamp() <= 24 * 3600


def test_one_knock_for_all_that_is_new_and_none_for_what_was_read(world, service, phone):
    told(world, once="1")
    turn()
    turn(MORNING + HOUR)
    assert len(service.got) == 1
    told(world, at=MORNING + HOUR, once="2")
    copies("alice")[0].__class__.objects.update(read_at=MORNING + HOUR)
    turn(MORNING + HOUR)
    assert len(service.got) == 1


def test_a_receipt_may_wake_the_device(world, service, phone):
    told(world, RECEIPT)
    turn()
    assert service.got[0][1]["Urgency"] == "high"


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_taken_away_and_said(world, service, phone, status):
    service.status = status
    told(world, once="1")
    turn()
    device = Device.objects.get()
    assert device.gone_at
    assert (device.endpoint, device.p256dh, device.auth) == ("", "", "")
    told(world, once="2")
    turn(MORNING + HOUR)
    assert len(service.got) == 1
    page = world.client("alice").get("/inbox/settings/").content.decode()
    assert "Nås inte längre" in page
    assert "Telefonen" in page
    assert len(copies("alice")) == 2


def test_a_service_that_is_busy_is_asked_again_when_it_says(world, service, phone):
    service.status, service.headers = 429, {"Retry-After": "600"}
    told(world)
    turn()
    turn(MORNING + timedelta(minutes=9))
    assert len(service.got) == 1
    service.status = 201
    turn(MORNING + timedelta(minutes=10))
    assert len(service.got) == 2
    assert Device.objects.get().due_at is None


def test_a_service_that_is_down_is_given_up_in_the_end(world, service, phone):
    service.status = 503
    told(world)
    for hours in range(30):
        turn(MORNING + hours * HOUR)
    assert len(service.got) == 7
    assert Device.objects.get().gone_at is None
    service.status = 201
    told(world, at=MORNING + 48 * HOUR, once="later")
    turn(MORNING + 48 * HOUR)
    assert Device.objects.get().reached_at


def test_a_device_that_is_refused_again_and_again_is_said_to_be_gone(world, service, phone):
    service.status = 403
    for n in range(3):
        told(world, at=MORNING + n * HOUR, once=str(n))
        turn(MORNING + n * HOUR)
    assert Device.objects.get().gone_at


def test_a_redirect_is_not_followed(world, service, phone):
    service.status, service.headers = 307, {"Location": f"{service.origin}/elsewhere"}
    told(world)
    turn()
    assert [path for path, _h, _b in service.got] == ["/to/alice"]


def test_at_night_it_waits(world, service, phone):
    told(world, at=MORNING + 14 * HOUR)
    turn(MORNING + 14 * HOUR)
    assert service.got == []
    turn(MORNING + 20 * HOUR)
    assert len(service.got) == 1


def test_killed_behind_the_knock_it_knocks_again_under_the_same_topic(world, service, phone, monkeypatch):
    told(world)
    note = push._note

    def dies(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(push, "_note", dies)
    with pytest.raises(KeyboardInterrupt):
        turn()
    monkeypatch.setattr(push, "_note", note)
    turn()
    assert [headers["Topic"] for _p, headers, _b in service.got] == ["samband-inbox"] * 2
    turn()
    assert len(service.got) == 2


def test_without_a_key_of_our_own_nothing_is_sent(world, service, phone, settings):
    told(world)
    settings.PUSH_ON = False
    turn()
    assert service.got == []
    answer = world.client("alice").post(reverse("notices:device_add"), {})
    assert answer.status_code == 409


def test_nothing_is_sent_to_an_address_that_left_the_list(world, service, phone, settings):
    told(world)
    settings.PUSH_HOSTS = ["https://push.example"]
    turn()
    assert service.got == []


def added(world, who: str, **more):
    _private, p256dh, auth = keys()
    data = {"name": "Datorn", "endpoint": "https://push.example/x", "p256dh": p256dh, "auth": auth, **more}
    return world.client(who).post(reverse("notices:device_add"), data)


def test_a_browser_adds_itself_and_the_same_again_is_the_same(world, service, settings):
    settings.PUSH_HOSTS = ["https://push.example"]
    assert added(world, "alice").status_code == 200
    assert added(world, "alice", name="Jobbdatorn").status_code == 200
    assert [d.name for d in Device.objects.all()] == ["Jobbdatorn"]
    # Somebody else logs in to the same browser: it shows her notices, and the first one's no more.
    assert added(world, "gp").status_code == 200
    assert [d.user for d in Device.objects.all()] == [world.users["gp"]]


@pytest.mark.parametrize("bad", [
    {"endpoint": "https://evil.example/x"}, {"endpoint": "http://127.0.0.1:1/x"}, {"endpoint": ""},
    {"p256dh": "AAAA"}, {"p256dh": "å"}, {"auth": "AAAA"}, {"name": " "}, {"endpoint": "https://push.example/" + "x" * 2000},
])  # fmt: skip
def test_what_a_browser_says_wrongly_is_refused(world, service, settings, bad):
    settings.PUSH_HOSTS = ["https://push.example"]
    answer = added(world, "alice", **bad)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not Device.objects.exists()


def test_ten_devices_are_enough(world, service, settings):
    settings.PUSH_HOSTS = ["https://push.example"]
    for n in range(10):
        assert added(world, "alice", endpoint=f"https://push.example/{n}").status_code == 200
    assert added(world, "alice", endpoint="https://push.example/11").status_code == 422


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "taken"), (201, "taken"), (301, "refused"), (400, "refused"), (404, "gone"), (410, "gone"), (413, "refused"),
     (429, "later"), (500, "later"), (503, "later")],
)  # fmt: skip
def test_what_an_answer_means(status, outcome):
    assert webpush.outcome_of(status).outcome == Outcome(outcome)


def test_the_command_makes_a_key_that_works():
    out = StringIO()
    call_command("vapid", stdout=out, stderr=StringIO())
    raw = out.getvalue().splitlines()[0].partition("=")[2]
    assert len(webpush.decode(webpush.public_key(raw))) == 65
    assert raw not in {webpush.new_key()}
