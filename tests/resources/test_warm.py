"""The planner's kernels before the first proposal: in the background, told when they cannot be loaded, one process at a time."""

import threading

import pytest

from samband.config import gunicorn
from samband.resources.services import warm
from visit_planner import cache, ready


def test_the_kernels_of_rich_days_are_loaded(monkeypatch):
    asked = []
    monkeypatch.setattr(ready, "ready", lambda plain: asked.append(plain) or 1.5)
    assert (warm.planner(), asked) == (1.5, [False])


def test_what_goes_wrong_is_logged_and_stops_nothing(monkeypatch, caplog):
    def broken(plain: bool) -> float:
        raise OSError("no kernels")

    monkeypatch.setattr(ready, "ready", broken)
    assert warm.planner() == 0.0
    assert "could not be made ready" in caplog.text


@pytest.mark.parametrize(("value", "begun"), [("0", 0), ("1", 1)])
def test_the_setting(monkeypatch, value, begun):
    started = []
    monkeypatch.setenv("SAMBAND_WARM", value)
    monkeypatch.setattr(warm, "soon", lambda: started.append(1))
    gunicorn.post_worker_init(None)
    assert len(started) == begun


def test_one_at_a_time(monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "folder", lambda: tmp_path)
    order = []

    def other() -> None:
        with cache.alone():
            order.append("other")

    with cache.alone():
        waits = threading.Thread(target=other)
        waits.start()
        waits.join(0.2)
        order.append("first")
    waits.join(10)
    assert order == ["first", "other"]
