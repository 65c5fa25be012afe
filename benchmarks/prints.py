"""How long the plan on paper takes: `python -m benchmarks.prints`. In an empty throw-away database, a plan of 40 actions.

Each with a text of 5,000 characters. Prints for every layout the first time (fonts are read then) and the median after.
"""

import os
import statistics
import sys
import time

REPEATS = 5


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        _measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    return 0


def _measure() -> None:
    from samband.plans.prints import LAYOUTS, pdf
    from samband.plans.prints.content import content
    from samband.plans.prints.typeset import fonts
    from tests.plans.test_prints import LONG, furnish
    from tests.worlds import make_world

    begun = time.perf_counter()
    import typst  # noqa: F401

    imported = time.perf_counter()
    fonts()
    print(f"import {imported - begun:.2f} s, fonts {time.perf_counter() - imported:.2f} s (once in a process)")
    world = make_world()
    furnish(world, LONG)
    actor = world.actor("alice")
    print(f"{'layout':<12}{'first s':>9}{'median s':>10}{'kB':>7}   load {os.getloadavg()[0]:.1f}")
    for layout in LAYOUTS:
        times, made = [], b""
        for _turn in range(REPEATS + 1):
            start = time.perf_counter()
            made = pdf(layout, content(world.person, world.plan, actor, layout))
            times.append(time.perf_counter() - start)
        print(f"{layout:<12}{times[0]:>9.2f}{statistics.median(times[1:]):>10.2f}{len(made) // 1024:>7}")


if __name__ == "__main__":
    sys.exit(main())
