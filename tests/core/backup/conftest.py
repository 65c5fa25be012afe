"""A small demo county in a database of its own, on the engine of the run, and empty places beside it."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from samband.core.backup import keys, making, postgres, sqlite, tools
from samband.core.backup.places import Place
from tests.tools.tables import TEMPLATE, laid_out

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Machine:
    """Makes places; takes their databases away at the end."""

    home: Path
    postgres: bool
    made: list[Place]

    def place(self, name: str, like: str = "template0") -> Place:
        """An empty one, or on PostgreSQL one that begins as a copy of the database `like`."""
        var = self.home / name
        var.mkdir()
        if not self.postgres:
            engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(var / "samband.sqlite3")}
            return Place(engine, var, var / "uploads")
        database = {**settings.DATABASES["default"], "NAME": f"samband_{name}_{secrets.token_hex(4)}"}
        self.made.append(Place(database, var, var / "uploads"))
        self.sql("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'", database["NAME"], like)
        return self.made[-1]

    def sql(self, text: str, *names: str) -> None:
        server = Place({**settings.DATABASES["default"], "NAME": "postgres"}, self.home, self.home)
        with closing(tools.connect(server, autocommit=True)) as connection:
            connection.execute(sql.SQL(text).format(*map(sql.Identifier, names)))

    def clean(self) -> None:
        for place in self.made:
            self.sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", place.database["NAME"])


@pytest.fixture(scope="session")
def machine(tmp_path_factory) -> Iterator[Machine]:
    found = Machine(tmp_path_factory.mktemp("backup"), "postgresql" in settings.DATABASES["default"]["ENGINE"], [])
    yield found
    found.clean()


@pytest.fixture(scope="session")
def county(machine) -> Place:
    """The demo county's kinds of rows, with its attachment, and two uploads more. Read only."""
    place = machine.place("county", os.environ.get(TEMPLATE, "template0"))
    if not machine.postgres:
        laid_out(place.var)
    for command in (["migrate", "-v0"], ["demo", "--persons", "3"]):
        subprocess.run(
            [sys.executable, "-m", "samband", *command],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env=environment(place),
        )
    (place.uploads / "2026").mkdir(parents=True)
    (place.uploads / "2026" / "kallelse.txt").write_text("Kom på torsdag.")
    (place.uploads / "två.bin").write_bytes(secrets.token_bytes(700_000))
    return place


def environment(place: Place) -> dict[str, str]:
    facts, password = place.database, place.database.get("PASSWORD")
    if place.engine == "sqlite":
        url = f"sqlite:///{facts['NAME']}"
    else:
        who = quote(facts["USER"]) + (f":{quote(password)}" if password else "")
        url = f"postgres://{who}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": paths, "SAMBAND_VAR": str(place.var), "DATABASE_URL": url}


@pytest.fixture
def empty(machine) -> Place:
    return machine.place(f"empty{secrets.token_hex(3)}")


@pytest.fixture(scope="session")
def key(machine) -> Path:
    path = machine.home / "keys" / "backup.key"
    path.parent.mkdir()
    keys.make(path)
    return path


@pytest.fixture(scope="session")
def good(machine, county, key) -> Path:
    """A backup of the county."""
    path = machine.home / "backups" / "good"
    path.parent.mkdir()
    making.backup(county, key, path)
    return path


@pytest.fixture
def run_sql() -> Callable[..., list]:
    """Runs one sentence of SQL in a place's database, and commits it."""

    def run(place: Place, text: str) -> list:
        if place.engine == "sqlite":
            with closing(sqlite._open(place.file)) as connection:
                return connection.execute(text).fetchall()
        with closing(tools.connect(place, autocommit=True)) as connection:
            cursor: psycopg.Cursor = connection.execute(text)
            return cursor.fetchall() if cursor.description else []

    return run


def rows_of(place: Place) -> dict[str, int]:
    if place.engine == "sqlite":
        with closing(sqlite._open(place.file)) as connection:
            return sqlite.counted(connection)
    with closing(tools.connect(place)) as connection:
        return postgres.counted(connection)


def files_of(place: Place) -> dict[str, bytes]:
    found = place.uploads.rglob("*")
    return {path.relative_to(place.uploads).as_posix(): path.read_bytes() for path in found if path.is_file()}


def nothing_there(place: Place) -> bool:
    """Neither database nor uploads, and nothing left beside them."""
    engine = sqlite if place.engine == "sqlite" else postgres
    return engine.what_is_there(place) == "" and sorted(path.name for path in place.var.iterdir()) == []
