"""The demo county grows old: it says so, and begins anew without losing the old file."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from samband.core import clock
from samband.demo import age
from tests.tools.tables import kept

# `samband demo --renew`, whose new tables are copied and not laid out: that alone takes half a minute.
RENEWED = """
import os
import shutil
from unittest.mock import patch
os.environ["DJANGO_SETTINGS_MODULE"] = "samband.config.settings"
import django
from django.conf import settings
from django.core.management import call_command
django.setup()

def copied(name, **options):
    assert name == "migrate"
    shutil.copy({kept!r}, settings.DATABASES["default"]["NAME"])

with patch("samband.demo.management.commands.demo.call_command", copied):
    call_command("demo", renew=True, persons=0)
"""
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def test_it_says_so_after_some_days(world):
    out = StringIO()
    call_command("demo", "--age", stdout=out)
    assert out.getvalue() == ""
    with clock.frozen(clock.now() + timedelta(days=10)):
        assert age.days() == 10
        call_command("demo", "--age", stdout=out)
    assert "10 days ago" in out.getvalue()
    assert "samband demo --renew" in out.getvalue()


def test_an_empty_database_is_not_old():
    assert age.days() == 0


def test_only_a_file_can_be_put_aside(world):
    with pytest.raises(CommandError, match="--renew"):
        age.put_aside()


def test_the_old_file_is_kept(tmp_path):
    env = {**os.environ, "SAMBAND_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3"}

    def run(*words: str) -> subprocess.CompletedProcess:
        samband = [] if words[0] == "-c" else ["-m", "samband"]
        return subprocess.run(
            [sys.executable, *samband, *words], env=env, capture_output=True, text=True, timeout=240, check=False
        )

    assert "does not exist yet" in run("demo", "--renew", "--persons", "0").stderr
    shutil.copy(kept(), tmp_path / "demo.sqlite3")
    assert run("worker", "--once").returncode == 0  # seals what there is: the checkpoints belong to this file
    done = run("-c", RENEWED.format(kept=str(kept())))
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("demo*.sqlite3"))) == 2
    assert (tmp_path / "demo.sqlite3").exists()
    assert len(list(tmp_path.glob("audit-demo-*/checkpoints.jsonl"))) == 1
    assert "not sealed" not in run("worker", "--once").stderr
    assert (tmp_path / "audit" / "checkpoints.jsonl").exists()
