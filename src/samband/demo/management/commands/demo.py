"""`samband demo`: the demo county, and any number of persons more."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from samband.demo import age, loader, planned, regions, resources, review, shifts
from samband.demo.generator import generate

FEW = 160


class Command(BaseCommand):
    help = "Loads the demo county and its persons. Safe to run again: what is there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--persons", type=int, default=FEW, help=f"generated persons to have in all ({FEW})")
        parser.add_argument(
            "--renew",
            action="store_true",
            help="begin anew, as of today (SQLite; the old file is kept beside it). Stop Samband first",
        )
        parser.add_argument("--age", action="store_true", help="only say whether the county has grown old")
        parser.add_argument("--plan", action="store_true", help="plan and publish today in Heby too (seconds)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same persons")

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo county is not for production: its log-ins need no password.")
        if options["age"]:
            if said := age.advice():
                self.say(said)
            return
        if options["persons"] < 0:
            raise CommandError("--persons should be 0 or more")
        if options["renew"]:
            self.say(f"The old database is kept as {age.put_aside()}.")
            call_command("migrate", verbosity=0, interactive=False)
        loaded = loader.load()
        self.stdout.write(f"The county is in place. Persons of the stories that were new: {loaded.added}.")
        added = generate(options["persons"], options["seed"], loaded.county, self.say)
        self.stdout.write(f"Generated persons that were new: {added}.")
        employed = shifts.staff_up()
        resources.terms()
        self.stdout.write(f"Staff of home care that were new: {employed}.")
        review.load(loaded.county)
        if said := regions.load():
            self.say(said)
        if options["plan"]:
            self.say(planned.plan_day())

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
