"""How much of a page is the audit: time inside `core.audit` beside the time of the whole request. Started by `benchmarks.audit`."""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable

WARM = 5


class Meter:
    """Stands around the functions that the audit offers and adds up what they take, each call once."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0
        self.inside = False

    def around(self, function: Callable) -> Callable:
        def measured(*args, **facts):
            if self.inside:
                return function(*args, **facts)
            self.inside, wall, cpu = True, time.perf_counter(), time.process_time()
            try:
                return function(*args, **facts)
            finally:
                self.wall += time.perf_counter() - wall
                self.cpu += time.process_time() - cpu
                self.inside = False

        return measured


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=20)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    import django

    django.setup()
    from samband.core import audit

    meter = Meter()
    for name in ("record", "read", "seen", "refused"):
        setattr(audit, name, meter.around(getattr(audit, name)))
    from benchmarks.readers import Readers

    print(f"{'page':<46}{'page ms':>9}{'audit ms':>10}{'share':>8}{'cpu share':>11}")
    for name, calls in Readers(random.Random(7)).pages():
        page, part, used, mine = [], [], [], []
        for place, call in zip(range(WARM + asked.requests), calls, strict=False):
            meter.wall = meter.cpu = 0.0
            wall, cpu = time.perf_counter(), time.process_time()
            call()
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            if place >= WARM:
                page.append(wall * 1000)
                part.append(meter.wall * 1000)
                used.append(cpu)
                mine.append(meter.cpu)
        share, busy = sum(part) / sum(page), sum(mine) / sum(used)
        print(
            f"{name:<46}{statistics.median(page):>9.1f}{statistics.median(part):>10.2f}{share:>8.1%}{busy:>11.1%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
