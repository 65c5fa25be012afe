"""A process of its own for the tests of stops: enters, seals, or is killed in the middle. Started by test_seal_killed.py."""

import io
import os
import random
import signal
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from samband.core.sealing import checkpoints, rows, sealing  # noqa: E402
from tests.core.sealed import enter  # noqa: E402


def write(number: int, seed: int) -> None:
    """Entries in transactions that end in any order, some rolled back."""
    rng = random.Random(seed)
    for _ in range(number):
        try:
            with transaction.atomic():
                enter(1)
                time.sleep(rng.random() * 0.02)
                if rng.random() < 0.2:
                    raise KeyError
        except KeyError:
            continue


def seal(turns: int) -> None:
    for _ in range(turns):
        sealing.seal()
        time.sleep(0.01)


def die(where: str) -> None:
    """Enter something and seal it, but be killed at one place."""
    write(5, 9)

    def kill(*_args: object, **_facts: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if where == "before the checkpoint":
        checkpoints.append = kill
    elif where == "between two batches":
        sealing.BATCH, closed = 1, sealing._closed
        made: list[object] = []

        def after_two(*args):
            if len(made) == 2:
                kill()
            made.append(1)
            return closed(*args)

        sealing._closed = after_two
    elif where == "in the middle of the line":
        checkpoints._cut_what_is_half = _half
    elif where == "before the batch":
        rows.at_rest = kill
    sealing.seal()


def _half() -> None:
    with checkpoints.path().open("ab") as file:
        file.write(b'{"kind":"seal","at":')
        file.flush()
    os.kill(os.getpid(), signal.SIGKILL)


def after() -> None:
    """What whoever comes next does: verify, seal the rest, verify again. The last line is what was said then."""
    call_command("audit", "verify", stdout=io.StringIO())
    call_command("audit", "seal", stdout=io.StringIO())
    said = io.StringIO()
    call_command("audit", "verify", stdout=said)
    sys.stdout.write(said.getvalue())


if __name__ == "__main__":
    deeds = {"write": lambda a, b: write(int(a), int(b)), "seal": lambda a: seal(int(a)), "die": die, "after": after}
    deeds[sys.argv[1]](*sys.argv[2:])
