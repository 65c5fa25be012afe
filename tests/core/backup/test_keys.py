"""The key: for its owner alone, and apart from what it locks."""

import stat

import pytest

from samband.core.backup import keys, making
from samband.core.backup.errors import BackupError


def test_a_new_key_is_for_its_owner_alone(tmp_path):
    mark = keys.make(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert keys.mark(keys.read(tmp_path / "key")) == mark


def test_a_key_is_never_written_over(tmp_path):
    keys.make(tmp_path / "key")
    before = (tmp_path / "key").read_text()
    with pytest.raises(BackupError, match="never written over"):
        keys.make(tmp_path / "key")
    assert (tmp_path / "key").read_text() == before


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602, 0o660])
def test_a_key_that_others_may_open_is_refused(mode, tmp_path):
    keys.make(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(BackupError, match="open to others"):
        keys.read(tmp_path / "key")


@pytest.mark.parametrize(
    "text", ["", "x", f"{keys.TITLE}\n", f"{keys.TITLE}\nYWJj\n", f"{keys.TITLE}\n!!\n", "x\n" * 99]
)
def test_what_is_no_key_is_refused(text, tmp_path):
    (tmp_path / "key").write_text(text)
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(BackupError, match="no key of Samband's"):
        keys.read(tmp_path / "key")


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe")
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(BackupError, match="not text"):
        keys.read(tmp_path / "key")


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(BackupError, match="SAMBAND_BACKUP_KEY_FILE is missing"):
        keys.read(None)
    with pytest.raises(BackupError, match="cannot be read"):
        keys.read(tmp_path / "none")


def test_a_key_beside_the_backup_is_refused(county, tmp_path):
    keys.make(tmp_path / "key")
    with pytest.raises(BackupError, match="keep them apart"):
        making.backup(county, tmp_path / "key", tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_key_among_the_uploads_is_refused(empty, tmp_path):
    empty.uploads.mkdir()
    keys.make(empty.uploads / "key")
    with pytest.raises(BackupError, match="lies among the uploads"):
        making.backup(empty, empty.uploads / "key", tmp_path / "b")


def test_the_key_is_not_in_the_backup(good, key):
    secret = keys.read(key)
    assert secret not in good.read_bytes()
    assert key.read_text().split()[-1].encode() not in good.read_bytes()
