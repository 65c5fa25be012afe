"""Days and seeds worked through, one after the other or in processes of their own where the machine has several cores."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from samband.resources.rules.coalitions import Effort, Stopped
from samband.resources.rules.worth_day import Day, outcome

Tell = Callable[[int], bool]  # plans made since the start -> whether to go on
PAIRS = 20  # sampled orders with their reverses, above six parties


@dataclass(frozen=True)
class Task:
    """A day and a seed."""

    name: tuple[str, int]
    day: Day


def outcomes(
    tasks: list[Task], effort: Effort, tell: Tell, processes: int = 1
) -> Iterator[tuple[tuple[str, int], dict]]:
    """What each day gave with each seed, as it comes. Raises Stopped when `tell` says no; what was yielded stands."""
    if min(processes, len(tasks)) > 1:
        yield from _spread(tasks, effort, tell, min(processes, len(tasks)))
        return
    made = 0

    def told(done: int, total: int) -> bool:
        return tell(made + done)

    for task in tasks:
        found = outcome(task.day, effort, task.name[1], PAIRS, told)
        made += len(found["coalitions"]) + len(task.day.parties)
        yield task.name, found


def _spread(tasks: list[Task], effort: Effort, tell: Tell, processes: int) -> Iterator[tuple[tuple[str, int], dict]]:
    """The same on several processes. They count their plans and look for the stop in memory that they share."""
    ctx = multiprocessing.get_context("spawn")
    count, stop = ctx.Value("i", 0), ctx.Event()
    with ProcessPoolExecutor(processes, ctx, initializer=_begin, initargs=(count, stop)) as pool:
        waiting = {pool.submit(_one, task.day, effort, task.name[1]): task.name for task in tasks}
        try:
            while waiting:
                done, _rest = wait(waiting, timeout=1.0, return_when=FIRST_COMPLETED)
                if not tell(count.value):
                    raise Stopped
                yield from _took(done, waiting)
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _took(done: set[Future], waiting: dict[Future, tuple[str, int]]) -> Iterator[tuple[tuple[str, int], dict]]:
    for future in done:
        yield waiting.pop(future), future.result()


_shared: list[Any] = []


def _begin(count: Any, stop: Any) -> None:
    """In a process of its own: it ends when the one that started it has died, however that happened."""
    _shared[:] = [count, stop]
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=[parent], daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _one(day: Day, effort: Effort, seed: int) -> dict[str, Any]:
    count, stop = _shared

    def told(done: int, total: int) -> bool:
        with count.get_lock():
            count.value += 1
        return not stop.is_set()

    return outcome(day, effort, seed, PAIRS, told)
