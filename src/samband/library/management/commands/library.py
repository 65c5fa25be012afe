"""`samband library`: adds the templates that come with the product. Run twice, it adds nothing."""

from django.core.management.base import BaseCommand

from samband.library.services import shipped


class Command(BaseCommand):
    help = "Adds the example templates that are missing. What is here is never changed."

    def handle(self, *args, **options):
        added = shipped.load()
        self.stdout.write(f"{added} added. They are examples until somebody licensed approves each of them.")
