"""The days of many pools at once: on processes of our own, or by Dask where `SAMBAND_DASK` names a scheduler.

What is sent away is a `search.Task`, the same to both: minutes, windows and numbers, no name and no place. The database is read and
written here alone, so that whoever searches needs no access to it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samband.people.models import Assignment
from samband.resources.models import DayPlan, Pool
from samband.resources.services.built import Built
from samband.resources.services.drafts import new_draft
from samband.resources.services.horizon import sync
from samband.resources.services.problem import build
from samband.resources.services.search import Found, Task, search
from samband.resources.services.writing import write
from visit_planner.errors import InvalidInput

Submit = Callable[[Task], "Future[Found]"]


@dataclass
class Planned:
    """What became of one pool's day."""

    pool: Pool
    plan: DayPlan | None = None
    error: str = ""
    seconds: float = 0.0
    built_in: float = 0.0
    figures: dict[str, Any] = field(default_factory=dict)


def plan_pools(
    pools: Iterable[Pool], day: date, seconds: float, seed: int = 1, processes: int = 2, by: Assignment | None = None,
    synced: bool = False,
) -> list[Planned]:  # fmt: skip
    """A draft for each pool, in the order that they are done. One that cannot be planned says why and stops no other."""
    done: list[Planned] = []
    with crew(processes) as submit:
        waiting: dict[Future[Found], tuple[Planned, Built]] = {}
        for pool in pools:
            row = Planned(pool)
            try:
                built = _prepare(row, day, by, synced)
            except (ValidationError, InvalidInput) as error:
                row.error = str(error)
                done.append(row)
                continue
            waiting[submit(Task(built.problem, built.start, seconds, seed))] = (row, built)
        done.extend(_finish(*waiting[future], future) for future in as_completed(waiting))
    return done


def _prepare(row: Planned, day: date, by: Assignment | None, synced: bool) -> Built:
    begun = perf_counter()
    if not synced:
        sync(row.pool, day, day)
    row.plan = new_draft(row.pool, day, by)
    built = build(row.pool, day, row.plan)
    row.built_in = perf_counter() - begun
    return built


def _finish(row: Planned, built: Built, future: Future[Found]) -> Planned:
    assert row.plan is not None
    try:
        found = future.result()
        write(row.plan, built, found.plan)
    except (ValidationError, InvalidInput) as error:
        row.error = str(error)
    except Exception as error:
        # A process that died, or a scheduler that went: its draft stays empty and the others go on.
        row.error = _("Sökningen dog: %(why)s") % {"why": type(error).__name__}
    else:
        row.seconds, row.figures = found.seconds, row.plan.figures
    return row


@contextmanager
def crew(processes: int) -> Iterator[Submit]:
    """Who searches: Dask, or processes."""
    if settings.DASK:
        with _dask(settings.DASK) as submit:
            yield submit
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max(1, processes), mp_context=context) as pool:
        yield lambda task: pool.submit(search, task)


@contextmanager
def _dask(address: str) -> Iterator[Submit]:
    """Dask's futures told as the standard library's. Raises ValidationError where Dask is not installed or not there."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ValidationError(
            _("SAMBAND_DASK är satt men Dask är inte installerat: pip install -r requirements/dask.txt")
        ) from error
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise ValidationError(_("Dask svarar inte på %(address)s.") % {"address": address}) from error
    with client:
        pool = client.get_executor(pure=False)
        yield lambda task: pool.submit(search, task)
