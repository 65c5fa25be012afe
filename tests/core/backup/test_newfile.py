"""A file has its name when it is whole, also where the file system knows no nameless files."""

import errno
import os
import stat

import pytest

from samband.core.backup.errors import BackupError
from samband.core.backup.newfile import new_file


@pytest.fixture(params=[True, False], ids=["nameless", "by a part"])
def nameless(request, monkeypatch):
    """Whether the file system has nameless files."""
    real = os.open

    def refuse(path, flags, *more, **others):
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(errno.EOPNOTSUPP, "not here")
        return real(path, flags, *more, **others)

    if not request.param:
        monkeypatch.setattr(os, "open", refuse)
    return request.param


def test_the_name_comes_last(nameless, tmp_path):
    with new_file(tmp_path / "b") as file:
        file.write(b"half")
        file.flush()
        assert not (tmp_path / "b").exists()
        assert len(list(tmp_path.iterdir())) == (0 if nameless else 1)
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_bytes() == b"half"
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600


def write(target, then):
    with new_file(target) as file:
        file.write(b"mine")
        then()


def fall():
    raise ZeroDivisionError


@pytest.mark.usefixtures("nameless")
def test_what_goes_wrong_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "b", fall)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("nameless")
def test_what_came_there_meanwhile_stays(tmp_path):
    with pytest.raises(BackupError, match="exists already"):
        write(tmp_path / "b", lambda: (tmp_path / "b").write_bytes(b"theirs"))
    assert (tmp_path / "b").read_bytes() == b"theirs"
    assert len(list(tmp_path.iterdir())) == 1
