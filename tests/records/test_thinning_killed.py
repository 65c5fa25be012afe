"""A process that is killed in the middle of thinning what is shared (A17)."""

import os
import signal
import subprocess
import sys

import pytest

from tests.records.worlds_over import (
    ROOT,
)
from tests.tools.tables import laid_out

pytestmark = pytest.mark.django_db

KILLED = """
import os, signal
import django
django.setup()
from samband.core import thinning
from samband.plans.models import {model}
take = thinning.take
def stop(gone, rows):
    take(gone, rows)
    if rows.model is {model}:
        os.kill(os.getpid(), signal.SIGKILL)
thinning.take = stop
from samband.records.services import thin
thin.carry_out(thin.waiting()[0])
"""
MADE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.records import worlds_over as t
world = t.county(met=False)
t.thin.decide(t.administrator(world), "plans.closed", "Dnr 7")
"""
NUMBERS = """
import django
django.setup()
from tests.records import worlds_over as t
from samband.core.models import Release
print(sum(t.counts().values()), Release.objects.count())
"""
REST = "import django; django.setup(); from samband.records.services import thin; print(thin.carry_out(thin.waiting()[0]).groups)"


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_a_process_that_is_killed_in_the_middle_leaves_the_whole_and_the_next_takes_it(tmp_path):
    environment = os.environ | {
        "SAMBAND_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/samband.sqlite3",
        "DJANGO_SETTINGS_MODULE": "samband.config.settings", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }  # fmt: skip

    def python(code: str, check: bool = True) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=ROOT, check=check, capture_output=True, text=True
        )

    laid_out(tmp_path)
    python(MADE)
    before = python(NUMBERS).stdout.split()
    for model in ("HandoverItem", "Approval", "Goal", "CarePlan"):
        assert python(KILLED.format(model=model), check=False).returncode == -signal.SIGKILL
        assert python(NUMBERS).stdout.split() == before == [before[0], "0"], model
    assert python(REST).stdout.strip() == "1"
    left = python(NUMBERS).stdout.split()
    assert int(left[0]) < int(before[0])
    assert left[1] == "0"
