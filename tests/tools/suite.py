"""`make test`: every check, in the order in which they are quickest to fail.

As root it installs Chromium, PostgreSQL and npm where they are missing; otherwise it runs the rest and says in one line
what was left out. Exit code 0 only if everything that ran was green.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.tools import postgres, tables

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"


def missing() -> list[str]:
    """Debian packages that the browser and PostgreSQL tests need and that are not here."""
    here = {"chromium": shutil.which("chromium"), "postgresql": postgres.binaries(), "npm": shutil.which("npm")}
    return [package for package, found in here.items() if not found]


def install(packages: list[str]) -> None:
    """As root, by apt; a failure leaves the package missing, which is then said."""
    if not packages or os.getuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, env=quiet, stdout=subprocess.DEVNULL)


def step(name: str, *command: str, **env: str) -> bool:
    """Run one check and print how it went."""
    print(f"\n== {name}", flush=True)
    begun = time.monotonic()
    code = subprocess.run(command, check=False, cwd=ROOT, env={**os.environ, **env}).returncode
    print(f"== {name}: {'green' if code == 0 else 'RED'} ({time.monotonic() - begun:.0f} s)", flush=True)
    return code == 0


def static_checks() -> bool:
    """Lint, floors, types, settings, migrations."""
    return all(
        [
            step("ruff", str(BIN / "ruff"), "check", "."),
            step("format", str(BIN / "ruff"), "format", "--check", "-q", "."),
            step("floors", str(BIN / "lint-imports")),
            step("types", str(BIN / "mypy")),
            step("check", str(BIN / "samband"), "check"),
            step("migrations", str(BIN / "samband"), "makemigrations", "--check", "--dry-run"),
            step("translations", str(BIN / "samband"), "translations", "--check"),
        ]
    )


# What asks about the source or the whole product, and not about the database, is asked once; so is what pages look like, whose rules,
# queries and services are asked on both.
BESIDE = (
    "--ignore=tests/planner", "--ignore=tests/architecture", "--ignore=tests/walk", "--ignore=tests/ui", "--ignore=tests/demo",
    "--ignore-glob=*_pages*.py", "--ignore-glob=*test_pages.py", "--ignore-glob=*_page.py", "--ignore-glob=*test_views*.py",
    "--ignore-glob=*test_prints*.py", "--ignore=tests/web",
)  # fmt: skip


# Two at least: a test that waits leaves the machine to the other. Files begin in the order of tests/conftest.py.
SPREAD = ("-n", str(max(2, min(6, os.cpu_count() or 2))), "--dist", "loadfile", "--no-loadscope-reorder")


def pytest(name: str, *more: str, **env: str) -> bool:
    return step(name, str(BIN / "python"), "-m", "pytest", *SPREAD, *more, **env)


def main() -> int:
    install(missing())
    left_out = []
    good = static_checks()
    tables.kept()
    good &= pytest("tests on SQLite", "--durations=40", "-m", "not browser")
    if postgres.binaries():
        with postgres.cluster() as url:
            other = ("-m", "not browser and not planner and not sqlite_only", *BESIDE)
            with_tables = {"DATABASE_URL": url, tables.TEMPLATE: tables.template(url)}
            good &= pytest("tests on PostgreSQL", "--durations=15", *other, **with_tables)
    else:
        left_out.append("the tests on PostgreSQL (apt-get install postgresql)")
    if shutil.which("chromium"):
        good &= pytest("browser tests", "--durations=15", "-m", "browser", "tests/acceptance")
    else:
        left_out.append("the browser tests (apt-get install chromium)")
    if not shutil.which("npm"):
        left_out.append("axe (apt-get install npm)")
    if left_out:
        print(f"\nLeft out: {'; '.join(left_out)}.")
    print("\nEverything that ran is green." if good else "\nSomething is red: see above.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
