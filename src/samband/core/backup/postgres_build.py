"""A PostgreSQL database built from a backup in one transaction: compared before it is committed, or nothing is there.

pg_restore turns the backup into SQL, and psql runs it between a BEGIN and a COMMIT that only this process sends. If it is
killed, psql reads the end of its input without a COMMIT, and the server undoes all of it.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from threading import Thread
from typing import IO, Any

import psycopg
from psycopg import sql

from samband.core.backup import tools
from samband.core.backup.errors import BackupError
from samband.core.backup.places import Place
from samband.core.backup.postgres import tables_of
from samband.core.backup.records import PIECE

READY, DONE = "samband-ready", "samband-done"
OPTIONS = ("--format=custom", "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error", "--file=-")
QUIET = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null")


class Build:
    """As the one of SQLite: write, check, commit or undo."""

    def __init__(self, place: Place, header: dict[str, Any]):
        with closing(tools.connect(place)) as connection:
            major = connection.info.server_version // 10000
        if major < header["server"]:
            raise BackupError(
                f"The backup is of PostgreSQL {header['server']}; this server is {major}, which is older."
            )
        reader, _ = tools.find("pg_restore", header["tool"], "the pg_dump that made the backup")
        runner, _ = tools.find("psql", header["server"], "the backup's server")
        self._place, self._counts = place, header["counts"]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 — closed by undo, as the processes that write into it
        self._psql = self._start([runner, *QUIET, tools.target(place)])
        self._restore = self._start([reader, *OPTIONS])
        self._tell(b"BEGIN;\n")
        self._pump = Thread(target=self._carry, daemon=True)
        self._pump.start()

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        pipe, env = subprocess.PIPE, tools.environment(self._place)
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self._said, env=env)

    def write(self, data: bytes) -> None:
        try:
            _in(self._restore).write(data)
        except BrokenPipeError:
            self._fail()

    def check(self) -> None:
        """All of it has run, and every table has the rows that the backup told of. Not committed yet."""
        with suppress(BrokenPipeError):
            _in(self._restore).close()
        self._pump.join()
        if self._restore.wait():
            self._fail()
        for piece in _checks(self._counts):
            self._tell(piece.as_string(None).encode())
        self._tell(f"\\echo {READY}\n".encode())
        self._expect(READY)

    def commit(self) -> None:
        self._tell(f"COMMIT;\n\\echo {DONE}\n".encode())
        self._expect(DONE)
        self.undo()
        with suppress(psycopg.Error, BackupError), closing(tools.connect(self._place, autocommit=True)) as connection:
            connection.execute("ANALYZE")  # a new database knows nothing of its tables, and would answer slowly

    def undo(self) -> None:
        """What is not committed ends with its connection."""
        for process in (self._psql, self._restore):
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):
                    if pipe:
                        pipe.close()
            process.wait()
        self._pump.join()
        self._said.close()

    def _carry(self) -> None:
        assert self._restore.stdout
        try:
            while piece := self._restore.stdout.read(PIECE):
                _in(self._psql).write(piece)
            _in(self._psql).flush()
        except (BrokenPipeError, ValueError):
            self._restore.kill()

    def _tell(self, words: bytes) -> None:
        try:
            _in(self._psql).write(words)
            _in(self._psql).flush()
        except BrokenPipeError:
            self._fail()

    def _expect(self, word: str) -> None:
        assert self._psql.stdout
        if self._psql.stdout.readline().decode().strip() != word:
            self._fail()

    def _fail(self) -> None:
        self._psql.wait()
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        raise BackupError(f"PostgreSQL stopped the restore: {said[:500] or 'it ended without a word.'}")


def _checks(counts: dict[str, int]) -> Iterator[sql.Composed]:
    """Sentences of SQL that refuse when a table has other rows than expected, or when there is one more table."""
    check = sql.SQL(
        "DO $$ BEGIN IF (SELECT count(*) FROM {table}) <> {expected} THEN RAISE EXCEPTION 'The table % has other rows than "
        "the backup told of (% expected)', {label}, {expected}; END IF; END $$;\n"
    )
    for label, table in tables_of(counts):
        yield check.format(table=table, expected=sql.Literal(counts[label]), label=sql.Literal(label))


def _in(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin
    return process.stdin
