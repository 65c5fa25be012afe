"""The inbox in the browser's words: what is shown, what is no longer, read and unread, filters, pages, and how much it asks."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samband.access.models import CareRelation
from samband.core import clock
from samband.core.models import AuditEvent, User
from samband.notices.models import Delivery, Preferences
from samband.notices.services import inbox
from samband.people.models import Assignment
from tests.notices.worlds import MORNING, PLAIN, RECEIPT, a_copy, a_device, copies, plan_url, tell
from tests.worlds import MARK

pytestmark = pytest.mark.django_db
INBOX, MINE = "/inbox/", "/my/inbox/"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


def text(response) -> str:
    return response.content.decode()


def to_nursing(world, kind=PLAIN, **more):
    tell(world, kind, units=[world.units["nursing"].pk], **more)


def leave(world) -> None:
    """The unit takes part in Märit's care no longer."""
    day = timedelta(days=1)
    CareRelation.objects.all().update(starts_on=clock.today() - 9 * day, ends_on=clock.today() - day)


def test_every_page_opens_in_both_languages(world, settings):
    settings.MAIL_ON = settings.PUSH_ON = True
    settings.VAPID_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"
    a_copy(world), a_device(world)
    tell(world, RECEIPT, persons=[world.person.pk], relatives=[world.things["husband"].pk])
    for who, address in [
        ("alice", INBOX), ("alice", INBOX + "?show=all"), ("alice", INBOX + "?show=receipt&group=test"),
        ("alice", "/inbox/sent/"), ("alice", "/inbox/settings/"), ("self", MINE), ("self", MINE + "?show=all"),
        ("husband", MINE), ("self", "/my/inbox/settings/"),
        ("administrator", INBOX), ("teacher", INBOX), ("gp", INBOX + "?page=7&show=nonsense&group=nonsense"),
    ]:  # fmt: skip
        client = world.client(who)
        for language in ("sv", "en"):
            client.cookies["samband_language"] = language
            assert client.get(address).status_code == 200, (who, address)


def test_a_name_is_shown_as_long_as_the_reader_may_see_the_person(world):
    to_nursing(world)
    client = world.client("alice")
    assert MARK in text(client.get(INBOX))
    assert AuditEvent.objects.filter(action="notice.list").count() == 1
    leave(world)
    page = text(client.get(INBOX))
    assert MARK not in page
    assert "Du kan inte längre öppna det" in page
    gone = client.get(reverse("notices:open", args=[copies("alice")[0].public_id]))
    assert gone.status_code == 410
    assert MARK not in text(gone)


def test_opening_leads_to_the_thing_and_is_reading(world):
    to_nursing(world)
    client, copy = world.client("alice"), copies("alice")[0]
    answer = client.get(reverse("notices:open", args=[copy.public_id]))
    assert (answer.status_code, answer.url) == (302, plan_url(world))
    assert client.get(answer.url).status_code == 200
    assert copies("alice")[0].read_at
    assert "Inget är oläst" in text(client.get(INBOX))


def test_somebody_elses_copy_does_not_exist(world):
    to_nursing(world)
    copy = copies("alice")[0]
    for who in ("gp", "stranger", "self", "husband", "administrator"):
        client = world.client(who)
        assert client.get(reverse("notices:open", args=[copy.public_id])).status_code == 404
        for name in ("read", "unread", "acknowledge"):
            assert client.post(reverse(f"notices:{name}", args=[copy.public_id])).status_code == 404
    assert copies("alice")[0].read_at is None


def test_read_and_undo(world):
    to_nursing(world)
    client, copy = world.client("alice"), copies("alice")[0]
    page = text(client.post(reverse("notices:read", args=[copy.public_id]), {"back": INBOX + "?show=all"}, follow=True))
    assert "Ångra" in page
    assert copies("alice")[0].read_at
    client.post(reverse("notices:unread", args=[copy.public_id]))
    assert copies("alice")[0].read_at is None


def test_all_read_and_all_back_leaves_what_was_read_before(world):
    for n in range(3):
        to_nursing(world, once=str(n))
    client = world.client("alice")
    first = copies("alice")[0]
    client.post(reverse("notices:read", args=[first.public_id]))
    with clock.frozen(MORNING + timedelta(minutes=1)):
        assert "2 är lästa." in text(client.post(reverse("notices:read_all"), follow=True))
    assert [c.read_at is None for c in copies("alice")] == [False] * 3
    client.post(reverse("notices:unread_all"))
    assert [c.read_at is None for c in copies("alice")] == [False, True, True]
    client.post(reverse("notices:unread_all"))
    assert [c.read_at is None for c in copies("alice")] == [False, True, True]


def test_reading_all_gives_no_receipt(world):
    to_nursing(world, RECEIPT)
    client = world.client("alice")
    client.post(reverse("notices:read_all"))
    page = text(client.get(INBOX + "?show=receipt"))
    assert "Kvittera det här" in page
    client.post(reverse("notices:acknowledge", args=[copies("alice")[0].public_id]))
    assert "Inget väntar på din kvittens" in text(client.get(INBOX + "?show=receipt"))
    assert "Alice Test" in text(client.get(INBOX + "?show=all"))


def test_back_leads_to_the_own_inbox_and_nowhere_else(world):
    to_nursing(world)
    url = reverse("notices:read", args=[copies("alice")[0].public_id])
    client = world.client("alice")
    assert client.post(url, {"back": INBOX + "?show=all&page=2"}).url == INBOX + "?show=all&page=2"
    for evil in ("https://evil.example/", "//evil.example", "/inbox/../persons/", "/inboxes"):
        assert client.post(url, {"back": evil}).url == INBOX


def test_the_groups_narrow_the_list(world):
    to_nursing(world)
    client = world.client("alice")
    assert "Något har hänt" in text(client.get(INBOX + "?group=test"))
    assert "Något har hänt" not in text(client.get(INBOX + "?group=contact"))


def test_a_notice_to_another_assignment_names_nobody_until_it_is_chosen(world):
    alice = world.things["alice"]
    second = Assignment.objects.create(
        staff=alice.staff, unit=world.units["centre"], role="nurse", title="Andra uppdraget"
    )
    tell(world, RECEIPT, assignments=[second.pk])
    client = world.client("alice")
    page = text(client.get(INBOX))
    assert "Andra uppdraget" in page
    assert MARK not in page
    copy = Delivery.objects.get(assignment=second)
    page = text(client.get(reverse("notices:open", args=[copy.public_id])))
    assert "Byt till Andra uppdraget" in page
    client.post(reverse("notices:acknowledge", args=[copy.public_id]))
    copy.recipient.refresh_from_db()
    assert copy.recipient.waits
    answer = client.post(
        reverse("web:choose"), {"as": f"staff:{second.pk}", "next": reverse("notices:open", args=[copy.public_id])}
    )
    assert client.get(answer.url).url == plan_url(world)
    assert MARK in text(client.get(INBOX + "?show=all"))


def test_the_person_and_the_relative_have_inboxes_of_their_own(world):
    url = reverse("web:my")
    tell(world, RECEIPT, url=url, persons=[world.person.pk])
    assert "Kvittera det här" in text(world.client("self").get(MINE))
    assert "Kvittera det här" not in text(world.client("husband").get(MINE))
    assert "Kvittera det här" not in text(world.client("strange_person").get(MINE))
    assert world.client("self").get(INBOX).url == MINE
    copy = Delivery.objects.get()
    client = world.client("self")
    assert client.get(reverse("notices:open", args=[copy.public_id])).url == url
    client.post(reverse("notices:acknowledge", args=[copy.public_id]))
    assert "Du har sagt att du har sett det" in text(client.get(MINE + "?show=all"))


def test_the_number_in_the_bar_is_one_question_and_kept(world):
    to_nursing(world)
    actor = world.actor("alice")
    with CaptureQueriesContext(connection) as asked:
        assert inbox.unread(actor) == 1
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert inbox.unread(actor) == 1
    assert len(asked) == 0
    assert 'class="bar-inbox bar-inbox-new"' in text(world.client("alice").get("/day/"))
    inbox.mark(actor, copies("alice")[0], read=True)
    assert inbox.unread(actor) == 0


def test_a_full_page_asks_no_more_than_a_short_one(world):
    def questions(address: str) -> int:
        client = world.client("alice")
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    to_nursing(world, once="0")
    short = questions(INBOX)
    for n in range(1, 60):
        to_nursing(world, RECEIPT if n % 2 else PLAIN, once=str(n))
    assert questions(INBOX) <= short + 1
    assert questions(INBOX) <= 20
    page = text(world.client("alice").get(INBOX))
    assert page.count("inbox-row") == inbox.PAGE
    assert "Sida 1" in page
    assert text(world.client("alice").get(INBOX + "?page=3")).count("inbox-row") == 10


def test_what_came_to_another_role_of_the_account_is_said(world):
    user = world.users["alice"]
    world.person.user = None
    world.person.save()
    world.person.user = user
    world.person.save()
    tell(world, url=reverse("web:my"), persons=[world.person.pk])
    assert "Du har 1 oläst i en annan av dina roller" in text(world.client("alice").get(INBOX))


def test_settings_are_kept_and_bad_input_is_said(world, settings):
    settings.MAIL_ON = True
    client = world.client("alice")
    good = {
        "email": "alice@example.org", "digests": "7, 12.30 15:00", "quiet_from": "22", "quiet_to": "5.30", "break_through": "on",
        "channel-test": ["mail"],
    }  # fmt: skip
    assert client.post("/inbox/settings/", good).status_code == 302
    row = Preferences.objects.get(user=world.users["alice"])
    assert row.digests == ["07:00", "12:30", "15:00"]
    assert (f"{row.quiet_from:%H.%M}", f"{row.quiet_to:%H.%M}") == ("22.00", "05.30")
    assert (row.break_through, row.on_shift, row.at_once) == (True, False, False)
    assert row.channels["test"] == {"mail": True, "push": False}
    assert row.confirmed_at is None
    for bad, said in [
        ({"quiet_from": "25"}, "Skriv ett klockslag"), ({"digests": "sju"}, "Skriv högst sex klockslag"),
        ({"email": "alice"}, "Skriv en e-postadress"), ({"digests": "23"}, "ligger i den tysta tiden"),
        ({"quiet_to": ""}, "Skriv när tystnaden slutar"),
        ({"digests": " ".join(str(n) for n in range(6, 20))}, "Skriv högst sex klockslag"),
    ]:  # fmt: skip
        answer = client.post("/inbox/settings/", {**good, **bad})
        assert answer.status_code == 422, bad
        assert said in text(answer), bad
    row.refresh_from_db()
    assert row.digests == ["07:00", "12:30", "15:00"]


def test_a_person_chooses_once_for_everything(world, settings):
    settings.MAIL_ON = True
    client = world.client("self")
    data = {"email": "m@example.org", "digests": "", "quiet_from": "21", "quiet_to": "7", "channel-": ["mail"]}
    assert client.post("/my/inbox/settings/", data).status_code == 302
    row = Preferences.objects.get()
    assert row.channel("whatever") == {"mail": True, "push": False}
    assert row.digests == ["07:00", "15:00"]
    assert (row.at_once, row.on_shift) == (True, True)


def test_changing_the_choice_moves_what_waits(world, settings):
    from tests.notices.worlds import wants

    settings.MAIL_ON = True
    wants(world.users["alice"], channels={"test": {"mail": True}})
    with clock.frozen(MORNING):
        to_nursing(world)
        data = {
            "email": "alice@example.org",
            "digests": "11.00",
            "quiet_from": "21",
            "quiet_to": "6",
            "channel-test": ["mail"],
        }
        world.client("alice").post("/inbox/settings/", data)
        assert copies("alice")[0].mail_at == MORNING + timedelta(hours=1)
        world.client("alice").post("/inbox/settings/", {**data, "channel-test": []})
        assert copies("alice")[0].mail_at is None


def test_the_worker_script_is_public_and_holds_nobody(world):
    answer = world.client("anonymous").get("/inbox/worker.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_a_device_is_removed_by_its_owner_alone(world):
    device = a_device(world)
    url = reverse("notices:device_remove", args=[device.public_id])
    assert world.client("gp").post(url).status_code == 404
    assert world.client("alice").post(url).status_code == 302
    assert not User.objects.get(pk=world.users["alice"].pk).notice_devices.exists()
