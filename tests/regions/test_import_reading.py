"""Bytes to lines: any text is read, anything else refused with a code."""

import pytest

from samband.regions.rules.parse import parse
from samband.regions.rules.reading import MOST_BYTES, Unreadable, read
from tests.regions.document import TEXT


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (TEXT.encode(), None),
        (b"\xef\xbb\xbf" + TEXT.encode(), None),
        (TEXT.replace("\n", "\r\n").encode(), None),
        (TEXT.replace("\n", "\r").encode(), None),
        (TEXT.encode("cp1252"), "encoding"),
        (TEXT.encode("utf-16"), "encoding"),
        (TEXT.replace("Lånade", "Lå\0nade").encode(), "control"),
        (TEXT.replace("Kafé", "Ka\u00adfé").encode(), None),
    ],
    ids=["utf8", "mark", "crlf", "cr", "latin1", "utf16", "nul", "soft hyphen"],
)
def test_any_text_says_the_same(content, first):
    parsed = parse(content)
    assert [row.name for row in parsed.accounts] == ["Västra Götalandsregionen", "Region Dalarna", "Region Påhitt"]
    assert parsed.digest == parse(TEXT.encode()).digest
    notes = [note.what for note in parsed.notes]
    assert first is None or first in notes


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n\t\n", "empty"),
        (b"%PDF-1.7 " + TEXT.encode(), "binary"),
        (b"PK\x03\x04 zip", "binary"),
        (bytes(range(256)) * 2 + b"\0" * 300, "binary"),
        (b"x" * (MOST_BYTES + 1), "big"),
        (b"\n" * 300_000 + b"x", "big"),
        ("En vanlig text.\n\nRegion Dalarna nämns.\n".encode(), "shape"),
        (b"- en punkt\n" * 1000, "shape"),
    ],
)
def test_what_is_no_document_is_refused(content, code):
    with pytest.raises(Unreadable) as caught:
        parse(content)
    assert caught.value.code == code


def test_ten_megabytes_of_noise_end_in_a_bounded_report():
    noise = (TEXT + "\n" + "brus på en rad utan mening " * 10 + "\n\n") * 3000
    parsed = parse((TEXT + noise[:6_000_000]).encode()[:2_000_000])
    assert len(parsed.notes) <= 501
    assert parsed.notes[-1].what == "more"


def test_a_line_without_end_is_cut_and_told():
    lines = read(("Region Dalarna\n" + "å" * 50_000).encode())
    assert len(lines.rows[1]) == 20_000
    assert [note.what for note in lines.notes] == ["long"]
