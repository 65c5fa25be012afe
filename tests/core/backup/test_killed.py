"""Killed anywhere (kill -9), a backup or a restore leaves nothing half-written, and the next one works."""

import os
import signal

import pytest

from samband.core.backup import engines, making, restoring
from samband.core.backup.progress import Progress
from tests.core.backup.conftest import files_of, rows_of


class Deadly(Progress):
    """Kills its process, without a warning, at one event of a stage: 0 is its beginning, n its nth piece."""

    def __init__(self, stage: str, piece: int):
        super().__init__()
        self.where, self.at = (stage, piece), ("", 0)

    def stage(self, name):
        self.at = (name, 0)
        self.check()

    def moved(self, count):
        self.at = (self.at[0], self.at[1] + 1)
        self.check()

    def check(self):
        if self.at == self.where:
            os.kill(os.getpid(), signal.SIGKILL)


def killed(do) -> None:
    """Runs it in a process of its own, which must have been killed."""
    child = os.fork()
    if not child:
        try:
            do()
        finally:
            os._exit(7)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was not killed: the stage never came"


def beside(place) -> set[str]:
    """What lies there, but for the files that SQLite itself opens and removes."""
    return {path.name for path in place.var.iterdir() if not path.name.endswith(("-wal", "-shm"))}


@pytest.mark.parametrize(
    "where",
    [
        ("Counting", 0),
        ("Database", 0),
        ("Database", 3),
        ("Uploads", 0),
        ("Uploads", 2),
        ("Putting the backup in place", 0),
    ],
)
def test_backup(where, county, key, tmp_path):
    before = beside(county)
    killed(lambda: making.backup(county, key, tmp_path / "b", Deadly(*where)))
    assert list(tmp_path.iterdir()) == []
    assert beside(county) == before
    making.backup(county, key, tmp_path / "b")
    assert restoring.header_of(tmp_path / "b")["counts"] == rows_of(county)


@pytest.mark.parametrize(
    "where",
    [("Database", 0), ("Database", 4), ("Comparing", 0), ("Putting it in place", 0), ("Committing the database", 0)],
)
def test_restore(where, county, good, key, empty):
    killed(lambda: restoring.restore(empty, key, good, Deadly(*where)))
    assert engines.of(empty).what_is_there(empty) == ""
    # Whole uploads whose database was not committed carry their mark; before that, none are in place.
    assert not empty.uploads.exists() or where[0] == "Committing the database"
    restoring.restore(empty, key, good)
    assert rows_of(empty) == rows_of(county)
    assert files_of(empty) == files_of(county)
    assert {path.name for path in empty.var.iterdir()} <= {"uploads", "samband.sqlite3"}


def test_verify(good, key, empty):
    killed(lambda: restoring.verify(empty, key, good, Deadly("Committing the database", 0)))
    restoring.verify(empty, key, good)
    assert list(empty.var.iterdir()) == []
