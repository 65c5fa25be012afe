"""Files of a routine: text out of PDF and DOCX, a scanned page, macros, bombs, entities, one that is too big, one that hangs."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samband.core.uploads import disk
from samband.guidelines.models import GuidelineFile
from samband.guidelines.rules import docx_text
from samband.guidelines.services import files, reading, writing
from tests.guidelines.worlds import routine

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(text: str = "Sårvård i hemmet", head: str = "", **more: bytes) -> bytes:
    body = f'<?xml version="1.0"?>{head}<w:document {W}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>' \
           "<w:p><w:r><w:t>Andra stycket</w:t></w:r></w:p></w:body></w:document>"  # fmt: skip
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("[Content_Types].xml", "<Types/>")
        box.writestr("word/document.xml", body)
        for name, content in more.items():
            box.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def pdf(text: str = "") -> bytes:
    """One page with the text, or without any, as a scanner leaves it."""
    drawn = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("latin-1") if text else b"0 0 m 9 9 l S"
    rows = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, row in enumerate(rows, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, row)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def test_the_text_of_a_docx():
    assert reading.text_of("docx", docx()) == ("Sårvård i hemmet\nAndra stycket", "read")


@pytest.mark.parametrize(
    "broken",
    [
        b"PK\x03\x04 not a box", docx("&x;", '<!DOCTYPE d [<!ENTITY x "xxxxxxxxxxxxxxxx">]>'), docx("<w:p>"),
        docx("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ],
)  # fmt: skip
def test_a_docx_made_to_do_harm_gives_no_text(broken):
    assert reading.text_of("docx", broken) == ("", "none")


def test_a_part_that_swells_is_not_read(monkeypatch):
    monkeypatch.setattr(docx_text, "MOST_XML", 100)
    with pytest.raises(docx_text.Unreadable):
        docx_text.text_of(docx("x" * 5000))


def test_the_text_of_a_pdf_and_a_page_that_was_scanned():
    pytest.importorskip("pypdf")
    assert reading.text_of("pdf", pdf("Rutin om hemmonitorering")) == ("Rutin om hemmonitorering", "read")
    assert reading.text_of("pdf", pdf()) == ("", "none")
    assert reading.text_of("pdf", b"%PDF-1.4 broken %%EOF") == ("", "none")


def test_a_pdf_that_hangs_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(reading, "PROGRAM", slow)
    monkeypatch.setattr(reading, "SECONDS", 0.3)
    assert reading.text_of("pdf", pdf("Text")) == ("", "none")


pages = pytest.mark.django_db(transaction=False)


def upload(client, found, content, name):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("guidelines:file_add", args=[found.public_id]), {"file": file})


@pages
def test_an_upload_is_kept_searched_and_given_back(world, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    found, client, sent = routine(world), world.client("coordinator"), docx()
    assert upload(client, found, sent, "Rutin.docx").status_code == 302
    row = GuidelineFile.objects.get()
    assert (row.name, row.state) == ("Rutin.docx", "read")
    again = upload(client, found, sent, "Rutin.docx")
    assert again.status_code == 422
    assert "Filen finns redan här" in again.content.decode()
    assert world.client("alice").get(reverse("guidelines:file", args=[row.public_id])).status_code == 404
    given = client.get(reverse("guidelines:file", args=[row.public_id]))
    assert given.content == sent
    assert "attachment" in given["Content-Disposition"]
    assert "sandbox" in given["Content-Security-Policy"]
    files.path_of(str(row.file)).write_bytes(b"changed")
    assert client.get(reverse("guidelines:file", args=[row.public_id])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("guidelines:file_remove", args=[row.public_id]))
    assert not GuidelineFile.objects.exists()
    assert not files.path_of(str(row.file)).exists()


@pages
def test_a_scanned_page_is_kept_and_that_is_said(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found, client = routine(world), world.client("coordinator")
    assert upload(client, found, pdf(), "skannad.pdf").status_code == 302
    page = client.get(reverse("guidelines:draft", args=[found.public_id])).content.decode()
    assert "skannad.pdf" in page
    assert "går inte att söka i" in page


@pages
@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (docx(word__vbaProject_bin=b"x"), "makro.docx", "makron"),
        (b"MZ\x90\0program", "rutin.pdf", "ett program"),
        (b"\xd0\xcf\x11\xe0 old", "rutin.doc", "äldre Office-dokument"),
        (b"", "tom.pdf", "tom"),
        (b"%PDF-1.4 /JavaScript %%EOF", "skript.pdf", "skript"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(world, settings, tmp_path, content, name, said):
    settings.MEDIA_ROOT = tmp_path
    found, client = routine(world), world.client("coordinator")
    answer = upload(client, found, content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not GuidelineFile.objects.exists()
    assert list(tmp_path.rglob("*")) == []


@pages
def test_one_that_is_too_big_never_reaches_the_disk(world, settings, tmp_path):
    settings.MEDIA_ROOT, settings.UPLOAD_MAX_BYTES = tmp_path, 100_000
    found, client = routine(world), world.client("coordinator")
    answer = upload(client, found, b"%PDF-" + b"x" * 300_000, "stor.pdf")
    assert answer.status_code == 422
    assert "större än" in answer.content.decode()
    assert list(tmp_path.rglob("*")) == []


@pages
def test_the_next_version_begins_with_the_files_and_they_are_shared(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    found, actor = routine(world), world.actor("coordinator")
    first = GuidelineFile.objects.create(
        version=found.current, file="guidelines/ab/one", name="a.pdf", kind="pdf", size=1, sha256="a", state="none"
    )
    disk.write("guidelines/ab/one", b"x")
    draft = writing.draft_of(actor, found)
    (copy,) = draft.files.all()
    files.remove(actor, copy)
    assert files.path_of(str(first.file)).exists()
