"""What was there is there again: rows, uploads, the triggers that guard the audit; and only what the moment knew."""

import stat
from contextlib import closing
from dataclasses import replace

import pytest

from samband.core.backup import making, restoring, sqlite, tools
from samband.core.backup.errors import BackupError
from samband.core.backup.progress import Progress
from tests.core.backup.conftest import files_of, nothing_there, rows_of


class At(Progress):
    """Does something when a stage begins."""

    def __init__(self, stage, do):
        super().__init__()
        self.at, self.do = stage, do

    def stage(self, name):
        super().stage(name)
        if name == self.at:
            self.do()


def all_rows(place):
    """Every row of every table, as text."""
    if place.engine == "sqlite":
        with closing(sqlite._open(place.file)) as connection:
            return list(connection.iterdump())
    with closing(tools.connect(place)) as connection:
        return {t: connection.execute(f'SELECT t::text FROM "{t}" t ORDER BY 1').fetchall() for t in rows_of(place)}


def test_everything_comes_back(county, empty, good, key):
    told = restoring.restore(empty, key, good)
    assert told["counts"]["people_person"] > 3
    assert told["uploads"] == len(files_of(county)) == 3
    assert all_rows(empty) == all_rows(county)
    assert files_of(empty) == files_of(county)


def test_the_restored_audit_still_refuses_change(empty, good, key, run_sql):
    restoring.restore(empty, key, good)
    assert rows_of(empty)["core_auditevent"] > 0
    with pytest.raises(Exception, match="append-only"):
        run_sql(empty, "DELETE FROM core_auditevent")


def test_only_the_owner_reads_backup_key_and_what_is_restored(empty, good, key):
    restoring.restore(empty, key, good)
    paths = [good, key, empty.uploads, *empty.uploads.rglob("*")]
    if empty.engine == "sqlite":
        paths.append(empty.file)
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in paths} == {0}


def test_nothing_readable_stands_in_the_file_but_the_header(good):
    _, _, content = good.read_bytes().partition(b'"uploads"')
    for word in (b"people_person", b"kallelse", b"CREATE TABLE"):
        assert word not in good.read_bytes()[100_000:] + content


@pytest.fixture
def living(machine, good, key, empty):
    """A county of its own that may be written to."""
    restoring.restore(empty, key, good)
    return empty


def test_what_is_written_meanwhile_belongs_to_the_next_backup(living, machine, key, tmp_path, run_sql):
    def write():
        run_sql(
            living, "INSERT INTO core_heartbeat (name, at, detail) VALUES ('senare', '2026-01-01 00:00:00+00', '{}')"
        )
        (living.uploads / "senare.txt").write_text("senare")

    before = rows_of(living)
    making.backup(living, key, tmp_path / "b", At("Database", write))
    assert rows_of(living)["core_heartbeat"] == before["core_heartbeat"] + 1
    other = machine.place(f"{living.var.name}_again")
    restoring.restore(other, key, tmp_path / "b")
    assert rows_of(other) == before
    assert "senare.txt" not in files_of(other)
    assert len(files_of(other)) == 3


def named(living, run_sql, *names):
    """The place, as if heartbeats named uploads; and rows that name these."""
    for name in names:
        run_sql(
            living, f"INSERT INTO core_heartbeat (name, at, detail) VALUES ('{name}', '2026-01-01 00:00:00+00', '{{}}')"
        )
    return replace(living, columns=(("core_heartbeat", "name"),))


def test_an_upload_that_a_row_names_is_taken_whenever_it_was_touched(living, machine, key, tmp_path, run_sql):
    place = named(living, run_sql, "brev.txt", "borta.txt")
    touched = At("Database", lambda: (place.uploads / "brev.txt").write_text("brev"))
    told = making.backup(place, key, tmp_path / "b", touched)
    assert "borta.txt" in told["missing"]
    assert "brev.txt" not in told["missing"]
    other = machine.place(f"{living.var.name}_again")
    restoring.restore(other, key, tmp_path / "b")
    assert files_of(other)["brev.txt"] == b"brev"


class Growing(Progress):
    """The upload grows while it is read."""

    def __init__(self, path):
        super().__init__()
        self.path = path

    def stage(self, name):
        self.at = name

    def moved(self, count):
        if self.at == "Uploads":
            with self.path.open("ab") as file:
                file.write(b"mer")


def test_an_upload_that_a_row_names_and_that_changes_stops_the_backup(living, key, tmp_path, run_sql):
    place = named(living, run_sql, "två.bin")
    with pytest.raises(BackupError, match=r"två\.bin was changed while it was read"):
        making.backup(place, key, tmp_path / "b", Growing(place.uploads / "två.bin"))
    assert list(tmp_path.iterdir()) == []


def test_an_upload_without_a_row_that_is_still_being_written_is_left_out(living, machine, key, tmp_path):
    others = set(files_of(living)) - {"två.bin"}
    told = making.backup(living, key, tmp_path / "b", Growing(living.uploads / "två.bin"))
    assert told["uploads"] == len(others) == 2
    other = machine.place(f"{living.var.name}_again")
    restoring.restore(other, key, tmp_path / "b")
    assert set(files_of(other)) == others


def test_verify_says_what_it_holds_and_leaves_nothing(empty, good, key, machine):
    told = restoring.verify(empty, key, good)
    assert told["uploads"] == 3
    assert nothing_there(empty)
    if machine.postgres:
        with closing(tools.connect(empty)) as connection:
            names = [name for (name,) in connection.execute("SELECT datname FROM pg_database")]
        assert not [name for name in names if "_verify_" in name]


def test_verify_works_beside_a_full_place(county, good, key):
    before = rows_of(county)
    restoring.verify(county, key, good)
    assert rows_of(county) == before
    assert len(files_of(county)) == 3


def test_a_role_that_may_create_no_database_is_told_so(empty, good, key, machine, run_sql):
    if not machine.postgres:
        pytest.skip("PostgreSQL has roles")
    role = f"poor_{empty.var.name}"
    run_sql(empty, f"CREATE ROLE {role} LOGIN")
    try:
        poor = replace(empty, database={**empty.database, "USER": role})
        with pytest.raises(BackupError, match="CREATEDB"):
            restoring.verify(poor, key, good)
    finally:
        run_sql(empty, f"DROP ROLE {role}")


def test_a_moment_of_a_missing_database_says_so(empty, key, tmp_path):
    place = empty.beside(empty.var, "not_there")
    with pytest.raises(BackupError, match=r"There is no database|does not answer"):
        making.backup(place, key, tmp_path / "b")
    assert list(tmp_path.iterdir()) == []
