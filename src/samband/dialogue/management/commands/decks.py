"""`samband decks load`: adds the decks of cards that come with the product. Run twice, it adds nothing."""

from django.core.management.base import BaseCommand

from samband.dialogue.services import shipped


class Command(BaseCommand):
    help = "Adds the decks of dialogue cards that are missing. What is here is never changed."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["load"])

    def handle(self, *args, **options):
        self.stdout.write(f"{shipped.load()} added.")
