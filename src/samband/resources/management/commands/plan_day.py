"""`samband plan-day`: plan a day of one pool, or of all, into drafts; and publish them if asked to."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from samband.core import clock
from samband.core.policy import Actor
from samband.resources.models import Pool
from samband.resources.services.county import Planned, plan_pools

COMMAND = Actor(name="Kommandoraden", label="Samband")


class Command(BaseCommand):
    help = "Plans a day: visits from the plans, staff from the shifts, a draft for each pool."

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--pool", help="name or public id of the pool")
        which.add_argument("--all", action="store_true", help="every pool")
        parser.add_argument("--day", type=date.fromisoformat, default=None, help="YYYY-MM-DD; today where left out")
        parser.add_argument("--seconds", type=float, default=30.0, help="how long to search, for each pool")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--processes", type=int, default=2, help="searches at a time, without SAMBAND_DASK")
        parser.add_argument("--publish", action="store_true", help="publish what was planned")

    def handle(self, *args, **options):
        if options["seconds"] <= 0:
            raise CommandError("--seconds: expected more than 0")
        pools = list(Pool.objects.all()) if options["all"] else [self._pool(options["pool"])]
        day = options["day"] or clock.today()
        try:
            done = plan_pools(pools, day, options["seconds"], options["seed"], options["processes"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for row in done:
            if options["publish"] and not row.error:
                self._publish(row)
            self.stdout.write(_line(row))
        if any(row.error for row in done):
            raise CommandError("not every day could be planned")

    def _pool(self, asked: str) -> Pool:
        found = next((p for p in Pool.objects.all() if asked in (p.name, str(p.public_id))), None)
        if found is None:
            names = ", ".join(Pool.objects.values_list("name", flat=True)) or "none yet"
            raise CommandError(f"no pool is called {asked!r}; there are: {names}")
        return found

    def _publish(self, row: Planned) -> None:
        from samband.resources.services.publishing import publish

        assert row.plan is not None
        try:
            publish(row.plan, COMMAND)
        except ValidationError as error:
            row.error = " ".join(error.messages)


def _line(row: Planned) -> str:
    if row.error:
        return f"{row.pool}: {row.error}"
    shown = row.figures
    return (
        f"{row.pool}: draft {row.plan.number if row.plan else '?'}, {shown['placed']} of {shown['visits']} visits placed, "
        f"travel {shown['travel']:.0f} min, late {shown['tardiness']:.0f} min, cost {shown['cost']:.0f}, "
        f"built in {row.built_in:.1f} s, searched {row.seconds:.1f} s"
    )
