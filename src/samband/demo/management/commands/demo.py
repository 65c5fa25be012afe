"""`samband demo`: the demo county, and any number of persons more."""

from django.core.management.base import BaseCommand

from samband.demo import loader


class Command(BaseCommand):
    help = "Loads the demo county and its persons. Safe to run again: what is there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("--persons", type=int, default=None, help="generated persons to have in all (default 60)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same persons")

    def handle(self, *args, **options):
        loaded = loader.load()
        self.stdout.write(f"The county is in place; {loaded.added} written persons were new.")
