"""Where the shared data lies: beside the project, never inside it."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SAMBAND_SHARED", Path(__file__).parents[1].parent / "shared"))


def shared_file(name: str) -> Path:
    """The file, or the test is skipped with a plain line."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared/{name} is not beside the project", allow_module_level=True)
    return path
