"""Run as a process of its own: saves to a shared action and to its own goal, and says OK when a save was acknowledged."""

import sys
import time

import django

django.setup()

from samband.people.services.actors import choices  # noqa: E402
from samband.plans.models import Action, Goal  # noqa: E402
from samband.plans.services.editing import Conflict, change  # noqa: E402


def save(actor, model, pk: int, field: str, token: str) -> None:
    """Add a word to the text, as somebody does who reads, writes, and when the other was first puts both together."""
    part = model.objects.get(pk=pk)
    version, text = part.version, f"{getattr(part, field)} {token}".strip()
    while True:
        try:
            change(actor, part, {field: text}, version)
            return
        except Conflict as conflict:
            (clash,) = conflict.fields
            version, text = conflict.version, f"{clash.theirs} {token}".strip()


def main(name: str, saves: int) -> None:
    from samband.core.models import User

    actor = choices(User.objects.get(username="alice"))[0]
    shared = Action.objects.get(title__startswith="Insulin")
    own = Goal.objects.get(words=f"Mål {name}")
    sys.stdout.write("READY\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(saves):
        token = f"{name}-{number}"
        model, pk, field = (Action, shared.pk, "detail") if number % 2 else (Goal, own.pk, "know_how")
        started = time.monotonic()
        save(actor, model, pk, field, token)
        sys.stdout.write(f"OK {token} {time.monotonic() - started:.3f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
