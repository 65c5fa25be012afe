"""`samband guidelines reindex`: every routine into the index of search anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from samband.guidelines.services import search


class Command(BaseCommand):
    help = "reindex: puts every routine into the index of search anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["reindex"])

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{search.reindex()} routines can be found.")
