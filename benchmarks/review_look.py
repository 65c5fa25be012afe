"""As the reviewer: pages, one run of the patterns, one month's samples. Started by `benchmarks.review`."""

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

WARM = 2


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--part", choices=("pages", "run", "samples"))
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samband.config.settings")
    import django

    django.setup()
    {"pages": _pages, "run": _run, "samples": _samples}[asked.part](asked.requests)


def _pages(requests: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from benchmarks.readers import enter
    from samband.core.models import User

    client = enter(User.objects.get(username="peter.skoog"))
    for name, address in _addresses():
        took = []
        for turn in range(WARM + requests):
            begun = time.perf_counter()
            answer = client.get(address)
            if turn >= WARM:
                took.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        print(
            f"  {name:<34}{statistics.median(took):8.1f} ms median{max(took):8.1f} worst{len(queries):4d} queries",
            flush=True,
        )


def _addresses() -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    from samband.core import clock
    from samband.core.models import AuditEvent, AuditSubject
    from samband.people.models import Assignment, Person

    log, today = reverse("review:log"), clock.today()
    region = Assignment.objects.get(role="reviewer").unit.organization_id
    event = AuditEvent.objects.filter(organization_id=region, action="plan.read").order_by("-pk")[1000]
    subject = AuditSubject.objects.filter(event=event).first()
    assert subject is not None
    assert event.assignment_id is not None
    by = Assignment.objects.select_related("staff", "unit").get(pk=event.assignment_id)
    person = Person.objects.get(pk=subject.person_id)
    wide = f"since={today - timedelta(3650)}&until={today}"
    yield "review: start", reverse("review:home")
    yield "log: last 30 days", log
    yield "log: half a year ago", f"{log}?since={today - timedelta(200)}&until={today - timedelta(180)}"
    yield "log: a unit, all years", f"{log}?{wide}&unit={by.unit.public_id}"
    yield "log: a member of staff, all years", f"{log}?{wide}&staff={by.staff.public_id}"
    yield "log: refused, all years", f"{log}?{wide}&outcome=deny"
    yield "log: acts, all years", f"{log}?{wide}&kind=act"
    yield "log: an action nobody did", f"{log}?{wide}&action=no.such"
    yield "log: a person, all years", f"{log}?{wide}&person={person.public_id}"
    yield "log: deep in the pages", f"{log}?{wide}&before={event.pk // 2}"
    yield "one line", reverse("review:entry", args=[event.pk])
    yield "one person's list", reverse("review:person", args=[person.public_id])
    yield "checks", reverse("review:checks")
    yield "the year", reverse("review:year")


def _run(_requests: int) -> None:
    from samband.people.models import Assignment
    from samband.review.services import runs

    organization = Assignment.objects.get(role="reviewer").unit.organization_id
    run = runs.begin(organization)
    assert run is not None
    runs.work(run)
    print(f"  {run.visits:,} visits in {run.days_total} days, {run.found:,} raised, {run.new:,} new", flush=True)


def _samples(_requests: int) -> None:
    from samband.core import clock
    from samband.people.models import Assignment
    from samband.review.services import samples

    organization = Assignment.objects.get(role="reviewer").unit.organization_id
    made = samples.draw_month(organization, f"{clock.today() - timedelta(120):%Y-%m}")
    print(f"  {len(made)} units, {sum(s.population for s in made):,} openings, {sum(s.size for s in made)} asked for")


if __name__ == "__main__":
    main()
