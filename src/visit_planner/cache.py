"""Where compiled kernels are kept: the user's cache folder, one subfolder for each state of the kernel sources.

numba looks only at the file of the outermost function when it decides whether a cached kernel is stale, so a change
in an inner kernel would go unnoticed; a folder named by the hash of all of them cannot be stale.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from numba import config as numba_config

config: Any = numba_config


def stamp() -> str:
    """Hash of the kernel sources."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.name.startswith(("kernel", "layout")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def folder() -> Path:
    """NUMBA_CACHE_DIR if the user set it, else XDG_CACHE_HOME, else ~/.cache."""
    base = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "visit_planner" / stamp()


@contextmanager
def compiled_in_cache() -> Iterator[None]:
    """While kernels are imported their cache is our folder; the user's setting is put back afterwards."""
    before = config.CACHE_DIR
    try:
        path = folder()
        path.mkdir(parents=True, exist_ok=True)
        config.CACHE_DIR = str(path)
    except (OSError, RuntimeError):  # no home, or not writable: numba finds its own way
        pass
    try:
        yield
    finally:
        config.CACHE_DIR = before
