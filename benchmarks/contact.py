"""Who answers now, coverage of a county, a queue page: `python benchmarks/contact.py` on a database of its own.

Budgets: who-answers-now < 20 ms; 8 municipalities × 5 needs × 6 weeks < 3 s; a queue page with 100,000 cases < 100 ms.
"""

import os
import statistics
import sys
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
os.environ["SAMBAND_VAR"] = tempfile.mkdtemp()
os.environ.pop("DATABASE_URL", None)

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from samband.contact.models import Case  # noqa: E402
from samband.contact.services import answers, coverage  # noqa: E402
from samband.core import clock  # noqa: E402
from samband.core.models import User  # noqa: E402
from samband.demo import loader  # noqa: E402
from samband.people.models import Person, Unit  # noqa: E402
from samband.people.services import actors  # noqa: E402

CASES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000


def median(act, times: int = 15) -> tuple[float, float]:
    """(wall, processor) median in milliseconds, after one turn to warm up."""
    act()
    wall, cpu = [], []
    for _turn in range(times):
        a, b = time.perf_counter(), time.process_time()
        act()
        wall.append(time.perf_counter() - a)
        cpu.append(time.process_time() - b)
    return 1000 * statistics.median(wall), 1000 * statistics.median(cpu)


def fill(count: int) -> None:
    """Cases in all units; one in five open, one in thirty with a person."""
    units, persons = list(Unit.objects.all()), list(Person.objects.all())
    now, rows = clock.now(), []
    for n in range(count):
        case = Case(
            subject=f"Fråga {n}", urgency=Case.Urgency.values[n % 4], sender_kind="caller", unit=units[n % len(units)],
            opened_at=now - timedelta(minutes=n % 90_000), closed_at=None if n % 5 == 0 else now - timedelta(minutes=n % 5_000),
            person=persons[n % len(persons)] if n % 30 == 0 else None, about=f"Namn {n % 997}",
        )  # fmt: skip
        case.fill_keys()
        rows.append(case)
    Case.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> None:
    call_command("migrate", verbosity=0)
    loader.load()
    gunvor = Person.objects.get(given_name="Gunvor")
    say("who answers now, a person and a need", 20, *median(lambda: answers.resolve_person(gunvor, "doctor")))
    say("who answers now, all five needs", 100, *median(lambda: answers.for_person(gunvor)))
    say("coverage, 8 municipalities × 5 needs × 6 weeks", 3000, *median(coverage.county, 5))
    fill(CASES)
    user = User.objects.get(username="maria.lovgren")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[actors.KEY] = actors.token(actors.choices(user)[0])
    session.save()
    for name, query in (("", ""), ("by age", "?sort=age"), ("page 20", "?page=20"), ("closed", "?show=closed")):
        say(f"queue page {name}, {CASES} cases", 100, *median(lambda query=query: client.get(f"/cases/{query}"), 15))
    client.post("/cases/search/", {"q": "fråga 4"})
    say(f"queue page searched, {CASES} cases", 100, *median(lambda: client.get("/cases/"), 15))


def say(name: str, budget: int, wall: float, cpu: float) -> None:
    print(
        f"{name}: {wall:.1f} ms (processor {cpu:.1f} ms), budget {budget} ms{'' if wall < budget else '  OVER'}",
        flush=True,
    )


if __name__ == "__main__":
    main()
