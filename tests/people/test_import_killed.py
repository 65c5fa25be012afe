"""Kill -9 in the middle of a commit of 20,000 rows: nothing of it is there, and the same run can be started again."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.people.files import persons_csv
from tests.tools.tables import laid_out

ROOT = Path(__file__).resolve().parents[2]
ROWS = 20_000

# Commits as the worker does, and says when half of the rows are written inside the open transaction.
COMMIT = """
import django, sys, time
django.setup()
from samband.people.models import ImportRun, Person
from samband.people.services.imports import persons, runs
plain = Person.objects.bulk_create
seen = 0
def slow(rows, **more):
    global seen
    made = plain(rows, **more)
    seen += len(rows)
    if seen == {half}:
        print("HALFWAY", flush=True)
        time.sleep(60)
    return made
Person.objects.bulk_create = slow
run = ImportRun.objects.get()
runs.commit(run)
"""

CHECK = """
import django
django.setup()
from pathlib import Path
from samband.core.policy import Actor
from samband.people.services.imports import runs
actor = Actor(kind="staff", name="Adam")
run = runs.receive("persons", "p.csv", [Path({file!r}).read_bytes()], actor)
runs.check(run)
assert run.committable, run.report
assert runs.begin_commit(run, actor)
"""

AGAIN = """
import django
django.setup()
from samband.core.policy import Actor
from samband.people.models import ImportRun
from samband.people.services.imports import runs
assert runs.mark_interrupted() == 1
run = ImportRun.objects.get()
assert run.status == "interrupted", run.status
assert runs.again(run, Actor(kind="staff", name="Adam"))
runs.commit(run)
print(run.status)
"""


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_killed_import_leaves_nothing_and_can_be_started_again(tmp_path):
    database = tmp_path / "samband.sqlite3"
    environment = os.environ | {
        "SAMBAND_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "samband.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }

    def run(*command: str) -> str:
        done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    file = tmp_path / "personer.csv"
    file.write_text(persons_csv(ROWS))
    laid_out(tmp_path)
    run("-m", "samband", "migrate", "--verbosity=0")
    run("-c", CHECK.format(file=str(file)))

    worker = subprocess.Popen(
        [sys.executable, "-c", COMMIT.format(half=ROWS // 2)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "HALFWAY"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=10)
    worker.stdout.close()

    assert _count(database, "people_person") == 0
    assert _count(database, "core_auditsubject") == 0
    assert _value(database, "SELECT status FROM people_importrun") == "running"

    began = time.monotonic()
    assert run("-c", AGAIN).strip() == "done"
    assert time.monotonic() - began < 60
    assert _count(database, "people_person") == ROWS
    assert _count(database, "core_auditsubject") == ROWS


def _count(database: Path, table: str) -> int:
    return int(_value(database, f"SELECT COUNT(*) FROM {table}"))


def _value(database: Path, query: str) -> str:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchone()[0]
    finally:
        connection.close()
