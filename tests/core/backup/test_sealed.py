"""The form of the file: what goes in comes out, and no change of any byte goes unseen."""

import io
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samband.core.backup import records, sealed
from samband.core.backup.errors import BackupError

KEY = bytes(range(32))


def seal(*pieces: bytes) -> bytes:
    out = io.BytesIO()
    sealer = sealed.Sealer(out, KEY, {"engine": "none", "counts": {"a": 1}})
    for piece in pieces:
        sealer.write(piece)
    sealer.close()
    return out.getvalue()


def opened(data: bytes) -> bytes:
    file = io.BytesIO(data)
    header, text = sealed.read_header(file)
    return b"".join(sealed.parts(file, KEY, header, text))


@pytest.mark.parametrize("size", [0, 1, sealed.PART - 1, sealed.PART, sealed.PART + 1, 3 * sealed.PART])
def test_every_length_comes_back(size):
    data = secrets.token_bytes(size)
    assert opened(seal(data)) == data


@given(st.lists(st.binary(max_size=400), max_size=6))
def test_what_goes_in_comes_out(pieces):
    assert opened(seal(*pieces)) == b"".join(pieces)


WHOLE = seal(b"nobody reads this" * 20)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_seen(at, change):
    with pytest.raises(BackupError):
        opened(WHOLE[:at] + bytes([WHOLE[at] ^ change]) + WHOLE[at + 1 :])


@given(st.integers(0, len(WHOLE) - 1))
def test_any_cut_is_seen(length):
    with pytest.raises(BackupError):
        opened(WHOLE[:length])


def test_parts_cannot_change_places():
    data = bytearray(seal(secrets.token_bytes(3 * sealed.PART)))
    size = 4 + sealed.PART + sealed.TAG
    start = len(data) - 3 * size
    data[start : start + size], data[start + size : start + 2 * size] = (
        data[start + size : start + 2 * size],
        data[start : start + size],
    )
    with pytest.raises(BackupError, match="part 1"):
        opened(bytes(data))


def test_the_same_content_is_never_sealed_alike():
    assert seal(b"x") != seal(b"x")


@given(st.lists(st.tuples(st.sampled_from([b"D", b"P", b"F"]), st.binary(max_size=300))), st.integers(1, 97))
def test_records_come_back_however_the_parts_fall(rows, step):
    out: list[bytes] = []
    writer = records.Writer(out.append)
    for kind, data in rows:
        writer.put(kind, data)
    text = b"".join(out)
    pieces = (text[i : i + step] for i in range(0, len(text), step))
    assert list(records.read(pieces)) == rows


@pytest.mark.parametrize("text", [b"D\0\0\0\5abc", b"D\0", b"D\xff\xff\xff\xff"])
def test_a_row_of_records_that_does_not_end_is_refused(text):
    with pytest.raises(BackupError):
        list(records.read(iter([text])))
