"""`make soak`: the access rules at length. Generated worlds against the oracle, through HTTP, as twins, and their forms; before
them, for a tenth of the time, what answers JSON on a real server (`SOAK_ONLY=api`: only that).

Runs for SOAK_MINUTES (20) from SOAK_SEED (the day) in a database of its own. Prints and writes (var/soak.json) the figures;
whatever is wrong is told with the seed that repeats it: `SOAK_SEED=… SOAK_MINUTES=1 make soak`. Exit code 0 only without faults.
"""

import importlib.util
import json
import logging
import os
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 60


def settle() -> None:
    """Django, with a database and a folder that are gone afterwards."""
    home = tempfile.mkdtemp(prefix="samband-soak-")
    os.environ |= {"DJANGO_SETTINGS_MODULE": "samband.config.settings", "SAMBAND_VAR": home}
    os.environ["DATABASE_URL"] = f"sqlite:///{home}/soak.sqlite3"
    warnings.simplefilter("ignore")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment
    from django.utils import translation

    settings.AXES_ENABLED = False
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    translation.activate("sv")
    call_command("migrate", verbosity=0)


def oracle(seed: int, tally) -> None:
    from tests.access import comparing
    from tests.access.plain import generate

    found = comparing.compare(generate(random.Random(seed), persons=2))
    tally.counts["decisions compared"] += found.decisions
    tally.rules |= found.rules
    for words in found.differ:
        tally.fault("decision differs", words)


def walk(seed: int, tally) -> None:
    from tests.walk import walking

    walking.walk_all(walking.begin(seed, tally), share=0.15, seed=seed, most=2)


def twins(seed: int, tally) -> None:
    from tests.walk import twins

    twins.compare(seed, tally, share=0.12)


def posts(seed: int, tally) -> None:
    from tests.walk import posting, walking

    found = walking.begin(seed, tally, persons=2)
    posting.fuzz(found, seed, share=0.08, times=2)
    posting.swap_ids(found, seed, share=0.02)
    posting.overpost(found, seed, share=0.01)


TURNS: dict[str, Callable] = {"oracle": oracle, "walk": walk, "twins": twins, "forms": posts}


def api(seed: int, tally, seconds: float) -> None:
    """What answers JSON, on a server with the demo county; once, as it takes a while to start."""
    if importlib.util.find_spec("schemathesis") is None:
        print("What answers JSON was not tried: schemathesis is not installed (make setup).", flush=True)
        return
    from tests.walk import api

    try:
        api.fuzz(seed, tally, seconds)
    except Exception as error:
        tally.fault("broken off", f"api: {error!r}"[-2000:])
    for words in tally.wrong:
        print(f"SOAK_SEED={seed} SOAK_ONLY=api: {words[:600]}", flush=True)


def turn(name: str, seed: int, tally) -> None:
    """One world, rolled back afterwards."""
    from django.db import transaction

    before = len(tally.wrong)
    try:
        with transaction.atomic():
            TURNS[name](seed, tally)
            transaction.set_rollback(True)
    except Exception as error:
        tally.fault("broken off", repr(error))
    tally.counts["worlds"] += 1
    tally.counts[f"worlds: {name}"] += 1
    for words in tally.wrong[before:]:
        print(f"SOAK_SEED={seed} {name}: {words[:600]}", flush=True)


def main() -> int:
    settle()
    from tests.walk.walking import Tally

    minutes = float(os.environ.get("SOAK_MINUTES", "20"))
    first = int(os.environ.get("SOAK_SEED") or time.strftime("%Y%m%d"))
    ends, tally, seed = time.monotonic() + 60 * minutes, Tally(), first
    only = os.environ.get("SOAK_ONLY", "").split(",") if os.environ.get("SOAK_ONLY") else ["api", *TURNS]
    if "api" in only:
        api(first, tally, 6 * minutes)
        only = [name for name in only if name != "api"]
    while only and time.monotonic() < ends and len(tally.wrong) < SHOWN:
        for name in only:
            if time.monotonic() < ends:
                turn(name, seed, tally)
        seed += 1
    return told(tally, first, seed)


def told(tally, first: int, last: int) -> int:
    """Prints the figures and keeps them."""
    counts = {"leak": 0, "500": 0, "twins differ": 0, "half-written": 0, "decision differs": 0} | dict(tally.counts)
    figures = {"seeds": [first, last - 1], "rules reached": sorted(tally.rules), **dict(sorted(counts.items()))}
    for name, value in figures.items():
        print(f"{name:24} {value}")
    out = ROOT / "var" / "soak.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    print("No fault was found." if not tally.wrong else f"{len(tally.wrong)} faults: see above.")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
