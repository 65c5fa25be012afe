"""The first time on a machine the kernels are compiled; the seconds of the search begin after that."""

from visit_planner import solve as module
from visit_planner.example import small_day
from visit_planner.ready import ready
from visit_planner.solve import solve
from visit_planner.stops import Seconds


def test_the_clock_begins_anew_when_kernels_had_to_be_compiled(monkeypatch):
    begun = []
    stop = Seconds(0.2)
    monkeypatch.setattr(
        Seconds, "begin", lambda self: begun.append(1) or setattr(self, "started", __import__("time").perf_counter())
    )
    monkeypatch.setattr(module, "was_cold", lambda plain: True)
    assert solve(small_day(False), stop).iterations > 0
    monkeypatch.setattr(module, "was_cold", lambda plain: False)
    solve(small_day(False), stop)
    assert len(begun) == 3


def test_kernels_are_made_ready_once_a_process():
    first = ready(True)
    assert ready(True) == first
