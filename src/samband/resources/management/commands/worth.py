"""`samband worth`: what planning together is worth, as a table; nothing is saved."""

import json
from argparse import ArgumentTypeError
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from samband.core import clock
from samband.people.models import Organization
from samband.resources.models import Pool
from samband.resources.rules import worth_sums
from samband.resources.rules.coalitions import Effort
from samband.resources.rules.worth_county import county
from samband.resources.services import worth_all, worth_care, worth_days, worth_shown, worth_work
from samband.resources.services.search import cores
from samband.resources.services.worth import Wish
from samband.resources.services.worth_text import Block


def a_day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"expected a day as 2026-11-28, found {words!r}") from None


class Command(BaseCommand):
    help = (
        "Plans the days apart, in every set of organisations and together; prints figures, who gains, and fair shares."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pool", default="", help="the pool's name (the only one)")
        parser.add_argument(
            "--all", action="store_true", help="every pool where several organisations plan, and the sum"
        )
        parser.add_argument("--first", type=a_day, default=None, help="first day (tomorrow)")
        parser.add_argument("--last", type=a_day, default=None, help="last day, included (the first)")
        parser.add_argument("--seconds", type=int, default=5, help="seconds for each plan (5)")
        parser.add_argument("--seed", type=int, nargs="+", default=[1], help="one or several seeds (1)")
        parser.add_argument("--organization", nargs="+", default=[], help="names of those that are compared (all)")
        parser.add_argument("--processes", type=int, default=0, help="processes (as many as there are cores)")
        parser.add_argument("--json", type=Path, default=None, help="also write the result to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            return self._all(options)
        return self._one(self._wish(options), options)

    def _all(self, options: dict[str, Any]) -> None:
        """Each pool, then the sum."""
        found: dict[str, dict[str, Any]] = {}
        for pool in Pool.objects.order_by("name"):
            wish = self._wish(options | {"pool": pool.name, "organization": []})
            if len(wish.parties) > 1:
                self.stderr.write(pool.name)
                found |= {pool.name: result} if (result := self._result(wish, options)) else {}
        if not found:
            raise CommandError("expected a pool with visits and staff of several organisations, found none")
        whole = county(found)
        if options["json"]:
            options["json"].write_text(json.dumps(whole, ensure_ascii=False, indent=1))
        with translation.override("sv"):
            for line in (worth_shown.headline(whole), worth_shown.doubt(whole)):
                self.stdout.write(line)
            for block in (worth_all.pools_block(whole), worth_care.figures(whole), worth_care.persons(whole)):
                self._block(block)

    def _one(self, wish: Wish, options: dict[str, Any]) -> None:
        result = self._result(wish, options)
        if result is None:
            raise CommandError("expected visits and staff on these days, found none")
        if options["json"]:
            options["json"].write_text(json.dumps(result, ensure_ascii=False, indent=1))
        with translation.override("sv"):
            self._print(result)

    def _result(self, wish: Wish, options: dict[str, Any]) -> dict[str, Any] | None:
        """None: nothing to plan."""
        try:
            wish.check()
        except ValidationError as error:
            raise CommandError("; ".join(f"{k}: {' '.join(v)}" for k, v in error.message_dict.items())) from None
        table = self._table(wish, options["processes"] or cores())
        if not table:
            return None
        names = dict(Organization.objects.filter(pk__in=wish.parties).values_list("pk", "name"))
        return worth_sums.result(table, [(str(p), names[p]) for p in sorted(wish.parties)])

    def _wish(self, options: dict[str, Any]) -> Wish:
        pools = Pool.objects.filter(name=options["pool"]) if options["pool"] else Pool.objects.all()[:2]
        if len(pools) != 1:
            known = ", ".join(Pool.objects.values_list("name", flat=True))
            raise CommandError(f"--pool: expected one of: {known}")
        first = options["first"] or clock.today() + timedelta(1)
        offered = {o.name: o.pk for o in worth_days.organizations(pools[0], first)}
        missing = [name for name in options["organization"] if name not in offered]
        if missing:
            raise CommandError(f"--organization: expected some of: {', '.join(offered)}; found {missing[0]!r}")
        parties = [offered[name] for name in options["organization"]] or list(offered.values())
        last = options["last"] or first
        return Wish(pools[0], parties, first, last, options["seconds"], tuple(dict.fromkeys(options["seed"])))

    def _table(self, wish: Wish, processes: int) -> dict[tuple[str, int], dict[str, Any]]:
        days = [wish.first + timedelta(n) for n in range((wish.last - wish.first).days + 1)]
        built = {day: worth_days.day_of(wish.pool, day, list(wish.parties)) for day in days}
        tasks = [worth_work.Task((f"{d}", s), needs) for d in days if (needs := built[d]) for s in wish.seeds]
        found: dict[tuple[str, int], dict[str, Any]] = {}
        for (day, seed), outcome in worth_work.outcomes(tasks, Effort(wish.seconds), lambda n: True, processes):
            found[day, seed] = outcome
            self.stderr.write(f"{day} seed {seed}: {outcome['visits']} visits, {outcome['seconds']} s")
        return found

    def _print(self, result: dict[str, Any]) -> None:
        for line in (worth_shown.headline(result), worth_shown.doubt(result), worth_shown.again(result)):
            self.stdout.write(line)
        for block in worth_shown.blocks(result):
            self._block(block)

    def _block(self, block: Block) -> None:
        self.stdout.write(f"\n{block.title}. {block.finding} {block.note}".rstrip())
        self._rows(block)

    def _rows(self, block: Block) -> None:
        rows = [block.columns, *block.rows]
        widths = [max(len(row[k]) for row in rows) for k in range(len(block.columns))]
        for row in rows:
            cells = [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
            self.stdout.write("  ".join(cells).rstrip())
