"""The planner's tests need neither Django nor a database."""

import json
import os
from pathlib import Path

import pytest

from tests.planner.planner_data import DAY, HHCRSP, UHHC
from visit_planner.example import small_day


def shared_folder() -> Path:
    """Where the public instances lie, if they are there."""
    default = Path(__file__).parents[2].parent / "shared"
    return Path(os.environ.get("SAMBAND_SHARED", default)) / "planner"


@pytest.fixture(scope="session")
def shared():
    """The folder of public instances; tests that need it are skipped without it."""
    if not (shared_folder() / "check.py").exists():
        pytest.skip("public planning instances are not here (SAMBAND_SHARED)")
    return shared_folder()


@pytest.fixture(scope="session")
def day():
    return small_day()


@pytest.fixture
def files(tmp_path):
    """Small valid files of the three formats."""
    out = {}
    for name, data in (("hhcrsp", HHCRSP), ("uhhc", UHHC), ("day", DAY)):
        out[name] = tmp_path / f"{name}.json"
        out[name].write_text(json.dumps(data))
    return out
