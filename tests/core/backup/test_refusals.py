"""Whatever is wrong is one clear sentence, and nothing is there afterwards."""

import struct
from contextlib import contextmanager

import pytest

from samband.core.backup import engines, keys, making, places, restoring, sealed, uploads
from samband.core.backup.errors import BackupError
from tests.core.backup.conftest import files_of, nothing_there, rows_of


def refused(empty, key, path, match):
    with pytest.raises(BackupError, match=match):
        restoring.restore(empty, key, path)
    assert nothing_there(empty)


def header_end(data: bytes) -> int:
    _, length = struct.unpack_from(">HI", data, len(sealed.MAGIC))
    return len(sealed.MAGIC) + 6 + length


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


DAMAGE = {
    "nothing in it": (lambda d: b"", "no backup of Samband's"),
    "something else": (lambda d: b"PK" + d, "no backup of Samband's"),
    "a later format": (lambda d: d[:15] + b"\x00\x02" + d[17:], "has format 2; this Samband reads format 1"),
    "a header cut": (lambda d: d[:100], "ends too early"),
    "a header changed": (lambda d: d.replace(b'"people_person": ', b'"people_person": 1', 1), "damaged"),
    "a count changed": (lambda d: d.replace(b'"samband": "0', b'"samband": "9', 1), "header or part 1"),
    "the first part's length": (lambda d: flipped(d, header_end(d)), "damaged or was changed|ends too early"),
    "a byte of part 1": (lambda d: flipped(d, header_end(d) + 50), "header or part 1"),
    "the last byte": (lambda d: flipped(d, len(d) - 1), "does not agree with its seal"),
    "one byte short": (lambda d: d[:-1], "ends too early"),
    "cut between parts": (lambda d: d[: header_end(d) + 4 + sealed.PART + sealed.TAG], "ends too early"),
    "something added": (lambda d: d + b"x", "goes on after its end"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_damage(name, good, empty, key, tmp_path):
    change, match = DAMAGE[name]
    path = tmp_path / "bad"
    path.write_bytes(change(good.read_bytes()))
    assert path.read_bytes() != good.read_bytes()
    refused(empty, key, path, match)


def test_verify_finds_damage_too(good, empty, key, tmp_path):
    (tmp_path / "bad").write_bytes(good.read_bytes()[:-1])
    with pytest.raises(BackupError, match="ends too early"):
        restoring.verify(empty, key, tmp_path / "bad")
    assert nothing_there(empty)


def test_another_key_is_named(good, empty, key, tmp_path):
    keys.make(tmp_path / "other")
    match = f"made with {keys.mark(keys.read(key))}, this one is {keys.mark(keys.read(tmp_path / 'other'))}"
    refused(empty, tmp_path / "other", good, match)


def test_no_such_file(empty, key, tmp_path):
    refused(empty, key, tmp_path / "none", "cannot be read")


@contextmanager
def told_otherwise(monkeypatch, **changes):
    """Backups whose header tells something else than what they hold."""
    real = engines.of

    def of(place):
        engine = real(place)

        @contextmanager
        def moment(*args):
            with engine.moment(*args) as found:
                found.told |= changes.get("told", {})
                found.counts |= changes.get("counts", {})
                yield found

        return type("Engine", (), {"moment": staticmethod(moment)})

    with monkeypatch.context() as patch:
        patch.setattr(engines, "of", of)
        yield


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"counts": {"people_person": 99_999}}, "people_person (has|has other)"),
        ({"counts": {"no_such_table": 0}}, "no_such_table"),
        ({"told": {"migrations": ["plans.9999_of_the_future"]}}, r"newer Samband.*plans\.9999_of_the_future"),
        ({"told": {"engine": "abacus"}}, "The backup is of abacus, and DATABASE_URL here is"),
    ],
    ids=["rows", "tables", "newer", "engine"],
)
def test_a_backup_that_is_not_for_this_place(changes, match, county, empty, key, tmp_path, monkeypatch):
    with told_otherwise(monkeypatch, **changes):
        making.backup(county, key, tmp_path / "b")
    refused(empty, key, tmp_path / "b", match)


def test_a_full_database_is_left_as_it_is(county, good, key):
    before = rows_of(county)
    with pytest.raises(
        BackupError, match=rf"into an empty database only.*{len(before)} tables with {sum(before.values())}"
    ):
        restoring.restore(county, key, good)
    assert rows_of(county) == before


def test_uploads_that_are_there_are_left_as_they_are(empty, good, key):
    empty.uploads.mkdir()
    (empty.uploads / "mine.txt").write_text("mine")
    with pytest.raises(BackupError, match=r"into empty uploads only.*1 there, such as mine\.txt"):
        restoring.restore(empty, key, good)
    assert files_of(empty) == {"mine.txt": b"mine"}
    assert engines.of(empty).what_is_there(empty) == ""


@pytest.mark.parametrize("content", ["of another backup", None])
def test_a_marker_alone_takes_no_uploads_away(content, empty, good, key):
    """Only what the very same backup put there, untouched since, is cleared."""
    empty.uploads.mkdir()
    (empty.uploads / uploads.MARKER).write_text(content or restoring.header_of(good)["salt"])
    (empty.uploads / "mine.txt").write_text("mine, and newer")
    with pytest.raises(BackupError, match="into empty uploads only"):
        restoring.restore(empty, key, good)
    assert "mine.txt" in files_of(empty)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "a/../../outside", "", uploads.MARKER])
def test_an_upload_cannot_lie_outside(name, tmp_path):
    stage = uploads.Stage(tmp_path / "uploads", "x")
    with pytest.raises(BackupError, match="outside the uploads"):
        stage.begin(name)
    stage.undo()
    assert list(tmp_path.iterdir()) == []


def test_two_restores_at_once(empty, good, key):
    with restoring.alone(empty), pytest.raises(BackupError, match="Another restore"):
        restoring.restore(empty, key, good)


def test_a_backup_is_never_written_over(county, key, tmp_path):
    (tmp_path / "b").write_text("old")
    with pytest.raises(BackupError, match="exists already"):
        making.backup(county, key, tmp_path / "b")
    assert (tmp_path / "b").read_text() == "old"


def test_a_folder_that_is_not_there(county, key, tmp_path):
    with pytest.raises(BackupError, match="is not there"):
        making.backup(county, key, tmp_path / "none" / "b")


def test_where_these_settings_put_things():
    assert places.here().uploads.name == "uploads"
