"""PostgreSQL: one exported snapshot read out by pg_dump, and a database built in one transaction of psql's."""

import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from samband.core.backup import tools
from samband.core.backup.errors import BackupError
from samband.core.backup.moment import Moment
from samband.core.backup.places import Place
from samband.core.backup.progress import Progress
from samband.core.backup.records import PIECE

TABLES = (
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname <> 'information_schema' AND schemaname NOT LIKE 'pg\\_%' "
    "ORDER BY 1, 2"
)
TRIED = "samband backup --verify: may be dropped"


@contextmanager
def moment(place: Place, progress: Progress) -> Iterator[Moment]:
    """Counts, names and pg_dump's reading, all of one snapshot; writers go on meanwhile, and what they write is not seen."""
    with closing(tools.connect(place)) as connection:
        major = connection.info.server_version // 10000
        dump, version = tools.find("pg_dump", major, "the server")
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.execute("SET statement_timeout = 0")
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        (snapshot,) = _one(connection, "SELECT pg_export_snapshot()")
        progress.stage("Counting")
        counts = counted(connection)
        told = {"server": major, "tool": version, "migrations": _migrations(connection, counts)}
        known = {name for table, column in place.columns for (name,) in connection.execute(_names(table, column))}
        yield Moment(time.time(), told, counts, known, _pieces(place, dump, snapshot, progress))


def counted(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of every table."""
    tables = connection.execute(TABLES).fetchall()
    return {
        _label(*row): _one(connection, sql.SQL("SELECT count(*) FROM {}").format(_table(*row)))[0] for row in tables
    }


def what_is_there(place: Place) -> str:
    """In words, if the database is not empty."""
    with closing(tools.connect(place)) as connection:
        counts = counted(connection)
    name = place.database["NAME"]
    return f"the database {name} has {len(counts)} tables with {sum(counts.values())} rows" if counts else ""


@contextmanager
def temporary(place: Place, folder: Path) -> Iterator[Place]:
    """A database of its own to try in, dropped afterwards; one that a stopped try left is dropped before."""
    other = place.beside(folder, f"{place.database['NAME']}_verify_{secrets.token_hex(4)}")
    name = sql.Identifier(other.database["NAME"])
    with closing(tools.connect(place, autocommit=True)) as connection:
        left = connection.execute(
            "SELECT datname FROM pg_database WHERE shobj_description(oid, 'pg_database') = %s AND datname LIKE %s",
            [TRIED, place.database["NAME"].replace("_", r"\_") + r"\_verify\_%"],
        ).fetchall()
        for (old,) in left:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
        except psycopg.errors.InsufficientPrivilege:
            raise BackupError(
                "Trying a backup needs a database of its own, and this role may create none: "
                "ALTER ROLE … CREATEDB, or verify on another machine."
            ) from None
        try:
            connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(TRIED)))
            yield other
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def _pieces(place: Place, dump: str, snapshot: str, progress: Progress) -> Iterator[bytes]:
    progress.stage("Database")
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    command = [dump, *options, tools.target(place)]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, env=tools.environment(place)
        ) as process:
            assert process.stdout
            try:
                while piece := process.stdout.read(PIECE):
                    progress.moved(len(piece))
                    yield piece
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            said.seek(0)
            raise BackupError(f"pg_dump stopped: {said.read().decode(errors='replace').strip()[:500]}")


def _migrations(connection: psycopg.Connection, counts: dict[str, int]) -> list[str]:
    if "django_migrations" not in counts:
        return []
    return [
        f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
    ]


def _one(connection: psycopg.Connection, query: Any) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row


def _names(table: str, column: str) -> sql.Composed:
    return sql.SQL("SELECT DISTINCT {c} FROM {t} WHERE {c} <> ''").format(
        c=sql.Identifier(column), t=sql.Identifier(table)
    )


def _label(schema: str, table: str) -> str:
    return table if schema == "public" else f"{schema}.{table}"


def _table(schema: str, table: str) -> sql.Identifier:
    return sql.Identifier(schema, table)


def tables_of(counts: dict[str, Any]) -> Iterator[tuple[str, sql.Identifier]]:
    """The labels of a backup's counts, and how the database calls them."""
    for label in counts:
        schema, _, table = label.rpartition(".")
        yield label, _table(schema or "public", table)
