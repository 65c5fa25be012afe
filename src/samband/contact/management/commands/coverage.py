"""`samband coverage`: where nobody answers, municipality by municipality."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samband.contact.services import coverage, heat


class Command(BaseCommand):
    help = "Every municipality, kind of need and hour of the coming weeks: who answers, and the holes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--weeks", type=int, default=coverage.WEEKS, help="how many weeks from today (6)")
        parser.add_argument("--all", action="store_true", help="every hole, also those that recur")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        weeks = max(1, min(options["weeks"], 26))
        picture = coverage.county(weeks=weeks)
        took = time.perf_counter() - begun
        rows = picture.coverage.rows
        self.stdout.write(f"{heat.finding(picture)}.")
        self.stdout.write(f"{len({r.place.areas for r in rows})} kommuner × 5 behov × {weeks} veckor, {took:.2f} s.\n")
        for hole in heat.recurring(picture):
            times = f", {hole.times} gånger" if hole.times > 1 else ""
            self.stdout.write(f"■ {hole.place}, {hole.need.lower()}: {hole.when}{times}, först {hole.first}.")
            self.stdout.write(f"  {hole.concerns} Varför: {hole.reason}.")
        if options["all"]:
            for gap in picture.gaps:
                self.stdout.write(f"{gap.place};{gap.need};{gap.start.isoformat()};{gap.end.isoformat()};{gap.reason}")
        day, new, closed = coverage.since_last_week(picture)
        if day:
            self.stdout.write(f"\nSedan {day}: {len(new)} nya luckor, {len(closed)} täckta.")
