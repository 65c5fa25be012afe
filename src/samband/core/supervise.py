"""Children of one foreground command: started, watched, started again with back-off, stopped together."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
STEADY_AFTER = 60.0
PR_SET_PDEATHSIG = 1


def back_off(failures: int) -> float:
    """Seconds to wait before the next try: 1, 2, 4 … at most 60."""
    return min(FIRST_WAIT * 2 ** max(failures - 1, 0), LONGEST_WAIT)


def die_with_parent() -> None:
    """In the child, before it runs: stop when the parent is gone, even when it was killed (Linux)."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return


@dataclass
class Child:
    """A process that should run as long as the parent does."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    failures: int = 0
    started: float = 0.0
    again_at: float = 0.0

    def start(self) -> None:
        """Own session: Ctrl-C reaches the parent alone, which then stops its children in order."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.env},
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self, say: Callable[[str], None]) -> None:
        """Start the child again when it has ended and its wait is over."""
        if self.running:
            return
        if self.process is not None:
            self.failures = 1 if time.monotonic() - self.started > STEADY_AFTER else self.failures + 1
            wait = back_off(self.failures)
            say(f"The {self.name} ended ({self.process.returncode}). It starts again in {wait:.0f} s.")
            self.again_at, self.process = time.monotonic() + wait, None
        if time.monotonic() >= self.again_at:
            self.start()

    def stop(self, patience: float = 20.0) -> None:
        """Ask, wait, then insist."""
        if not self.running:
            return
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
