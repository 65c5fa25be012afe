"""Copies that are given out (A17), and the register extract of everything about a person (GDPR art. 15, 20)."""

import io
import json
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse

from samband.contact.models import Case, CaseEvent
from samband.core import clock, extract, extract_file
from samband.core.models import AuditEvent
from samband.notices.models import Notice
from samband.plans.models import RelativeNote
from samband.records import tasks
from samband.records.models import Copy, CopyEntry, ExtractOrder
from samband.records.services import attachments, copies, entries, extracts
from samband.records.services.entries import Written
from tests.records.test_attachments import PDF, attached, uploads  # noqa: F401
from tests.records.test_pages import read, url
from tests.records.worlds import put, takes_part, write
from tests.worlds import MARK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]
MINE = reverse("records:my_extract")
STAFF = reverse("records:extracts")


def given(entry, **more):
    plain = {
        "entries": [str(entry.public_id)], "recipient": "Försäkringskassan, Heby", "ground": "law",
        "basis": "Socialförsäkringsbalken", "form": "paper",
    }  # fmt: skip
    return {**plain, **more}


def opened(answer):
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def mine(world):
    """The person orders and fetches."""
    own = world.client("self")
    assert own.post(MINE).status_code == 302
    order = ExtractOrder.objects.filter(person=world.person).first()
    return opened(own.get(url("extract", order)))


def rows_of(archive):
    told = json.loads(archive.read(extract_file.DATA))
    return {part["model"]: part["rows"] for part in told["parts"]}, told


def test_A17_a_copy_is_written_down_printed_and_seen_by_the_person(world):
    entry = write(world, "alice")
    client = world.client("alice")
    assert client.post(url("copies", world.person), given(entry)).status_code == 302
    copy = Copy.objects.get()
    assert [(row.entry, row.number) for row in copy.entries.all()] == [(entry, 1)]
    entries.correct(world.actor("alice"), entry, Written("note", "Nytt", "Ny text.", entry.happened_at), "Fel.", 1)
    document = copies.document(copy)
    assert document.sections[0].items[0].text == ["Blodtrycket är bra."], "as it read when it was given out"
    answer = client.get(url("copy", copy))
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "sv-SE" or str(pdf.Root.Lang) == "sv"
    body = read(world.client("self"), reverse("records:my_copies"))
    assert "Försäkringskassan, Heby" in body
    assert "Socialförsäkringsbalken" in body
    assert AuditEvent.objects.filter(action__in=["record.copy_given", "record.copy_read"]).count() == 2


@pytest.mark.parametrize("missing", ["entries", "recipient", "ground", "basis", "form"])
def test_A17_what_is_missing_is_told_and_no_copy_is_given(world, missing):
    entry = write(world, "alice")
    answer = world.client("alice").post(url("copies", world.person), given(entry, **{missing: ""}))
    assert answer.status_code == 422
    assert not Copy.objects.exists()


def test_A17_only_the_own_providers_signed_entries_are_given_out(world):
    theirs, draft = put(world.person, world.units["centre"]), put(world.person, world.units["nursing"], signed=False)
    client = world.client("alice")
    for row in (theirs, draft):
        assert client.post(url("copies", world.person), given(row)).status_code == 422
    wanted = copies.Given("x", "law", "x", "paper")
    with pytest.raises(Exception, match="Välj minst"):
        copies.give(world.actor("alice"), world.person, wanted, [str(theirs.public_id)])
    assert not CopyEntry.objects.exists()


def test_A17_who_gives_out_copies(world):
    entry = put(world.person, world.units["help"])
    takes_part(world, "help")
    page = url("copies", world.person)
    for who in ("coordinator", "stranger", "self", "husband", "administrator", "reviewer", "teacher"):
        assert world.client(who).get(page).status_code == 404, who
    assert world.client("bob").post(page, given(entry)).status_code == 302, "social services"
    assert world.client("alice").get(url("copy", Copy.objects.get())).status_code == 404, "another provider's"


def test_art15_the_person_fetches_all_that_there_is(world):
    entry = attached(world, title="Fotsår")
    put(world.person, world.units["centre"], title="Utkast", signed=False)
    archive = mine(world)
    rows, told = rows_of(archive)
    assert set(rows) == set(extract.parts)
    assert told["person"] == world.person.identity_number
    assert [row["title"] for row in rows["records.Entry"]] == ["Fotsår"]
    assert rows["people.Person"][0]["street"] == "Testgatan 1"
    assert {"text": "Alice Test, nurse, Hemsjukvården"}.items() <= rows["records.Entry"][0]["assignment"].items()
    assert [row["words"] for row in rows["plans.Goal"]] == [f"Gå ut varje dag. {MARK}"]
    assert rows["core.AuditEvent"], "who has read"
    attachment = entry.attachments.get()
    assert archive.read(f"bilagor/{attachment.public_id.hex[:8]}-provsvar.pdf") == PDF
    page = archive.read(extract_file.PAGE).decode()
    assert "<dt>Rubrik</dt><dd>Fotsår</dd>" in page
    for hidden in ("Utkast ", "password", "argon2"):
        assert hidden not in page.split("Det som inte är med")[0]
    assert "Utkast till anteckningar" in page.split("Det som inte är med")[1]
    assert Notice.objects.filter(kind="records.extract_done").count() == 1
    assert AuditEvent.objects.filter(action="record.extract").count() == 1


def test_art15_what_the_rules_close_to_her_is_not_in_it_and_is_said_for_everybody(world):
    """P4: a relative's own question; staff's notes to each other. A relative's own note is hers to read by the rules."""
    secret, open_ = "Hemligt-ärende", "Öppet-ärende"
    for subject, only in ((secret, True), (open_, False)):
        case = Case.objects.create(
            subject=subject, person=world.person, unit=world.units["nursing"], sender_kind="relative",
            sender_relative=world.things["husband"], only_sender=only, urgency="week",
        )  # fmt: skip
        CaseEvent.objects.create(case=case, kind="created", text=f"{subject}-visat", shown=True, name="x")
        CaseEvent.objects.create(case=case, kind="note", text=f"{subject}-internt", shown=False, name="x")
    RelativeNote.objects.create(plan=world.plan, relative=world.things["husband"], words="Orkar inte", shared=False)
    archive = mine(world)
    rows, _told = rows_of(archive)
    assert [row["subject"] for row in rows["contact.Case"]] == [open_]
    assert [row["text"] for row in rows["contact.CaseEvent"]] == [f"{open_}-visat"]
    for name in archive.namelist():
        assert "Hemligt" not in archive.read(name).decode(errors="replace"), name
    assert list(extract_file.left_out()) == json.loads(archive.read(extract_file.DATA))["left_out"]


def test_art15_nobody_elses_is_in_it(world):
    put(world.person, world.units["nursing"], title="Fotsår")
    own = world.client("strange_person")
    own.post(MINE)
    archive = opened(own.get(url("extract", ExtractOrder.objects.get())))
    for name in archive.namelist():
        assert MARK not in archive.read(name).decode(), name


def test_art15_a_text_cannot_become_part_of_the_page(world):
    write(world, "alice", title="<script>alert(1)</script>")
    page = mine(world).read(extract_file.PAGE).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("who", ["administrator", "reviewer"])
def test_A1_staff_take_out_what_their_own_organization_wrote_and_the_person_all(world, who):
    """An administrator or a reviewer answers a request for her organization, not for another's entries, blocked or not."""
    ours, theirs = write(world, "gp", title="Regionens egen"), write(world, "alice", title="Kommunens egen")
    sides = {ours.organization_id: "Regionens egen", theirs.organization_id: "Kommunens egen"}
    assert len(sides) == 2
    client = world.client(who)
    client.post(STAFF, {"number": world.person.shown_number, "request": "dnr 12"})
    order = ExtractOrder.objects.get()
    page = opened(client.get(url("extract", order))).read(extract_file.PAGE).decode()
    for organization, title in sides.items():
        assert (title in page) == (organization == order.assignment.unit.organization_id)
    assert "begär det av dem" in page
    whole = mine(world).read(extract_file.PAGE).decode()
    assert all(title in whole for title in sides.values())
    assert "begär det av dem" not in whole


@pytest.mark.parametrize("who", ["administrator", "reviewer"])
def test_art15_on_a_written_request_it_is_logged_as_a_copy(world, who):
    client = world.client(who)
    number = world.person.shown_number
    assert client.post(STAFF, {"number": number, "request": ""}).status_code == 422
    assert "inget om någon" in client.post(STAFF, {"number": "19470312K777", "request": "x"}).content.decode()
    assert client.post(STAFF, {"number": number, "request": "2026-11-02, dnr 12"}).status_code == 302
    order, copy = ExtractOrder.objects.get(), Copy.objects.get()
    assert Notice.objects.filter(kind="records.extract_asked").count() == 1, "she hears that somebody asked in her name"
    made = AuditEvent.objects.get(action="record.extract_made")
    assert (made.actor_kind, made.user_id) == ("staff", world.users[who].pk)
    assert (copy.extract, copy.basis, copy.ground) == (True, "2026-11-02, dnr 12", "own")
    assert rows_of(opened(client.get(url("extract", order))))[0]["people.Person"]
    other = "reviewer" if who == "administrator" else "administrator"
    assert world.client(other).get(url("extract", order)).status_code == 404
    assert world.client("self").get(url("extract", order)).status_code == 404, "hers is hers to order"
    assert "Utdrag över allt" in read(world.client("self"), reverse("records:my_copies"))
    assert client.get(url("copy", copy)).status_code == 404


def test_art15_who_may_not_order_or_fetch(world):
    order = extracts.make(extracts.order(world.actor("self"), world.person))
    for who in ("alice", "gp", "husband", "strange_person", "administrator", "reviewer", "teacher"):
        client = world.client(who)
        assert client.get(url("extract", order)).status_code == 404, who
        if who not in ("administrator", "reviewer"):
            assert client.get(STAFF).status_code == 403, who
    for who in ("alice", "husband"):
        assert world.client(who).post(MINE).status_code == 403


def test_a_large_one_is_made_by_the_worker_once_and_says_how_far_it_has_come(world, monkeypatch):
    queued = []
    monkeypatch.setattr(extracts, "AT_ONCE", 0)
    monkeypatch.setattr(tasks, "make_extract", type("Task", (), {"enqueue": staticmethod(queued.append)}))
    own = world.client("self")
    own.post(MINE)
    own.post(MINE)
    order = ExtractOrder.objects.get()
    assert order.state == "waiting"
    assert queued
    body = read(own, MINE)
    assert "<progress" in body
    assert "hx-trigger" in body
    assert own.get(url("extract", order)).status_code == 404
    monkeypatch.setattr(extract_file, "PIECE", 1)
    assert extracts.make(order).state == "done"
    assert order.rows_done >= order.rows_total > 10
    assert extracts.make(order).made_at == order.made_at, "a second worker leaves it alone"


def test_the_archive_goes_after_its_days_and_the_order_stays(world):
    order = extracts.make(extracts.order(world.actor("self"), world.person))
    path = extracts.path_of(order)
    assert path.stat().st_mode & 0o777 == 0o600
    assert extracts.drop_old() == 0
    with clock.frozen(clock.now() + timedelta(days=8)):
        assert extracts.drop_old() == 1
    order.refresh_from_db()
    assert (order.state, order.file.name, path.exists()) == ("gone", "", False)
    assert world.client("self").get(url("extract", order)).status_code == 404


def test_what_goes_wrong_is_said_and_leaves_nothing(world, monkeypatch):
    order = extracts.order(world.actor("self"), world.person)
    monkeypatch.setattr(extract_file, "left_out", lambda _by_staff: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        extracts.make(order)
    assert ExtractOrder.objects.get().state == "failed"
    assert list(extracts.path_of(order).parent.iterdir()) == []


def test_one_whose_worker_fell_silent_has_failed(world):
    order = extracts.order(world.actor("self"), world.person)
    ExtractOrder.objects.update(state="making", beat_at=clock.now() - timedelta(minutes=11))
    extracts.drop_old()
    order.refresh_from_db()
    assert order.state == "failed"


def test_a_file_that_was_damaged_is_said_in_the_archive_and_not_in_it(world):
    row = attached(world).attachments.get()
    attachments.files.path_of(row.file.name).write_bytes(b"x")
    archive = mine(world)
    lies = [name for name in archive.namelist() if name.startswith("bilagor")]
    assert lies == [f"bilagor/{row.public_id.hex[:8]}-{row.name}.txt"]
    assert archive.read(lies[0]).decode().startswith("Bilagan gick inte att läsa")
    assert rows_of(archive)[0]["records.Attachment"][0]["sha256"] == row.sha256


def test_the_words_follow_the_reader(world):
    own = world.client("self")
    own.cookies["samband_language"] = "en"
    own.post(MINE)
    page = opened(own.get(url("extract", ExtractOrder.objects.get()))).read(extract_file.PAGE).decode()
    assert "What Samband has about" in page


def test_art15_somebodys_relative_gets_her_own_line_and_not_whose_relative_she_is(world):
    from samband.people.models import Relative

    user = world.users["strange_person"]
    Relative.objects.create(
        person=world.person, given_name="Annan", family_name="Person", relation="granne", user=user, reads=True
    )
    client = world.client("strange_person")
    client.post(MINE)
    archive = opened(client.get(url("extract", ExtractOrder.objects.get())))
    assert [row["relation"] for row in rows_of(archive)[0]["people.Relative"]] == ["granne"]
    assert MARK not in archive.read(extract_file.DATA).decode()


def test_art15_the_page_asks_a_bounded_number_of_questions(world, django_assert_max_num_queries):
    own, staff = world.client("self"), world.client("administrator")
    for _nth in range(3):
        own.post(MINE)
        staff.post(STAFF, {"number": world.person.shown_number, "request": "x"})
    own.get(MINE), staff.get(STAFF)
    with django_assert_max_num_queries(25):
        own.get(MINE)
    with django_assert_max_num_queries(25):
        staff.get(STAFF)
    with django_assert_max_num_queries(25):
        own.get(reverse("records:my_copies"))


@pytest.mark.parametrize("known", [True, False])
def test_A1_whether_anybody_has_a_number_is_told_with_a_reason_only_and_the_try_is_entered(world, known):
    client = world.client("administrator")
    number = world.person.shown_number if known else "19470312K777"
    bare = client.post(STAFF, {"number": number, "request": ""})
    assert (bare.status_code, "inget om någon" in bare.content.decode()) == (422, False)
    tries = AuditEvent.objects.filter(action="record.extract_list", outcome="deny")
    assert not tries.exists()
    client.post(STAFF, {"number": number, "request": "2026-11-02, dnr 14"})
    assert [row.detail["why"] for row in tries] == ([] if known else ["2026-11-02, dnr 14"])
    assert "K777" not in str(list(tries.values())), "a number stands in no entry"
