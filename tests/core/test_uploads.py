"""Uploads: type by content, size while reading, no bomb, no macro, no place in a name, no traces in a picture."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from PIL import Image

from samband.core.uploads import KINDS, UploadRefused, checked, limited, safe_name

ALL = tuple(KINDS)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document>Hej</document>"}
ODT = {"mimetype": KINDS["odt"].mime.encode(), "content.xml": b"<x>Hej</x>"}


def upload(content: bytes, name: str = "fil.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def boxed(files: dict[str, bytes], **options) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, **options) as box:
        for name, content in files.items():
            box.writestr(name, content)
    return raw.getvalue()


def photo(kind: str, exif: bool = True, **more) -> tuple[bytes, Image.Image]:
    picture = Image.effect_noise((64, 48), 60).convert("RGB")
    raw, data = io.BytesIO(), Image.Exif()
    if exif:
        data[0x0110], data[0x0112], data[0x8825] = "Secret Camera", 6, {1: "N", 2: (59.0, 51.0, 1.0)}
        more["exif"] = data
    picture.save(raw, kind, **more)
    return raw.getvalue(), picture


@pytest.mark.parametrize(
    ("name", "content", "kind", "kept"),
    [
        ("brev.pdf", PDF, "pdf", "brev.pdf"),
        ("brev.PDF", PDF, "pdf", "brev.pdf"),
        ("brev.pdf.exe", PDF, "pdf", "brev.pdf"),
        ("foto.png", photo("JPEG")[0], "jpeg", "foto.jpg"),
        ("bild.png", photo("PNG")[0], "png", "bild.png"),
        ("ord.docx", boxed(WORD), "docx", "ord.docx"),
        ("ord.odt", boxed(ODT), "odt", "ord.odt"),
        ("anteckning.txt", "Åse åt ägg.\n".encode(), "text", "anteckning.txt"),
        ("pass.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "calendar", "pass.ics"),
    ],
)
def test_the_content_says_what_it_is_whatever_the_name(name, content, kind, kept):
    found = checked(upload(content, name), tuple(k for k in ALL if k != "csv"))
    assert (found.kind, found.name) == (kind, kept)
    assert found.size == len(found.content)
    assert found.mime == KINDS[kind].mime


def hidden_script() -> bytes:
    """A script in a packed object stream, where a search of the file itself does not find it."""
    packed = zlib.compress(b"5 0 << /S /JavaScript /JS (app.alert(1)) >>")
    head = b"%PDF-1.7\n4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length "
    return head + str(len(packed)).encode() + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


def overlapping() -> bytes:
    """The same file under many names: the central directory points at one place again and again."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in WORD.items():
            box.writestr(name, content)
        row = box.filelist[-1]
        for number in range(50):
            twin = zipfile.ZipInfo(f"word/{number}.xml")
            for field in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(twin, field, getattr(row, field))
            box.filelist.append(twin)
            box.NameToInfo[twin.filename] = twin
    return raw.getvalue()


def swollen(kind: bytes, width: int, height: int) -> bytes:
    """A picture whose head promises more than anybody can open."""
    if kind == b"png":
        head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    raw = bytearray(photo("JPEG", exif=False)[0])
    at = raw.index(b"\xff\xc0") + 5
    raw[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(raw)


@pytest.mark.parametrize(
    ("content", "kinds", "says"),
    [
        (b"", ALL, "tom"),
        (PDF, ("jpeg",), "Det är en PDF"),
        (photo("JPEG")[0], ("csv",), "Det är ett foto"),
        (b"MZ\x90\x00" + b"\0" * 200, ALL, "ett program"),
        (b"#!/bin/sh\nrm x\n", ALL, "ett program"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, ALL, "makron"),
        (b"  <svg onload=alert(1)>", ALL, "en webbsida"),
        (boxed({"a.txt": b"x"}), ALL, "arkiv"),
        (boxed({"xl/workbook.xml": b"x"}), ("csv",), "Excel"),
        (b"\x00\x01\x02\x03", ("pdf",), "känns inte igen"),
        (b"ab\0cd", ("text",), "hör hemma"),
        ("Åse".encode("latin-1"), ("text",), "UTF-8"),
        (boxed({**WORD, "word/vbaProject.bin": b"x"}), ("docx",), "makron"),
        (boxed({**WORD, "[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}), ("docx",), "makron"),
        (boxed({**ODT, "Basic/Standard/Module1.xml": b"x"}), ("odt",), "makron"),
        (boxed({**WORD, "word/embeddings/a.exe": b"x"}), ("docx",), "makron"),
        (boxed({**WORD, "../../etc/cron.d/x": b"x"}), ("docx",), "sökväg"),
        (boxed({**WORD, "/etc/passwd": b"x"}), ("docx",), "sökväg"),
        (boxed({**WORD, "..\\..\\x": b"x"}), ("docx",), "sökväg"),
        (boxed({**WORD, "word/media/bomb": b"\0" * (30 << 20)}), ("docx",), "sväller"),
        (overlapping(), ("docx",), "sväller"),
        (boxed(WORD)[:-8], ("docx",), "arkiv"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"), ("pdf",), "skript"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /J#61vaScript >>"), ("pdf",), "skript"),
        (PDF.replace(b"/Catalog", b"/Catalog /AA << /S /Launch /F (cmd.exe) >>"), ("pdf",), "skript"),
        (PDF.replace(b"trailer <<", b"trailer << /Encrypt 9 0 R"), ("pdf",), "låst"),
        (PDF[:-8], ("pdf",), "slutar mitt i"),
        (hidden_script(), ("pdf",), "skript"),
        (photo("JPEG")[0][:400], ("jpeg",), "skadad"),
        (photo("PNG")[0][:400], ("png",), "skadad"),
        (swollen(b"png", 60_000, 60_000), ("png",), "bildpunkter"),
        (swollen(b"jpeg", 65_000, 65_000), ("jpeg",), "bildpunkter"),
    ],
)  # fmt: skip
def test_what_is_dangerous_or_broken_is_refused_in_one_sentence(content, kinds, says):
    with pytest.raises(UploadRefused) as caught:
        checked(upload(content), kinds)
    assert says in str(caught.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_only_the_picture_is_kept_and_it_is_the_same_picture(kind):
    extra = {"comment": b"Secret comment"} if kind == "JPEG" else {}
    raw, picture = photo(kind, **extra)
    hidden = b"PK\x03\x04 Secret archive"
    assert b"Secret Camera" in raw
    found = checked(upload(raw + hidden), ("jpeg", "png"))
    assert b"Secret" not in found.content
    opened = Image.open(io.BytesIO(found.content))
    assert dict(opened.getexif()) == ({0x0112: 6} if kind == "JPEG" else {}), (
        "how the camera was held, and nothing else"
    )
    assert opened.tobytes() == Image.open(io.BytesIO(raw)).tobytes()
    assert opened.size == picture.size


def test_a_progressive_photo_with_many_scans_survives():
    raw, _picture = photo("JPEG", progressive=True, quality=95, icc_profile=b"p" * 3000)
    found = checked(upload(raw), ("jpeg",))
    opened, was = Image.open(io.BytesIO(found.content)), Image.open(io.BytesIO(raw))
    assert opened.tobytes() == was.tobytes()
    assert opened.info["icc_profile"] == was.info["icc_profile"], "colours are part of the picture"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system32\\x.pdf", "x.pdf"),
        ("/abs/brev.pdf", "brev.pdf"),
        ("C:\\brev.pdf", "brev.pdf"),
        ("brev\r\nSet-Cookie: a=b.pdf", "brevSet-Cookie a=b.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("brev\0.pdf", "brev.pdf"),
        ("con.pdf", "fil-con.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "fil.pdf"),
        ("", "fil.pdf"),
        ("a" * 400 + ".pdf", "a" * 116 + ".pdf"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("Läkarbrev 3.11.pdf", "Läkarbrev 3.11.pdf"),
    ],
)
def test_a_name_leads_nowhere(said, kept):
    assert safe_name(said, (".pdf",)) == kept


def test_reading_stops_at_the_limit():
    """The pieces after the limit are never asked for."""
    asked = []

    def pieces():
        for number in range(100):
            asked.append(number)
            yield b"x" * 1000

    with override_settings(UPLOAD_MAX_BYTES=5000), pytest.raises(UploadRefused, match="5 kB") as caught:
        list(limited(pieces()))
    assert (caught.value.status, len(asked)) == (413, 6)


def test_what_is_above_the_limit_is_thrown_away_as_it_comes_and_the_form_says_so(world, settings):
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    client: Client = world.client("administrator")
    body = {"kind": "persons", "file": upload(b"x" * (settings.UPLOAD_MAX_BYTES + 1), "stor.csv")}
    reply = client.post("/import/", body)
    assert reply.status_code == 413
    assert "större än 3 MB" in reply.content.decode()
    with pytest.raises(UploadRefused, match="3 MB"):
        checked(reply.wsgi_request.FILES["file"], ("csv",))
    assert reply.wsgi_request.FILES["file"].size == 1


def test_an_import_that_is_no_text_is_refused_before_it_is_kept(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    body = {"kind": "persons", "file": upload(boxed({"xl/workbook.xml": b"x"}), "personer.csv")}
    reply = world.client("administrator").post("/import/", body)
    assert reply.status_code == 422
    assert "lämna in: CSV" in reply.content.decode()
    assert not list(tmp_path.rglob("*.csv"))
