"""What whoever runs Samband sees: one line that tells the outcome, or one sentence that tells what stands in the way."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from samband.core.backup import keys, places, tools
from samband.core.backup.errors import BackupError
from samband.core.management.commands import restore as command


@pytest.fixture
def here(monkeypatch, settings, key):
    """Makes a place the one of the settings. The audit's command would look at the tests' own database."""
    settings.BACKUP_KEY_FILE = key
    monkeypatch.setattr(command, "get_commands", dict)
    return lambda place: monkeypatch.setattr(places, "here", lambda: place)


def run(*args):
    out, err = StringIO(), StringIO()
    call_command(*map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_back_up_try_restore(county, empty, here, tmp_path):
    here(county)
    out, err = run("backup", tmp_path / "b")
    assert "people_person" not in out
    assert "3 uploads" in out
    assert "Counting" in err
    assert "can be restored" in run("backup", "--verify", tmp_path / "b")[0]
    here(empty)
    assert "All counts and digests agree" in run("restore", tmp_path / "b")[0]
    with pytest.raises(CommandError, match="empty database only"):
        run("restore", tmp_path / "b")


def test_a_new_key(tmp_path):
    out, _ = run("backup", "--new-key", tmp_path / "key")
    assert keys.mark(keys.read(tmp_path / "key")) in out
    with pytest.raises(CommandError, match="never written over"):
        run("backup", "--new-key", tmp_path / "key")
    with pytest.raises(CommandError, match=r"^The key cannot be written to \S+: No such file"):
        run("backup", "--new-key", tmp_path / "nowhere" / "key")


def test_without_a_key(county, here, settings, tmp_path):
    here(county)
    settings.BACKUP_KEY_FILE = None
    with pytest.raises(CommandError, match="SAMBAND_BACKUP_KEY_FILE is missing"):
        run("backup", tmp_path / "b")


@pytest.mark.parametrize(
    ("outcome", "match"),
    [
        (None, None),
        (CommandError("a row was changed"), "a row was changed"),
        (SystemExit(1), "1"),
        (SystemExit(0), None),
        (DatabaseError("no such table"), "no such table"),
    ],
)
def test_the_audit_is_verified_where_there_is_such_a_command(outcome, match, good, empty, here, monkeypatch):
    called = []

    def call(*args, **more):
        called.append(args)
        if outcome:
            raise outcome

    here(empty)
    monkeypatch.setattr(command, "get_commands", lambda: {"audit": "samband.core"})
    monkeypatch.setattr(command, "call_command", call)
    if match:
        with pytest.raises(CommandError, match=f"is restored, but its audit does not verify: {match}") as found:
            run("restore", good)
        assert found.value.returncode == 2
    else:
        run("restore", good)
    assert called == [("audit", "verify")]


def test_no_such_command_no_call(good, empty, here, monkeypatch):
    here(empty)
    monkeypatch.setattr(command, "call_command", lambda *a, **k: pytest.fail("called"))
    run("restore", good)


def tool(folder, name, version):
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("version", "good"), [("9.6.24", False), ("14.9 (Debian 14.9-1)", False), ("15.18", True), ("17rc1", True)]
)
def test_a_tool_older_than_the_server_is_refused(version, good, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    tool(tmp_path, "pg_dump", version)
    if good:
        assert tools.find("pg_dump", 15, "the server")[1] >= 15
    else:
        with pytest.raises(BackupError, match=r"pg_dump is of version \d+, older than the server \(15\)"):
            tools.find("pg_dump", 15, "the server")


def test_a_missing_tool_is_named(county, empty, good, key, here, machine, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump is not on PATH"):
        tools.find("pg_dump", 15, "the server")
    if machine.postgres:
        here(county)
        with pytest.raises(CommandError, match="pg_dump is not on PATH"):
            run("backup", tmp_path / "b")
        here(empty)
        with pytest.raises(CommandError, match="pg_restore is not on PATH"):
            run("restore", good)


def test_no_password_on_a_command_line(empty):
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "a b",
        "USER": "u",
        "PASSWORD": "hemligt",
        "HOST": "h",
    }
    place = places.Place(database, empty.var, empty.uploads)
    assert "hemligt" not in tools.target(place)
    assert "'a b'" in tools.target(place)
    assert tools.environment(place)["PGPASSWORD"] == "hemligt"
