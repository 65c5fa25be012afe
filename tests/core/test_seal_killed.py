"""Processes beside each other on a real database: writers, a sealer, and kill -9 at every step of a turn."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.tables import TEMPLATE, laid_out

ROOT = Path(__file__).resolve().parents[2]
WRITERS, ENTRIES = 4, 40


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A database of its own, on the engine that the suite runs on: its environment."""
    folder = tmp_path_factory.mktemp("sealed")
    suite = os.environ.get("DATABASE_URL", "")
    url, done = (f"sqlite:///{folder}/samband.sqlite3", None)
    if suite.startswith("postgres"):
        url, done = _database(suite)
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SAMBAND_")},
        "SAMBAND_VAR": str(folder),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "samband.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    if done is None:
        laid_out(folder)
    samband(env, "migrate", "-v", "0")
    yield env
    if done:
        done()


def _database(suite: str):
    import psycopg

    server, _slash, _name = suite.rpartition("/")
    name = f"samband_sealed_{os.getpid()}"
    with psycopg.connect(suite, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {os.environ.get(TEMPLATE, 'template1')}")

    def drop() -> None:
        with psycopg.connect(suite, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}")

    return f"{server}/{name}", drop


def samband(env: dict, *words: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "samband", *words]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def hand(env: dict, *words: str, **more) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "tests.core.seal_hand", *words], env=env, cwd=ROOT, **more)


@pytest.mark.slow
def test_what_commits_in_any_order_beside_the_sealer_is_sealed_once_and_whole(place):
    writers = [hand(place, "write", str(ENTRIES), str(seed)) for seed in range(WRITERS)]
    sealer = hand(place, "seal", "30")
    assert [process.wait(240) for process in (*writers, sealer)] == [0] * (WRITERS + 1)
    samband(place, "audit", "seal")
    said = samband(place, "audit", "verify")
    assert "Ännu" not in said
    entries = int(said.split("Granskade poster: ")[1].split(",")[0])
    assert WRITERS * ENTRIES / 2 < entries < WRITERS * ENTRIES


@pytest.mark.slow
@pytest.mark.parametrize(
    "where", ["before the batch", "between two batches", "before the checkpoint", "in the middle of the line"]
)
def test_a_sealer_that_is_killed_is_taken_over_by_the_next(place, where):
    assert hand(place, "die", where).wait(240) == -9
    done = hand(place, "after", stdout=subprocess.PIPE, text=True)
    said, _ = done.communicate(timeout=240)
    assert done.returncode == 0
    assert "Granskade poster" in said
    assert "Ännu" not in said
    assert "ännu" not in said
    assert "halvskriven" not in said
