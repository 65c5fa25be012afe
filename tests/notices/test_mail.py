"""Mail: generic words in the reader's language, at most once, never lost, and what a refusal leads to."""

import smtplib
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse

from samband.core import clock
from samband.notices.models import Delivery, Mail, Preferences
from samband.notices.services import mail, preferences
from tests.notices.worlds import HOUR, MORNING, PLAIN, RECEIPT, copies, tell, wants
from tests.worlds import MARK

pytestmark = pytest.mark.django_db
AFTERNOON = MORNING + 5 * HOUR


@pytest.fixture(autouse=True)
def _set_up(settings):
    settings.MAIL_ON = True
    settings.DEFAULT_FROM_EMAIL = "Samband <samband@example.org>"
    settings.ADDRESS = "https://samband.example.org"


@pytest.fixture
def alice(world):
    return wants(world.users["alice"])


def told(world, kind=PLAIN, at=MORNING, **more) -> None:
    with clock.frozen(at):
        tell(world, kind, units=[world.units["nursing"].pk], **more)


def turn(at) -> None:
    with clock.frozen(at):
        mail.turn()


class Server(EmailBackend):
    """A mail server that does what a test says: raises before it takes a message over, or after."""

    before: Exception | None = None
    after: Exception | None = None
    closed: Exception | None = None

    def open(self):
        if self.closed:
            raise self.closed
        return super().open()

    def send_messages(self, messages):
        if self.before:
            raise self.before
        count = super().send_messages(messages)
        if self.after:
            raise self.after
        return count


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    for name in ("before", "after", "closed"):
        monkeypatch.setattr(Server, name, None)
    return Server


def test_a_digest_gathers_what_is_new_and_says_nothing_of_it(world, alice):
    for n in range(3):
        told(world, once=str(n))
    turn(MORNING)
    assert outbox.outbox == []
    turn(AFTERNOON)
    (message,) = outbox.outbox
    assert message.to == ["alice@example.org"]
    assert message.subject == "Samband: 3 nya meddelanden"
    assert "https://samband.example.org/inbox/" in message.body
    for hidden in (MARK, "Testsson", "har hänt", "Hemsjukvården", "persons"):
        assert hidden not in message.body + message.subject + str(message.extra_headers)
    turn(AFTERNOON + HOUR)
    assert len(outbox.outbox) == 1


def test_it_is_written_in_the_readers_language(world, alice):
    world.users["alice"].language = "en"
    world.users["alice"].save()
    told(world)
    turn(AFTERNOON)
    assert outbox.outbox[0].subject == "Samband: 1 new notice"
    assert "Log in and read:" in outbox.outbox[0].body


def test_a_receipt_is_mailed_at_once_and_says_that_something_waits(world, alice):
    told(world, RECEIPT)
    turn(MORNING)
    assert outbox.outbox[0].subject == "Samband: något väntar på din kvittens"


def test_what_was_read_meanwhile_is_not_mailed(world, alice):
    told(world)
    Delivery.objects.update(read_at=MORNING)
    turn(AFTERNOON)
    assert outbox.outbox == []


def test_what_was_due_while_the_worker_lay_down_waits_for_the_morning(world, alice):
    told(world)
    turn(MORNING + 14 * HOUR)
    assert outbox.outbox == []
    turn(MORNING + 21 * HOUR)
    assert len(outbox.outbox) == 1


def test_a_server_that_does_not_answer_is_asked_again_later_and_nothing_is_lost(world, alice, server):
    told(world)
    server.closed = ConnectionRefusedError()
    turn(AFTERNOON)
    turn(AFTERNOON + timedelta(seconds=30))
    assert Mail.objects.get().attempts == 1
    turn(AFTERNOON + timedelta(minutes=1))
    assert Mail.objects.get().attempts == 2
    server.closed = None
    turn(AFTERNOON + timedelta(minutes=6))
    assert len(outbox.outbox) == 1
    assert Mail.objects.get().state == "sent"


def test_after_the_last_try_the_notices_wait_for_the_next_digest(world, alice, server):
    told(world)
    server.closed = TimeoutError()
    for hours in range(0, 24):
        turn(AFTERNOON + hours * HOUR)
    assert Mail.objects.filter(state="given_up").exists()
    server.closed = None
    for hours in range(24, 60):
        turn(AFTERNOON + hours * HOUR)
    assert len(outbox.outbox) == 1


def test_a_mail_whose_fate_is_unknown_is_not_sent_again_but_its_notices_are(world, alice, server):
    told(world)
    server.after = smtplib.SMTPServerDisconnected("gone")
    turn(AFTERNOON)
    server.after = None
    first = outbox.outbox[0].extra_headers["Message-ID"]
    turn(AFTERNOON + timedelta(minutes=20))
    assert len(outbox.outbox) == 1
    for hours in range(1, 20):
        turn(AFTERNOON + hours * HOUR)
    assert len(outbox.outbox) == 2
    assert outbox.outbox[1].extra_headers["Message-ID"] != first
    assert set(Mail.objects.values_list("state", flat=True)) == {"unknown", "sent"}


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"alice@example.org": (code, b"no")})


def test_an_address_refused_for_good_is_marked_and_the_inbox_still_gets_all(world, alice, server):
    server.before = refused(550)
    for day in range(3):
        told(world, at=MORNING + day * 24 * HOUR, once=str(day))
        turn(AFTERNOON + day * 24 * HOUR)
    alice.refresh_from_db()
    assert alice.refusals == 3
    assert alice.failing_since
    server.before = None
    told(world, at=MORNING + 72 * HOUR, once="later")
    for hours in range(72, 120):
        turn(MORNING + hours * HOUR)
    assert outbox.outbox == []
    assert len(copies("alice")) == 4
    client = world.client("alice")
    assert "Mejlen når dig inte." in client.get("/inbox/").content.decode()
    assert "Kontrollera att den är rätt skriven" in client.get("/inbox/settings/").content.decode()


def test_a_refusal_for_now_is_tried_again_and_does_not_count(world, alice, server):
    told(world)
    server.before = refused(451)
    turn(AFTERNOON)
    server.before = None
    turn(AFTERNOON + timedelta(minutes=2))
    alice.refresh_from_db()
    assert alice.refusals == 0
    assert len(outbox.outbox) == 1


def test_a_success_forgets_earlier_refusals(world, alice):
    Preferences.objects.update(refusals=2)
    told(world)
    turn(AFTERNOON)
    alice.refresh_from_db()
    assert alice.refusals == 0


def test_a_bounce_from_the_mail_server_marks_the_address(world, alice):
    out = StringIO()
    call_command("bounced", "ALICE@example.org", "nobody@example.org", stdout=out)
    assert out.getvalue() == "1 of 2 marked\n"
    alice.refresh_from_db()
    assert alice.failing_since


def test_one_bad_address_does_not_stop_the_others(world, alice, monkeypatch):
    wants(world.users["gp"])
    with clock.frozen(MORNING):
        tell(world, units=[world.units["nursing"].pk, world.units["centre"].pk])
    send = EmailBackend.send_messages

    def picky(self, messages):
        if messages[0].to == ["alice@example.org"]:
            raise refused(550)
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)
    turn(AFTERNOON)
    assert [m.to for m in outbox.outbox] == [["gp@example.org"]]


def test_an_address_is_used_when_its_link_was_followed_by_its_own_account(world):
    client = world.client("alice")
    data = {"email": "a@example.org", "digests": "7, 15", "quiet_from": "21", "quiet_to": "6", "channel-test": ["mail"]}
    client.post("/inbox/settings/", data)
    (message,) = outbox.outbox
    link = next(word for word in message.body.split() if "/confirm/" in word).removeprefix(
        "https://samband.example.org"
    )
    assert "example.org" not in link
    told(world)
    assert copies("alice")[0].mail_at is None
    world.client("gp").get(link)
    assert Preferences.objects.get(user=world.users["alice"]).confirmed_at is None
    assert "Adressen är bekräftad" in client.get(link, follow=True).content.decode()
    row = Preferences.objects.get(user=world.users["alice"])
    assert row.confirmed_at
    told(world, once="after")
    assert copies("alice")[1].mail_at
    client.post("/inbox/settings/", {**data, "email": "other@example.org"})
    row.refresh_from_db()
    assert row.confirmed_at is None
    assert "gäller inte längre" in client.get(link, follow=True).content.decode()


def test_the_link_is_not_sent_time_and_again(world):
    client = world.client("alice")
    Preferences.objects.create(user=world.users["alice"], email="a@example.org")
    for _n in range(3):
        client.post(reverse("notices:confirm_send"))
    assert len(outbox.outbox) == 1


def test_a_link_that_was_made_up_confirms_nothing(world, alice):
    Preferences.objects.update(confirmed_at=None)
    actor = world.actor("alice")
    for raw in ("", "x", "a:b:c", preferences.token(alice)[:-1]):
        assert not preferences.confirm(actor, raw)


def test_where_mail_is_off_nothing_is_made(world, alice, settings):
    told(world)
    settings.MAIL_ON = False
    turn(AFTERNOON)
    assert not Mail.objects.exists()
