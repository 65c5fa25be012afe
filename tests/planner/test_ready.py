"""The first time on a machine the kernels are compiled; the seconds of the search begin after that."""

from visit_planner import solve as module
from visit_planner.example import small_day
from visit_planner.ready import ready
from visit_planner.solve import solve
from visit_planner.stops import Seconds


class Counted(Seconds):
    """A stop that counts how often its clock began."""

    begun = 0

    def begin(self) -> None:
        self.begun += 1
        super().begin()


def test_the_clock_begins_anew_when_kernels_had_to_be_compiled(monkeypatch):
    for cold, times in ((True, 3), (False, 2)):  # once when it is made, once at the start, once more after compiling
        monkeypatch.setattr(module, "was_cold", lambda plain, cold=cold: cold)
        stop = Counted(0.2)
        assert solve(small_day(False), stop).iterations > 0
        assert stop.begun == times


def test_kernels_are_made_ready_once_a_process():
    first = ready(True)
    assert ready(True) == first
