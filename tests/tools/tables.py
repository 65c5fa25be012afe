"""The tables and nothing in them, made once a process: a server of a test begins with a copy instead of sixty migrations."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "samband.sqlite3"


@cache
def empty_database() -> Path:
    """An SQLite file as `samband migrate` leaves it."""
    var = Path(tempfile.mkdtemp(prefix="samband-tables-"))
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SAMBAND_") and k != "DATABASE_URL"}
    env = {**kept, "SAMBAND_VAR": str(var), "SAMBAND_MODE": "demo"}
    subprocess.run([sys.executable, "-m", "samband", "migrate", "-v0"], env=env, cwd=ROOT, check=True)
    return var / DATABASE


def laid_out(var: Path) -> None:
    """Put the tables into a folder that has no database yet."""
    if not (var / DATABASE).exists():
        shutil.copy(empty_database(), var / DATABASE)
