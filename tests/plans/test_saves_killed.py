"""200 saves at once on an SQLite file, to the same part and to different ones; and kill -9 in the middle of them.

What was acknowledged is there. What is there is whole: for every version a line of history and an entry in the audit.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.tables import laid_out

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 8
SAVES = 25

WORLD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from samband.plans.models import Goal
from tests.worlds import make_world
world = make_world()
for name in {names!r}:
    Goal.objects.create(plan=world.plan, words=f"Mål {{name}}")
"""


@pytest.fixture
def county(tmp_path):
    """A database in a file, and the environment that leads to it."""
    database = tmp_path / "samband.sqlite3"
    environment = os.environ | {
        "SAMBAND_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "samband.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    laid_out(tmp_path)
    names = [f"p{n}" for n in range(PROCESSES)]
    subprocess.run([sys.executable, "-c", WORLD.format(names=names)], env=environment, check=True)
    return database, environment, names


def start(environment: dict, names: list[str]) -> list[subprocess.Popen]:
    """All savers at the same line, then off at once."""
    found = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.plans.saver", name, str(SAVES)],
            env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in names
    ]  # fmt: skip
    for saver in found:
        assert saver.stdout.readline().strip() == "READY", saver.stderr.read()
    for saver in found:
        saver.stdin.write("go\n")
        saver.stdin.flush()
    return found


def acknowledged(output: str) -> set[str]:
    return {line.split()[1] for line in output.splitlines() if line.startswith("OK ") and len(line.split()) == 3}


def read(database: Path) -> tuple[set[str], list[tuple]]:
    """The words that are saved, and for each part its version, its lines of history and its entries in the audit."""
    with sqlite3.connect(database) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        texts = db.execute("SELECT detail FROM plans_action UNION ALL SELECT know_how FROM plans_goal").fetchall()
        rows = []
        for table, label in (("plans_action", "plans.action"), ("plans_goal", "plans.goal")):
            for public_id, version in db.execute(f"SELECT public_id, version FROM {table}"):
                key = (
                    f"{label}:{public_id[:8]}-{public_id[8:12]}-{public_id[12:16]}-{public_id[16:20]}-{public_id[20:]}"
                )
                lines = db.execute("SELECT count(*) FROM plans_revision WHERE thing = ?", [key]).fetchone()[0]
                entries = db.execute("SELECT count(*) FROM core_auditevent WHERE thing = ?", [key]).fetchone()[0]
                rows.append((key, version, lines, entries))
    return {word for (text,) in texts for word in text.split()}, rows


def whole(rows: list[tuple]) -> None:
    for key, version, lines, entries in rows:
        assert version - 1 == lines == entries, (key, version, lines, entries)


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_two_hundred_saves_at_once_lose_nothing(county):
    database, environment, names = county
    savers = start(environment, names)
    said: set[str] = set()
    for saver in savers:
        out, err = saver.communicate(timeout=180)
        assert saver.returncode == 0, err[-2000:]
        said |= acknowledged(out)
    words, rows = read(database)
    assert len(said) == PROCESSES * SAVES
    assert said <= words
    whole(rows)
    assert sum(lines for _key, _version, lines, _entries in rows) == PROCESSES * SAVES


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_killed_saver_loses_nothing_that_was_acknowledged(county):
    database, environment, names = county
    savers = start(environment, names)
    first = [savers[0].stdout.readline() for _ in range(4)]  # in the middle: the first has four of its saves
    for saver in savers:
        saver.send_signal(signal.SIGKILL)
    said = acknowledged("".join(first))
    for saver in savers:
        out, _err = saver.communicate(timeout=30)
        said |= acknowledged(out)
    words, rows = read(database)
    assert said <= words
    assert 4 <= len(said) < PROCESSES * SAVES
    whole(rows)
