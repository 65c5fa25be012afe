"""Where compiled kernels are kept: the user's cache folder, one subfolder for each state of the kernel sources.

numba looks only at the file of the outermost function when it decides whether a cached kernel is stale, so a change
in an inner kernel would go unnoticed; a folder named by the hash of all of them cannot be stale.
"""

from __future__ import annotations

import hashlib
import os
import py_compile
import sys
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


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time, among those that share the cache; without waiting where files cannot be locked."""
    try:
        import fcntl

        folder().mkdir(parents=True, exist_ok=True)
        held = (folder() / "lock").open("w")
        fcntl.flock(held, fcntl.LOCK_EX)
    except (ImportError, OSError, RuntimeError):
        yield
        return
    with held:
        yield


def keep_bytecode() -> int:
    """Write the bytecode of every module loaded by now that has none yet; returns how many were written.

    An installation without bytecode (PYTHONDONTWRITEBYTECODE, or an installer that leaves it out) reads numba's
    sources anew at each start, which takes longer than everything else together.
    """
    written = 0
    for module in list(sys.modules.values()):
        source, target = getattr(module, "__file__", None), getattr(module, "__cached__", None)
        if not source or not target or not source.endswith(".py") or Path(target).exists():
            continue
        try:
            written += py_compile.compile(source, cfile=target, quiet=2) is not None
        except OSError:  # not ours to write to
            continue
    return written
