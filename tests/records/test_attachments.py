"""Files of an entry: looked at, kept by their hash, signed with the entry, opened by the decision point alone (A17)."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from samband.core.backup import places
from samband.core.models import AuditEvent
from samband.records.models import Attachment, Entry
from samband.records.services import attachments, entries, files
from tests.records.test_pages import FORM, read, url
from tests.records.worlds import put, write, written
from tests.worlds import MARK

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
HASH = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


def file(content=PDF, name="provsvar.pdf"):
    return SimpleUploadedFile(name, content)


def attached(world, signed=True, **more):
    """An entry of Alice's with one file."""
    return entries.write(world.actor("alice"), world.person, written(**more), signed, [attachments.look(file())])


def lying(folder: Path):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_A17_written_with_a_file_signed_with_it_and_opened(world, uploads):
    client = world.client("alice")
    assert client.post(url("write", world.person), {**FORM, "sign": "1", "file": file()}).status_code == 302
    entry, row = Entry.objects.get(), Attachment.objects.get()
    assert (row.sha256, row.size, row.kind, row.since_version) == (HASH, len(PDF), "pdf", 1)
    assert lying(uploads) == [f"records/{HASH[:2]}/{HASH}-{row.public_id.hex}"]
    assert (uploads / row.file.name).stat().st_mode & 0o777 == 0o600
    assert entry.versions.get().attachments == [{"name": "provsvar.pdf", "sha256": HASH, "size": len(PDF)}]
    assert entry.digest == entry.versions.get().digest
    assert entry.digest
    answer = client.get(url("attachment", row))
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="provsvar.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "no-store"
    assert AuditEvent.objects.filter(action="record.attachment", subjects__person_id=world.person.pk).count() == 1


@pytest.mark.parametrize("what", ["text", "hash", "gone"])
def test_A17_the_signature_answers_for_text_and_files(world, what):
    entry = attached(world)
    assert attachments.as_signed(entry)
    if what == "text":
        Entry.objects.filter(pk=entry.pk).update(text="Något annat.")
    elif what == "hash":
        entry.attachments.update(sha256="0" * 64)
    else:
        entry.attachments.update(until_version=1)
    entry.refresh_from_db()
    assert not attachments.as_signed(entry)
    assert "inte de som signerades" in read(world.client("alice"), url("entry", entry))


def test_A17_a_draft_is_signed_later_with_its_file(world):
    entry = attached(world, signed=False)
    assert entry.digest == ""
    entry = entries.sign(world.actor("alice"), entry)
    assert entry.digest == entry.versions.get().digest
    assert attachments.as_signed(entry)


def test_A17_a_file_more_is_a_correction_and_one_taken_out_stays(world):
    entry = write(world, "alice")
    client = world.client("alice")
    assert client.post(url("attach", entry), {"file": file(), "why": ""}).status_code == 422
    assert client.post(url("attach", entry), {"file": file(), "why": "Svaret kom."}).status_code == 302
    again = client.post(url("attach", entry), {"file": file(name="samma.pdf"), "why": "Igen."})
    assert "Filen finns redan här." in again.content.decode()
    row = Attachment.objects.get()
    entry.refresh_from_db()
    assert (entry.number, row.since_version, attachments.as_signed(entry)) == (2, 2, True)
    assert client.post(url("detach", row), {"why": ""}).status_code == 422
    assert client.post(url("detach", row), {"why": "Fel person."}).status_code == 302
    entry.refresh_from_db()
    row.refresh_from_db()
    assert (entry.number, row.until_version, attachments.as_signed(entry)) == (3, 3, True)
    assert [len(v.attachments) for v in entry.versions.order_by("number")] == [0, 1, 0]
    body = read(client, url("entry", entry))
    assert "Fel person." in body
    assert "provsvar.pdf" in body.split("Bilagor som är uttagna")[1]
    assert client.get(url("attachment", row)).content == PDF, "never erased"
    client.post(url("detach", row), {"why": "En gång till."})
    entry.refresh_from_db()
    assert entry.number == 3


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"MZ\x90\x00\x03\x00\x00\x00", "ett program"),
        ("a.pdf", b"<html><script>alert(1)</script>", "en webbsida"),
        ("a.png", b"", "Filen är tom"),
        ("a.txt", b"x" * (1024 * 1024 + 1), "Filen är större än 1 MB"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence_and_nothing_is_written(
    world, uploads, settings, name, content, said
):
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024
    answer = world.client("alice").post(url("write", world.person), {**FORM, "file": file(content, name)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Entry.objects.exists()
    assert lying(uploads) == []


def test_a_photo_loses_where_it_was_taken_and_a_name_its_folder(world):
    raw, data = io.BytesIO(), Image.Exif()
    data[0x0110] = "Secret Camera"
    Image.effect_noise((32, 32), 60).convert("RGB").save(raw, "JPEG", exif=data)
    client = world.client("alice")
    client.post(url("write", world.person), {**FORM, "file": file(raw.getvalue(), "../../etc/fot sår.jpg")})
    row = Attachment.objects.get()
    assert row.name == "fot sår.jpg"
    answer = client.get(url("attachment", row))
    assert b"Secret Camera" not in answer.content
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''fot%20s%C3%A5r.jpg"


def test_what_comes_to_nothing_leaves_no_file(world, uploads, monkeypatch):
    entry = write(world, "alice")
    monkeypatch.setattr(entries, "_keep", lambda *_args: 1 / 0)
    for attempt in (
        lambda: attached(world),
        lambda: attachments.add(world.actor("alice"), entry, attachments.look(file()), "x"),
    ):
        with pytest.raises(ZeroDivisionError):
            attempt()
    assert lying(uploads) == []
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_file_that_is_no_longer_what_was_signed_is_not_given_out(world, harm):
    row = attached(world).attachments.get()
    path = files.path_of(row.file.name)
    path.write_bytes(PDF + b"x") if harm == "changed" else path.unlink()
    assert world.client("alice").get(url("attachment", row)).status_code == 404
    assert AuditEvent.objects.filter(action="record.damaged", outcome="deny").count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("alice", 200), ("self", 200), ("gp", 404), ("bob", 404), ("stranger", 404), ("husband", 404),
     ("strange_person", 404), ("administrator", 404), ("reviewer", 404), ("teacher", 404), ("anonymous", 302)],
)  # fmt: skip
def test_A17_a_file_is_opened_by_those_who_read_its_entry(world, who, status):
    row = attached(world).attachments.get()
    answer = world.client(who).get(url("attachment", row))
    assert answer.status_code == status
    assert (PDF in answer.content) is (status == 200)


def test_A13_a_relative_opens_what_is_shared_and_nothing_that_was_taken_out(world):
    entry = attached(world)
    row = entry.attachments.get()
    today = f"{entry.written_at:%Y}-12-31"
    shared = {"relative": str(world.things["husband"].public_id), "what": "all", "until": today}
    world.client("self").post(reverse("records:my_sharing"), shared)
    husband = world.client("husband")
    assert husband.get(url("attachment", row)).content == PDF
    assert "provsvar.pdf" in read(husband, url("my_entry", entry))
    attachments.take_out(world.actor("alice"), row, "Fel.")
    assert husband.get(url("attachment", row)).status_code == 404
    assert world.client("self").get(url("attachment", row)).status_code == 200


def test_only_the_unit_that_wrote_adds_and_takes_out(world):
    entry = put(world.person, world.units["nursing"])
    row = attached(world).attachments.get()
    for who in ("gp", "bob", "self", "husband", "stranger"):
        client = world.client(who)
        assert client.post(url("attach", entry), {"file": file(), "why": "x"}).status_code == 404, who
        assert client.post(url("detach", row), {"why": "x"}).status_code == 404, who
    assert Attachment.objects.filter(until_version=None).count() == 1


def test_a_backup_knows_the_files_by_their_column():
    assert ("records_attachment", "file") in places.here().columns


def test_the_list_counts_the_files_in_its_one_question(world, django_assert_max_num_queries):
    attached(world)
    client = world.client("alice")
    assert "1 bilaga" in read(client, url("person", world.person))
    with django_assert_max_num_queries(45):
        client.get(url("person", world.person))
    assert MARK not in lying(files.path_of(""))
