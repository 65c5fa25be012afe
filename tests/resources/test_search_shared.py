"""A large day is shared among processes, and asked to stop it keeps what it has."""

import pytest

from samband.resources.services import search
from samband.resources.services.search import Asked, Task
from tests.planner.test_shares import rich
from visit_planner.plain import judge

pytestmark = pytest.mark.planner


@pytest.mark.slow
def test_a_large_day_is_shared_and_stops_when_asked(monkeypatch):
    monkeypatch.setattr(search, "LARGE", 1)
    task, asked, told = Task(rich(), None, 60.0, 1, processes=2), Asked(), []

    def progress(result) -> None:
        told.append(result.cost)
        asked.now = True

    found = search.search(task, asked, progress)
    assert told
    assert found.seconds < 40
    assert found.plan.starts()
    assert found.plan.cost == pytest.approx(judge(task.problem, found.plan).cost)
