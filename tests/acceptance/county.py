"""The demo county in a folder, loaded once a run: every story that begins at the usual hour begins with a copy of it."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tools.tables import laid_out

ROOT = Path(__file__).resolve().parents[2]


class Shared:
    """Where all processes of this run find it; `tests/acceptance/conftest.py` says where. Without, the server loads its own."""

    home: Path | None = None


def loaded(var: Path, env: dict[str, str]) -> None:
    """Fill the empty folder `var` with tables and, where the run has a place to keep it, with the county as `env` wants it."""
    if Shared.home is None or any(var.iterdir()):
        laid_out(var)
        return
    kept = Shared.home / "county"
    with (Shared.home / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second waits for the first
        if not kept.exists():
            _load(kept, env)
    shutil.copytree(kept, var, dirs_exist_ok=True)


def _load(kept: Path, env: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        begun = Path(folder) / "county"
        begun.mkdir()
        laid_out(begun)
        command = [sys.executable, "-m", "samband", "demo"]
        subprocess.run(command, env={**env, "SAMBAND_VAR": str(begun)}, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        os.rename(begun, kept)
