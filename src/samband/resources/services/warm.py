"""The planner's kernels at hand in a web process before anybody asks for a proposal: loading them takes seconds, once a process."""

import logging
import threading

log = logging.getLogger(__name__)
PATIENCE = 4.0  # seconds after start: the first pages go before


def soon() -> threading.Timer:
    """Load them in the background, a while after the process has begun. What goes wrong is met again when they are needed."""
    timer = threading.Timer(PATIENCE, planner)
    timer.name, timer.daemon = "warm-planner", True
    timer.start()
    return timer


def planner() -> float:
    """Run the kernels of rich days (those that homes give) once on a tiny day. Returns the seconds it took."""
    try:
        from visit_planner.cache import alone
        from visit_planner.ready import ready

        # On a machine where they were never compiled one process compiles and the others load what it kept.
        with alone():
            return ready(plain=False)
    except Exception:
        log.exception("the planner could not be made ready")
        return 0.0
