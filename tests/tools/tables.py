"""The tables and nothing in them, made once a machine: whoever needs a database begins with a copy instead of all migrations.

`kept()` lies in the machine's folder for temporary files under a name made of everything that lays the tables out, so that another
migration is another file. The suite's own database is filled from it in `tests/conftest.py`, a served one by `laid_out`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "samband.sqlite3"
# A PostgreSQL database that holds the same; `tests/tools/suite.py` makes it in its cluster and tells its name here.
TEMPLATE = "SAMBAND_TEST_TEMPLATE"
ALSO = ("requirements/base.txt", "src/samband/config/settings.py", "src/samband/core/append_only.py")


def _migrate(**env: str) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("SAMBAND_") and k != "DATABASE_URL"}
    command = [sys.executable, "-m", "samband", "migrate", "-v0"]
    subprocess.run(command, env={**kept, "SAMBAND_MODE": "demo", **env}, cwd=ROOT, check=True)


def _fingerprint() -> str:
    """Changes with whatever lays the tables out."""
    files = sorted([*(ROOT / "src" / "samband").glob("*/migrations/*.py"), *(ROOT / name for name in ALSO)])
    whole = hashlib.sha256()
    for file in files:
        whole.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:20]


@cache
def kept() -> Path:
    """An SQLite file as `samband migrate` leaves it. Two who make it at once both make the same; the later one stands."""
    file = Path(tempfile.gettempdir()) / f"samband-tables-{os.getuid()}-{_fingerprint()}.sqlite3"
    if not file.exists():
        with tempfile.TemporaryDirectory(prefix="samband-tables-", dir=file.parent) as var:
            _migrate(SAMBAND_VAR=var)
            os.replace(Path(var) / DATABASE, file)
    return file


def template(url: str) -> str:
    """Make the PostgreSQL database that tests copy, in the cluster at `url`; its name."""
    import psycopg

    name = "samband_tables"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    with tempfile.TemporaryDirectory(prefix="samband-tables-") as var:
        _migrate(SAMBAND_VAR=var, DATABASE_URL=url.rpartition("/")[0] + f"/{name}")
    return name


def laid_out(var: Path) -> None:
    """Put the tables into a folder that has no database yet."""
    if not (var / DATABASE).exists():
        shutil.copy(kept(), var / DATABASE)
