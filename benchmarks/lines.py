"""One line of the benchmark: what is asked for, again and again, and how long it may take at the median."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

PAGE_MS = 100


@dataclass(frozen=True)
class Line:
    """`calls` is an endless row of calls, each one request of the page (or one call of a service).

    `limit_ms` is the budget at the median; `most` holds the number of calls down where one takes long; `expect` is the
    status of the answer (a merge page comes with 409).
    """

    name: str
    calls: Iterator[Callable]
    limit_ms: int = PAGE_MS
    most: int = 10_000
    expect: int = 200
